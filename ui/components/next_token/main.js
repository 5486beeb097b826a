// The next token: the logits of the whole vocabulary are here, so that every control acts at once and exactly.

const SEND_AFTER = 350; // ms without another change

function createNext(parent) {
  const ctx = { next: null, parts: null, sampler: null, state: { place: -1, find: "" }, theme: null, frame: 0, bytes: null };
  let send = null;
  ctx.t = (name, values) => filled(ctx.next.header.labels[name] ?? name, values);
  const teller = newTeller((state) => send?.("state", state), SEND_AFTER);

  function paint() {
    cancelAnimationFrame(ctx.frame);
    ctx.frame = 0;
    const began = performance.now();
    const { next, sampler, parts } = ctx;
    ctx.theme = themeOf(parts.root);
    ctx.curveWidth = Math.max(200, parts.stages.curve.clientWidth); // asked before anything changes: later it costs a layout
    const stages = stagesOf(next, sampler);
    ctx.u = uniform(sampler.seed, next.header.said.length);
    ctx.fallen = drawnPlace(stages.at(-1).left, ctx.u);
    showBars(ctx, stages);
    showStages(ctx, stages);
    showCurve(ctx, stages);
    showSeveral(ctx);
    showText(ctx);
    Object.assign(parts.root.dataset, { kept: stages.at(-1).kept, entropy: bitsOf(stages.at(-1).left), temperature: sampler.temperature });
    tellPainted(parts.root, began);
  }

  // A slider that is dragged moves more often than the screen is drawn.
  function paintSoon() {
    if (!ctx.frame) ctx.frame = requestAnimationFrame(() => { if (ctx.parts?.root.isConnected) paint(); });
  }

  function ask(kind, token = -1) {
    ctx.parts.root.classList.add("waiting");
    teller.tell({ tree: ctx.next.header.tree, action: { kind, token, at: Date.now() + performance.now() % 1 } }, 0);
  }

  ctx.act = {
    look(place) { ctx.state.place = place; paintSoon(); },
    find(text) { ctx.state.find = text.trim(); paintSoon(); },
    say: (id) => ask("say", id),
    undo: () => ask("undo"),
    anew: () => ask("anew"),
    png: () => savePicture(ctx),
    csv: () => saveNumbers(ctx),
  };

  function build() {
    const open = ctx.parts?.root;
    const parts = { text: textLine(ctx), bars: barsPanel(ctx), stages: stagesPanel(ctx), several: severalPanel(ctx) };
    const stage = make("div", { class: "stage" }, parts.text.root, make("div", { class: "panels" }, parts.bars.root, parts.stages.root), parts.several.root);
    const root = make("section", { class: "next-picture decoding", "aria-label": ctx.t("component"), tabindex: -1 }, stage, make("p", { class: "caption" }, ctx.t("caption")));
    ctx.parts = { ...parts, root, stage };
    if (open) open.replaceWith(root);
    else parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const onSampler = (event) => {
    if (!ctx.next || event.detail.key !== ctx.next.header.sampler.key) return;
    ctx.sampler = event.detail.sampler;
    paintSoon();
  };
  // The arrow keys step through the text: forward says what is drawn, back takes it back.
  const onStep = (event) => {
    if (!ctx.parts?.root.isConnected || event.detail?.axis === "y") return;
    if ((event.detail?.delta ?? 1) > 0) ctx.act.say(ctx.next.order[ctx.fallen]);
    else if (ctx.next.header.said.length) ctx.act.undo();
  };
  const resize = onNewTheme(() => ctx.parts?.root, () => ctx.theme, paint);
  document.addEventListener(SAMPLER_MOVED, onSampler);
  document.addEventListener("glassbox:step", onStep);

  return {
    update(bytes, sender) {
      send = sender;
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const tree = ctx.next?.header.tree;
      ctx.next = readNext(bytes);
      if (tree !== ctx.next.header.tree) ctx.state.place = -1;
      ctx.sampler = samplerNow(ctx.next.header.sampler);
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      teller.end();
      resize.disconnect();
      document.removeEventListener(SAMPLER_MOVED, onSampler);
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createNext, { goneAfter: 300 });
