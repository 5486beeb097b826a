// Small pictures of whole heads: the thumbnails of one layer, and the overview of every layer and head.

function paintThumbnail(canvas, one, theme, side) {
  const panel = { values: one.weights, rows: one.rows, columns: one.columns, kind: "weights" };
  const { image } = pictureOf(panel, theme);
  const context = setSize(canvas, side, side);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, side, side);
}

// The overview fits layers × heads into the box; a cell is {layer, head}.
function overviewGeometry(model, box, theme) {
  const size = Math.round(theme.size);
  const left = size * 2.2;
  const top = size + 10;
  const gap = 8;
  const wide = (box.width - left) / model.heads - gap;
  // Where eight would stand too small beside each other, they stand in more rows.
  const perRow = wide < 46 ? Math.ceil(model.heads / 2) : model.heads;
  const rowsPerLayer = Math.ceil(model.heads / perRow);
  const tall = (box.height - top) / (model.layers * rowsPerLayer) - gap;
  const side = Math.max(36, Math.floor(Math.min((box.width - left) / perRow - gap, tall < 46 ? 46 : tall)));
  return {
    size, left, top, gap, side, perRow, rowsPerLayer,
    width: left + perRow * (side + gap),
    height: top + model.layers * rowsPerLayer * (side + gap),
  };
}

function overviewBox(geometry, layer, head) {
  const { left, top, gap, side, perRow, rowsPerLayer } = geometry;
  const row = layer * rowsPerLayer + Math.floor(head / perRow);
  return { x: left + (head % perRow) * (side + gap), y: top + row * (side + gap) };
}

function drawOverview(context, geometry, model, state, theme, lit) {
  const { size, side, perRow } = geometry;
  context.font = fontOf(theme, size, 600);
  context.textBaseline = "middle";
  for (let layer = 0; layer < model.layers; layer++) {
    context.textAlign = "left";
    context.fillStyle = theme.text;
    context.fillText(CIRCLED[layer] ?? String(layer + 1), 2, overviewBox(geometry, layer, 0).y + side / 2);
    for (let head = 0; head < model.heads; head++) {
      const { x, y } = overviewBox(geometry, layer, head);
      const one = headOf(model, state.wiring, layer, head, { ...state, plain: false });
      const { image } = pictureOf({ values: one.weights, rows: one.rows, columns: one.columns, kind: "weights" }, theme);
      context.imageSmoothingEnabled = false;
      context.drawImage(image, x, y, side, side);
      const chosen = layer === state.layer && head === state.head;
      const under = lit && lit.layer === layer && lit.head === head;
      context.strokeStyle = chosen || under ? theme.accent : theme.border;
      context.lineWidth = chosen ? 3 : under ? 2 : 1;
      context.strokeRect(x - 1, y - 1, side + 2, side + 2);
      writeHeadNumber(context, geometry, theme, { layer, head, x, y, chosen }, perRow < model.heads);
    }
  }
}

// Over the columns where a layer is one row, else in each picture's corner.
function writeHeadNumber(context, { size, side, top }, theme, { layer, head, x, y, chosen }, inside) {
  if (inside) {
    context.fillStyle = theme.background;
    context.globalAlpha = 0.85;
    context.fillRect(x, y, size * 1.1, size * 1.2);
    context.globalAlpha = 1;
  } else if (layer > 0) return;
  context.textAlign = "center";
  context.fillStyle = chosen ? theme.accent : theme.text;
  if (inside) context.fillText(String(head + 1), x + size * 0.55, y + size * 0.65);
  else context.fillText(String(head + 1), x + side / 2, top - size * 0.7 - 2);
}

const CIRCLED = ["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫"];

function headAt(geometry, model, x, y) {
  for (let layer = 0; layer < model.layers; layer++) {
    for (let head = 0; head < model.heads; head++) {
      const box = overviewBox(geometry, layer, head);
      if (x >= box.x && x < box.x + geometry.side && y >= box.y && y < box.y + geometry.side) return { layer, head };
    }
  }
  return null;
}
