// The stages by name: what each shows, its formula with shapes, and when it can be shown.

const STAGES = [
  "x", "qkv", "scores", "scaled", "masked", "weights", "context", "joined",
  "output", "residual", "normalized", "feed_forward", "final",
];
const SCORE_STAGES = ["scores", "scaled", "masked", "weights"];
const LEARNED_AFTER_CONTEXT = STAGES.slice(STAGES.indexOf("output"));
const WIRINGS = ["self", "causal", "cross"];
const VIEWS = ["matrix", "lines", "products", "heads"];

// Null where the stage can be shown, else the name of the label that says why not.
function whyNot(stage, wiring, choices) {
  if (isWhatIf(wiring, choices) && LEARNED_AFTER_CONTEXT.includes(stage)) return "why_not_learned";
  if (wiring === "causal" && (stage === "feed_forward" || stage === "final")) return "why_not_causal";
  return null;
}

function openStages(wiring, choices) {
  return STAGES.filter((stage) => !whyNot(stage, wiring, choices));
}

// The matrices of a stage: one, two (source–target X) or three (Q, K, V), drawn side by side.
// A panel: {name, title, values, rows, columns, rowLabels, columnLabels (null: dimensions), kind}.
function panelsOf(model, state) {
  const { wiring, layer, head, stage } = state;
  const tokens = tokensOf(model, wiring);
  const width = model.d_model;
  const vectors = (name, title, values, columns, labels) => ({
    name, title, values, columns, rows: labels.length, rowLabels: labels, columnLabels: null, kind: "signed",
  });
  if (stage === "x") {
    const { x, memory } = inputsOf(model, wiring, layer);
    const first = vectors("x", wiring === "cross" ? "panel_x_query" : "X", x, width, tokens.query);
    return x === memory ? [first] : [first, vectors("memory", "panel_x_memory", memory, width, tokens.key)];
  }
  const one = headOf(model, wiring, layer, head, state);
  if (stage === "qkv") {
    if (state.plain) {
      const same = vectors("query", x_equal(wiring), one.query, one.d_k, tokens.query);
      if (one.query === one.key) return [same];
      return [same, vectors("key", "K = V = X", one.key, one.d_k, tokens.key)];
    }
    return [
      vectors("query", "Q", one.query, one.d_k, tokens.query),
      vectors("key", "K", one.key, one.d_k, tokens.key),
      vectors("value", "V", one.value, one.d_k, tokens.key),
    ];
  }
  if (SCORE_STAGES.includes(stage)) {
    return [{
      name: stage, title: "", values: one[stage], rows: one.rows, columns: one.columns,
      rowLabels: tokens.query, columnLabels: tokens.key, kind: stage === "weights" ? "weights" : "signed",
    }];
  }
  if (stage === "context") return [vectors("context", "", one.context, one.d_k, tokens.query)];
  if (stage === "joined") {
    const joined = joinedOf(model, wiring, layer, state);
    return [{ ...vectors("joined", "", joined, width, tokens.query), groups: one.d_k }];
  }
  const block = blockOf(model, wiring, layer);
  const values = { feed_forward: block.feedForward }[stage] ?? block[stage];
  return [vectors(stage, "", values, width, tokens.query)];
}

function x_equal(wiring) {
  return wiring === "cross" ? "Q = X" : "Q = K = V = X";
}

function shape(rows, columns) {
  return `(${rows}, ${columns})`;
}

// The stage as one line, with the shapes of this sentence in it.
function formulaOf(model, state, text) {
  const { wiring, layer, head, stage } = state;
  const tokens = tokensOf(model, wiring);
  const d_k = state.plain ? model.d_model : model.d_k;
  const named = {
    n: tokens.query.length, m: tokens.key.length, d_k, d: model.d_model, h: head + 1, heads: model.heads,
    layer: layer + 1, previous: layer,
    vectors: shape(tokens.query.length, d_k), keys: shape(d_k, tokens.key.length),
    keyed: shape(tokens.key.length, d_k),
    square: shape(tokens.query.length, tokens.key.length),
    wide: shape(tokens.query.length, model.d_model),
    memory: shape(tokens.key.length, model.d_model),
    inside: state.scale ? `QKᵀ ÷ √${d_k}` : "QKᵀ",
  };
  const masked = masksFuture(wiring, state);
  named.masked = masked ? `mask(${named.inside})` : named.inside;
  let name = stage;
  if (stage === "x") {
    if (wiring === "cross") name = "x_cross";
    else if (layer > 0) name = "x_later";
  } else if (stage === "qkv" && state.plain) name = "qkv_plain";
  else if (stage === "scaled" && !state.scale) name = "scaled_off";
  else if (stage === "masked" && !masked) name = wiring === "causal" ? "masked_off" : "masked_none";
  else if (stage === "joined" && state.plain) name = "joined_plain";
  else if (stage === "normalized" && wiring === "causal") name = "normalized_causal";
  else if (stage === "final" && layer === model.layers - 1) name = "final_last";
  return text(`formula_${name}`, named);
}
