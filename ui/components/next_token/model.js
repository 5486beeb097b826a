// From logits to the distribution of the next token, and what each control does to it. In float64, over the whole
// vocabulary.

function readNext(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const logits = floatsFrom(bytes, place).slice(0, header.pieces.length);
  return { header, logits, ...rankedLogits(logits) };
}

// The tokens by their logits, of equal ones the lower id first, and ln p of each in that order.
function rankedLogits(logits) {
  const order = Array.from(logits.keys()).sort((a, b) => (logits[b] - logits[a]) || a - b);
  const sayable = order.filter((id) => logits[id] > -Infinity);
  const silent = order.filter((id) => logits[id] === -Infinity).sort((a, b) => a - b);
  const most = logits[sayable[0]];
  let sum = 0;
  for (const id of sayable) sum += Math.exp(logits[id] - most);
  const whole = most + Math.log(sum);
  const ranked = [...sayable, ...silent];
  return { order: ranked, logs: Float64Array.from(ranked, (id) => logits[id] - whole), whole, count: sayable.length };
}

const STAGES = ["model", "temperature", "top_k", "top_p", "min_p"];
const OFF = { temperature: 1, top_k: 0, top_p: 1, min_p: 0 };

function isOff(name, sampler, count) {
  return name === "top_k" ? !sampler.top_k || sampler.top_k >= count : sampler[name] === OFF[name];
}

// What the model said, and what is left after each control in turn: {name, left, kept, before}. `before` is the
// distribution that the control was given.
function stagesOf({ logs }, sampler) {
  const wanted = { ...OFF };
  let before = null;
  return STAGES.map((name) => {
    if (name !== "model") wanted[name] = sampler[name];
    const left = adjustedRanked(logs, wanted);
    const stage = { name, left, kept: keptOf(left), before: before ?? left };
    before = left;
    return stage;
  });
}

function keptOf(probabilities) {
  let kept = probabilities.length;
  while (kept > 0 && probabilities[kept - 1] === 0) kept--;
  return kept;
}

function bitsOf(probabilities) {
  let sum = 0;
  for (let i = 0; i < probabilities.length && probabilities[i] > 0; i++) sum -= probabilities[i] * Math.log2(probabilities[i]);
  return sum;
}

function massFrom(probabilities, place) {
  let sum = 0;
  for (let i = probabilities.length - 1; i >= place; i--) sum += probabilities[i];
  return sum;
}

// A token's probability at a temperature, once from the logits and once from ln p: the same number.
function bothWays({ order, logs, logits, count }, place, temperature) {
  const share = (value) => {
    let sum = 0;
    const own = value(place);
    for (let i = 0; i < count; i++) sum += Math.exp((value(i) - own) / temperature);
    return 1 / sum;
  };
  if (temperature === 0) return null;
  return { logits: share((i) => logits[order[i]]), logs: share((i) => logs[i]) };
}
