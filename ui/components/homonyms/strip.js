// The word's vector in each sentence: a row a sentence, a column a dimension, rows of one sense together.

const ROW_HEIGHT = 18; // px
const SENSE_GAP = 4; // px between the rows of two senses
const COVERED = 0.95; // of the numbers lie within the scale: a few large ones would turn all others pale
const DIMENSION_TICKS = 4; // after the first: every quarter

const dimensionsOf = ({ depths, rows, vectors }) => vectors.length / depths.length / rows.length;

// One scale for all depths, so that a step is seen as it is.
function commonRange(vectors) {
  const sizes = Float32Array.from(vectors, Math.abs).sort();
  const end = sizes[Math.floor(COVERED * (sizes.length - 1))] || 1;
  return { low: -end, high: end };
}

function vectorAt(data, depth, row) {
  const dimensions = dimensionsOf(data);
  const begin = (depth * data.rows.length + row) * dimensions;
  return data.vectors.subarray(begin, begin + dimensions);
}

function stripLayout(data, width, theme) {
  const size = theme.size * 0.92;
  const gutter = Math.ceil(Math.max(...data.rows.map((row) => textWidth(theme, row, size)))) + 10;
  let y = size * 2.4;
  const tops = data.senses.map((sense, i) => {
    if (i) y += ROW_HEIGHT + (sense === data.senses[i - 1] ? 0 : SENSE_GAP);
    return y;
  });
  const bottom = y + ROW_HEIGHT;
  // Half of the last dimension's number stands beyond the last column.
  return { size, x: gutter, width: width - gutter - size, tops, bottom, dimensions: dimensionsOf(data), height: bottom + size * 4.4 };
}

function drawStrip(canvas, data, depth, layout, width, theme) {
  const { size, x, tops, dimensions } = layout;
  const context = setSize(canvas, width, layout.height);
  context.textBaseline = "middle";
  context.fillStyle = theme.text;
  context.font = fontOf(theme, size, 600);
  context.fillText(fitted(context, data.labels.vectors, width - 4), 4, size * 1.2);
  context.font = fontOf(theme, size);
  context.imageSmoothingEnabled = false;
  tops.forEach((top, i) => {
    const image = imageOf(vectorAt(data, depth, i), 1, dimensions, "signed", data.range, theme);
    context.drawImage(image, x, top, layout.width, ROW_HEIGHT - 1);
    context.textAlign = "right";
    context.fillText(data.rows[i], x - 8, top + ROW_HEIGHT / 2);
  });
  drawDimensions(context, layout, theme);
  drawStripScale(context, data, layout, theme);
}

function drawDimensions(context, { size, x, width, bottom, dimensions }, theme) {
  context.font = fontOf(theme, size * 0.88);
  context.fillStyle = theme.faint;
  context.textAlign = "center";
  for (let tick = 0; tick <= DIMENSION_TICKS; tick++) {
    const number = Math.max(1, Math.round((tick / DIMENSION_TICKS) * dimensions));
    context.fillText(String(number), x + ((number - 0.5) / dimensions) * width, bottom + size * 0.75);
  }
}

function drawStripScale(context, { range }, { size, x, width, bottom }, theme) {
  const top = bottom + size * 2;
  const wide = Math.min(width, 220);
  for (let i = 0; i < wide; i++) {
    const step = Math.round((i / (wide - 1)) * (STEPS - 1)) * 3;
    context.fillStyle = `rgb(${theme.signed.subarray(step, step + 3).join(",")})`;
    context.fillRect(x + i, top, 1.5, 7);
  }
  context.fillStyle = theme.faint;
  for (const [words, at, align] of [[`≤ ${digits(range.low, 2)}`, 0, "left"], ["0", wide / 2, "center"], [`≥ ${digits(range.high, 2)}`, wide, "right"]]) {
    context.textAlign = align;
    context.fillText(words, x + at, top + 9 + size * 0.7);
  }
}

// The row and the dimension (from 0) at a place on the canvas, or null.
function cellAt({ x, width, tops, dimensions }, left, top) {
  const row = tops.findIndex((begin) => top >= begin && top < begin + ROW_HEIGHT);
  const dimension = Math.floor(((left - x) / width) * dimensions);
  return row < 0 || dimension < 0 || dimension >= dimensions ? null : { row, dimension };
}
