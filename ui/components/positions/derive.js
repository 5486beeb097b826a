// What follows from a table of positions: how alike two rows are. core/order/tables.py says the same.

// Products of a row with every row: of the vectors, or of their directions. NaN where a vector is zero.
function likeness(table, anchor, metric) {
  const { values, rows, columns } = table;
  const dot = (a, b) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += values[a * columns + c] * values[b * columns + c];
    return sum;
  };
  const own = Math.sqrt(dot(anchor, anchor));
  return Array.from({ length: rows }, (_, row) => {
    if (metric === "length") return Math.sqrt(dot(row, row));
    const product = dot(anchor, row);
    return metric === "dot" ? product : product / (own * Math.sqrt(dot(row, row)));
  });
}

// The mean over all pairs of rows that stand `distance` apart: index 0 is distance 0.
function meanByDistance(table, metric) {
  table.means ??= {};
  if (table.means[metric]) return table.means[metric];
  const sums = new Float64Array(table.rows);
  const counts = new Float64Array(table.rows);
  for (let anchor = 0; anchor < table.rows; anchor++) {
    likeness(table, anchor, metric).forEach((value, row) => {
      if (row < anchor || !Number.isFinite(value)) return;
      sums[row - anchor] += value;
      counts[row - anchor]++;
    });
  }
  table.means[metric] = Array.from(sums, (sum, distance) => sum / counts[distance]);
  return table.means[metric];
}

// q · (k turned by the distance), for −farthest … farthest (Su et al. 2021, section 3.4.2).
function rotaryProducts(query, key, farthest) {
  const width = query.length;
  return Array.from({ length: 2 * farthest + 1 }, (_, i) => {
    let sum = 0;
    for (let pair = 0; pair < width; pair += 2) {
      const angle = (i - farthest) / 10000 ** (pair / width);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      sum += query[pair] * (key[pair] * cosine - key[pair + 1] * sine)
        + query[pair + 1] * (key[pair] * sine + key[pair + 1] * cosine);
    }
    return sum;
  });
}

// LayerNorm without its learned scale and shift.
function layerNorm(vector) {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  const variance = vector.reduce((sum, value) => sum + (value - mean) ** 2, 0) / vector.length;
  return vector.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
}
