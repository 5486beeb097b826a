// Without projections (Q = K = V = X): one token's vector before and after attention, and its neighbours.

const MOSTLY = 0.5; // from this share on a token's vector is more itself than anything else

function beforeAndAfter(ctx, row) {
  const { model, state } = ctx;
  const tokens = tokensOf(model, state.wiring);
  const one = headOf(model, state.wiring, state.layer, 0, state);
  const width = model.d_model;
  const before = rowOf(one.query, row, width);
  const after = rowOf(one.context, row, width);
  const range = { low: 0, high: 0 };
  range.high = Math.max(rangeOf(before, "signed").high, rangeOf(after, "signed").high);
  range.low = -range.high;
  const own = state.wiring === "cross" ? 0 : one.weights[row * one.columns + row];
  const lines = tokens.key.map((token, j) => {
    const other = rowOf(one.key, j, width);
    return make("tr", { class: state.wiring !== "cross" && j === row ? "here" : null },
      make("th", { scope: "row" }, tokenText(token)),
      make("td", { class: "cosine-before" }, digits(cosine(before, other), 3)),
      make("td", { class: "cosine-after" }, digits(cosine(after, other), 3)),
      make("td", { class: "weight" }, digits(one.weights[row * one.columns + j], 3)));
  });
  return make("section", { class: "plain" },
    make("p", { class: "step-name" }, ...filledWith(ctx.t("plain_heading"), { token: tokenText(tokens.query[row]) })),
    vectorStrip(ctx, before, range, ctx.t(state.unit ? "plain_before_unit" : "plain_before")),
    vectorStrip(ctx, after, range, ctx.t(afterName(state))),
    ...(own > MOSTLY && !state.unit ? [make("p", { class: "plain-own" }, ctx.t("plain_own", { share: digits(own, 3) }))] : []),
    make("p", { class: "note" }, ctx.t("plain_note")),
    make("table", { class: "softmax cosines" },
      make("thead", {}, make("tr", {}, ...["column_key", "cosine_before", "cosine_after", "column_weight"].map((name) =>
        make("th", { scope: "col" }, ctx.t(name))))),
      make("tbody", {}, ...lines)));
}

function afterName(state) {
  if (state.wiring === "cross") return "plain_after_cross";
  return state.unit ? "plain_after_unit" : "plain_after";
}

// A cell of Q or K that no matrix made: X (or memory) itself, or divided by its row's length.
function unprojectedLines(ctx, panel, row, column) {
  const { model, state } = ctx;
  const fromMemory = state.wiring === "cross" && panel.name === "key";
  const origin = () => (fromMemory
    ? memoryLines(ctx, row, column)
    : inputLines(ctx, state.wiring, state.layer, row, column));
  if (!state.unit) return origin();
  const { x, memory } = inputsOf(model, state.wiring, state.layer);
  const values = rowOf(fromMemory ? memory : x, row, model.d_model);
  const length = lengthOf(values);
  const squares = length * length;
  const value = values[column];
  const terms = Array.from(values, (one, i) => productTerm(String(i + 1), one, one));
  return [
    heading(ctx.t("unit_quotient")),
    equation(ctx, "quotient", [operand(value), " ÷ ", operand(length)],
      fixed(fixed(value) / fixed(length)), panel.values[row * panel.columns + column]),
    heading(ctx.t("unit_length")),
    equation(ctx, "length", ["√", operand(squares)], fixed(Math.sqrt(fixed(squares))), length),
    sumOf(ctx, terms, squares, { heading: heading(ctx.t("unit_squares", { d: model.d_model })) }),
  ];
}

function vectorStrip(ctx, values, range, words) {
  const canvas = make("canvas", { class: "vector-strip", role: "img", "aria-label": words });
  const width = ctx.panelWidth();
  const context = setSize(canvas, width, 22);
  context.imageSmoothingEnabled = false;
  context.drawImage(imageOf(values, 1, values.length, "signed", range, ctx.theme), 0, 0, width, 22);
  return make("div", { class: "strip-row" }, make("span", { class: "note" }, words), canvas);
}
