// Draws the matrices: an image of one pixel a cell, enlarged; then lines, values, labels and the marks.

const GRID_FROM = 12; // px: smaller cells get no lines between them
const VALUES_FROM = 34; // px: smaller cells get no number

// Images are kept by the numbers they show: stepping back and forth draws from what is there.
const IMAGES = new WeakMap();

function pictureOf(panel, theme) {
  const name = `${panel.kind}/${theme.dark}`;
  let found = IMAGES.get(panel.values);
  if (!found) IMAGES.set(panel.values, (found = {}));
  if (!found[name]) {
    const range = panel.range ?? rangeOf(panel.values, panel.kind);
    const image = imageOf(panel.values, panel.rows, panel.columns, panel.kind, range, theme);
    found[name] = { range, image };
  }
  return found[name];
}

// `lit` and `chosen`: null or {panel, row, column}.
function drawMatrices(context, geometry, theme, lit, chosen) {
  for (const plot of geometry.plots) {
    const mark = lit && lit.panel === plot.index ? lit : null;
    const cell = chosen && chosen.panel === plot.index ? chosen : null;
    drawCells(context, plot, theme);
    drawValues(context, plot, theme);
    drawTitle(context, plot, theme, geometry.size);
    // Where neighbours share their row labels, the first one's labels light up for all of them.
    const shared = geometry.plots.length > 1 ? lit ?? chosen : mark ?? cell;
    if (plot.labelled) drawRowLabels(context, plot, theme, geometry.size, shared, mark ?? cell);
    if (plot.panel.columnLabels) drawColumnLabels(context, plot, theme, geometry.size, mark ?? cell);
    else drawTicks(context, plot, theme, geometry.size, mark ?? cell);
    if (cell) drawMark(context, plot, cell, theme, 1);
    if (mark) drawMark(context, plot, mark, theme, 0.75);
  }
}

function drawCells(context, plot, theme) {
  const { image } = pictureOf(plot.panel, theme);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, plot.c0, plot.r0, plot.c1 - plot.c0, plot.r1 - plot.r0,
    plot.x, plot.y, plot.width, plot.height);
  context.strokeStyle = theme.background;
  context.lineWidth = 1;
  context.beginPath();
  if (plot.cellHeight >= GRID_FROM) {
    for (let r = plot.r0 + 1; r < plot.r1; r++) line(context, plot.x, rowY(plot, r), plot.x + plot.width, rowY(plot, r));
  }
  if (plot.cellWidth >= GRID_FROM) {
    for (let c = plot.c0 + 1; c < plot.c1; c++) line(context, columnX(plot, c), plot.y, columnX(plot, c), plot.y + plot.height);
  }
  context.stroke();
  context.strokeStyle = theme.border;
  context.strokeRect(plot.x - 0.5, plot.y - 0.5, plot.width + 1, plot.height + 1);
  if (plot.panel.groups) drawGroups(context, plot, theme);
}

// Where one head's dimensions end and the next head's begin.
function drawGroups(context, plot, theme) {
  context.strokeStyle = theme.text;
  context.beginPath();
  for (let c = plot.panel.groups; c < plot.panel.columns; c += plot.panel.groups) {
    if (c > plot.c0 && c < plot.c1) line(context, columnX(plot, c), plot.y, columnX(plot, c), plot.y + plot.height);
  }
  context.stroke();
}

function line(context, x0, y0, x1, y1) {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}

function rowY(plot, row) {
  return plot.y + (row - plot.r0) * plot.cellHeight;
}

function columnX(plot, column) {
  return plot.x + (column - plot.c0) * plot.cellWidth;
}

function drawValues(context, plot, theme) {
  if (plot.cellWidth < VALUES_FROM || plot.cellHeight < 15) return;
  const { range } = pictureOf(plot.panel, theme);
  const table = tableOf(plot.panel.kind, theme);
  const size = Math.max(SMALLEST_FONT, Math.min(theme.size, plot.cellHeight * 0.6, plot.cellWidth / 3.3));
  context.font = fontOf(theme, size);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let r = plot.r0; r < plot.r1; r++) {
    for (let c = plot.c0; c < plot.c1; c++) {
      const value = plot.panel.values[r * plot.panel.columns + c];
      context.fillStyle = Number.isFinite(value) ? inkOn(table, stepOf(value, range)) : theme.faint;
      context.fillText(digits(value, plot.panel.places ?? 2), columnX(plot, c) + plot.cellWidth / 2, rowY(plot, r) + plot.cellHeight / 2 + 1);
    }
  }
}

function drawTitle(context, plot, theme, size) {
  if (!plot.panel.title) return;
  context.font = fontOf(theme, size, 600);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = theme.text;
  context.fillText(fitted(context, plot.panel.title, Math.max(plot.width, 40)), plot.x, 2);
}

function labelFont(theme, pitch, size, lit) {
  return fontOf(theme, Math.max(SMALLEST_FONT, Math.min(size, pitch * 0.95)), lit ? 700 : 400);
}

// Every label, or every second, third … where they would lie over each other; a lit one is always written.
function thinning(pitch) {
  return Math.max(1, Math.ceil((SMALLEST_FONT + 0.5) / pitch));
}

