// The clicked cell of a stage made with a learned matrix, which is fetched on the click. The file holds Wᵀ, so
// that a column of the formula's W is a row there.

const TRUSTED = 2e-3; // the model computed in single precision; a larger gap means another model's file

function learnedLines(ctx, panel, row, column) {
  const place = make("div", { class: "learned" }, note(ctx.t("fetching")));
  ctx.pending(async (current) => {
    let lines;
    try {
      lines = await learnedSum(ctx, panel, row, column);
    } catch (error) {
      if (current()) place.replaceChildren(note(ctx.t("not_fetched")));
      return "unavailable";
    }
    if (current()) place.replaceChildren(...lines);
    return "ready";
  });
  return [place];
}

async function learnedSum(ctx, panel, row, column) {
  const { model, state } = ctx;
  const { wiring, layer } = state;
  const exact = panel.values[row * panel.columns + column];
  if (panel.name === "feed_forward") return feedForwardSum(ctx, row, column, exact);
  const name = linearName(model, wiring, layer, panel.name);
  const matrix = await linear(model.weights_url, name);
  const { x, memory } = inputsOf(model, wiring, layer);
  const output = panel.name === "output";
  const from = output ? joinedOf(model, wiring, layer, state) : panel.name === "query" ? x : memory;
  const outputRow = output ? column : state.head * model.d_k + column;
  const projection = from === memory && memory !== x ? "sum_projection_memory" : "sum_projection";
  const words = ctx.t(output ? "sum_output" : projection, {
    letter: { query: "q", key: "k", value: "v" }[panel.name], matrix: { query: "Q", key: "K", value: "V" }[panel.name],
    dimension: lowered(column + 1), head: state.head + 1, column: outputRow + 1,
  });
  return [weightedSum(ctx, rowOf(from, row, matrix.inputs), matrix, outputRow, exact, words)];
}

function weightedSum(ctx, input, matrix, outputRow, exact, words) {
  const weights = rowOf(matrix.weight, outputRow, matrix.inputs);
  if (input.length !== weights.length) throw new Error("the file holds another model's matrix");
  const terms = Array.from(input, (value, i) => productTerm(String(i + 1), value, weights[i]));
  const sum = input.reduce((total, value, i) => total + value * weights[i], matrix.bias[outputRow]);
  if (!(Math.abs(sum - exact) <= TRUSTED * (1 + Math.abs(exact)))) throw new Error("the sum is another one");
  const bias = plainTerm("b", matrix.bias[outputRow]);
  return sumOf(ctx, terms, exact, { always: [bias], heading: heading(words) });
}

// A number as an index below the line.
function lowered(number) {
  return Array.from(String(number), (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

// hidden = relu(W₁ x + b₁), then the second product is the sum that is shown.
async function feedForwardSum(ctx, row, column, exact) {
  const { model, state } = ctx;
  const { wiring, layer } = state;
  const url = model.weights_url;
  const [first, second] = await Promise.all([
    linear(url, linearName(model, wiring, layer, "hidden")), linear(url, linearName(model, wiring, layer, "feed_forward")),
  ]);
  const x = rowOf(blockOf(model, wiring, layer).normalized, row, first.inputs);
  const before = timesTransposed(x, first.weight, 1, first.outputs, first.inputs);
  const hidden = Float64Array.from(before, (value, i) => Math.max(0, value + first.bias[i]));
  const awake = hidden.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
  return [
    note(ctx.t("hidden_units", { awake, hidden: first.outputs })),
    weightedSum(ctx, hidden, second, column, exact, ctx.t("sum_feed_forward", { column: column + 1 })),
  ];
}
