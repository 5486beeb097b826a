// The worked example's arithmetic: the twin of core/worked.py (a browser test compares the two).

const inner = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const times = (matrix, vector) => matrix.map((row) => inner(row, vector));
const isIdentity = (matrix) => matrix.every((row, r) => row.every((value, c) => value === (r === c ? 1 : 0)));

// What stands between the vectors and the score: W s, or W [h; s] and its tanh.
function innerSteps(kind, numbers, s) {
  if (kind === "general") return { mixed: times(numbers.general, s) };
  if (kind !== "concat") return {};
  const mixed = times(numbers.concat, [...numbers.h, ...s]);
  return { mixed, bent: mixed.map(Math.tanh) };
}

function scoreOf(kind, numbers, s) {
  const { mixed, bent } = innerSteps(kind, numbers, s);
  return kind === "concat" ? inner(numbers.v, bent) : inner(numbers.h, mixed ?? s);
}

// The largest is subtracted first, which changes no share and lets no power grow beyond all numbers.
function softmaxOf(scores) {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

// `numbers`: {h, states, general, concat, v, join}; the chosen score leads to the context.
function workedOf(numbers, chosen, kinds) {
  const by = Object.fromEntries(kinds.map((kind) => {
    const scores = numbers.states.map((s) => scoreOf(kind, numbers, s));
    return [kind, { scores, weights: softmaxOf(scores) }];
  }));
  const { scores, weights } = by[chosen];
  const parts = numbers.states.map((s, i) => s.map((value) => weights[i] * value));
  const context = numbers.h.map((_, d) => parts.reduce((sum, part) => sum + part[d], 0));
  const mixed = times(numbers.join, [...context, ...numbers.h]);
  return { by, scores, weights, parts, context, mixed, attentional: mixed.map(Math.tanh) };
}
