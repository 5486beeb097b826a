// The source and what the decoder has said, one below the other.

function sourceLine(ctx) {
  const chips = ctx.timeline.source.map((piece, i) => make("span", {
    class: `token${isSign(piece) ? " sign" : ""}${beginsWord(piece) ? " word" : ""}`, "data-i": i,
  }, make("bdi", {}, shownPiece(piece, ctx.header.labels)), make("i", { class: "weight" })));
  return { line: make("div", { class: "line source", role: "list", "aria-label": ctx.t("source") }, ...chips), chips };
}

function showLines(ctx) {
  const { state, parts, timeline } = ctx;
  const row = attentionRow(timeline, "cross", state.step, state.cross_layer, state.cross_head);
  const lit = ["all", "cross"].includes(state.part);
  parts.source.chips.forEach((chip, i) => chip.style.setProperty("--weight", lit ? row[i].toFixed(4) : "0"));
  showTarget(parts.target, state.step, !["all", "softmax"].includes(state.part));
}
