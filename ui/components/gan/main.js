// A generator and a discriminator in training. Python brings the weights of moments; everything that is drawn is
// computed of them here, so that every moment can be looked at in one frame.

const TELL_AFTER = 350; // ms without another change
const LEFT = new Map(); // what a page that is opened again stood at
const CHOSEN = ["moment", "z", "turn", "map", "arrows", "fabric", "drawn"];

function createGan(parent) {
  const ctx = { model: null, state: null, parts: null, send: null, theme: null, bytes: null, playing: 0, walking: 0, queue: [] };
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  const worded = () => ({ ...Object.fromEntries(CHOSEN.map((name) => [name, ctx.state[name]])), restart: ctx.model.restart });

  ctx.paint = () => {
    const began = performance.now();
    const { root } = ctx.parts;
    ctx.theme = themeOf(root);
    const wide = root.clientWidth > 760;
    const room = Math.max(250, Math.min(400, window.innerHeight - 450));
    paintPlanes(wide, room);
    fillMoment();
    paintCharts(ctx, chartsOf(ctx), wide ? Math.max(room, 250) : 420);
    paintWalk(ctx);
    paintPath(ctx);
    const moment = momentOf(ctx);
    Object.assign(root.dataset, { step: moment.told[0].step, moment: moment.number, moments: ctx.model.moments.length, verdict: moment.verdicts[0], running: ctx.model.running, digest: ctx.model.digest });
    tellPainted(root, began);
  };

  // A point that moves in the latent plane moves nothing but itself.
  function paintPoint() {
    const began = performance.now();
    const moment = momentOf(ctx);
    moment.players.forEach((players, run) => paintSamples(ctx, ctx.parts.planes[run].canvas, players, ctx.parts.planes[run].canvas.clientWidth));
    paintWalk(ctx);
    tellPainted(ctx.parts.root, began);
  }

  function paintPlanes(wide, room) {
    const count = ctx.parts.planes.length;
    const across = ctx.parts.left.clientWidth;
    const side = Math.floor(Math.min(wide ? room : across, (across - (count - 1) * 10) / count));
    momentOf(ctx).players.forEach((players, run) => {
      const { canvas, title } = ctx.parts.planes[run];
      paintSamples(ctx, canvas, players, side);
      const told = momentOf(ctx).told[run];
      const words = [ctx.t("good_told", { share: Math.round(100 * told.good) })];
      if (ctx.model.modes > 0) words.unshift(ctx.t("modes_told", { modes: told.modes, count: ctx.model.modes }));
      title.textContent = [...(count > 1 ? [ctx.t("seed", { seed: ctx.model.seeds[run] })] : []), ...words].join(" · ");
      canvas.setAttribute("aria-label", `${ctx.t("plane")} ${title.textContent}`);
      Object.assign(canvas.dataset, { modes: told.modes, good: told.good.toFixed(3) });
    });
  }

  function fillMoment() {
    const { verdict } = ctx.parts;
    const { model, state } = ctx;
    fillPlayer(ctx);
    const moment = momentOf(ctx);
    const name = moment.verdicts[0];
    verdict.replaceChildren(make("b", {}, ctx.t(`verdict_${name}`)), ` ${ctx.t(whyName(ctx, name), whyOf(ctx, moment))}`);
    verdict.dataset.verdict = name;
    ctx.parts.clear.hidden = model.drawn === null;
    ctx.parts.clear.disabled = !model.drawn;
    ctx.parts.hint.hidden = model.drawn !== "";
    for (const { canvas } of ctx.parts.planes) canvas.classList.toggle("drawable", model.drawn !== null);
    for (const layer of ["map", "arrows", "fabric"]) ctx.parts.layers[layer].setAttribute("aria-checked", String(state[layer]));
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    ctx.paint();
    teller.tell(worded());
  }

  ctx.act = {
    ...momentActs(ctx, change),
    z(z) {
      cancelAnimationFrame(ctx.walking);
      ctx.walking = 0;
      ctx.parts.walk.play.setAttribute("aria-pressed", "false");
      ctx.state.z = z;
      paintPoint();
      teller.tell(worded());
    },
    walk() {
      if (ctx.walking) { ctx.act.z(ctx.state.z); return; }
      const began = performance.now();
      const tick = (now) => {
        if (!ctx.parts?.root.isConnected) return;
        const turn = ((now - began) / ROUND) * 2 * Math.PI;
        ctx.state.z = [1.2 * Math.cos(turn), 1.2 * Math.sin(turn)];
        paintPoint();
        ctx.walking = requestAnimationFrame(tick);
      };
      ctx.parts.walk.play.setAttribute("aria-pressed", "true");
      ctx.walking = requestAnimationFrame(tick);
    },
    turn: (turn) => change({ turn }),
    drawn(drawn) {
      change({ drawn });
      teller.tell(worded(), 0); // the server is waited for
    },
    layer: (name) => change({ [name]: !ctx.state[name] }),
  };

  function build() {
    ctx.parts?.root.remove();
    const { t, model } = ctx;
    const layers = Object.fromEntries(["map", "arrows", "fabric"].map((name) => [name, make("button", { type: "button", class: "small", role: "switch", title: t(`about_${name}`), onclick: () => ctx.act.layer(name) }, t(name))]));
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
    const clear = make("button", { type: "button", class: "small clear", onclick: () => ctx.act.drawn("") }, t("clear"));
    const hint = make("p", { class: "draw-hint" }, t("draw_hint"));
    const legend = make("span", { class: "gan-legend" }, make("i", { class: "real-mark" }), t("real"), make("i", { class: "fake-mark" }), t("fake"), make("i", { class: "thinks-fake" }), t("thinks_fake"), make("i", { class: "thinks-real" }), t("thinks_real"));
    const planes = model.seeds.map(() => {
      const canvas = make("canvas", { class: "samples", role: "img" }), title = make("figcaption");
      return { canvas, title, root: make("figure", { class: "samples-figure" }, title, canvas) };
    });
    const player = momentPlayer(ctx);
    const verdict = make("p", { class: "verdict", "aria-live": "polite" });
    const left = make("div", { class: "gan-planes" }, ...planes.map((plane) => plane.root));
    const charts = chartsPart(ctx, ["losses", "right", "norms", "modes"]), path = pathPart(ctx), walk = walkPart(ctx);
    const saved = make("div", { class: "gan-saved" },
      make("div", { class: `gan-stage${planes.length > 1 ? " two" : ""}` }, make("div", { class: "gan-left" }, left, hint, player.root, verdict), charts.root),
      make("div", { class: "gan-below" }, path.root, walk.root));
    const root = make("section", { class: "picture gan-picture", "aria-label": t("component") }, make("div", { class: "controls" }, ...Object.values(layers), clear, legend, tools), saved, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, saved, layers, clear, hint, planes, left, player, verdict, charts, path, walk };
    parent.append(root);
    listenToStrokes(ctx, planes[0].canvas);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  // In projector mode: left and right go through the training, up and down change whose turn is drawn.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return;
    const { delta = 1, axis = "x" } = event.detail ?? {};
    nearestSteps(event, ctx.parts.root, () => {
      if (axis !== "x") ctx.act.turn(ctx.state.turn === "generator" ? "discriminator" : "generator");
      else if (!ctx.model.running) ctx.act.by(delta);
    });
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const before = ctx.model;
      ctx.model = readGan(bytes);
      const same = before?.restart === ctx.model.restart;
      if (!same) {
        ctx.act.stop();
        const kept = ctx.state && Object.fromEntries(["map", "arrows", "fabric", "turn", "z"].map((name) => [name, ctx.state[name]]));
        ctx.state = { ...ctx.model.initial, ...kept, ...LEFT.get(ctx.model.restart), drawn: ctx.model.drawn ?? "" };
        teller.knows(worded());
      }
      if (same && before.digest !== ctx.model.digest && ctx.state.moment !== null) { // steps were taken: the newest is shown
        ctx.state.moment = null;
        teller.tell(worded());
      }
      if (ctx.model.running) { ctx.act.stop(); ctx.state.moment = null; }
      if (!same || before.seeds.length !== ctx.model.seeds.length || JSON.stringify(before.labels) !== JSON.stringify(ctx.model.labels)) build();
      followRun(ctx, before);
      if (ctx.model.latest?.who) ctx.state.turn = ctx.model.latest.who;
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      LEFT.set(ctx.model.restart, { ...ctx.state });
      ctx.act.stop();
      clearInterval(ctx.follower);
      cancelAnimationFrame(ctx.walking);
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

// A critic is never right or wrong.
const whyName = (ctx, name) => (name === "learning" && ctx.model.loss === "wasserstein-gp" ? "why_critic" : `why_${name}`);

// The numbers behind a verdict.
function whyOf(ctx, { told: [now] }) {
  const first = ctx.model.curve.map((told) => told[0].norm).find((norm) => norm > 0) ?? NaN;
  return { fall: lengthWords(now.norm / first), good: Math.round(100 * now.good), modes: now.modes, count: ctx.model.modes,
    right: Math.round(50 * (now.right_real + now.right_fake)) };
}

export default livingBy(createGan, { goneAfter: 300 });
