// Lanes of tokens, one above the other: what was read, the loss of what was asked for or said, and the model's own best.

const BAR = 64, GAP = 5, PAD = 6; // px
const LEAST_SCALE = 3; // nats: small losses are to look small

function columnWidths(data, theme) {
  const count = Math.max(...data.lanes.map((lane) => lane.columns.length));
  const wide = (text) => textWidth(theme, short(text), theme.size);
  return Array.from({ length: count }, (_, i) => Math.max(34, ...data.lanes.flatMap(({ columns }) =>
    (columns[i] ? [columns[i].read, columns[i].token, columns[i].best].map((text) => wide(text) + 2 * PAD) : []))));
}

const short = (text) => (Array.from(text).length > 12 ? `${Array.from(text).slice(0, 11).join("")}…` : text);

function drawLanes(data, theme) {
  const { size } = theme;
  const line = size * 1.55;
  const widths = columnWidths(data, theme);
  const left = Math.ceil(Math.max(...["read", "loss", "asked", "best"].map((name) => textWidth(theme, data.labels[name], size * 0.9)), ...data.lanes.map((lane) => textWidth(theme, lane.asked, size * 0.9)))) + 14;
  const scale = Math.max(LEAST_SCALE, ...data.lanes.flatMap((lane) => lane.columns.map((column) => column.loss)));
  const xs = widths.map((_, i) => left + widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const laneHeight = 4.7 * line + BAR + 22;
  const width = (xs.at(-1) ?? left) + (widths.at(-1) ?? 0) + 8;
  const height = data.lanes.length * laneHeight;
  const svg = svgNode("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "lanes", role: "img", "aria-label": data.labels.title, "font-size": size });
  data.lanes.forEach((lane, index) => {
    const top = index * laneHeight;
    const rows = { title: top + line * 0.6, read: top + line * 1.75, floor: top + line * 3.2 + BAR, token: top + line * 3.8 + BAR, best: top + line * 4.75 + BAR };
    svg.append(svgNode("text", { x: 2, y: rows.title, class: "lane-title", "font-weight": 600 }, lane.title));
    for (const [words, y] of [[data.labels.read, rows.read], [data.labels.loss, rows.floor - BAR / 2], [lane.asked, rows.token], [data.labels.best, rows.best]]) {
      svg.append(svgNode("text", { x: left - 8, y, class: "row-name", "text-anchor": "end", "font-size": size * 0.9 }, words));
    }
    svg.append(svgNode("line", { x1: left, x2: width - 4, y1: rows.floor, y2: rows.floor, class: "floor" }));
    lane.columns.forEach((column, i) => {
      const middle = xs[i] + widths[i] / 2;
      const high = (BAR * Math.min(column.loss, scale)) / scale;
      const text = (words, y, kind) => svgNode("text", { x: middle, y, "text-anchor": "middle", class: kind }, short(words));
      svg.append(svgNode("g", { class: `column${column.injected ? " injected" : ""}`, "data-lane": index, "data-step": i },
        svgNode("title", {}, filled(data.labels.cell, { read: column.read, token: column.token, loss: digits(column.loss, 3), best: column.best, percent: (100 * column.probability).toFixed(1) })),
        column.injected ? svgNode("rect", { class: "injected-box", x: xs[i], y: (column.injected === "read" ? rows.read : rows.token) - line / 2, width: widths[i], height: line, rx: 4 }) : null,
        text(column.read, rows.read, "read"),
        svgNode("rect", { class: column.same ? "loss" : "loss other", x: middle - Math.min(13, widths[i] / 3), y: rows.floor - high, width: Math.min(26, (widths[i] * 2) / 3), height: Math.max(high, 0.5) }),
        svgNode("text", { x: middle, y: rows.floor - high - size * 0.6, "text-anchor": "middle", class: "number", "font-size": size * 0.8 }, digits(column.loss, 2)),
        text(column.token, rows.token, column.same ? "token" : "token off"), text(column.best, rows.best, "best")));
    });
    if (lane.parting !== null && xs[lane.parting] !== undefined) {
      const x = xs[lane.parting] - GAP / 2;
      svg.append(svgNode("line", { class: "parting", x1: x, x2: x, y1: rows.read - line / 2, y2: rows.best + line / 2 }),
        svgNode("text", { class: "parting-words", x: Math.max(x + 4, textWidth(theme, lane.title, size) * 1.08 + 20), y: rows.title, "font-size": size * 0.9 }, data.labels.parting));
    }
  });
  return svg;
}
