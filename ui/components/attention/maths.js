// The textbook formulas on flat row-major arrays, in double precision. Pure functions: no page, no state.

const LAYER_NORM_EPSILON = 1e-5;

// a (rows, inner) times b (columns, inner) transposed: (rows, columns).
function timesTransposed(a, b, rows, columns, inner) {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[j * inner + k];
      out[i * columns + j] = sum;
    }
  }
  return out;
}

// a (rows, inner) times b (inner, columns): (rows, columns).
function times(a, b, rows, columns, inner) {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k];
      for (let j = 0; j < columns; j++) out[i * columns + j] += factor * b[k * columns + j];
    }
  }
  return out;
}

function added(a, b) {
  return Float64Array.from(a, (value, i) => value + b[i]);
}

function dividedBy(a, divisor) {
  return Float64Array.from(a, (value) => value / divisor);
}

// −∞ where the key lies after the query.
function causallyMasked(scores, rows, columns) {
  return Float64Array.from(scores, (value, i) => (i % columns > Math.floor(i / columns) ? -Infinity : value));
}

// The largest score is subtracted first, so that exp cannot overflow; the quotient is the same.
function softmaxRows(scores, rows, columns) {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    let largest = -Infinity;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, scores[i * columns + j]);
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const value = Math.exp(scores[i * columns + j] - largest);
      out[i * columns + j] = value;
      sum += value;
    }
    for (let j = 0; j < columns; j++) out[i * columns + j] /= sum;
  }
  return out;
}

// Mean and standard deviation of one row: the variance is divided by n, and epsilon keeps the root above 0.
function rowMoments(row) {
  let mean = 0;
  for (const value of row) mean += value;
  mean /= row.length;
  let variance = 0;
  for (const value of row) variance += (value - mean) ** 2;
  variance /= row.length;
  return { mean, variance, deviation: Math.sqrt(variance + LAYER_NORM_EPSILON) };
}

function layerNorm(x, weight, bias, rows, width) {
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const row = x.subarray(i * width, (i + 1) * width);
    const { mean, deviation } = rowMoments(row);
    for (let d = 0; d < width; d++) out[i * width + d] = ((row[d] - mean) / deviation) * weight[d] + bias[d];
  }
  return out;
}

// Shannon entropy of each row in bits; 0·log 0 counts as 0.
function rowEntropies(weights, rows, columns) {
  return Array.from({ length: rows }, (_, i) => {
    let bits = 0;
    for (let j = 0; j < columns; j++) {
      const p = weights[i * columns + j];
      if (p > 0) bits -= p * Math.log2(p);
    }
    return bits;
  });
}

function meanOf(numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function cosine(a, b) {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return aa && bb ? dot / Math.sqrt(aa * bb) : 0;
}

// (head, token, d_k) to (token, head·d_k): the heads' contexts side by side.
function headsJoined(contexts, rows, d_k) {
  const width = contexts.length * d_k;
  const out = new Float64Array(rows * width);
  contexts.forEach((context, head) => {
    for (let i = 0; i < rows; i++) {
      for (let d = 0; d < d_k; d++) out[i * width + head * d_k + d] = context[i * d_k + d];
    }
  });
  return out;
}

function lengthOf(row) {
  let squares = 0;
  for (const value of row) squares += value * value;
  return Math.sqrt(squares);
}

// Each row divided by its length, so that a product of two rows is their cosine. A row of zeros stays one.
function unitRows(values, width) {
  const out = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    const length = lengthOf(values.subarray(start, start + width)) || 1;
    for (let d = 0; d < width; d++) out[start + d] = values[start + d] / length;
  }
  return out;
}

function rowOf(values, row, width) {
  return values.subarray(row * width, (row + 1) * width);
}

// All of one head's attention, from its query, key and value. `changed(stage, values, width)` gives back what
// was changed by hand at a stage, and the values themselves where nothing was.
function attentionOf(query, key, value, { rows, columns, d_k, scale, mask }, changed = (_stage, values) => values) {
  const scores = changed("scores", timesTransposed(query, key, rows, columns, d_k), columns);
  const scaled = scale ? dividedBy(scores, Math.sqrt(d_k)) : scores;
  const masked = mask ? causallyMasked(scaled, rows, columns) : scaled;
  const weights = softmaxRows(masked, rows, columns);
  const context = changed("context", times(weights, value, rows, d_k, columns), d_k);
  return { query, key, value, scores, scaled, masked, weights, context, rows, columns, d_k };
}
