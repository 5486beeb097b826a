// Where things go: the geometry of one to three matrices side by side, with their labels, in a given box.

const LABEL_CAP = 132; // px: longer tokens get an ellipsis, the whole stands in the tooltip
const LARGEST_CELL = 76;
const NARROWEST_CELL = 7; // px: below this the matrix scrolls instead
const TICK_EVERY = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

// `zoom` (null or {r0, r1, c0, c1}) is the part of the cells in view, the same for all panels.
function windowOf(panel, zoom) {
  if (!zoom) return { r0: 0, r1: panel.rows, c0: 0, c1: panel.columns };
  const r1 = Math.min(zoom.r1, panel.rows);
  const c1 = Math.min(zoom.c1, panel.columns);
  return { r0: Math.min(zoom.r0, r1 - 1), r1, c0: Math.min(zoom.c0, c1 - 1), c1 };
}

function widest(context, labels) {
  return labels.reduce((most, label) => Math.max(most, context.measureText(label).width), 0);
}

function sameLabels(a, b) {
  return a.length === b.length && a.every((label, i) => label === b[i]);
}

// Row labels are written once where neighbouring panels have the same tokens as rows.
function gutters(context, panels, boxWidth) {
  return panels.map((panel, i) => {
    if (i > 0 && sameLabels(panel.rowLabels, panels[i - 1].rowLabels)) return 10;
    const room = boxWidth * (panels.length > 1 ? 0.16 : 0.3);
    return Math.ceil(Math.min(widest(context, panel.rowLabels), LABEL_CAP, Math.max(room, 40))) + 8;
  });
}

// How column labels are written: straight if they fit in a cell, else leaning, else upright.
function columnStyle(context, panel, cell, size) {
  const long = Math.min(widest(context, panel.columnLabels), LABEL_CAP * 0.72);
  if (long + 6 <= cell) return { angle: 0, height: size + 8, lean: 0, long: cell };
  if (cell >= size * 1.15) {
    return { angle: -Math.PI / 4, height: long * 0.71 + size, lean: long * 0.71, long };
  }
  return { angle: -Math.PI / 2, height: long + 8, lean: 0, long };
}

// Token columns: the size of the cells and the manner of their labels depend on each other, so a few rounds
// are taken until both fit the box.
function squareCells(context, panel, part, box, gutter, size) {
  const rows = part.r1 - part.r0;
  const columns = part.c1 - part.c0;
  const lowest = box.narrow ? NARROWEST_CELL : 4;
  let cellWidth = Math.min(LARGEST_CELL, Math.max(NARROWEST_CELL, (box.width - gutter) / columns));
  let style = columnStyle(context, panel, cellWidth, size);
  let cellHeight = 0;
  for (let round = 0; round < 3; round++) {
    const room = (box.width - gutter - style.lean * 0.9) / columns;
    cellHeight = Math.min(LARGEST_CELL, Math.max(lowest, (box.height - style.height - 8) / rows));
    // Neither needles nor slabs: a matrix is to look like one.
    cellWidth = Math.min(LARGEST_CELL, Math.max(NARROWEST_CELL, room), Math.max(cellHeight * 2.4, NARROWEST_CELL));
    cellHeight = Math.min(cellHeight, cellWidth * 1.4);
    style = columnStyle(context, panel, cellWidth, size);
  }
  cellHeight = Math.max(lowest, Math.min(cellHeight, (box.height - style.height - 8) / rows));
  return { cellWidth, cellHeight, style, top: Math.ceil(style.height) + 4 };
}

// Dimensions over the columns: as wide as the box allows, tokens at most 40 px high.
function vectorCells(windows, box, used, top) {
  const columns = windows.reduce((sum, part) => sum + part.c1 - part.c0, 0);
  const rows = Math.max(...windows.map((part) => part.r1 - part.r0));
  const lowest = box.narrow ? NARROWEST_CELL : 4;
  const cellHeight = Math.min(40, Math.max(lowest, (box.height - top - 6) / rows));
  return { cellWidth: (box.width - used) / columns, cellHeight, style: null, top };
}

