// Temperature, top-k, top-p and min-p over a distribution that is sorted, the likeliest first: none of them changes
// the order, and what they leave is a beginning of it. The twin of core.decoding.sampling, formula by formula.

const SAMPLER_MOVED = "glassbox:sampler"; // {key, sampler}: while a slider is being moved

// What the controls of a key stand at; kept in the document, where every component of the page finds it.
function samplerNow({ key, sampler }) {
  return document.glassboxSamplers?.[key] ?? sampler;
}

function tellSampler(key, sampler) {
  (document.glassboxSamplers ??= {})[key] = sampler;
  document.dispatchEvent(new CustomEvent(SAMPLER_MOVED, { detail: { key, sampler } }));
}

// `logs`: log-probabilities, the largest first. Returns the reshaped probabilities in the same order.
function adjustedRanked(logs, { temperature, top_k, top_p, min_p }) {
  const count = logs.length;
  let kept = count;
  while (kept > 1 && logs[kept - 1] === -Infinity) kept--;
  if (temperature === 0) kept = 1;
  if (top_k) kept = Math.min(kept, top_k);
  const left = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < kept; i++) sum += left[i] = temperature === 0 ? 1 : Math.exp((logs[i] - logs[0]) / temperature);
  if (top_p < 1) {
    let above = 0, place = 0;
    while (place < kept && (place === 0 || above < top_p * sum)) above += left[place++];
    kept = place;
  }
  // The largest is 1 before it is shared out, so min-p compares with it directly.
  while (kept > 1 && left[kept - 1] < min_p) kept--;
  sum = 0;
  for (let i = 0; i < kept; i++) sum += left[i];
  for (let i = 0; i < kept; i++) left[i] /= sum;
  return left.fill(0, kept);
}

// The random number of a step in [0, 1): MurmurHash3's finaliser over steps of the golden ratio.
function uniform(seed, step) {
  const golden = 0x9e3779b9;
  const mix = (word) => {
    let h = word >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
    return (h ^ (h >>> 16)) >>> 0;
  };
  return mix((mix((seed + golden) >>> 0) + Math.imul(step + 1, golden)) >>> 0) / 2 ** 32;
}

// The place in which u falls when the probabilities lie end to end.
function drawnPlace(probabilities, u) {
  let sum = 0, last = 0;
  for (let i = 0; i < probabilities.length && probabilities[i] > 0; i++) {
    sum += probabilities[i];
    last = i;
    if (sum > u) return i;
  }
  return last;
}
