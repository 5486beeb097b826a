// The payload as panels that the shared painter draws.

function modelOf(bytes) {
  const [head, end] = jsonAt(bytes, 0);
  const floats = floatsFrom(bytes, end);
  let place = 0;
  const panels = head.panels.map((panel) => {
    const values = floats.subarray(place, (place += panel.rows * panel.columns));
    return {
      ...panel, values, title: "", rowLabels: panel.row_labels ?? numbered(panel.rows), columnLabels: panel.column_labels,
      range: scaleOf(panel, values), places: cellPlaces(values),
    };
  });
  return { ...head, panels };
}

function numbered(count) {
  return Array.from({ length: count }, (_, i) => String(i + 1));
}

// The ends that were asked for, or those of the numbers; a signed scale stays symmetric about 0.
function scaleOf({ kind, low, high }, values) {
  if (kind === "signed") {
    if (low === null && high === null) return rangeOf(values, kind);
    const largest = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)) || 1;
    return { low: -largest, high: largest };
  }
  const own = rangeOf(values, kind);
  const range = { low: low ?? own.low, high: high ?? own.high };
  // One end was asked for, and all numbers lie beyond it.
  if (range.low >= range.high) return low === null ? { low: range.high - 1, high: range.high } : { low: range.low, high: range.low + 1 };
  return range;
}

// Decimals inside the cells: none for whole numbers, more where all numbers are small.
function cellPlaces(values) {
  let largest = 0;
  let whole = true;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    whole &&= Number.isInteger(value);
  }
  if (whole) return 0;
  return largest >= 100 ? 1 : largest >= 0.1 ? 2 : 4;
}

// The smallest and the largest number itself, whatever the scale; null where none is finite.
function extremes(values) {
  let found = null;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    found ??= { low: value, high: value };
    if (value < found.low) found.low = value;
    if (value > found.high) found.high = value;
  }
  return found;
}

function columnName(panel, column) {
  return panel.columnLabels ? panel.columnLabels[column] : String(column + 1);
}

// "position 3 · dimension 12": each a text of its own, so that a right-to-left word does not turn the others.
function cellNodes({ labels }, panel, row, column) {
  const name = (kind, label) => [kind ? `${kind} ` : "", tokenText(label)];
  return [...name(labels.row, panel.rowLabels[row]), " · ", ...name(labels.column, columnName(panel, column)), ": ",
    make("strong", { class: "number" }, fullNumber(panel.values[row * panel.columns + column]))];
}
