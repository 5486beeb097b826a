// The view by words: weights summed over a word's keys and averaged over its queries. It looks at the same
// numbers; only the weights have a meaning by word, so only they are shown.

const SPECIAL = /^<(?!0x)[^<>]+>$/; // direction, start and end tokens; not a byte
const BYTE = /^<0x([0-9A-F]{2})>$/;
const WORD_BEGINS = "▁"; // how SentencePiece writes the space before a word

// The pieces' places, word by word.
function wordGroups(tokens) {
  const groups = [];
  tokens.forEach((token, i) => {
    const special = SPECIAL.test(token);
    const begins = special || token.startsWith(WORD_BEGINS) || i === 0 || SPECIAL.test(tokens[i - 1]);
    if (begins) groups.push([i]);
    else groups.at(-1).push(i);
  });
  return groups;
}

// A word as it is written: bytes become the character that they spell.
function wordLabel(tokens, group) {
  if (SPECIAL.test(tokens[group[0]])) return tokens[group[0]];
  const bytes = group.flatMap((i) => {
    const byte = BYTE.exec(tokens[i]);
    return byte ? [parseInt(byte[1], 16)] : Array.from(new TextEncoder().encode(tokens[i].replaceAll(WORD_BEGINS, "")));
  });
  return new TextDecoder().decode(new Uint8Array(bytes)) || WORD_BEGINS;
}

// The model as the canvas sees it, with words for tokens. `pieces` is the model it is made of.
function byWords(pieces) {
  const groups = { source: wordGroups(pieces.source_tokens), target: wordGroups(pieces.target_tokens) };
  return {
    ...pieces, pieces, groups, derived: new Map(),
    source_tokens: groups.source.map((group) => wordLabel(pieces.source_tokens, group)),
    target_tokens: groups.target.map((group) => wordLabel(pieces.target_tokens, group)),
  };
}

function groupsOf(model, wiring) {
  const { source, target } = model.groups;
  return { query: wiring === "self" ? source : target, key: wiring === "causal" ? target : source };
}

function weightsByWord(model, wiring, one) {
  const { query, key } = groupsOf(model, wiring);
  const weights = new Float64Array(query.length * key.length);
  query.forEach((rows, i) => key.forEach((columns, j) => {
    let sum = 0;
    for (const r of rows) for (const c of columns) sum += one.weights[r * one.columns + c];
    weights[i * key.length + j] = sum / rows.length;
  }));
  return { weights, rows: query.length, columns: key.length, d_k: one.d_k };
}

// A word's cell as arithmetic: every piece's weight that it is made of.
function wordLines(ctx, row, column) {
  const { model, state } = ctx;
  const { query, key } = groupsOf(model, state.wiring);
  const one = headOf(model.pieces, state.wiring, state.layer, state.head, state);
  const tokens = tokensOf(model.pieces, state.wiring);
  const terms = query[row].flatMap((r) => key[column].map((c) => (
    { name: `${tokens.query[r]} → ${tokens.key[c]}`, token: true, value: fixed(one.weights[r * one.columns + c]) })));
  const total = query[row].reduce((sum, r) =>
    sum + key[column].reduce((part, c) => part + one.weights[r * one.columns + c], 0), 0);
  const exact = headOf(model, state.wiring, state.layer, state.head, state).weights[row * key.length + column];
  const count = query[row].length;
  return [
    note(ctx.t("word_cell", { queries: count, keys: key[column].length })),
    equation(ctx, "quotient", [operand(total), " ÷ ", operand(count, 0)], fixed(fixed(total) / count), exact),
    sumOf(ctx, terms, total, { heading: heading(ctx.t("word_sum")) }),
  ];
}
