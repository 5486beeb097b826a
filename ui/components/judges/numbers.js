// How numbers are written here: always with their sign where they add up, in two places.

const PLACES = 2;
const signed = (value) => (Number(value.toFixed(PLACES)) > 0 ? `+${digits(value, PLACES)}` : digits(value, PLACES));
const rounded = (value) => Number(value.toFixed(PLACES));
const sigmoid = (logit) => 1 / (1 + Math.exp(-logit));
const percent = (share, places = 0) => `${(100 * share).toFixed(places)} %`;

// One scale for words and gaps of a model.
function scaleOf(line) {
  const largest = Math.max(0.05, ...line.words.map(Math.abs), ...line.gaps.map(Math.abs));
  return { low: -largest, high: largest };
}

function colourOf(theme, value, range) {
  const step = stepOf(value, range);
  const [r, g, b] = theme.signed.slice(step * 3, step * 3 + 3);
  return { fill: `rgb(${r}, ${g}, ${b})`, ink: inkOn(theme.signed, step) };
}

function trainingTime(ctx, seconds) {
  return seconds < 100 ? ctx.t("seconds", { count: seconds.toFixed(0) }) : ctx.t("minutes", { count: (seconds / 60).toFixed(0) });
}
