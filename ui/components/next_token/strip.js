// Tokens side by side, each as wide as its probability, and where the random number u falls.

const NARROWEST_CELL = 0.004, LABELLED = 0.03; // of the strip's width; a label that does not fit is not seen
const MOST_CELLS = 40;

// `kept`: what stays; behind it lies what is cut. `fallen`: the place that was drawn, if u is drawn here.
function stripOf(ctx, probabilities, { kept = Infinity, u = null, fallen = -1 } = {}) {
  const cells = [];
  let shown = 0;
  for (let place = 0; place < probabilities.length && place < kept && cells.length < MOST_CELLS; place++) {
    const p = probabilities[place];
    if (p < NARROWEST_CELL && place !== fallen) break;
    const name = nameAt(ctx, place);
    cells.push(make("i", { class: place === fallen ? "fallen" : "", style: `width:${100 * p}%`, title: `${name} ${percent(p)}` }, p > LABELLED ? make("bdi", {}, name) : ""));
    shown += p;
  }
  const cut = kept < probabilities.length ? massFrom(probabilities, kept) : 0;
  const others = Math.max(0, 1 - shown - cut);
  const left = Math.min(kept, probabilities.length, ctx.next.count) - cells.length;
  // Where u falls among those that are too narrow to be drawn, their common cell is lit.
  if (others > 0 && left > 0) cells.push(make("i", { class: `others${fallen >= cells.length ? " fallen" : ""}`, style: `width:${100 * others}%`, title: ctx.t("others", { count: left.toLocaleString("en"), percent: percent(others) }) }, others > LABELLED ? make("bdi", {}, ctx.t("others_short", { count: left.toLocaleString("en") })) : ""));
  if (cut > 0) cells.push(make("i", { class: "cut", style: `width:${100 * cut}%`, title: ctx.t("cut", { count: (ctx.next.count - kept).toLocaleString("en"), percent: percent(cut) }) }, cut > LABELLED ? make("bdi", {}, ctx.t("cut_short", { percent: percent(cut) })) : ""));
  return make("div", { class: "cumulative" }, ...cells, u === null ? null : make("b", { class: "u", style: `left:${100 * u}%` }, "▼"));
}

function nameAt(ctx, place) {
  return pieceOf(ctx, ctx.next.order[place]);
}

// With the space that begins a word, so that "the" and "▁the" are told apart.
function pieceOf(ctx, id) {
  const piece = ctx.next.header.pieces[id];
  const name = shownPiece(piece, ctx.next.header.labels);
  return piece.startsWith("▁") && piece !== "▁" ? `␣${name}` : name;
}
