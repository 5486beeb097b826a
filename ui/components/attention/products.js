// The q×k view: for one query and every key the d_k products, one row a key, and their sum: the score.

function productsOf(one, row) {
  const { query, key, columns, d_k } = one;
  const out = new Float64Array(columns * d_k);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < d_k; i++) out[j * d_k + i] = query[row * d_k + i] * key[j * d_k + i];
  }
  return out;
}

// As a panel, so that the matrix painter, its hover and its zoom serve here too. `kept` holds the array so
// that the same query gives the same image.
function productsPanel(model, state, row) {
  const one = headOf(model, state.wiring, state.layer, state.head, state);
  const tokens = tokensOf(model, state.wiring);
  one.products ??= new Map();
  if (!one.products.has(row)) one.products.set(row, productsOf(one, row));
  return {
    name: "products", title: "", values: one.products.get(row), rows: one.columns, columns: one.d_k,
    rowLabels: tokens.key, columnLabels: null, kind: "signed", query: row,
  };
}

// The sums at the right of the strips, in line with their rows.
const SUM_WIDTH = 74;

function drawSums(context, plot, one, row, theme, size, title) {
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.fillStyle = theme.text;
  const every = thinning(plot.cellHeight);
  for (let j = plot.r0; j < plot.r1; j++) {
    if ((j - plot.r0) % every) continue;
    context.font = labelFont(theme, plot.cellHeight, size, false);
    const score = one.scores[row * one.columns + j];
    context.fillText(digits(score, 2), plot.x + plot.width + SUM_WIDTH - 8, rowY(plot, j) + plot.cellHeight / 2 + 1);
  }
  context.font = fontOf(theme, Math.max(SMALLEST_FONT, size * 0.85), 600);
  context.fillStyle = theme.faint;
  context.textBaseline = "alphabetic";
  context.fillText(title, plot.x + plot.width + SUM_WIDTH - 8, plot.y - 5);
}
