// The encoder's states as rows of a heat map, each with its score and weight; above them the decoder's state, below them
// what it takes: the context, and h̃.

const PLACES = 2; // of scores and weights
const FULL = 4; // of the row that is pointed at
const LIT = 0.005; // a weight that is more than 0.00

function statesPanel(ctx) {
  const { t, timeline } = ctx;
  const rows = sourceNames(ctx).map((name, i) => {
    const bar = make("i", { class: "bar" });
    const [score, weight] = [make("span", { class: "value score" }), make("span", { class: "value weight" })];
    const row = make("button", {
      type: "button", class: "row", "data-i": i, "aria-pressed": "false", onclick: () => ctx.act.hold(i),
      onpointerenter: (event) => { if (event.pointerType !== "touch") ctx.act.point(i); }, onpointerleave: () => ctx.act.point(-1),
      onfocus: () => ctx.act.point(i), onblur: () => ctx.act.point(-1),
    }, make("bdi", { class: `name${isSign(timeline.source[i]) ? " sign" : ""}`, title: name }, name), stripOf(ctx, rowOf(timeline.encoder, i, timeline.hidden)), score, make("span", { class: "track" }, bar), weight);
    return { row, bar, score, weight };
  });
  const vector = (name, letter, formula) => {
    const [strip, after] = [make("span", { class: "strip-room" }), make("span", { class: "after" })];
    return { line: make("div", { class: `row vector ${name}` }, make("b", { class: "name" }, letter), strip, after, formula ? make("span", { class: "formula" }, formula) : null), strip, after };
  };
  const parts = {
    query: vector("query", "h", ""), context: vector("context", "c", t(timeline.kind === "none" ? "context_none" : "context")), attentional: vector("attentional", "h̃", t("attentional")),
  };
  const unit = make("canvas", { class: "scale", "aria-hidden": "true" });
  const heads = make("div", { class: "row heads" }, make("span", { class: "formula" }, t(`formula_${timeline.kind}`)), make("span", { class: "value" }, t("score")), make("span", { class: "value wide" }, t("weight")));
  const facts = make("p", { class: "facts", "aria-live": "polite" });
  const foot = make("div", { class: "scale-line" }, unit, make("span", { class: "quiet" }, t("scale")));
  const root = make("section", { class: "panel states", style: `--count:${rows.length}` }, make("h4", {}, t("states_title")), parts.query.line, heads,
    make("div", { class: "rows" }, ...rows.map(({ row }) => row)), parts.context.line, parts.attentional.line, facts, foot);
  return { root, rows, ...parts, facts, unit };
}

// A vector as a strip of one pixel a number, stretched by the style sheet.
function stripOf(ctx, values) {
  const strip = imageOf(values, 1, values.length, "signed", ctx.timeline.range, ctx.theme);
  strip.className = "strip";
  strip.style.width = `${Math.min(100, (100 * values.length) / ctx.timeline.hidden)}%`; // a number is as wide in every vector
  return strip;
}

function showStates(ctx) {
  const { parts, state, timeline, t } = ctx;
  const { rows, query, context, attentional, unit } = parts.states;
  const { step } = state;
  const weights = rowOf(timeline.weights, step, timeline.source.length);
  const scores = timeline.scores && rowOf(timeline.scores, step, timeline.source.length);
  rows.forEach(({ row, bar, score, weight }, i) => {
    row.style.setProperty("--weight", weights[i].toFixed(4));
    row.classList.toggle("lit", weights[i] >= LIT);
    row.setAttribute("aria-pressed", String(state.row === i));
    row.title = rowWords(ctx, i, PLACES);
    bar.style.width = `${(100 * weights[i]).toFixed(2)}%`;
    score.textContent = scores ? digits(scores[i], PLACES) : "–";
    weight.textContent = digits(weights[i], PLACES);
  });
  query.after.textContent = query.after.title = t("query", { token: readAt(ctx, step) });
  query.strip.replaceChildren(stripOf(ctx, rowOf(timeline.decoder, step, timeline.hidden)));
  context.strip.replaceChildren(stripOf(ctx, contextAt(timeline, step)));
  attentional.strip.replaceChildren(stripOf(ctx, rowOf(timeline.attentional, step, timeline.width)));
  context.after.replaceChildren(...sumNodes(ctx, weights));
  attentional.after.replaceChildren("→ ", make("bdi", {}, saidNames(ctx)[step]));
  attentional.after.title = saidNames(ctx)[step];
  if (unit.dataset.theme !== themeSignature(ctx.theme)) {
    unit.dataset.theme = themeSignature(ctx.theme);
    drawLegend(unit, [{ kind: "signed", range: timeline.range, values: timeline.encoder, rows: timeline.source.length, columns: timeline.hidden }], ctx.theme);
  }
  showPointed(ctx);
}

// The weights as they stand add up to this and what rounding left over.
function sumNodes(ctx, weights) {
  const sum = weights.reduce((all, weight) => all + Number(weight.toFixed(PLACES)), 0);
  const left = Number((1 - sum).toFixed(PLACES));
  const rounding = left ? make("span", { class: "rounding" }, make("span", { class: "word" }, `${ctx.t("rounding")} `), make("span", { class: "left" }, left > 0 ? `+${digits(left, PLACES)}` : digits(left, PLACES)), " ") : "";
  return [rounding, `${ctx.t("sum")} `, make("b", { class: "total" }, "1.00")];
}

function rowWords(ctx, i, places) {
  const { timeline, state, t } = ctx;
  const at = state.step * timeline.source.length + i;
  return t(timeline.scores ? "row_title" : "row_title_none", {
    token: sourceNames(ctx)[i], score: timeline.scores ? digits(timeline.scores[at], places) : "–", weight: digits(timeline.weights[at], places),
  });
}

// The row under the pointer, else the one that is held fast.
function showPointed(ctx) {
  const { facts, rows } = ctx.parts.states;
  const row = ctx.pointed >= 0 ? ctx.pointed : ctx.state.row;
  facts.textContent = row >= 0 ? rowWords(ctx, row, FULL) : ctx.t("row_hint");
  rows.forEach((one, i) => one.row.classList.toggle("pointed", i === row));
}
