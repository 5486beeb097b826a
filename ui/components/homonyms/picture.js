// The picture: cosines at one depth on the left, their means at all depths on the right; below each other on a phone.
// At most 8 × 8 cells and two curves: SVG, so that both stand in one PNG and their texts stay texts.

const SIDE_BY_SIDE = 560; // px
const GAP = 28;

// Vectors of one piece stay close to each other, so two digits would hide what there is to see.
const three = (value) => (value === null ? "–" : digits(value, 3));

function layoutOf(data, width, theme) {
  const beside = width >= SIDE_BY_SIDE;
  const size = theme.size * 0.92;
  const gutter = Math.ceil(Math.max(...data.rows.map((row) => textWidth(theme, row, size)))) + 10;
  const room = beside ? Math.min(width * 0.46, 360) : Math.min(width, 420);
  const count = data.rows.length;
  const cell = Math.min(54, (room - gutter) / count);
  const cellHeight = Math.min(cell, 40);
  const top = size + 12;
  const matrix = { x: gutter, y: top, cell, cellHeight, size, width: cell * count, height: cellHeight * count };
  const matrixHeight = top + matrix.height + size + 24;
  const left = beside ? gutter + matrix.width + GAP : 0;
  const curve = { left, width: width - left, top: beside ? 0 : matrixHeight + 18, height: Math.max(beside ? matrixHeight : 0, 230) };
  return { matrix, curve, width, height: curve.top + curve.height };
}

// One scale for all depths, so that a step is seen as it is.
function lowestOf(data) {
  const lowest = Math.min(...data.cosines.flat(2));
  return Math.min(0.95, Math.floor(lowest * 20) / 20);
}

function drawMatrix(svg, data, depth, { matrix }, theme) {
  const { x, y, cell, cellHeight, size } = matrix;
  const range = { low: lowestOf(data), high: 1 };
  const text = (words, attributes) => svgNode("text", { fill: theme.text, "font-size": size, "font-family": theme.font, "dominant-baseline": "central", ...attributes }, words);
  data.rows.forEach((row, i) => {
    const label = text(row, { x: x - 8, y: y + (i + 0.5) * cellHeight, "text-anchor": "end" });
    label.append(svgNode("title", {}, data.sentences[i]));
    svg.append(label, text(row.split(" ")[0], { x: x + (i + 0.5) * cell, y: y - size * 0.7, "text-anchor": "middle" }));
    data.rows.forEach((other, j) => {
      const value = data.cosines[depth][i][j];
      const step = stepOf(value, range);
      const [r, g, b] = RAMPS.viridis.subarray(step * 3, step * 3 + 3);
      const words = filled(data.labels.pair, { first: row, second: other, value: digits(value) });
      svg.append(svgNode("rect", {
        class: "cell", "data-row": i, "data-column": j, "data-value": value,
        x: x + j * cell, y: y + i * cellHeight, width: cell - 1, height: cellHeight - 1, fill: `rgb(${r},${g},${b})`,
      }, svgNode("title", {}, words)));
      if (cell >= 28) {
        svg.append(text(three(value), { x: x + (j + 0.5) * cell - 0.5, y: y + (i + 0.5) * cellHeight, "text-anchor": "middle", fill: inkOn(RAMPS.viridis, step), "font-size": Math.min(size, cell / 3.1), "pointer-events": "none" }));
      }
    });
  });
  outlineSenses(svg, data, matrix, theme);
  drawScale(svg, matrix, range, theme);
}

// A frame around the cells of one sense: rows of one sense stand together.
function outlineSenses(svg, { senses }, { x, y, cell, cellHeight }, theme) {
  for (let first = 0; first < senses.length;) {
    let end = first;
    while (end < senses.length && senses[end] === senses[first]) end++;
    svg.append(svgNode("rect", {
      x: x + first * cell - 0.5, y: y + first * cellHeight - 0.5, width: (end - first) * cell, height: (end - first) * cellHeight,
      fill: "none", stroke: theme.text, "stroke-width": 2, "pointer-events": "none",
    }));
    first = end;
  }
}

function drawScale(svg, { x, y, width, height, size }, range, theme) {
  const top = y + height + 8;
  for (let i = 0; i < 64; i++) {
    const step = Math.round((i / 63) * (STEPS - 1)) * 3;
    svg.append(svgNode("rect", { x: x + (i / 64) * width, y: top, width: width / 64 + 0.5, height: 7, fill: `rgb(${RAMPS.viridis.subarray(step, step + 3).join(",")})` }));
  }
  const tick = (value, at, anchor) => svgNode("text", { x: at, y: top + 9 + size * 0.6, "text-anchor": anchor, "dominant-baseline": "central", "font-size": size * 0.88, fill: theme.faint, "font-family": theme.font }, digits(value, 2));
  svg.append(tick(range.low, x, "start"), tick(range.high, x + width, "end"));
}

// ---- The means at every depth ---------------------------------------------------------------------

function linesOf(data, theme) {
  return [
    { name: "same", values: data.same, colour: theme.dark ? "#56B4E9" : "#0072B2", dash: null },
    { name: "other", values: data.other, colour: theme.dark ? "#E69F00" : "#C25400", dash: "6 4" },
  ].map((line) => ({ ...line, words: data.labels[line.name] }));
}

