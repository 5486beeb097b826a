// The picture of Korean against English: size, measure and source are switched here.

function createInstance(parent) {
  const ctx = newContext();

  function paint() {
    const began = performance.now();
    const { parts, state } = ctx;
    // The width is read once: asking again would make the browser lay out the whole page first.
    parts.width ||= Math.max(300, Math.floor(parts.plot.clientWidth));
    parts.plot.replaceChildren(drawPairs(ctx, parts.width));
    parts.size.update();
    pressIn(parts.measure, state.measure);
    pressIn(parts.source, state.source);
    parts.caption.textContent = captionOf(ctx);
    Object.assign(parts.root.dataset, { size: state.size, measure: state.measure, source: state.source });
    tellPainted(ctx.parts.root, began);
  }

  function choose(change) {
    Object.assign(ctx.state, change);
    paint();
    report(ctx);
  }

  ctx.act.size = (size) => {
    if (size === ctx.state.size) return;
    ctx.state.size = size;
    paint();
    tellSize(size);
  };
  const unshare = shareSize((size) => { if (ctx.model?.sizes.includes(size)) ctx.act.size(size); });
  const resize = new ResizeObserver(() => {
    const width = ctx.parts ? Math.max(300, Math.floor(ctx.parts.plot.clientWidth)) : 0;
    if (!width || width === ctx.parts.width) return;
    ctx.parts.width = width;
    paint();
  });

  function build() {
    const { t, model } = ctx;
    ctx.parts?.root.remove();
    const size = sizeSlider(ctx);
    const measure = segment(ctx, "measure", MEASURES, (value) => choose({ measure: value }));
    const source = segment(ctx, "source", Object.keys(model.sources), (value) => choose({ source: value }));
    source.hidden = Object.keys(model.sources).length < 2;
    const tools = make("div", { class: "tools" },
      make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => savePairsPng(ctx) }, "PNG"),
      make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => savePairsCsv(ctx) }, "CSV"));
    const plot = make("div", { class: "plot" });
    const caption = make("p", { class: "caption" });
    const root = make("section", { class: "picture pairs-picture", "aria-label": t("pairs_title") },
      make("div", { class: "controls" }, size.line, measure, source, tools), plot, caption);
    ctx.parts = { root, size, measure, source, plot, caption, width: 0 };
    parent.append(root);
    resize.disconnect();
    resize.observe(plot);
  }

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      if (before && JSON.stringify(before) === JSON.stringify(data)) return;
      const begins = !before || before.restart !== data.restart;
      ctx.model = data;
      if (begins) {
        const wanted = beginning(data, Boolean(before));
        const fitting = (from) => ({
          size: fittingSize(data.sizes, data.initial.size),
          measure: MEASURES.includes(from?.measure) ? from.measure : MEASURES[0],
          source: from?.source ?? "corpus",
        });
        ctx.state = fitting(wanted);
        ctx.teller.knows({ ...fitting(data.initial), restart: data.restart });
      }
      // A pair that was typed is what the reader wants to see; one that was taken away cannot be shown.
      const typed = JSON.stringify(data.sources.typed);
      if (before && typed && JSON.stringify(before.sources.typed) !== typed) ctx.state.source = "typed";
      if (!data.sources[ctx.state.source]) ctx.state.source = "corpus";
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
      report(ctx);
    },
    destroy() {
      ctx.teller.end();
      unshare();
      resize.disconnect();
      ctx.parts?.root.remove();
    },
  };
}

export default livingBy(createInstance, GIVEN);
