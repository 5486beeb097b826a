// A walk in the latent plane: the point that is dragged here is a sample there. There is no encoder: nothing goes back.

const PAD_SIDE = 168, PAD_HALF = 2.5;
const ROUND = 6000; // ms of a walk around the middle

function walkPart(ctx) {
  const canvas = make("canvas", { class: "walk-canvas", tabindex: 0, role: "img", "aria-label": ctx.t("walk_label") });
  const told = make("p", { class: "walk-told" });
  const play = make("button", { type: "button", class: "small", "aria-pressed": "false", title: ctx.t("walk_title"), onclick: () => ctx.act.walk() }, ctx.t("walk_play"));
  const root = make("section", { class: "walk" }, make("h4", {}, ctx.t("walk")), canvas, told, play);
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return ctx.walkFrame.at(event.clientX - box.left, event.clientY - box.top).map((value) => Math.max(-PAD_HALF, Math.min(PAD_HALF, value)));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    ctx.act.z(placeOf(event));
  });
  canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) ctx.act.z(placeOf(event)); });
  canvas.addEventListener("keydown", (event) => {
    const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!along || event.ctrlKey || event.metaKey || event.altKey) return;
    ctx.act.z((ctx.state.z ?? [0, 0]).map((value, i) => Math.max(-PAD_HALF, Math.min(PAD_HALF, value + along[i] * (event.shiftKey ? 0.5 : 0.1)))));
    event.preventDefault();
    event.stopPropagation();
  });
  return { root, canvas, told, play };
}

function paintWalk(ctx) {
  const { canvas, told } = ctx.parts.walk;
  const { model, theme, state } = ctx;
  // ../latent/space.js asks for a model's reach under these names.
  const plane = { theme, model: { models: [{ name: "z", half: PAD_HALF }] }, state: { model: "z" } };
  const frame = (ctx.walkFrame = frameOf(plane, PAD_SIDE));
  const pen = setSize(canvas, PAD_SIDE, frame.height);
  pen.save();
  pen.beginPath();
  pen.rect(frame.left, frame.top, frame.size, frame.size);
  pen.clip();
  paintPrior(plane, pen, frame);
  pen.fillStyle = FAKE;
  pen.globalAlpha = 0.6;
  for (let i = 0; i < model.latents.length; i += 2) {
    pen.beginPath();
    pen.arc(frame.x(model.latents[i]), frame.y(model.latents[i + 1]), 1.3, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.globalAlpha = 1;
  pen.restore();
  paintAxes(plane, pen, frame);
  if (!state.z) {
    told.textContent = ctx.t("walk_hint");
    return;
  }
  Object.assign(pen, { strokeStyle: theme.text, lineWidth: 2.5 });
  ring(pen, frame.x(state.z[0]), frame.y(state.z[1]), 6);
  const [x, y] = outputs(momentOf(ctx).players[0].generator, state.z);
  const { logit } = pullAt(momentOf(ctx).players[0].discriminator, model.loss, [x, y]);
  told.textContent = ctx.t("walk_told", { z: `(${digits(state.z[0], 2)}, ${digits(state.z[1], 2)})`, x: `(${digits(x, 2)}, ${digits(y, 2)})`, opinion: opinionWords(ctx, logit) });
  Object.assign(canvas.dataset, { x: x.toFixed(4), y: y.toFixed(4) });
}

// What the discriminator says of a point: a probability, or where the loss gives none its score.
function opinionWords(ctx, logit) {
  return /saturating/.test(ctx.model.loss) ? `D = ${digits(100 * chance(logit), 1)} %` : `D = ${digits(logit, 2)}`;
}
