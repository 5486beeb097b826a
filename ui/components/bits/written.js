// Numbers as people write and read them: what was typed as an exact ratio, a pattern's number in as many digits as it
// needs, and in all of its digits.

const LONGEST_POWER = 5000; // of ten: what lies beyond is too large, or too small, for every format

// What was typed: {kind: "number", negative, numerator, denominator}, {kind: "pattern", bits}, {kind: "infinite", negative},
// {kind: "nan"}, {kind: "empty"} or {kind: "unread"}; `comma`: the decimal point was a comma.
function readNumber(text) {
  const typed = text.trim().replaceAll("−", "-").toLowerCase();
  if (!typed) return { kind: "empty" };
  if (/^[+-]?nan$/.test(typed)) return { kind: "nan" };
  if (/^[+-]?(inf(inity)?|∞)$/.test(typed)) return { kind: "infinite", negative: typed.startsWith("-") };
  if (/^0x[0-9a-f]{1,16}$/.test(typed)) return { kind: "pattern", bits: BigInt(typed) };
  const power = /^([+-]?)2(?:\^|\*\*)([+-]?\d{1,4})$/.exec(typed);
  if (power) {
    const far = BigInt(power[2]);
    return { kind: "number", negative: power[1] === "-", comma: false, numerator: far > 0n ? 1n << far : 1n, denominator: far < 0n ? 1n << -far : 1n };
  }
  const parts = /^([+-]?)(\d*)(?:([.,])(\d*))?(?:e([+-]?\d+))?$/.exec(typed);
  if (!parts || !(parts[2] || parts[4])) return { kind: "unread" };
  const [, sign, whole, point, fraction = "", exponent = "0"] = parts;
  const found = BigInt(whole + fraction);
  const far = BigInt(exponent) - BigInt(fraction.length);
  const told = { negative: sign === "-", comma: point === "," };
  if (!found || far < -LONGEST_POWER) return { kind: "number", ...told, numerator: found ? 1n : 0n, denominator: found ? 10n ** BigInt(LONGEST_POWER) : 1n };
  if (far > LONGEST_POWER) return { kind: "number", ...told, numerator: 10n ** BigInt(LONGEST_POWER), denominator: 1n };
  return { kind: "number", ...told, numerator: far > 0n ? found * 10n ** far : found, denominator: far < 0n ? 10n ** -far : 1n };
}

// What was read as a pattern of a format; null where it is none.
function patternOf(form, read) {
  if (read.kind === "number") return encodedRatio(form, read.negative, read.numerator, read.denominator);
  if (read.kind === "infinite") return (read.negative ? signBit(form) : 0n) | form.over;
  if (read.kind === "nan") return form.nan;
  return read.kind === "pattern" && read.bits >> BigInt(form.bits) === 0n ? read.bits : null;
}

// A double in so many digits at most, with a power of ten where it is small or large.
function plainNumber(value, places = 6) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  const long = size === 0 || (size >= 1e-3 && size < 1e6) ? value.toPrecision(places) : value.toExponential(places - 1);
  return long.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "").replaceAll("-", "−").replace("e+", "e");
}

// The fewest digits that name this number among those of its format.
function shortest(form, pattern) {
  const value = decoded(form, pattern);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value === 0) return Object.is(value, -0) ? "−0" : "0";
  let digits = String(value);
  for (let count = 1; count < 17; count++) {
    const tried = value.toPrecision(count);
    if (encoded(form, Number(tried)) === pattern) { digits = String(Number(tried)); break; }
  }
  return digits.replaceAll("-", "−").replace("e+", "e");
}

// All digits of a number: a power of two below 1 has as many as its power.
function allDigits(form, pattern) {
  const kind = kindOf(form, pattern);
  if (kind === "nan" || kind === "infinite") return shortest(form, pattern);
  const { whole, power } = wholeOf(form, pattern);
  const sign = isNegative(form, pattern) ? "−" : "";
  if (power >= 0) return sign + (whole << BigInt(power)).toString();
  const places = -power;
  const text = (whole * 5n ** BigInt(places)).toString().padStart(places + 1, "0");
  const fraction = text.slice(-places).replace(/0+$/, "");
  return sign + text.slice(0, -places) + (fraction ? `.${fraction}` : "");
}
