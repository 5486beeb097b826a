// The worked example: what a rerun brings, and what is changed here.

function createInstance(parent) {
  const ctx = Object.assign(newContext(), {
    fields: new Map(), wrong: new Map(), past: [], typing: "", refused: null, complaining: 0, frame: null, dragFrame: null,
  });

  function paint() {
    const began = performance.now();
    const { state, parts } = ctx;
    const result = workedOf(state, state.score, ctx.model.scores);
    fillFields(ctx);
    fillSteps(ctx, result);
    fillScores(ctx, result);
    fillPlane(ctx, result);
    fillOnward(ctx, result);
    pressIn(parts.widths, state.h.length);
    parts.undo.disabled = !ctx.past.length;
    parts.saved.dataset.lit = state.stage;
    for (const node of parts.saved.querySelectorAll("[data-stage]")) node.classList.toggle("dim", Boolean(state.stage) && Number(node.dataset.stage) > state.stage);
    for (const head of parts.saved.querySelectorAll(".head")) head.setAttribute("aria-pressed", String(Number(head.dataset.stage) === state.stage));
    Object.assign(parts.root.dataset, { states: state.states.length, width: state.h.length, score: state.score, use: state.use, stage: state.stage });
    tellPainted(ctx.parts.root, began);
  }

  function build() {
    const { t, model } = ctx;
    const before = ctx.parts?.root;
    const focused = ctx.parts?.root.getRootNode().activeElement?.dataset?.field;
    ctx.fields.clear();
    const widths = make("div", { class: "segment", role: "group", "aria-label": t("widths") }, ...model.limits.widths.map((width) =>
      make("button", { type: "button", "data-value": width, onclick: () => ctx.act.width(width) }, String(width))));
    const button = (name, words, act, title = null) => make("button", { type: "button", class: name, title, onclick: act }, words);
    const undo = button("undo", t("undo"), () => ctx.act.undo());
    const controls = make("div", { class: "controls" },
      make("span", { class: "choice" }, make("span", { class: "label" }, t("widths")), widths),
      make("p", { class: "problem", role: "alert", hidden: true }),
      make("div", { class: "tools" }, undo, button("reset", t("reset"), () => ctx.act.reset(), t("reset_title")),
        button("save-png", "PNG", () => savePicture(ctx), t("save_png")), button("save-csv", "CSV", () => saveNumbers(ctx), t("save_csv"))));
    const [steps, plane, scores, onward] = [stepsOf(ctx), planeOf(ctx), scoresOf(ctx), onwardOf(ctx)];
    const saved = make("div", { class: "body" }, steps, make("div", { class: "below" }, plane, scores, onward));
    const root = make("section", { class: "picture worked-picture", "aria-label": t("component") }, controls, saved, make("p", { class: "caption" }, t("caption")));
    if (before) before.replaceWith(root);
    else parent.append(root);
    ctx.parts = { root, problem: controls.querySelector(".problem"), widths, undo, steps, plane, scores, onward, saved };
    ctx.fields.get(focused)?.focus({ preventScroll: true });
  }

  ctx.act = actionsOf(ctx, { paint, build, tell: () => report(ctx) });

  // In projector mode: left and right light one step after the other, up and down change the score.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return; // left, but not yet gone
    const { delta = 1, axis = "x" } = event.detail ?? {};
    const { state, model } = ctx;
    const next = (values, now) => values[(values.indexOf(now) + delta + values.length) % values.length];
    nearestSteps(event, ctx.parts.root, () => {
      if (axis === "x") ctx.act.stage(next(Array.from({ length: model.limits.stages + 1 }, (_, i) => i), state.stage));
      else ctx.act.score(next(model.scores, state.score));
    });
  }

  document.addEventListener("glassbox:step", onStep);

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      if (before && JSON.stringify(before) === JSON.stringify(data)) return;
      const begins = !before || before.restart !== data.restart;
      const wanted = begins ? beginning(data, Boolean(before)) : ctx.state;
      ctx.model = data;
      if (begins) {
        // A preset can be taken back as well.
        if (before) ctx.past = [...ctx.past, numbersOf(ctx.state)].slice(-MOST_STEPS);
        ctx.wrong.clear();
        ctx.refused = null;
        ctx.typing = "";
      }
      const { restart, ...kept } = copyOf(wanted);
      ctx.state = kept;
      build();
      paint();
      complain(ctx);
      ctx.parts.root.dataset.ready = "true";
      // Python knows of what it sent itself. A needless report could overtake a preset that is pressed at once.
      if (begins && wanted !== data.initial) report(ctx);
    },
    destroy() {
      ctx.teller.end();
      clearTimeout(ctx.complaining);
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createInstance, GIVEN);