function plotOf(context, panels, box, theme, zoom) {
  const size = Math.round(theme.size * 0.95);
  context.font = fontOf(theme, size);
  const titleHeight = panels.some((panel) => panel.title) ? size + 10 : 0;
  const left = gutters(context, panels, box.width);
  // The last dimension's number stands half outside of its matrix.
  const outside = panels[0].columnLabels ? 8 : size;
  const used = left.reduce((sum, width) => sum + width, 0) + outside;
  const windows = panels.map((panel) => windowOf(panel, zoom));
  const { cellWidth, cellHeight, style, top } = panels[0].columnLabels
    ? squareCells(context, panels[0], windows[0], box, used, size)
    : vectorCells(windows, box, used, titleHeight + size + 8);
  let x = 0;
  const plots = panels.map((panel, i) => {
    const part = windows[i];
    const plot = {
      panel, index: i, ...part, x: x + left[i], y: top, labelled: left[i] > 10, gutter: left[i],
      cellWidth, cellHeight, width: cellWidth * (part.c1 - part.c0), height: cellHeight * (part.r1 - part.r0),
      titleHeight, style,
    };
    x = plot.x + plot.width;
    return plot;
  });
  const lowest = Math.max(...plots.map((plot) => plot.y + plot.height));
  return {
    plots, size, width: Math.ceil(x + Math.max(style ? style.lean + 4 : 0, outside)), height: Math.ceil(lowest + 4),
  };
}

// The cell under a point, or null. A point on a label gives the whole row or column (cell −1).
function cellAt(geometry, x, y) {
  for (const plot of geometry.plots) {
    const row = plot.r0 + Math.floor((y - plot.y) / plot.cellHeight);
    const column = plot.c0 + Math.floor((x - plot.x) / plot.cellWidth);
    const inRows = row >= plot.r0 && row < plot.r1;
    const inColumns = column >= plot.c0 && column < plot.c1;
    if (inRows && inColumns) return { panel: plot.index, row, column };
    if (inRows && plot.labelled && x < plot.x && x >= plot.x - plot.gutter) {
      return { panel: plot.index, row, column: -1 };
    }
    if (inColumns && plot.panel.columnLabels && y < plot.y && y >= plot.titleHeight) {
      return { panel: plot.index, row: -1, column };
    }
  }
  return null;
}

function cellBox(plot, row, column) {
  return {
    x: plot.x + (column - plot.c0) * plot.cellWidth,
    y: plot.y + (row - plot.r0) * plot.cellHeight,
    width: plot.cellWidth,
    height: plot.cellHeight,
  };
}

// A smaller window around a cell: half as many rows and columns, but never fewer than six.
function zoomedAround(panel, zoom, row, column) {
  const now = windowOf(panel, zoom);
  const half = (low, high, centre, limit) => {
    const count = Math.min(limit, Math.max(6, Math.ceil((high - low) / 2)));
    const start = Math.max(0, Math.min(limit - count, centre - Math.floor(count / 2)));
    return [start, start + count];
  };
  const [r0, r1] = half(now.r0, now.r1, row, panel.rows);
  const [c0, c1] = half(now.c0, now.c1, column, panel.columns);
  return r1 - r0 === panel.rows && c1 - c0 === panel.columns ? null : { r0, r1, c0, c1 };
}

// The window moved just so far that it holds the cell.
function zoomHolding(panel, zoom, row, column) {
  if (!zoom) return null;
  const shift = (low, high, place) => (place < low ? place - low : place >= high ? place - high + 1 : 0);
  const down = shift(zoom.r0, zoom.r1, row);
  const over = shift(zoom.c0, zoom.c1, column);
  return { r0: zoom.r0 + down, r1: zoom.r1 + down, c0: zoom.c0 + over, c1: zoom.c1 + over };
}
