// What was typed into a field, as numbers, or what is wrong with it.

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const NOT_FINITE = /^[-+]?(nan|inf(inity)?|∞)$/i;

// "0.8, 0.2", "(0.8 0.2)", "−0,4 0,18": with spaces between, a comma may stand for the point.
function wordsOf(text, wanted) {
  const plain = text.replaceAll("−", "-").replace(/[()[\]{}]/g, " ");
  const apart = plain.split(/\s+/).filter(Boolean);
  if (apart.length === wanted && wanted > 1 && apart.every((word) => /^[-+]?\d*,\d+$/.test(word))) {
    return apart.map((word) => word.replace(",", "."));
  }
  return plain.split(/[\s,;]+/).filter(Boolean);
}

// {values}, or {wrong, named}: the label's name and what it tells of.
function readVector(text, wanted, largest) {
  const words = wordsOf(text, wanted);
  if (!words.length) return { wrong: "wrong_empty", named: { wanted } };
  const odd = words.find((word) => !NUMBER.test(word));
  if (odd !== undefined && !NOT_FINITE.test(odd)) return { wrong: "wrong_word", named: { word: shortened(odd) } };
  const values = words.map(Number);
  if (odd !== undefined || !values.every(Number.isFinite)) return { wrong: "wrong_not_finite", named: {} };
  if (values.length !== wanted) return { wrong: "wrong_length", named: { given: values.length, wanted } };
  if (values.some((value) => Math.abs(value) > largest)) return { wrong: "wrong_large", named: { largest } };
  return { values };
}

function shortened(word) {
  const letters = Array.from(word);
  return letters.length > 20 ? `${letters.slice(0, 20).join("")}…` : word;
}

const vectorText = (values) => values.map(String).join(", ");
