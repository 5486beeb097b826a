// The clicked cell as arithmetic, for the stages that need no learned matrix. Each returns page elements.

function arithmeticOf(ctx, panel, row, column) {
  const { model, state } = ctx;
  const one = () => headOf(model, state.wiring, state.layer, state.head, state);
  // What was set by hand, or switched off, is no sum of anything.
  if (!isWhatIf(state.wiring, state) && !["scaled", "masked", "weights"].includes(panel.name)) {
    const seat = seatOf(model, state, panel.name, row, column);
    if (panel.name === "context" || panel.name === "joined") {
      if (isOff(model, state.wiring, state.layer, seat.head)) return [note(ctx.t("head_is_off", { head: seat.head + 1 }))];
    }
    if (isEdited(model, seat)) return [];
  }
  switch (panel.name) {
    case "scores": return [scoreSum(ctx, one(), row, column)];
    case "scaled": return scaledLines(ctx, one(), row, column);
    case "masked": return maskedLines(ctx, one(), row, column);
    case "weights": return softmaxTable(ctx, one(), row, column);
    case "context": return [contextSum(ctx, one(), row, column)];
    case "joined": return joinedLines(ctx, row, column);
    case "x": return inputLines(ctx, state.wiring, state.layer, row, column);
    case "memory": return memoryLines(ctx, row, column);
    case "residual": return residualLines(ctx, blockOf(model, state.wiring, state.layer), row, column);
    case "normalized": return normLines(ctx, state.wiring, state.layer, "normalized", row, column);
    case "final": return normLines(ctx, state.wiring, state.layer, "final", row, column);
    default: return state.plain ? unprojectedLines(ctx, panel, row, column) : learnedLines(ctx, panel, row, column);
  }
}

function heading(words) {
  return make("p", { class: "step-name" }, words);
}

function note(words) {
  return make("p", { class: "note" }, words);
}

function scoreSum(ctx, one, row, column) {
  const { model, state } = ctx;
  if (!state.plain && isEdited(model, seatOf(model, state, "scores", row, column))) return note(ctx.t("edited_score"));
  const { d_k } = one;
  const q = rowOf(one.query, row, d_k);
  const k = rowOf(one.key, column, d_k);
  const terms = Array.from({ length: d_k }, (_, i) => productTerm(String(i + 1), q[i], k[i]));
  return sumOf(ctx, terms, one.scores[row * one.columns + column],
    { heading: heading(ctx.t("sum_score", { d_k })) });
}

function scaleLine(ctx, one, row, column) {
  const place = row * one.columns + column;
  if (!ctx.state.scale) return note(ctx.t("scale_is_off"));
  const root = Math.sqrt(one.d_k);
  const score = one.scores[place];
  const given = fixed(fixed(score) / fixed(root));
  return equation(ctx, "quotient", ["q·k ÷ √d_k = ", operand(score), " ÷ ", operand(root)], given, one.scaled[place]);
}

function scaledLines(ctx, one, row, column) {
  return [scaleLine(ctx, one, row, column), scoreSum(ctx, one, row, column)];
}

function maskLine(ctx, one, row, column) {
  if (one.masked[row * one.columns + column] === -Infinity) return note(ctx.t("future_masked"));
  return note(ctx.t(masksFuture(ctx.state.wiring, ctx.state) ? "mask_keeps" : "mask_none"));
}

function maskedLines(ctx, one, row, column) {
  return [maskLine(ctx, one, row, column), ...scaledLines(ctx, one, row, column)];
}

function softmaxTable(ctx, one, row, column) {
  const tokens = tokensOf(ctx.model, ctx.state.wiring);
  const scores = rowOf(one.masked, row, one.columns);
  const weights = rowOf(one.weights, row, one.columns);
  const top = Math.max(...scores);
  const largest = fixed(top);
  const exact = scores.reduce((sum, score) => sum + Math.exp(score - top), 0);
  const powers = Array.from(scores, (score) =>
    (score === -Infinity ? 0 : fixed(Math.exp(fixed(fixed(score) - largest)))));
  const sum = powers.reduce((total, power) => total + power, 0);
  const shares = Array.from(weights, (weight) => fixed(weight));
  const lines = powers.map((power, j) => make("tr", { class: j === column ? "here" : null },
    make("th", { scope: "row" }, tokenText(tokens.key[j])),
    make("td", { class: "score" }, digits(scores[j])),
    make("td", { class: "difference" }, scores[j] === -Infinity ? "−∞" : digits(fixed(fixed(scores[j]) - largest))),
    make("td", { class: "power" }, digits(power)),
    make("td", { class: "share" }, digits(shares[j]))));
  const total = make("tr", { class: "totals" },
    make("th", { scope: "row" }, ctx.t("sum")),
    make("td"), make("td"),
    make("td", {}, make("span", { class: "power-total" }, digits(exact)), roundingOf(ctx, sum, exact)),
    make("td", {}, make("span", { class: "share-total" }, digits(1)),
      roundingOf(ctx, shares.reduce((a, b) => a + b, 0), 1)));
  const given = fixed(powers[column] / fixed(exact));
  // The whole chain of this cell, from q·k to its share; the products themselves stand at the end.
  return [
    scaleLine(ctx, one, row, column),
    masksFuture(ctx.state.wiring, ctx.state) ? maskLine(ctx, one, row, column) : "",
    equation(ctx, "quotient", ["exp ÷ Σ = ", operand(powers[column]), " ÷ ", operand(exact)], given, weights[column]),
    make("table", { class: "softmax" },
      make("thead", {}, make("tr", {}, ...["key", "s", `s − ${digits(largest)}`, "exp", "weight"].map((name) =>
        make("th", { scope: "col" }, name === "key" || name === "weight" ? ctx.t(`column_${name}`) : name)))),
      make("tbody", {}, ...lines, total)),
    scoreSum(ctx, one, row, column),
  ];
}

