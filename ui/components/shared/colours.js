// Colour maps and the theme's colours. Signed numbers: blue below 0, orange above, 0 neutral; all others: viridis.

const VIRIDIS = [
  [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
  [31, 158, 137], [53, 183, 121], [110, 206, 88], [181, 222, 43], [253, 231, 37],
];
const SIGNED_LIGHT = [[0, 62, 107], [0, 114, 178], [126, 184, 220], [247, 247, 247], [245, 178, 110], [213, 94, 0], [122, 48, 0]];
const SIGNED_DARK = [[150, 208, 245], [56, 145, 205], [22, 78, 118], [34, 37, 43], [128, 66, 14], [224, 120, 30], [255, 196, 130]];
// Okabe–Ito for the heads; black and yellow are left out since one of them is lost on each background.
const HEAD_COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C", "#7A5195"];
const STEPS = 256;

function ramp(anchors) {
  const table = new Uint8ClampedArray(STEPS * 3);
  for (let i = 0; i < STEPS; i++) {
    const place = (i / (STEPS - 1)) * (anchors.length - 1);
    const below = Math.min(Math.floor(place), anchors.length - 2);
    for (let c = 0; c < 3; c++) {
      table[i * 3 + c] = anchors[below][c] + (place - below) * (anchors[below + 1][c] - anchors[below][c]);
    }
  }
  return table;
}

const RAMPS = { viridis: ramp(VIRIDIS), light: ramp(SIGNED_LIGHT), dark: ramp(SIGNED_DARK) };

// The colours in use, from Streamlit's custom properties; a projector or a dark theme needs nothing more.
function themeOf(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const background = read("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.5;
  return {
    dark,
    background,
    text: read("--st-text-color", dark ? "#fafafa" : "#31333f"),
    accent: read("--st-primary-color", dark ? "#56B4E9" : "#0072B2"),
    border: read("--st-border-color", dark ? "#55585f" : "#d5d6d9"),
    faint: dark ? "#9a9ca5" : "#6d6f78",
    future: dark ? [23, 25, 30] : [228, 229, 232],
    font: style.fontFamily || "sans-serif",
    size: parseFloat(style.fontSize) || 13,
    below: dark ? "#3891CD" : "#0072B2",
    above: dark ? "#E0781E" : "#D55E00",
    signed: dark ? RAMPS.dark : RAMPS.light,
  };
}

function themeSignature(theme) {
  return `${theme.background}|${theme.text}|${theme.accent}|${theme.font}|${theme.size}`;
}

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

// Weights spread evenly over many keys are to look low, not bright: the scale ends at a quarter at least.
const LOWEST_CEILING = 0.25;

// The scale of a panel: {low, high}. Signed scales are symmetric about 0, weights begin at 0, others ("sequential")
// reach from the smallest to the largest number. What is not finite (−∞ under a mask) does not count.
function rangeOf(values, kind) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) low = high = 0;
  if (kind === "weights") return { low: 0, high: Math.max(high, LOWEST_CEILING) };
  if (kind === "sequential") return high > low ? { low, high } : { low: low - 0.5, high: low + 0.5 };
  const largest = Math.max(-low, high) || 1;
  return { low: -largest, high: largest };
}

function stepOf(value, range) {
  const place = (value - range.low) / (range.high - range.low);
  return Math.max(0, Math.min(STEPS - 1, Math.round(place * (STEPS - 1))));
}

function tableOf(kind, theme) {
  return kind === "signed" ? theme.signed : RAMPS.viridis;
}

// Black or white, whichever is read better on that colour.
function inkOn(table, step) {
  const light = 0.299 * table[step * 3] + 0.587 * table[step * 3 + 1] + 0.114 * table[step * 3 + 2];
  return light > 140 ? "#111111" : "#ffffff";
}

// A matrix as an image of one pixel a cell, to be enlarged without smoothing.
function imageOf(values, rows, columns, kind, range, theme) {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  const table = tableOf(kind, theme);
  for (let i = 0; i < rows * columns; i++) {
    const finite = Number.isFinite(values[i]);
    const step = finite ? stepOf(values[i], range) * 3 : 0;
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = finite ? table[step + c] : theme.future[c];
    image.data[i * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
