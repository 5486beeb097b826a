// What is said beside the picture: caption, wiring, entropy, the strongest keys, the text alternative.

const SUMMARY_ROWS = 64;

function wiringLine(ctx) {
  return isAlone(ctx.model) ? ctx.t("wiring_alone_line") : ctx.t(`wiring_${ctx.state.wiring}_line`);
}

function captionOf(ctx) {
  const { model, state } = ctx;
  const place = state.plain
    ? ctx.t(state.unit ? "place_unit" : "place_plain", { layer: state.layer + 1 })
    : ctx.t("place", { layer: state.layer + 1, layers: model.layers, head: state.head + 1, heads: model.heads });
  const wide = ["x", "joined", ...LEARNED_AFTER_CONTEXT].includes(state.stage) && state.view === "matrix";
  const where = wide ? ctx.t("place_layer", { layer: state.layer + 1, layers: model.layers }) : place;
  if (state.view === "heads") return `${ctx.t(`wiring_${state.wiring}`)} · ${ctx.t(captionName(model, state))}`;
  return `${ctx.t(`wiring_${state.wiring}`)} · ${where} · ${ctx.t(captionName(model, state))}`;
}

function captionName(model, state) {
  return state.view === "matrix" ? labelOf("caption", model, state) : `caption_${state.view}`;
}

// Entropy with and without ÷√d_k, always both: that it falls is a number, not a claim.
function entropiesOf(ctx) {
  const { model, state } = ctx;
  const of = (scale) => {
    const one = headOf(model, state.wiring, state.layer, state.head, { ...state, scale });
    one.entropies ??= rowEntropies(one.weights, one.rows, one.columns);
    return one.entropies;
  };
  return { on: of(true), off: of(false) };
}

function entropyNodes(ctx) {
  const { on, off } = entropiesOf(ctx);
  const number = (name, value) => make("strong", { class: name }, value.toFixed(2));
  const nodes = filledWith(ctx.t("entropy_mean"), {
    on: number("entropy-on", meanOf(on)), off: number("entropy-off", meanOf(off)),
  });
  const row = ctx.chosenRow();
  if (row === null) return nodes;
  const token = tokensOf(ctx.model, ctx.state.wiring).query[row];
  return [...nodes, " · ", ...filledWith(ctx.t("entropy_row"), {
    token: tokenText(token), on: number("entropy-row-on", on[row]), off: number("entropy-row-off", off[row]),
  })];
}

function strongestOf(ctx) {
  const { model, state } = ctx;
  const tokens = tokensOf(model, state.wiring);
  const one = headOf(model, state.wiring, state.layer, state.head, state);
  return tokens.query.map((query, i) => {
    const row = rowOf(one.weights, i, one.columns);
    let best = 0;
    row.forEach((weight, j) => { if (weight > row[best]) best = j; });
    return { query, key: tokens.key[best], weight: row[best], row: i, column: best };
  });
}

// For screen readers: each query's strongest key in this head.
function summaryNodes(ctx) {
  const strongest = strongestOf(ctx).slice(0, SUMMARY_ROWS);
  return [
    make("p", {}, captionOf(ctx)),
    make("ul", {}, ...strongest.map(({ query, key, weight }) => make("li", {},
      ...filledWith(ctx.t("summary_row"), { query: tokenText(query), key: tokenText(key), weight: digits(weight, 2) })))),
  ];
}

function explanation(ctx) {
  const { model, state } = ctx;
  const words = state.view === "matrix" ? labelOf("explain", model, state) : `explain_${state.view}`;
  return make("div", { class: "explanation" },
    make("p", { class: "step-name" }, captionOf(ctx)),
    make("p", {}, ctx.t(words)),
    make("p", { class: "note" }, ctx.t(state.view === "heads" ? "hint_heads" : "hint_click")));
}

// The visible list of strongest keys: a click chooses that cell.
function strongestList(ctx, choose) {
  const lines = strongestOf(ctx).map(({ query, key, weight, row, column }) => make("li", {},
    make("button", { type: "button", class: "quiet strongest", onclick: () => choose(row, column) },
      tokenText(query), " → ", tokenText(key), " ", make("span", { class: "number" }, digits(weight, 2)))));
  return make("div", { class: "strongest-keys" },
    make("p", { class: "step-name" }, ctx.t("strongest_heading")), make("ul", {}, ...lines));
}

function cellWords(ctx, panel, row, column) {
  const query = tokenText(panel.rowLabels[row]);
  const over = panel.columnLabels
    ? tokenText(panel.columnLabels[column])
    : ctx.t("dimension", { dimension: column + 1 });
  return [query, panel.columnLabels ? " → " : " · ", over];
}