function drawCurve(svg, data, depth, { curve }, theme, choose) {
  const size = theme.size * 0.9;
  const lines = linesOf(data, theme);
  const shown = lines.flatMap((line) => line.values).filter((value) => value !== null);
  const lowest = Math.min(0.95, Math.floor((Math.min(1, ...shown) - 0.005) * 20) / 20);
  const right = Math.max(...lines.map((line) => textWidth(theme, `${line.words} 0.000`, size))) + 12;
  const box = { left: curve.left + 34, right: curve.left + curve.width - right, top: curve.top + size * 2 + 6, bottom: curve.top + curve.height - size * 3.2 };
  const x = (i) => box.left + 8 + (i / (data.depths.length - 1)) * (box.right - box.left - 16);
  const y = (value) => box.bottom - ((value - lowest) / (1 - lowest)) * (box.bottom - box.top);
  const text = (words, attributes) => svgNode("text", { fill: theme.text, "font-size": size, "font-family": theme.font, "dominant-baseline": "central", "text-anchor": "middle", ...attributes }, words);
  svg.append(text(data.labels.mean, { x: curve.left + 4, y: curve.top + size * 0.7, "text-anchor": "start", "font-weight": 600 }));
  drawGrid(svg, box, lowest, y, text, theme);
  drawDepths(svg, data, depth, { box, x, size, text, theme, choose });
  for (const line of lines) drawLine(svg, line, x, y, data, theme);
  drawNames(svg, lines, box, y, size, text, curve);
}

function drawGrid(svg, box, lowest, y, text, theme) {
  const span = 1 - lowest;
  const step = span < 0.06 ? 0.01 : span < 0.16 ? 0.05 : span < 0.46 ? 0.1 : 0.2;
  for (let value = 1; value > lowest - 1e-9; value -= step) {
    svg.append(svgNode("line", { x1: box.left, x2: box.right, y1: y(value), y2: y(value), stroke: theme.border, "stroke-width": 1 }));
    svg.append(text(digits(value, step < 0.1 ? 2 : 1), { x: box.left - 6, y: y(value), "text-anchor": "end", fill: theme.faint }));
  }
}

// Attention's steps are shaded: there the sentence comes in. The rest of a step belongs to the click on a depth.
function drawDepths(svg, data, depth, { box, x, size, text, theme, choose }) {
  data.depths.forEach(({ stage, layer, short, name }, i) => {
    if (stage === "attention") {
      svg.append(svgNode("rect", { x: x(i - 1), y: box.top, width: x(i) - x(i - 1), height: box.bottom - box.top, fill: theme.accent, opacity: 0.12 }));
      const next = Math.min(i + 1, data.depths.length - 1);
      svg.append(text(filled(data.labels.layer, { layer: layer + 1 }), { x: (x(i) + x(next)) / 2, y: box.bottom + size * 2.2, fill: theme.faint }));
    }
    // The second name would touch the first: it goes down to the line of the layers, where there is room.
    svg.append(text(short, { x: x(i), y: box.bottom + size * (stage === "position" ? 2.2 : 0.95), "font-weight": i === depth ? 700 : 400, fill: i === depth ? theme.accent : theme.text, "font-size": size * 0.92 }));
    const half = (x(1) - x(0)) / 2;
    svg.append(svgNode("rect", { class: "depth", "data-depth": i, x: x(i) - half, y: box.top, width: 2 * half, height: box.bottom - box.top + size * 1.6, fill: "transparent", onclick: () => choose(i) }, svgNode("title", {}, name)));
  });
  svg.append(svgNode("line", { x1: x(depth), x2: x(depth), y1: box.top, y2: box.bottom, stroke: theme.accent, "stroke-width": 2, "pointer-events": "none" }));
}

function drawLine(svg, line, x, y, data, theme) {
  if (line.values.includes(null)) return;
  const points = line.values.map((value, i) => `${x(i)},${y(value)}`).join(" ");
  svg.append(svgNode("polyline", { points, fill: "none", stroke: line.colour, "stroke-width": 2.5, "stroke-dasharray": line.dash, "pointer-events": "none" }));
  line.values.forEach((value, i) => {
    const place = { fill: line.colour, stroke: theme.background, "stroke-width": 1.5, "pointer-events": "none" };
    svg.append(line.dash
      ? svgNode("rect", { ...place, x: x(i) - 4, y: y(value) - 4, width: 8, height: 8 })
      : svgNode("circle", { ...place, cx: x(i), cy: y(value), r: 4.5 }));
  });
}

// Each curve's name at its end; where the ends meet, the names are pushed apart.
function drawNames(svg, lines, box, y, size, text) {
  const drawn = lines.filter((line) => !line.values.includes(null));
  const places = drawn.map((line) => y(line.values.at(-1)));
  if (places.length === 2 && Math.abs(places[0] - places[1]) < size * 1.3) {
    const [upper, lower] = places[0] <= places[1] ? [0, 1] : [1, 0];
    const middle = (places[0] + places[1]) / 2;
    places[upper] = middle - size * 0.68;
    places[lower] = middle + size * 0.68;
  }
  drawn.forEach((line, i) => svg.append(text(`${line.words} ${three(line.values.at(-1))}`, { x: box.right + 4, y: places[i], "text-anchor": "start", fill: line.colour, "font-weight": 600 })));
}
