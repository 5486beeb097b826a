// Floating-point formats, bit by bit: the twin of core.numerics.formats. Patterns and exact numbers are BigInts;
// doubles hold every number of every format.

const FORMATS = Object.fromEntries([
  ["fp64", 11, 52, true], ["fp32", 8, 23, true], ["fp16", 5, 10, true], ["bf16", 8, 7, true], ["e5m2", 5, 2, true], ["e4m3", 4, 3, false],
].map(([name, exponent, mantissa, infinities]) => {
  const bits = 1 + exponent + mantissa, bias = 2 ** (exponent - 1) - 1;
  const full = (1n << BigInt(bits - 1)) - 1n, fraction = (1n << BigInt(mantissa)) - 1n;
  const over = infinities ? full - fraction : full; // the first pattern that is no number
  const form = { name, exponent, mantissa, infinities, bits, bias, lowest: 1 - bias, fraction, magnitudes: full, over,
    nan: infinities ? over | (1n << BigInt(mantissa - 1)) : over };
  return [name, { ...form, largest: decoded(form, over - 1n), smallest: decoded(form, 1n), normal: decoded(form, 1n << BigInt(mantissa)) }];
}));

// 2^power by its bits: exact from 2^−1074 on.
function powerOfTwo(power) {
  const bits = power >= -1022 ? BigInt(power + 1023) << 52n : 1n << BigInt(power + 1074);
  return new Float64Array(new BigUint64Array([bits]).buffer)[0];
}

const WORD = new Float64Array(1), WORD_BITS = new BigUint64Array(WORD.buffer), HALVES = new Uint32Array(WORD.buffer);

// The exponent of a positive double: 2^e ≤ x < 2^(e + 1).
function exponentOf(x) {
  WORD[0] = x;
  const stored = (HALVES[1] >>> 20) & 0x7ff;
  if (stored) return stored - 1023;
  WORD[0] = x * 2 ** 64;
  return ((HALVES[1] >>> 20) & 0x7ff) - 1023 - 64;
}

function signBit(form) { return 1n << BigInt(form.bits - 1); }
function isNegative(form, pattern) { return pattern >> BigInt(form.bits - 1) === 1n; }
function magnitudeOf(form, pattern) { return pattern & form.magnitudes; }

function kindOf(form, pattern) {
  const magnitude = magnitudeOf(form, pattern);
  if (magnitude >= form.over) return form.infinities && magnitude === form.over ? "infinite" : "nan";
  if (!magnitude) return "zero";
  return magnitude >> BigInt(form.mantissa) ? "normal" : "subnormal";
}

// A number as whole · 2^power, both exact.
function wholeOf(form, pattern) {
  const magnitude = magnitudeOf(form, pattern);
  const exponent = Number(magnitude >> BigInt(form.mantissa));
  const whole = (magnitude & form.fraction) + (exponent ? form.fraction + 1n : 0n);
  return { whole, power: Math.max(exponent, 1) - form.bias - form.mantissa };
}

// The number of a pattern as a double.
function decoded(form, pattern) {
  const sign = isNegative(form, pattern) ? -1 : 1;
  const kind = kindOf(form, pattern);
  if (kind === "nan") return NaN;
  if (kind === "infinite") return sign * Infinity;
  const { whole, power } = wholeOf(form, pattern);
  return sign * Number(whole) * powerOfTwo(power);
}

const bitLength = (whole) => whole.toString(2).length;

// The pattern of an exact number, numerator / denominator with a sign of its own, rounded once: a tie goes to the even
// pattern; "truncated": towards zero; "stochastic": away from zero where `share` is less than what would be cut off.
function encodedRatio(form, negative, numerator, denominator, rule = "nearest", share = 0.5) {
  const sign = negative ? signBit(form) : 0n;
  if (!numerator) return sign;
  let exponent = bitLength(numerator) - bitLength(denominator);
  const [shifted, base] = exponent >= 0 ? [numerator, denominator << BigInt(exponent)] : [numerator << BigInt(-exponent), denominator];
  if (shifted < base) exponent -= 1;
  exponent = Math.max(exponent, form.lowest);
  const place = BigInt(exponent - form.mantissa); // of the last bit
  const [above, below] = place >= 0n ? [numerator, denominator << place] : [numerator << -place, denominator];
  let units = above / below;
  const rest = above % below;
  if (rule === "nearest") units += 2n * rest > below || (2n * rest === below && units % 2n === 1n) ? 1n : 0n;
  if (rule === "stochastic") units += rest * (1n << 32n) > BigInt(Math.round(share * 2 ** 32)) * below ? 1n : 0n; // shares are whole 2^−32ths
  const magnitude = (BigInt(exponent - form.lowest) << BigInt(form.mantissa)) + units;
  const last = rule === "truncated" ? form.over - 1n : form.over;
  return sign | (magnitude < last ? magnitude : last);
}

// The pattern of a double.
function encoded(form, x, rule = "nearest", share = 0.5) {
  const negative = x < 0 || Object.is(x, -0);
  if (Number.isNaN(x)) return form.nan;
  if (!Number.isFinite(x)) return (negative ? signBit(form) : 0n) | form.over;
  WORD[0] = Math.abs(x);
  const { whole, power } = wholeOf(FORMATS.fp64, WORD_BITS[0]);
  return power >= 0
    ? encodedRatio(form, negative, whole << BigInt(power), 1n, rule, share)
    : encodedRatio(form, negative, whole, 1n << BigInt(-power), rule, share);
}

// The number that `encoded` makes of a double, without BigInts: for thousands of them in a frame.
function rounded(form, x, rule = "nearest", share = 0.5) {
  if (x === 0 || Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return form.infinities ? x : NaN;
  if (form.mantissa === 52) return x;
  const size = Math.abs(x);
  const quantum = powerOf(Math.max(exponentOf(size), form.lowest) - form.mantissa);
  const places = size / quantum; // exact: a power of two only moves the point
  let units = Math.floor(places);
  const rest = places - units;
  if (rule === "nearest") units += rest > 0.5 || (rest === 0.5 && units % 2 === 1) ? 1 : 0;
  else if (rule === "stochastic") units += share < rest ? 1 : 0;
  let value = units * quantum;
  if (value > form.largest) value = rule === "truncated" ? form.largest : form.infinities ? Infinity : NaN;
  return x < 0 ? -value : value;
}

const POWERS_OF_TWO = Array.from({ length: 1074 + 1024 }, (_, i) => powerOfTwo(i - 1074));
const powerOf = (power) => POWERS_OF_TWO[power + 1074];

// The pattern of the next larger or smaller number; null beyond the largest and of NaN. Both zeros count as one.
function beside(form, pattern, up) {
  if (kindOf(form, pattern) === "nan") return null;
  const magnitude = magnitudeOf(form, pattern), negative = isNegative(form, pattern);
  if (!magnitude) return up ? 1n : signBit(form) | 1n;
  const beyond = magnitude + (up !== negative ? 1n : -1n);
  if (beyond > (form.infinities ? form.over : form.over - 1n)) return null;
  return beyond | (negative ? signBit(form) : 0n);
}