function contextSum(ctx, one, row, column) {
  const tokens = tokensOf(ctx.model, ctx.state.wiring);
  const weights = rowOf(one.weights, row, one.columns);
  const terms = Array.from(weights, (weight, j) =>
    productTerm(tokens.key[j], weight, one.value[j * one.d_k + column], true));
  return sumOf(ctx, terms, one.context[row * one.d_k + column],
    { heading: heading(ctx.t("sum_context", { dimension: column + 1 })) });
}

function joinedLines(ctx, row, column) {
  const { model, state } = ctx;
  if (state.plain) return [contextSum(ctx, headOf(model, state.wiring, state.layer, 0, state), row, column)];
  const head = Math.floor(column / model.d_k);
  const inside = column % model.d_k;
  return [
    note(ctx.t("joined_from", { dimension: column + 1, head: head + 1, inside: inside + 1 })),
    contextSum(ctx, headOf(model, state.wiring, state.layer, head, state), row, inside),
  ];
}

// X of a first layer: embedding and position. Later ones are what the block before gave.
function inputLines(ctx, wiring, layer, row, column) {
  const { model } = ctx;
  if (wiring === "cross") {
    return [note(ctx.t("x_from_causal")), ...normLines(ctx, "causal", layer, "normalized", row, column)];
  }
  if (layer > 0) {
    const last = lastOf(model, wiring);
    return [note(ctx.t("x_from_block", { block: layer })), ...normLines(ctx, last, layer - 1, "final", row, column)];
  }
  const side = wiring === "self" ? "encoder" : "decoder";
  const embedded = part(model, `${side}.embedding`, row)[column];
  const position = part(model, `${side}.positional`, row)[column];
  const root = Math.sqrt(model.d_model);
  const entry = embedded / root;
  const x = firstInput(model, side)[row * model.d_model + column];
  return [
    heading(ctx.t("embedding_times")),
    equation(ctx, "product", [operand(entry, FACTOR_PLACES), " × ", `√${model.d_model} (`, operand(root), ")"],
      fixed(fixed(entry, FACTOR_PLACES) * fixed(root)), embedded),
    heading(ctx.t("plus_position")),
    equation(ctx, "sum", [operand(embedded), " + ", operand(position)], fixed(fixed(embedded) + fixed(position)), x),
  ];
}

function memoryLines(ctx, row, column) {
  const last = ctx.model.layers - 1;
  return [note(ctx.t("memory_from", { block: last + 1 })), ...normLines(ctx, "self", last, "final", row, column)];
}

function residualLines(ctx, block, row, column) {
  const place = row * ctx.model.d_model + column;
  return [heading(ctx.t("residual_sum")), sumLine(ctx, block.x[place], block.output[place], block.residual[place])];
}

function sumLine(ctx, a, b, exact) {
  return equation(ctx, "sum", [operand(a), " + ", operand(b)], fixed(fixed(a) + fixed(b)), exact);
}

// Residual sum, then the row's mean and deviation, then γ and β.
function normLines(ctx, wiring, layer, which, row, column) {
  const width = ctx.model.d_model;
  const block = blockOf(ctx.model, wiring, layer);
  const place = row * width + column;
  const final = which === "final";
  const residual = final ? block.finalResidual : block.residual;
  const norm = final ? block.finalNorm : block.norm;
  const values = rowOf(residual, row, width);
  const { mean, variance, deviation } = rowMoments(values);
  const total = mean * width;
  const gamma = norm.weight[column];
  const beta = norm.bias[column];
  const given = ((fixed(values[column]) - fixed(mean)) / fixed(deviation)) * fixed(gamma) + fixed(beta);
  return [
    heading(ctx.t(final ? "residual_sum_final" : "residual_sum")),
    isEdited(ctx.model, { place: placeOf(ctx.model, wiring, layer, final ? "final_residual" : "residual"), head: null, row, column })
      ? note(ctx.t("edited_residual"))
      : final ? sumLine(ctx, block.normalized[place], block.feedForward[place], residual[place])
      : sumLine(ctx, block.x[place], block.output[place], residual[place]),
    heading(ctx.t("row_mean", { d: width })),
    equation(ctx, "quotient", [operand(total), " ÷ ", operand(width, 0)], fixed(fixed(total) / width), mean),
    heading(ctx.t("row_deviation", { d: width })),
    equation(ctx, "root", ["√(", operand(variance), " + 0.00001)"],
      fixed(Math.sqrt(fixed(variance) + LAYER_NORM_EPSILON)), deviation),
    heading(ctx.t("norm_line")),
    equation(ctx, "normalize", ["(", operand(values[column]), " − ", operand(mean), ") ÷ ", operand(deviation),
      " × ", operand(gamma), " + ", operand(beta)], fixed(given), (final ? block.final : block.normalized)[place]),
  ];
}
