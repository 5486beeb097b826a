// The tree of a beam search: a column a step, the kept beginnings above, what was dropped below them and fainter.

const ROW = 1.75, GAP = 26, PAD = 7, MOST_DROPPED = 6; // rows in letter sizes, widths in px

function pieceWords(piece) {
  if (piece === "</s>") return null; // the end token has a word of its own
  if (piece === "▁") return "␣";
  return piece.startsWith("▁") ? piece.slice(1) : piece;
}

// Where every drawn node stands: {x, y, width} by id. In a column children stand in the order of their parents, so
// that few lines cross.
function treeLayout(data, theme, showDropped) {
  const size = theme.size;
  const steps = [];
  for (const node of data.nodes) (steps[node.step] ??= []).push(node);
  const places = new Map();
  const row = size * ROW;
  let x = textWidth(theme, data.labels.sign_start, size) + 2 * PAD + GAP;
  let most = 0;
  steps.forEach((nodes) => {
    const order = (node) => places.get(node.parent)?.y ?? 0;
    const kept = nodes.filter((node) => node.state !== "dropped").sort((a, b) => order(a) - order(b) || b.total - a.total);
    const dropped = showDropped ? nodes.filter((node) => node.state === "dropped").sort((a, b) => b.total - a.total).slice(0, MOST_DROPPED).sort((a, b) => order(a) - order(b) || b.total - a.total) : [];
    const column = [...kept, ...dropped];
    const width = Math.max(...column.map((node) => Math.min(120, textWidth(theme, nodeName(data, node), size)))) + 2 * PAD;
    const above = data.width; // dropped ones begin below the widest beam
    kept.forEach((node, i) => places.set(node.id, { x, y: (i + 0.5) * row, width }));
    dropped.forEach((node, i) => places.set(node.id, { x, y: (above + i + 0.8) * row, width }));
    most = Math.max(most, dropped.length ? above + dropped.length + 0.3 : kept.length);
    x += width + GAP;
  });
  return { places, width: x, height: most * row + 6, size };
}

const nodeName = (data, node) => {
  const words = pieceWords(node.piece) ?? data.labels.sign_end;
  return Array.from(words).length > 12 ? `${Array.from(words).slice(0, 11).join("")}…` : words;
};

function drawTree(data, theme, layout, choose) {
  const { places, width, height, size } = layout;
  const svg = svgNode("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "tree", role: "group", "aria-label": data.labels.title, "font-size": size });
  const root = { x: 0, y: Math.min(data.width, 1) * size * ROW * 0.5, width: textWidth(theme, data.labels.sign_start, size) + PAD };
  svg.append(svgNode("text", { x: PAD / 2, y: root.y, class: "start" }, data.labels.sign_start));
  const lines = svgNode("g"), boxes = svgNode("g");
  for (const node of data.nodes) {
    const place = places.get(node.id);
    const from = node.parent < 0 ? root : places.get(node.parent);
    if (!place || !from) continue;
    const begin = from.x + from.width;
    lines.append(svgNode("path", { class: `twig ${node.state}`, "data-id": node.id, d: `M${begin} ${from.y} C${begin + GAP / 2} ${from.y} ${place.x - GAP / 2} ${place.y} ${place.x} ${place.y}` }));
    boxes.append(svgNode("g", { class: `node ${node.state}`, "data-id": node.id, tabindex: 0, role: "button", onclick: () => choose(node.id),
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(node.id); } } },
    svgNode("title", {}, filled(data.labels.node, { token: nodeName(data, node), state: data.labels[node.state], log: digits(node.log, 3), total: digits(node.total, 3) })),
    svgNode("rect", { x: place.x, y: place.y - size * 0.75, width: place.width, height: size * 1.5, rx: 5 }),
    svgNode("text", { x: place.x + place.width / 2, y: place.y, "text-anchor": "middle" }, nodeName(data, node))));
  }
  svg.append(lines, boxes);
  return svg;
}

function pathTo(data, id) {
  const found = [];
  for (let at = id; at >= 0; at = data.nodes[at].parent) found.unshift(data.nodes[at]);
  return found;
}
