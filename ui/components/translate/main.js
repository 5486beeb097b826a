// The timeline: all steps of a decoding are here, so that stepping asks nobody. Python hears where the reader rests.

const SEND_AFTER = 350; // ms without another change
// Decodings that were seen, by the sentence they belong to and what they say; and where a page was left.
const SEEN = new Map();
const MOST_SEEN = 24;
let remembered = null; // {state, restart, tree}

const branchName = (header, index) => JSON.stringify([header.tree, header.branches[index]?.pieces, header.branches[index]?.logp]);

function createTimeline(parent) {
  const ctx = { header: null, timeline: null, state: null, parts: null, theme: null, sampler: null, send: null, timer: 0, film: 0, playing: false, frame: 0, answered: 0 };
  ctx.t = (name, values) => filled(ctx.header.labels[name] ?? name, values);

  const between = (value, low, high, otherwise = low) => (Number.isInteger(value) ? Math.max(low, Math.min(high, value)) : otherwise);

  function fit(wanted) {
    const { layers, heads, steps } = ctx.timeline;
    return {
      branch: between(wanted.branch, 0, ctx.header.branches.length - 1),
      step: between(wanted.step, 0, steps - 1),
      part: ctx.header.parts.includes(wanted.part) ? wanted.part : "all",
      top: ctx.header.tops.includes(wanted.top) ? wanted.top : ctx.header.tops[1],
      self_layer: between(wanted.self_layer, -1, layers - 1, -1), self_head: between(wanted.self_head, -1, heads - 1, -1),
      cross_layer: between(wanted.cross_layer, -1, layers - 1, -1), cross_head: between(wanted.cross_head, -1, heads - 1, -1),
    };
  }

  function paint() {
    cancelAnimationFrame(ctx.frame);
    ctx.frame = 0;
    const began = performance.now();
    const { root } = ctx.parts;
    ctx.theme = themeOf(root);
    showPlayer(ctx);
    showLines(ctx);
    showSoftmax(ctx);
    showLooks(ctx, "self");
    showLooks(ctx, "cross");
    showDiagram(ctx);
    showForks(ctx);
    const { branch, step, part } = ctx.state;
    Object.assign(root.dataset, { branch, step, part, steps: ctx.timeline.steps, digest: ctx.timeline.digest, said: ctx.timeline.texts[step] ?? "" });
    tellPainted(root, began);
  }

  // A hundred presses a second are a hundred changes and at most one painting a frame.
  function paintSoon() {
    if (!ctx.frame) ctx.frame = requestAnimationFrame(() => { if (ctx.parts?.root.isConnected) paint(); });
  }

  function change(wanted) {
    ctx.state = fit({ ...ctx.state, ...wanted });
    paintSoon();
    report();
  }

  function report(action = null, wait = SEND_AFTER) {
    const { restart, tree } = ctx.header;
    remembered = { state: { ...ctx.state }, restart, tree };
    teller.tell({ ...ctx.state, restart, tree, action }, wait);
  }

  const film = filmOf(ctx, TICK, () => nextOfFilm(ctx.state, ctx.timeline.steps), (next) => change(next ?? { part: "all" }));
  const pause = film.stop;

  const ask = (kind, step, token) => {
    pause();
    ctx.parts.root.classList.add("waiting");
    report({ kind, branch: ctx.state.branch, step, token, at: Date.now() + performance.now() % 1 }, 0);
  };

  ctx.act = {
    change,
    step(step) { pause(); change({ step }); },
    play() {
      if (ctx.playing) pause();
      else {
        if (ctx.state.step === ctx.timeline.steps - 1) ctx.state = fit({ ...ctx.state, step: 0, part: "all" });
        film.start();
      }
      paintSoon();
    },
    png: () => savePicture(ctx),
    csv: () => saveNumbers(ctx),
    fork(step, id) {
      if (id === ctx.timeline.ids[step]) change({ part: "all" });
      else ask("fork", step, id);
    },
    undo: () => ask("undo", ctx.state.step, 0),
    walk(branch, step) {
      pause();
      const known = SEEN.get(branchName(ctx.header, branch));
      if (known && known !== ctx.timeline) { ctx.timeline = known; ctx.state = fit({ ...ctx.state, branch, step }); build(); }
      if (!known) ctx.parts.root.classList.add("waiting");
      ctx.wanted = known ? null : { branch, step };
      if (known) change({ branch, step });
      else { remembered = null; teller.tell({ ...ctx.state, branch, step, restart: ctx.header.restart, tree: ctx.header.tree, action: null }, 0); }
    },
  };

  function build() {
    const focused = ctx.parts?.root.getRootNode().activeElement?.className;
    const open = ctx.parts?.root;
    const { t } = ctx;
    const parts = {
      player: playerOf(ctx), source: sourceLine(ctx), target: targetLine(ctx), softmax: softmaxPanel(ctx),
      self: looksPanel(ctx, "self"), cross: looksPanel(ctx, "cross"), diagram: diagramPanel(ctx), forks: forksPanel(ctx),
    };
    const confidence = make("p", { class: "confidence", "data-ending": ctx.timeline.ending }, confidenceWords(ctx));
    const rows = [["source", parts.source.line], ["decoder", parts.target.line]].map(([name, line]) => make("div", { class: "line-row" }, make("span", { class: "line-name" }, t(name)), line));
    const looks = make("div", { class: "two-looks" }, parts.self.root, parts.cross.root);
    const stage = make("div", { class: "stage" }, ...rows, make("div", { class: "under" }, confidence, legendOf(ctx)),
      make("div", { class: "panels" }, parts.softmax.root, looks, parts.diagram.root), parts.forks.root);
    const root = make("section", { class: "translate-picture decoding", "aria-label": t("component"), tabindex: -1, onkeydown: onKeys },
      parts.player.line, stage, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { ...parts, root, stage };
    if (open) open.replaceWith(root);
    else parent.append(root);
    resize.disconnect();
    resize.observe(root);
    if (focused) root.querySelector(`.${CSS.escape(String(focused.baseVal ?? focused).split(" ")[0])}`)?.focus({ preventScroll: true });
  }

  function onKeys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, .fork-node")) return;
    const act = { ArrowLeft: () => stepped(-1, "x"), ArrowRight: () => stepped(1, "x"), ArrowUp: () => stepped(-1, "y"), ArrowDown: () => stepped(1, "y") }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // Left and right go through the tokens, up and down through the parts of the model.
  function stepped(delta, axis) {
    if (!ctx.parts?.root.isConnected) return;
    if (axis === "x") ctx.act.step(ctx.state.step + delta);
    else {
      const place = ctx.header.parts.indexOf(ctx.state.part) + delta;
      change({ part: ctx.header.parts[(place + ctx.header.parts.length) % ctx.header.parts.length] });
    }
  }

  const onStep = (event) => stepped(event.detail?.delta ?? 1, event.detail?.axis ?? "x");
  const teller = newTeller((state) => ctx.send?.("state", state), SEND_AFTER);
  const onSampler = (event) => {
    if (!ctx.header?.sampler || event.detail.key !== ctx.header.sampler.key) return;
    ctx.sampler = event.detail.sampler;
    paintSoon();
  };
  const look = () => {
    if (ctx.parts?.root.clientWidth && themeSignature(themeOf(ctx.parts.root)) !== themeSignature(ctx.theme)) {
      if (themeOf(ctx.parts.root).size !== ctx.theme.size) build(); // the model is drawn anew for a projector
      paint();
    }
  };
  const resize = new ResizeObserver(look);
  document.addEventListener("glassbox:step", onStep);
  document.addEventListener(SAMPLER_MOVED, onSampler);

  function keep(timeline) {
    SEEN.delete(timeline.name);
    SEEN.set(timeline.name, timeline);
    if (SEEN.size > MOST_SEEN) SEEN.delete(SEEN.keys().next().value);
  }

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return look();
      ctx.bytes = bytes;
      const { header, timeline } = unpackTimeline(bytes);
      const before = ctx.header;
      const earlier = before ? { state: ctx.state, restart: before.restart, tree: before.tree } : remembered;
      const begins = earlier?.restart !== header.restart;
      const other = begins || earlier.tree !== header.tree;
      timeline.name = branchName(header, header.active);
      const known = SEEN.get(timeline.name);
      const arrived = known?.digest === timeline.digest ? known : timeline;
      keep(arrived);
      // A branch that was walked to here, of which Python has not heard yet, stays; a fork that was asked for is followed.
      const follow = !before || other || header.answered !== before.answered || ctx.wanted || ctx.state.branch === header.active || !header.branches[ctx.state.branch];
      ctx.header = header;
      if (follow) {
        ctx.timeline = arrived;
        const wanted = begins ? header.initial : other ? { ...earlier.state, branch: header.active, step: 0, part: "all" } : { ...(earlier.state) };
        if (!begins && !other && ((before && header.answered !== before.answered) || ctx.wanted)) {
          wanted.step = ctx.wanted?.step ?? header.branches[header.active].step ?? wanted.step;
          wanted.part = "all";
        }
        ctx.wanted = null;
        ctx.state = fit({ ...wanted, branch: header.active });
        if (other) pause();
      }
      ctx.sampler = header.sampler ? samplerNow(header.sampler) : null;
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
      // Python takes a beginning for its own, but not that of another sentence in a picture that stood.
      if (begins) teller.knows({ ...fit({ ...header.initial, branch: header.active }), restart: header.restart, tree: header.tree, action: null });
      if (!before || other) report(null, 0);
      else if (ctx.state.step !== earlier.state.step) report();
    },
    destroy() {
      pause();
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      document.removeEventListener(SAMPLER_MOVED, onSampler);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createTimeline, { goneAfter: 300 });
