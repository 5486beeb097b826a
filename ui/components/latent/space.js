// A plane of two latent dimensions, to scale: its frame, its axes, the prior, and points by class.

const modelOf = (ctx) => ctx.model.models.find(({ name }) => name === ctx.state.model) ?? ctx.model.models[0];
const colourOf = (label) => HEAD_COLOURS[label % HEAD_COLOURS.length]; // beyond the eight colours points are squares

// Where the plane lies on its canvas, and which numbers it reaches from and to.
function frameOf(ctx, side) {
  const left = Math.round(ctx.theme.size * 2.6), bottom = Math.round(ctx.theme.size * 2.1);
  const half = modelOf(ctx).half;
  const size = side - Math.max(left, bottom) - 6;
  return {
    left, top: 6, size, half, side, height: 6 + size + bottom,
    x: (value) => left + ((value + half) / (2 * half)) * size,
    y: (value) => 6 + ((half - value) / (2 * half)) * size,
    at: (px, py) => [((px - left) / size) * 2 * half - half, half - ((py - 6) / size) * 2 * half],
    pixels: (distance) => (distance / (2 * half)) * size,
  };
}

function paintAxes(ctx, context, frame) {
  const { theme } = ctx;
  const { values, step } = ticksOf({ low: -frame.half, high: frame.half }, frame.size > 300 ? 8 : 5);
  Object.assign(context, { strokeStyle: theme.border, fillStyle: theme.text, lineWidth: 1, font: fontOf(theme, Math.round(theme.size * 0.85)) });
  context.strokeRect(frame.left + 0.5, frame.top + 0.5, frame.size, frame.size);
  for (const value of values) {
    const [x, y] = [frame.x(value), frame.y(value)];
    context.beginPath();
    context.moveTo(x, frame.top + frame.size);
    context.lineTo(x, frame.top + frame.size + 4);
    context.moveTo(frame.left - 4, y);
    context.lineTo(frame.left, y);
    context.stroke();
    Object.assign(context, { textAlign: "center", textBaseline: "top" });
    context.fillText(tickText(value, step), x, frame.top + frame.size + 6);
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    context.fillText(tickText(value, step), frame.left - 6, y);
  }
  context.font = fontOf(theme, Math.round(theme.size * 0.95), 600);
  Object.assign(context, { textAlign: "right", textBaseline: "bottom" });
  const named = (name, x, y) => {
    Object.assign(context, { lineWidth: 4, strokeStyle: theme.background, lineJoin: "round" });
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  };
  named("z₁", frame.left + frame.size - 4, frame.top + frame.size - 3);
  Object.assign(context, { textAlign: "left", textBaseline: "top" });
  named("z₂", frame.left + 5, frame.top + 4);
}

// The prior N(0, I) at one and two standard deviations.
function paintPrior(ctx, context, frame) {
  Object.assign(context, { strokeStyle: ctx.theme.faint, lineWidth: 1 });
  context.setLineDash([2, 4]);
  for (const radius of [1, 2]) {
    context.beginPath();
    context.arc(frame.x(0), frame.y(0), frame.pixels(radius), 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
}

function paintPoints(ctx, context, frame) {
  const { model, state, theme } = ctx;
  const places = model.places[modelOf(ctx).name]?.[state.moment];
  if (!places) return;
  const hidden = new Set(state.hidden);
  const sums = model.classes.map(() => [0, 0, 0]);
  const size = frame.size > 300 ? 2.4 : 1.9;
  context.globalAlpha = 0.72;
  model.labels_of_points.forEach((label, i) => {
    if (hidden.has(label)) return;
    const [x, y] = [frame.x(places[2 * i]), frame.y(places[2 * i + 1])];
    const sum = sums[label];
    sum[0] += x; sum[1] += y; sum[2] += 1;
    context.fillStyle = colourOf(label);
    context.beginPath();
    if (label < HEAD_COLOURS.length) context.arc(x, y, size, 0, 2 * Math.PI);
    else context.rect(x - size, y - size, 2 * size, 2 * size);
    context.fill();
  });
  context.globalAlpha = 1;
  // Each class's name where its points are on the mean.
  Object.assign(context, { font: fontOf(theme, Math.round(theme.size * 1.05), 700), textAlign: "center", textBaseline: "middle", lineWidth: 4, strokeStyle: theme.background, lineJoin: "round" });
  const names = sums.flatMap(([x, y, count], label) => (count ? [{ name: model.classes[label], x: x / count, y: y / count }] : []));
  context.fillStyle = theme.text;
  for (const { name, x, y } of movedApart(context, names, theme.size * 1.2)) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}

// Names that would lie on each other move up and down until they do not.
function movedApart(context, names, height) {
  const placed = names.map((one) => ({ ...one, width: context.measureText(one.name).width + 4 }));
  for (let round = 0; round < 40; round++) {
    let moved = false;
    placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => {
      const gap = height - Math.abs(a.y - b.y);
      if (gap <= 0 || Math.abs(a.x - b.x) >= (a.width + b.width) / 2) return;
      const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
      upper.y -= gap / 2 + 0.5;
      lower.y += gap / 2 + 0.5;
      moved = true;
    }));
    if (!moved) break;
  }
  return placed;
}

// White is 1, black is 0, as in the training pictures.
function greyImage(pen, pixels, [rows, columns]) {
  const image = pen.createImageData(columns, rows);
  pixels.forEach((value, i) => {
    image.data.fill(Math.round(255 * value), i * 4, i * 4 + 3);
    image.data[i * 4 + 3] = 255;
  });
  return image;
}
