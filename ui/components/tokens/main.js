// The tokens picture: what a rerun brings, and what is chosen here.

function createInstance(parent) {
  const ctx = Object.assign(newContext(), { letters: [], lit: [], chosen: null, letter: null });

  function paint() {
    const began = performance.now();
    const { root } = ctx.parts;
    fillRows(ctx);
    updateControls(ctx);
    light(ctx, ctx.chosen);
    root.dataset.size = ctx.state.size;
    root.dataset.digest = ctx.model.digest;
    tellPainted(ctx.parts.root, began);
  }

  ctx.act = {
    size(size) {
      if (size === ctx.state.size) return;
      ctx.state.size = size;
      // The chosen token's place means something else in another cut.
      if (ctx.chosen && hasSizes(ctx.parts.rows[ctx.chosen.row].row)) ctx.chosen = null;
      paint();
      report(ctx);
      tellSize(size);
    },
    // The word around a chosen token is taken apart further down the page.
    word(place) {
      ctx.state.word = { place, text: ctx.model.digest, at: performance.now() };
      report(ctx);
    },
    ids() {
      ctx.state.ids = !ctx.state.ids;
      paint();
      report(ctx);
    },
  };

  function build() {
    ctx.parts?.root.remove();
    ctx.lit = [];
    const { t } = ctx;
    const rows = rowsOf(ctx);
    const controls = controlsOf(ctx);
    const grid = make("div", { class: "rows", role: "grid", tabindex: 0, "aria-label": t("alternative") },
      ...rows.map((part) => part.element));
    const info = make("p", { class: "info", "aria-live": "polite" });
    const caption = make("p", { class: "caption" }, t("caption"));
    const root = make("section", { class: "picture tokens-picture", "aria-label": t("component") },
      controls.bar, grid, info, controls.legend, caption);
    ctx.parts = { root, grid, rows, controls, info };
    parent.append(root);
    listen(ctx);
  }

  // In projector mode: left and right change the vocabulary, up and down go through the characters.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return; // left, but not yet gone
    const { delta = 1, axis = "x" } = event.detail ?? {};
    if (axis === "x") {
      const place = ctx.model.sizes.indexOf(ctx.state.size) + delta;
      if (ctx.model.sizes[place]) ctx.act.size(ctx.model.sizes[place]);
      return;
    }
    ctx.chosen = null;
    ctx.letter = Math.max(0, Math.min(ctx.letters.length - 1, (ctx.letter ?? -1) + delta));
    light(ctx, null, [ctx.letter, ctx.letter + 1]);
  }

  document.addEventListener("glassbox:step", onStep);
  const unshare = shareSize((size) => { if (ctx.model?.sizes.includes(size)) ctx.act.size(size); });

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      const sameText = before?.digest === data.digest;
      const sameWords = before && JSON.stringify(before.labels) === JSON.stringify(data.labels);
      const begins = !before || before.restart !== data.restart;
      ctx.model = data;
      if (sameText && sameWords && !begins) return;
      if (begins) {
        const wanted = beginning(data, Boolean(before));
        const fitting = (from) => ({ size: fittingSize(data.sizes, from?.size), ids: from?.ids !== false, word: null });
        ctx.state = fitting(wanted);
        ctx.teller.knows({ ...fitting(data.initial), restart: data.restart });
      }
      if (!sameText) ctx.chosen = ctx.letter = ctx.state.word = null;
      ctx.letters = Array.from(data.text);
      build();
      paint();
      ctx.parts.root.dataset.ready = "true";
      makeAhead(data);
      report(ctx);
    },
    destroy() {
      ctx.teller.end();
      unshare();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

// The chips of the other sizes are made while nothing else happens.
function makeAhead(model) {
  const jobs = model.rows.flatMap((row) => Object.values(row.cuts));
  const next = () => {
    const cut = jobs.pop();
    if (!cut) return;
    chipsOf(cut);
    later(next);
  };
  later(next);
}

function later(run) {
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 50);
}

export default livingBy(createInstance, GIVEN);