function drawRowLabels(context, plot, theme, size, shared, own) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  const every = thinning(plot.cellHeight);
  const lit = shared && (own || plot.index === 0) ? shared.row : -1;
  for (let r = plot.r0; r < plot.r1; r++) {
    const near = every > 1 && lit >= 0 && r !== lit && Math.abs(r - lit) < every;
    if (near || (r !== lit && (r - plot.r0) % every)) continue;
    context.font = labelFont(theme, Math.max(plot.cellHeight, r === lit ? size : 0), size, r === lit);
    context.fillStyle = r === lit ? theme.accent : theme.text;
    fillToken(context, plot.panel.rowLabels[r], plot.x - 5, rowY(plot, r) + plot.cellHeight / 2 + 1, plot.gutter - 6);
  }
}

function drawColumnLabels(context, plot, theme, size, own) {
  const every = thinning(plot.cellWidth);
  const lit = own ? own.column : -1;
  const { angle, long } = plot.style;
  for (let c = plot.c0; c < plot.c1; c++) {
    const near = every > 1 && lit >= 0 && c !== lit && Math.abs(c - lit) < every;
    if (near || (c !== lit && (c - plot.c0) % every)) continue;
    context.save();
    context.font = labelFont(theme, angle ? Math.max(plot.cellWidth, c === lit ? size : 0) : size, size, c === lit);
    context.fillStyle = c === lit ? theme.accent : theme.text;
    context.translate(columnX(plot, c) + plot.cellWidth / 2, plot.y - 6);
    context.rotate(angle);
    context.textAlign = angle ? "left" : "center";
    context.textBaseline = angle ? "middle" : "alphabetic";
    fillToken(context, plot.panel.columnLabels[c], 0, 0, angle ? long : plot.cellWidth);
    context.restore();
  }
}

// Dimensions are numbered from 1, as in the sums of the arithmetic.
function drawTicks(context, plot, theme, size, own) {
  const small = Math.max(SMALLEST_FONT, size * 0.82);
  context.font = fontOf(theme, small);
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  const room = context.measureText("256").width * 1.7;
  const every = TICK_EVERY.find((step) => step * plot.cellWidth >= room) ?? 512;
  const write = (c, colour) => {
    context.fillStyle = colour;
    context.fillText(String(c + 1), columnX(plot, c) + plot.cellWidth / 2, plot.y - 5);
  };
  const lit = own ? own.column : -1;
  for (let c = plot.c0; c < plot.c1; c++) {
    const number = c + 1;
    const far = lit < 0 || Math.abs(c - lit) * plot.cellWidth > room * 0.8;
    if ((number === 1 || number % every === 0) && far && c !== lit) {
      if (number > 1 || every * plot.cellWidth > room || every === 1) write(c, theme.faint);
    }
  }
  if (lit >= plot.c0 && lit < plot.c1) write(lit, theme.accent);
}

// The row, the column and, where they cross, the cell.
function drawMark(context, plot, cell, theme, strength) {
  context.save();
  context.globalAlpha = strength;
  // A halo keeps the mark in sight on every colour of the map.
  const outline = (x, y, width, height, thick) => {
    context.strokeStyle = theme.background;
    context.lineWidth = thick + 2;
    context.strokeRect(x, y, width, height);
    context.strokeStyle = theme.accent;
    context.lineWidth = thick;
    context.strokeRect(x, y, width, height);
  };
  const inRows = cell.row >= plot.r0 && cell.row < plot.r1;
  const inColumns = cell.column >= plot.c0 && cell.column < plot.c1;
  if (inRows) outline(plot.x, rowY(plot, cell.row), plot.width, plot.cellHeight, 1.5);
  if (inColumns) outline(columnX(plot, cell.column), plot.y, plot.cellWidth, plot.height, 1.5);
  if (inRows && inColumns) {
    const box = cellBox(plot, cell.row, cell.column);
    context.globalAlpha = 1;
    outline(box.x, box.y, box.width, box.height, 3);
  }
  context.restore();
}

// The colour scale as a strip with its two ends and, for signed numbers, the zero between.
function drawLegend(canvas, panels, theme) {
  const width = 190;
  const size = Math.max(SMALLEST_FONT, theme.size * 0.82);
  const context = setSize(canvas, width, size + 14);
  const { range } = pictureOf(panels[0], theme);
  const table = tableOf(panels[0].kind, theme);
  for (let i = 0; i < width; i++) {
    const step = Math.round((i / (width - 1)) * (STEPS - 1)) * 3;
    context.fillStyle = `rgb(${table[step]}, ${table[step + 1]}, ${table[step + 2]})`;
    context.fillRect(i, 0, 1, 8);
  }
  context.font = fontOf(theme, size);
  context.fillStyle = theme.text;
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillText(digits(range.low, range.low ? 2 : 0), 0, 11);
  context.textAlign = "right";
  context.fillText(digits(range.high, 2), width, 11);
  if (range.low < 0) {
    context.textAlign = "center";
    context.fillText("0", width / 2, 11);
  }
}
