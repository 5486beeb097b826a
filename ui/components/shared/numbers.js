// How a number is written: as many digits as its neighbours on the scale call for, and no more.

// The distance between the ticks of a scale: 1, 2 or 5 times a power of ten, for about `count` ticks.
function tickStep(span, count) {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= rough * 0.999) ?? 10 * power;
}

// From the first multiple of the step in the range to the last.
function ticksOf({ low, high }, count) {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return { step, values: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step) };
}

function placesOf(step) {
  return Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
}

// Very large and very small numbers with a power of ten; the minus as wide as a plus.
function scientific(value, places) {
  const [front, power] = value.toExponential(places).split("e");
  return `${front}e${power}`.replaceAll("-", "−").replace("e+", "e");
}

function tickText(value, step) {
  if (value !== 0 && (step < 1e-4 || Math.abs(value) >= 1e6)) return scientific(value, 0);
  return digits(value, placesOf(step));
}

// A cell's number in full: whole numbers as such, others with four decimals or with four significant digits.
function fullNumber(value) {
  if (!Number.isFinite(value)) return digits(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return digits(value, 0);
  return size < 1e-3 || size >= 1e7 ? scientific(value, 3) : digits(value, 4);
}

// A whole number as an exponent is written.
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const raised = (power) => Array.from(String(power), (sign) => RAISED[sign]).join("");
