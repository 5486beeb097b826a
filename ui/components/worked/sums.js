// Lines that add up as they stand. Every number is rounded first, the result is the exact one, and what rounding left
// over is written out. (The attention page's lines have four decimals; the lesson tells this example with two or three.)

const OPERAND = 3; // at most so many decimals of what was typed, and of scores
const SHARE = 2; // of weights, and of vectors that were computed

const fixedTo = (value, places) => Number(value.toFixed(places)) || 0;

// Without needless zeros: 0.62, 3, −0.226.
function short(value, places = OPERAND) {
  return digits(fixedTo(value, places), places).replace(/\.?0+$/, "");
}

const full = (value) => digits(value, SHARE);
const tuple = (values, write = full) => `(${values.map(write).join(",\u00a0")})`; // a vector stays on one line

// A negative number after another sign stands in brackets.
function operand(value, first, write = short) {
  const words = write(value);
  return words.startsWith("−") && !first ? `(${words})` : words;
}

// a·b + c·d; a factor of 0 in a matrix only makes a long line longer.
function products(left, right, { sparse = false } = {}) {
  const terms = left.map((a, i) => [a, right[i]]).filter(([a]) => !sparse || a !== 0);
  if (!terms.length) return "0";
  return terms.map(([a, b], i) => `${operand(a, i === 0)}·${operand(b, false)}`).join(" + ");
}

const rounded = (values, places) => values.map((value) => fixedTo(value, places));

// `given`: what the shown digits give; `exact`: what they should give. Numbers, or vectors of them.
function resultOf(ctx, given, exact, places, write) {
  const all = Array.isArray(exact);
  const left = (all ? exact : [exact]).map((value, i) => {
    const asGiven = all ? given[i] : given;
    return fixedTo(fixedTo(value, places) - fixedTo(asGiven, places), places);
  });
  const signed = (value) => (value > 0 ? `+${short(value, places)}` : short(value, places));
  const rounding = left.some(Boolean)
    ? make("span", { class: "rounding" }, ` ${ctx.t("rounding")} `, make("span", { class: "left" }, all ? tuple(left, signed) : signed(left[0])))
    : null;
  return [rounding, " = ", make("b", { class: "result" }, all ? tuple(exact, write) : write(exact))];
}

function line(kind, ...nodes) {
  return make("p", { class: `line ${kind}` }, ...nodes.flat());
}

// W x, row by row where that is short enough to be read.
function matrixLine(ctx, name, matrix, vector) {
  const exact = times(matrix, vector);
  const shown = matrix.map((row) => row.map((value) => fixedTo(value, OPERAND)));
  const given = times(shown, rounded(vector, OPERAND));
  const terms = matrix.flat().filter((value) => value !== 0).length;
  const written = terms > 8 || !terms ? [] : [" = (", matrix.map((row) => products(row, vector, { sparse: true })).join(", "), ")"];
  return line("mixed", name, ...written, ...resultOf(ctx, given, exact, OPERAND, (value) => short(value)));
}

function tanhLine(ctx, name, mixed) {
  const given = rounded(mixed, OPERAND).map(Math.tanh);
  return line("tanh", `${name}tanh${tuple(mixed, (value) => short(value))}`,
    ...resultOf(ctx, given, mixed.map(Math.tanh), OPERAND, (value) => short(value)));
}

// a·b with the digits that are shown, and the exact result.
function innerLine(ctx, left, right) {
  const given = inner(rounded(left, OPERAND), rounded(right, OPERAND));
  return line("inner", products(left, right), ...resultOf(ctx, given, inner(left, right), OPERAND, (value) => short(value)));
}
