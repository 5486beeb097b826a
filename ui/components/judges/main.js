// The judges' picture: what a rerun brings, and what is chosen here.

const TELL_AFTER = 120; // ms: several moves by key are one order to Python
const HELD = new Map(); // a page that is left and opened again still knows what can be undone

function createInstance(parent) {
  const ctx = { model: null, state: null, parts: null, send: null, theme: null, drag: null, at: -1, past: [], chips: [], gaps: [], lines: [], act: {} };
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);

  ctx.shownOrder = () => (ctx.drag ? moved(ctx.state.order, ctx.drag.from, ctx.drag.to) : ctx.state.order);
  const readable = () => ctx.model.lines.filter((line) => !line.missing);
  ctx.chosenLine = () => readable().find((line) => line.kind === ctx.state.kind) ?? null;
  // Python has computed what words add by the method, and with the padding, that are chosen now.
  ctx.isExplained = (line) => !line || isBag(line) || (ctx.model.method === ctx.state.method && ctx.model.mask === ctx.state.mask);

  ctx.paint = () => {
    const began = performance.now();
    const { root } = ctx.parts;
    ctx.theme = themeOf(root);
    fillWords(ctx);
    fillLines(ctx);
    fillSum(ctx);
    fillControls(ctx);
    const { state, model } = ctx;
    Object.assign(root.dataset, {
      order: ctx.shownOrder().join("-"), kind: state.kind, method: state.method, mask: state.mask, seed: state.seed, digest: model.digest,
      settled: !ctx.drag && sameOrder(state.order, model.order) && state.mask === model.mask && state.method === model.method,
    });
    tellPainted(root, began);
  };

  const worded = () => {
    const { digest, restart } = ctx.model;
    return { ...ctx.state, digest, restart };
  };

  function change(changes) {
    Object.assign(ctx.state, changes);
    ctx.paint();
    teller.tell(worded());
  }

  function goTo(order, at = -1) {
    if (sameOrder(order, ctx.state.order)) return;
    ctx.past.push(ctx.state.order);
    ctx.at = at;
    change({ order, made: ctx.state.made + 1 });
  }

  ctx.act = {
    order: goTo,
    kind: (kind) => change({ kind }),
    method: (method) => change({ method }),
    mask: () => change({ mask: !ctx.state.mask }),
    shuffle() {
      const seed = (ctx.state.seed + 1) % 2 ** 31;
      ctx.state.seed = seed;
      goTo(shuffled(ctx.state.order, seed));
    },
    undo() {
      const order = ctx.past.pop();
      ctx.at = -1;
      if (order) change({ order, made: ctx.state.made + 1 });
    },
    back: () => goTo(typedOrder(ctx.state.order.length)),
    step(delta) {
      ctx.at = Math.max(0, Math.min(ctx.state.order.length - 1, ctx.at < 0 ? (delta > 0 ? 0 : ctx.state.order.length - 1) : ctx.at + delta));
      ctx.paint();
      showTip(ctx, ctx.chips[ctx.state.order[ctx.at]].chip);
    },
    shift(delta) {
      const to = ctx.at + delta;
      if (ctx.at < 0 || to < 0 || to >= ctx.state.order.length) return;
      showTip(ctx, null);
      goTo(moved(ctx.state.order, ctx.at, to), to);
    },
    line(delta) {
      const kinds = readable().map((line) => line.kind);
      const next = kinds[kinds.indexOf(ctx.state.kind) + delta];
      if (next) change({ kind: next });
    },
  };

  const resize = onNewTheme(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  function build() {
    ctx.parts?.root.remove();
    const { t } = ctx;
    const controls = controlsOf(ctx);
    const words = wordsOf(ctx);
    const sum = make("p", { class: "sum" });
    const lines = linesOf(ctx);
    const tip = make("div", { class: "tip", role: "tooltip", hidden: true });
    const saved = make("div", { class: "saved" }, words, sum, lines);
    const root = make("section", { class: "picture judges-picture", "aria-label": t("component") }, controls.bar, saved,
      make("p", { class: "caption" }, `${t("hint")} ${t("caption")}`), tip);
    ctx.parts = { root, controls, saved, words, sum, tip };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
    listenToWords(ctx);
  }

  // In projector mode: left and right go through the words, up and down through the models.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return; // left, but not yet gone
    const { delta = 1, axis = "x" } = event.detail ?? {};
    if (axis === "x") ctx.act.step(delta);
    else ctx.act.line(delta);
  }
  document.addEventListener("glassbox:step", onStep);

  const update = whenNew((data) => {
    const before = ctx.model;
    const same = before?.digest === data.digest && before.restart === data.restart;
    // A hand that has gone on since Python was told keeps what it has made: another answer is on its way.
    const ahead = same && ctx.state.made > data.made;
    const kinds = data.lines.filter((line) => !line.missing).map((line) => line.kind);
    const { order, method, mask, seed, made } = data;
    ctx.model = data;
    if (!same) {
      const name = `${data.key}/${data.digest}/${data.restart}`;
      if (!HELD.has(name)) HELD.set(name, []);
      Object.assign(ctx, { past: HELD.get(name), drag: null, at: -1 });
      ctx.state = { order, method, mask, seed, made, kind: kinds.includes(data.kind) ? data.kind : kinds[0] ?? "" };
      teller.knows(worded());
    } else if (!ahead) Object.assign(ctx.state, { order, made });
    const fixed = (one) => JSON.stringify([one.labels, one.lines.map((line) => line.missing)]);
    const rebuilt = !same || fixed(before) !== fixed(data);
    const focused = rebuilt && ctx.parts?.words.matches(":focus");
    if (rebuilt) build();
    ctx.paint();
    if (focused) ctx.parts.words.focus({ preventScroll: true });
    ctx.parts.root.dataset.ready = "true";
  });

  return {
    update(data, send) {
      ctx.send = send;
      update(data);
    },
    destroy() {
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createInstance, GIVEN);
