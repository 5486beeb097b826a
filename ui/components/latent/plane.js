// The latent plane to scale: training pictures as points, the posterior as ellipses and a cloud, the point that is
// decoded, and the two ends of the film. What does not move while a point is dragged is drawn once and kept.

const REACH = 14; // px around a handle that take hold of it
const GRID = 15; // decoded pictures along each side of the manifold

function paintPlane(ctx) {
  const { plane } = ctx.parts;
  const side = Math.max(220, Math.min(plane.clientWidth, ctx.wide ? ctx.room : plane.clientWidth));
  const frame = (ctx.frame = frameOf(ctx, side));
  const wanted = JSON.stringify([side, ctx.state.model, ctx.state.moment, ctx.state.view, ctx.state.hidden, ctx.state.cloud, ctx.state.picture,
    ctx.state.drawn, ctx.state.seed, themeSignature(ctx.theme), Boolean(decoderOf(ctx).layers), Boolean(posteriorOf(ctx))]);
  if (ctx.still?.wanted !== wanted) ctx.still = { wanted, canvas: stillPicture(ctx, frame) };
  const context = setSize(ctx.parts.planeCanvas, side, frame.height);
  context.drawImage(ctx.still.canvas, 0, 0, side, frame.height);
  paintFilmLine(ctx, context, frame);
  paintCross(context, frame, ctx.state.z, ctx.theme);
}

function stillPicture(ctx, frame) {
  const canvas = document.createElement("canvas");
  const context = setSize(canvas, frame.side, frame.height);
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top, frame.size, frame.size);
  context.clip();
  if (ctx.state.view === "grid") paintGrid(ctx, context, frame);
  paintPrior(ctx, context, frame);
  if (ctx.state.view !== "grid") paintPoints(ctx, context, frame);
  paintPosterior(ctx, context, frame);
  context.restore();
  paintAxes(ctx, context, frame);
  return canvas;
}

// What the decoder makes of each place: pictures side by side, each of the place at its middle.
function paintGrid(ctx, context, frame) {
  const sheet = manifoldOf(ctx);
  if (!sheet) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, frame.left, frame.top, frame.size, frame.size);
}

function manifoldOf(ctx) {
  const { layers } = decoderOf(ctx);
  if (!layers) return null;
  const name = `${ctx.state.model}/${ctx.state.moment}`;
  ctx.sheets ??= new Map();
  if (!ctx.sheets.has(name)) {
    const [rows, columns] = ctx.model.shape;
    const sheet = document.createElement("canvas");
    Object.assign(sheet, { width: GRID * columns, height: GRID * rows });
    const pen = sheet.getContext("2d");
    const { half } = modelOf(ctx);
    for (let row = 0; row < GRID; row++) {
      for (let column = 0; column < GRID; column++) {
        const z = [((column + 0.5) / GRID) * 2 * half - half, half - ((row + 0.5) / GRID) * 2 * half];
        pen.putImageData(greyImage(pen, decoded(layers, z), ctx.model.shape), column * columns, row * rows);
      }
    }
    ctx.sheets.set(name, sheet);
  }
  return ctx.sheets.get(name);
}

function paintPosterior(ctx, context, frame) {
  const posterior = ctx.state.moment === lastMoment(modelOf(ctx)) ? posteriorOf(ctx) : null;
  if (!posterior) return;
  const { mean, log_var } = posterior;
  const [x, y] = [frame.x(mean[0]), frame.y(mean[1])];
  Object.assign(context, { strokeStyle: ctx.theme.above, fillStyle: ctx.theme.above, lineWidth: 2 });
  if (log_var) {
    if (ctx.state.cloud) {
      context.globalAlpha = 0.6;
      for (const z of cloudOf(posterior, ctx.state.seed, CLOUD)) {
        context.beginPath();
        context.arc(frame.x(z[0]), frame.y(z[1]), 1.6, 0, 2 * Math.PI);
        context.fill();
      }
      context.globalAlpha = 1;
    }
    for (const times of [1, 2]) {
      context.beginPath();
      context.ellipse(x, y, frame.pixels(times * Math.exp(log_var[0] / 2)), frame.pixels(times * Math.exp(log_var[1] / 2)), 0, 0, 2 * Math.PI);
      context.stroke();
    }
  }
  context.beginPath();
  context.moveTo(x - 5, y); context.lineTo(x + 5, y);
  context.moveTo(x, y - 5); context.lineTo(x, y + 5);
  context.stroke();
}

// A place beyond the edge is shown at the edge, hollow.
function heldInside(frame, [zx, zy]) {
  const x = Math.max(frame.left, Math.min(frame.left + frame.size, frame.x(zx)));
  const y = Math.max(frame.top, Math.min(frame.top + frame.size, frame.y(zy)));
  return { x, y, outside: x !== frame.x(zx) || y !== frame.y(zy) };
}

function paintCross(context, frame, z, theme) {
  const { x, y, outside } = heldInside(frame, z);
  Object.assign(context, { lineWidth: 4, strokeStyle: theme.background });
  const circle = () => { context.beginPath(); context.arc(x, y, 8, 0, 2 * Math.PI); context.stroke(); };
  circle();
  Object.assign(context, { lineWidth: 2, strokeStyle: theme.text });
  circle();
  if (outside) return;
  context.fillStyle = theme.text;
  context.beginPath();
  context.arc(x, y, 2.2, 0, 2 * Math.PI);
  context.fill();
}

function paintFilmLine(ctx, context, frame) {
  const ends = { A: heldInside(frame, ctx.state.a), B: heldInside(frame, ctx.state.b) };
  Object.assign(context, { strokeStyle: ctx.theme.text, lineWidth: 1.5 });
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(ends.A.x, ends.A.y);
  context.lineTo(ends.B.x, ends.B.y);
  context.stroke();
  context.setLineDash([]);
  Object.assign(context, { font: fontOf(ctx.theme, Math.round(ctx.theme.size * 0.85), 700), textAlign: "center", textBaseline: "middle" });
  for (const [name, { x, y }] of Object.entries(ends)) {
    context.fillStyle = ctx.theme.accent;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = ctx.theme.background;
    context.fillText(name, x, y + 0.5);
  }
}

// What the pointer takes hold of: an end of the film where it is near, else the point itself.
function handleAt(ctx, px, py) {
  const near = (z) => { const { x, y } = heldInside(ctx.frame, z); return Math.hypot(px - x, py - y); };
  const [a, b, z] = [near(ctx.state.a), near(ctx.state.b), near(ctx.state.z)];
  if (Math.min(a, b) < REACH && Math.min(a, b) < z) return a <= b ? "a" : "b";
  return "z";
}

function listenToPlane(ctx) {
  const canvas = ctx.parts.planeCanvas;
  let held = null;
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return ctx.frame.at(event.clientX - box.left, event.clientY - box.top).map((value) => Math.max(-ctx.frame.half, Math.min(ctx.frame.half, value)));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const box = canvas.getBoundingClientRect();
    held = handleAt(ctx, event.clientX - box.left, event.clientY - box.top);
    canvas.setPointerCapture(event.pointerId);
    ctx.act.place(held, placeOf(event));
  });
  canvas.addEventListener("pointermove", (event) => { if (held) ctx.act.place(held, placeOf(event)); });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { held = null; });
  canvas.addEventListener("keydown", (event) => {
    const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!along || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (ctx.frame.half / 30) * (event.shiftKey ? 5 : 1);
    ctx.act.place("z", ctx.state.z.map((value, i) => value + along[i] * step));
    event.preventDefault();
    event.stopPropagation();
  });
}
