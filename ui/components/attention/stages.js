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
function whyNot(model, stage, choices) {
  const { wiring } = choices;
  if (choices.grain === "word" && stage !== "weights") return "why_not_word";
  if (isWhatIf(wiring, choices) && LEARNED_AFTER_CONTEXT.includes(stage)) return "why_not_learned";
  if (wiring !== lastOf(model, wiring) && ["feed_forward", "final"].includes(stage)) return "why_not_causal";
  return null;
}

function openStages(model, choices) {
  return STAGES.filter((stage) => !whyNot(model, stage, choices));
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
      const unit = hasUnitLength(state);
      const x = unit ? "X̂" : "X";
      if (one.query === one.key) return [vectors("query", `Q = K = V = ${x}`, one.query, one.d_k, tokens.query)];
      return [
        vectors("query", `Q = ${x}`, one.query, one.d_k, tokens.query),
        vectors("key", unit ? "panel_memory_unit" : "panel_memory", one.key, one.d_k, tokens.key),
      ];
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

function shape(rows, columns) {
  return `(${rows}, ${columns})`;
}

// The stage as one line, with the shapes of this sentence in it.
function formulaOf(model, state, text) {
  const { wiring, layer, stage } = state;
  const tokens = tokensOf(model, wiring);
  const d_k = state.plain ? model.d_model : model.d_k;
  const named = {
    d_k, d: model.d_model, heads: model.heads, previous: layer,
    vectors: shape(tokens.query.length, d_k), keys: shape(d_k, tokens.key.length),
    keyed: shape(tokens.key.length, d_k),
    square: shape(tokens.query.length, tokens.key.length),
    wide: shape(tokens.query.length, model.d_model),
    memory: shape(tokens.key.length, model.d_model),
    inside: state.scale ? `QKᵀ ÷ √${d_k}` : "QKᵀ",
  };
  const masked = masksFuture(wiring, state);
  named.masked = masked ? `mask(${named.inside})` : named.inside;
  const line = text(labelOf("formula", model, state), named);
  return hasUnitLength(state) && stage !== "x" ? text("formula_unit", { line }) : line;
}

// Where the wiring or a switch makes another sentence true than the stage's usual one, by what it is for.
const VARIANTS = {
  formula: [
    "x_later", "x_cross", "qkv_cross", "qkv_plain", "qkv_plain_cross", "qkv_unit", "qkv_unit_cross", "scaled_off",
    "masked_none", "masked_off", "joined_plain", "normalized_causal", "final_last",
  ],
  caption: ["scaled_off", "masked_none", "masked_off", "joined_plain"],
  explain: ["scaled_off", "masked_none", "masked_off", "final_last"],
};

function variantOf(model, state) {
  const { wiring, layer, stage } = state;
  const across = wiring === "cross" ? "_cross" : "";
  switch (stage) {
    case "x": return across ? "x_cross" : layer > 0 ? "x_later" : "x";
    case "qkv": return `qkv${hasUnitLength(state) ? "_unit" : state.plain ? "_plain" : ""}${across}`;
    case "scaled": return state.scale ? "scaled" : "scaled_off";
    case "masked":
      if (wiring !== "causal") return "masked_none";
      return state.mask ? "masked" : "masked_off";
    case "joined": return state.plain ? "joined_plain" : "joined";
    case "normalized": return wiring === lastOf(model, wiring) ? "normalized" : "normalized_causal";
    case "final": return layer === model.layers - 1 ? "final_last" : "final";
    default: return stage;
  }
}

// The label's name: "formula", "caption" or "explain", and the stage or its variant.
function labelOf(kind, model, state) {
  const variant = variantOf(model, state);
  return `${kind}_${VARIANTS[kind].includes(variant) ? variant : state.stage}`;
}
