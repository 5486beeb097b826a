// The line view: queries left, keys right, a line as thick and as opaque as its weight.

const FAINTEST = 0.02; // weights below this are not drawn: they would only make a fog

function linesGeometry(context, tokens, box, theme) {
  const size = Math.round(theme.size);
  context.font = fontOf(theme, size);
  const most = Math.max(tokens.query.length, tokens.key.length);
  const pitch = Math.max(box.narrow ? 12 : 5, Math.min(38, (box.height - 34) / most));
  const label = (labels) => Math.min(widest(context, labels), LABEL_CAP, box.width * 0.3) + 12;
  const left = label(tokens.query);
  const right = label(tokens.key);
  const width = Math.min(box.width, 640);
  const height = Math.ceil(most * pitch + 30);
  const offset = (count) => 26 + ((most - count) * pitch) / 2 + pitch / 2;
  return {
    size, pitch, width, height, x0: left, x1: width - right, left, right,
    y0: offset(tokens.query.length), y1: offset(tokens.key.length), tokens,
  };
}

// `heads`: [{weights, colour}]. `lit` is the hovered or chosen {row} and/or {column}; others step back.
function drawLines(context, geometry, heads, theme, lit, titles) {
  const { tokens, x0, x1, y0, y1, pitch, size } = geometry;
  const columns = tokens.key.length;
  const bend = (x1 - x0) * 0.4;
  context.lineCap = "round";
  for (const { weights, colour } of heads) {
    context.strokeStyle = colour;
    for (let i = 0; i < tokens.query.length; i++) {
      for (let j = 0; j < columns; j++) {
        const weight = weights[i * columns + j];
        if (!(weight >= FAINTEST)) continue;
        const out = lit && ((lit.row >= 0 && lit.row !== i) || (lit.column >= 0 && lit.column !== j));
        context.globalAlpha = (0.12 + 0.88 * weight) * (out ? 0.1 : 1) * (heads.length > 1 ? 0.75 : 1);
        context.lineWidth = 0.6 + weight * Math.min(9, pitch * 0.5);
        context.beginPath();
        context.moveTo(x0, y0 + i * pitch);
        context.bezierCurveTo(x0 + bend, y0 + i * pitch, x1 - bend, y1 + j * pitch, x1, y1 + j * pitch);
        context.stroke();
      }
    }
  }
  context.globalAlpha = 1;
  context.textBaseline = "middle";
  const write = (labels, x, y, align, chosen, room) => {
    context.textAlign = align;
    const every = thinning(pitch);
    labels.forEach((token, i) => {
      const near = every > 1 && chosen >= 0 && i !== chosen && Math.abs(i - chosen) < every;
      if (near || (i !== chosen && i % every)) return;
      context.font = labelFont(theme, i === chosen ? size : pitch, size, i === chosen);
      context.fillStyle = i === chosen ? theme.accent : theme.text;
      fillToken(context, token, x, y + i * pitch, room);
    });
  };
  write(tokens.query, x0 - 7, y0, "right", lit ? lit.row : -1, geometry.left - 8);
  write(tokens.key, x1 + 7, y1, "left", lit ? lit.column : -1, geometry.right - 8);
  context.font = fontOf(theme, Math.max(SMALLEST_FONT, size * 0.85), 600);
  context.fillStyle = theme.faint;
  context.textAlign = "right";
  context.fillText(titles[0], Math.max(x0 - 7, context.measureText(titles[0]).width), 9);
  context.textAlign = "left";
  context.fillText(titles[1], Math.min(x1 + 7, geometry.width - context.measureText(titles[1]).width), 9);
}

// The token under a point: {row} left of the middle, {column} right of it; the other one is −1.
function tokenAt(geometry, x, y) {
  const { tokens, x0, x1, y0, y1, pitch } = geometry;
  const row = Math.round((y - y0) / pitch);
  const column = Math.round((y - y1) / pitch);
  if (x < (x0 + x1) / 2 && row >= 0 && row < tokens.query.length) return { panel: 0, row, column: -1 };
  if (x >= (x0 + x1) / 2 && column >= 0 && column < tokens.key.length) return { panel: 0, row: -1, column };
  return null;
}
