// One step of gradient descent in a number format, and what becomes of it: the twin of core.numerics.update.

const COARSE = 0.1; // of the step that was asked for, by which the step that is made may be off
const OUTCOMES = ["works", "coarse", "absorbed", "product", "gradient", "overflow", "nothing"];

function updateOf(form, weight, rate, gradient, rule = "nearest", shares = [0.5, 0.5]) {
  const held = rounded(form, weight), slope = rounded(form, gradient);
  const product = rounded(form, rate * slope, rule, shares[0]);
  const after = rounded(form, held - product, rule, shares[1]);
  return { weight: held, gradient: slope, product, after, outcome: outcomeOf(rate * gradient, held, slope, product, after) };
}

function outcomeOf(wanted, weight, slope, product, after) {
  if (![wanted, weight, slope, product, after].every(Number.isFinite)) return "overflow";
  if (wanted === 0) return "nothing";
  if (slope === 0) return "gradient";
  if (product === 0) return "product";
  if (after === weight) return "absorbed";
  return Math.abs((weight - after) / wanted - 1) > COARSE ? "coarse" : "works";
}

// The weight after 0, `each`, 2 · `each`, … of equal steps.
function repeated(form, weight, rate, gradient, steps, each, rule, master, seed) {
  const slope = rounded(form, gradient);
  const keeps = master ? FORMATS.fp32 : form;
  const way = master ? "nearest" : rule;
  let held = rounded(keeps, weight);
  const found = [rounded(form, held)];
  let still = false; // nothing will ever change again
  for (let step = 0; step < steps; step++) {
    if (!still) {
      const chance = way === "stochastic";
      const product = rounded(keeps, rate * slope, way, chance ? uniform(seed, 2 * step) : 0.5);
      const next = rounded(keeps, held - product, way, chance ? uniform(seed, 2 * step + 1) : 0.5);
      still = !chance && (next === held || Number.isNaN(next));
      held = next;
    }
    if ((step + 1) % each === 0) found.push(rounded(form, held));
  }
  return found;
}
