// The alignment of several models: all their steps are here, so that stepping and switching ask nobody.

const SEND_AFTER = 350; // ms without another change
const TICK = 900; // ms between two steps while it plays
let remembered = null; // where a page was left: {state, restart, sentence}

// Where the focus stood is found again in a picture that was built anew.
function placeOf({ dataset, className }) {
  const name = Object.keys(dataset).find((one) => ["value", "i", "step"].includes(one));
  return name ? `[data-${name}="${CSS.escape(dataset[name])}"]` : className && `.${CSS.escape(className.split(" ")[0])}`;
}

function createAlignment(parent) {
  const ctx = { header: null, looks: [], timeline: null, state: null, parts: null, theme: null, send: null, film: 0, playing: false, pointed: -1, frame: 0, bytes: null };
  ctx.t = (name, values) => filled(ctx.header.labels[name] ?? name, values);

  function fit({ model, step, row }) {
    const look = ctx.looks.find(({ kind }) => kind === model) ?? ctx.looks.find(({ kind }) => kind === ctx.header.initial.model) ?? ctx.looks[0];
    const whole = (value, most, otherwise) => (Number.isInteger(value) ? Math.max(otherwise, Math.min(most, value)) : otherwise);
    return { model: look.kind, step: whole(step, look.steps - 1, 0), row: whole(row, look.source.length - 1, -1) };
  }

  function settle(wanted) {
    ctx.state = fit(wanted);
    ctx.timeline = ctx.looks.find(({ kind }) => kind === ctx.state.model);
  }

  function paint() {
    cancelAnimationFrame(ctx.frame);
    ctx.frame = 0;
    const began = performance.now();
    const { root, about } = ctx.parts;
    ctx.theme = themeOf(root);
    press(ctx.parts.models, ctx.state.model);
    showPlayer(ctx);
    showTarget(ctx.parts.target, ctx.state.step);
    showStates(ctx);
    showNext(ctx);
    showGrid(ctx);
    about.textContent = toldAt(ctx, ctx.state.step);
    Object.assign(root.dataset, { ...ctx.state, steps: ctx.timeline.steps, said: ctx.timeline.texts[ctx.state.step], ending: ctx.timeline.ending, sentence: ctx.header.sentence });
    tellPainted(root, began);
  }

  // A hundred presses a second are a hundred changes and at most one painting a frame.
  function paintSoon() {
    if (!ctx.frame) ctx.frame = requestAnimationFrame(() => { if (ctx.parts?.root.isConnected) paint(); });
  }

  function change(wanted) {
    const before = ctx.timeline;
    settle({ ...ctx.state, ...wanted });
    if (ctx.timeline !== before) build(); // another model says other words
    paintSoon();
    report();
  }

  function report() {
    const { restart, sentence } = ctx.header;
    remembered = { state: { ...ctx.state }, restart, sentence };
    teller.tell({ ...ctx.state, restart, sentence });
  }

  const nextStep = () => (ctx.state.step + 1 < ctx.timeline.steps ? { step: ctx.state.step + 1 } : null);
  const film = filmOf(ctx, TICK, nextStep, (next) => change(next ?? {}));

  ctx.act = {
    step(step) { film.stop(); change({ step }); },
    model(model) { film.stop(); change({ model }); },
    hold: (row) => change({ row: row === ctx.state.row ? -1 : row }),
    point(row) {
      if (row === ctx.pointed) return;
      ctx.pointed = row;
      showPointed(ctx);
      showGrid(ctx);
    },
    play() {
      if (ctx.playing) film.stop();
      else {
        if (!nextStep()) settle({ ...ctx.state, step: 0 });
        film.start();
      }
      paintSoon();
    },
    png: () => savePicture(ctx),
    csv: () => saveNumbers(ctx),
  };

  function build() {
    const { t } = ctx;
    const open = ctx.parts?.root;
    const focused = open?.getRootNode().activeElement;
    const place = focused && open.contains(focused) ? placeOf(focused) : null;
    ctx.pointed = -1;
    ctx.theme ??= themeOf(parent.host ?? parent);
    const models = segment("models", t("models"), ctx.looks.map(({ kind }) => ({ value: kind, words: t(`model_${kind}`), title: t(`formula_${kind}`) })), (kind) => ctx.act.model(kind));
    const player = playerOf(ctx);
    player.line.prepend(models);
    const [target, states, next, grid] = [targetLine(ctx), statesPanel(ctx), nextPanel(ctx), gridPanel(ctx)];
    const about = make("p", { class: "about", "aria-live": "polite" });
    const confidence = make("p", { class: "confidence", "data-ending": ctx.timeline.ending }, confidenceWords(ctx));
    const stage = make("div", { class: "stage" },
      make("div", { class: "line-row" }, make("span", { class: "line-name" }, t("decoder")), target.line), make("div", { class: "under" }, confidence, legendOf(ctx)), about,
      make("div", { class: "panels" }, states.root, make("div", { class: "column" }, grid.root, next.root)));
    const root = make("section", { class: "alignment-picture decoding", "aria-label": t("component"), tabindex: -1, onkeydown: onKeys }, player.line, stage, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, stage, models, player, target, states, next, grid, about };
    if (open) {
      if (open.dataset.ready) root.dataset.ready = "true";
      open.replaceWith(root);
    } else parent.append(root);
    resize.disconnect();
    resize.observe(root);
    if (place) root.querySelector(place)?.focus({ preventScroll: true });
  }

  function onKeys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const way = { ArrowLeft: [-1, "x"], ArrowRight: [1, "x"], ArrowUp: [-1, "y"], ArrowDown: [1, "y"] }[event.key];
    if (!way) return;
    event.preventDefault();
    stepped(...way);
  }

  // Left and right go through the steps, up and down through the models.
  function stepped(delta, axis) {
    const place = ctx.looks.indexOf(ctx.timeline) + delta;
    if (axis === "x") ctx.act.step(ctx.state.step + delta);
    else ctx.act.model(ctx.looks[(place + ctx.looks.length) % ctx.looks.length].kind);
  }

  const onStep = (event) => {
    if (!ctx.parts?.root.isConnected) return;
    nearestSteps(event, ctx.parts.root, () => stepped(event.detail?.delta ?? 1, event.detail?.axis ?? "x"));
  };
  const teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  let width = 0;
  const look = () => {
    const { root } = ctx.parts;
    const now = themeOf(root);
    const other = themeSignature(now) !== themeSignature(ctx.theme);
    if (!root.clientWidth || (!other && root.clientWidth === width)) return;
    width = root.clientWidth;
    ctx.theme = now;
    if (other) build();
    paint();
  };
  const resize = new ResizeObserver(look);
  document.addEventListener("glassbox:step", onStep);

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return look();
      ctx.bytes = bytes;
      const before = ctx.header;
      const earlier = before ? { state: ctx.state, restart: before.restart, sentence: before.sentence } : remembered;
      Object.assign(ctx, unpackLooks(bytes));
      const { header } = ctx;
      const begins = earlier?.restart !== header.restart;
      const other = begins || earlier.sentence !== header.sentence;
      if (other) film.stop();
      settle(begins ? header.initial : other ? { ...earlier.state, step: 0, row: -1 } : earlier.state);
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
      // Python takes a beginning for its own, but not that of another sentence in a picture that stood.
      if (begins) teller.knows({ ...fit(header.initial), restart: header.restart, sentence: header.sentence });
      if (!before || other) report();
    },
    destroy() {
      film.stop();
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createAlignment, { goneAfter: 300 });
