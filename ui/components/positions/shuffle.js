// The shuffled sentence over the plain one, and under each piece how far its output has moved, kind by kind.

const LONGEST_LABEL = 110; // px
const LARGEST_CELL_WIDTH = 130;

function buildShuffle(ctx) {
  const canvas = make("canvas", { role: "img", tabindex: "0", title: ctx.t("drag") });
  const caption = make("figcaption", {});
  listenToShuffle(ctx, canvas);
  return { canvas, caption, children: [canvas, make("div", { class: "foot" }, caption, ctx.tools())] };
}

// The state is what a hand has made of the order: {order, made, piece}; `made` counts the moves, and Python says
// which it has followed.
function fitShuffle(data, state) {
  const held = state.order?.length === data.tokens.length ? state.order : null;
  const made = Math.max(state.made ?? 0, data.made);
  return { ...state, made, order: held, piece: Math.min(state.piece ?? 0, data.tokens.length - 1) };
}

// A move whose numbers have not come yet counts already: the next one goes on from there.
const isAhead = ({ data, state }) => state.order !== null && state.made > data.made;
const orderNow = (ctx) => (isAhead(ctx) ? ctx.state.order : ctx.data.order);

function moved(order, from, to) {
  const next = [...order];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

// Tells Python, whose answer brings the numbers of the new order.
function takeOrder(ctx, from, to) {
  const place = Math.max(0, Math.min(ctx.data.order.length - 1, to));
  if (place === from) return ctx.paint();
  return ctx.change({ order: moved(orderNow(ctx), from, place), made: ctx.state.made + 1, piece: place });
}

function listenToShuffle(ctx, canvas) {
  const placeAt = (event) => {
    const box = canvas.getBoundingClientRect();
    const { left, cell, band } = ctx.row;
    const place = Math.floor((event.clientX - box.left - left) / cell);
    const inside = place >= 0 && place < ctx.data.order.length && event.clientY - box.top < band + 10;
    return { place: Math.max(0, Math.min(ctx.data.order.length - 1, place)), inside };
  };
  const end = (event, keep) => {
    const drag = ctx.drag;
    ctx.drag = null;
    if (drag) keep ? takeOrder(ctx, drag.from, placeAt(event).place) : ctx.paint();
  };
  canvas.addEventListener("pointerdown", (event) => {
    const { place, inside } = placeAt(event);
    if (!inside) return;
    canvas.setPointerCapture(event.pointerId);
    ctx.drag = { from: place, to: place };
    ctx.paint();
  });
  canvas.addEventListener("pointermove", (event) => {
    const { place, inside } = placeAt(event);
    canvas.style.cursor = ctx.drag ? "grabbing" : inside ? "grab" : "default";
    if (!ctx.drag || ctx.drag.to === place) return;
    ctx.drag.to = place;
    ctx.paint();
  });
  canvas.addEventListener("pointerup", (event) => end(event, true));
  canvas.addEventListener("pointercancel", (event) => end(event, false));
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) takeOrder(ctx, ctx.state.piece, ctx.state.piece + step);
    else {
      ctx.state = fitShuffle(ctx.data, { ...ctx.state, piece: Math.max(0, ctx.state.piece + step) });
      ctx.paint();
    }
  });
  canvas.addEventListener("focus", () => ctx.paint());
  canvas.addEventListener("blur", () => ctx.paint());
}

function paintShuffle(ctx) {
  const { data, theme, parts, t, width, drag } = ctx;
  const { tokens, rows } = data;
  // What the hand holds is shown at once; its numbers are Python's and fade until they come.
  const order = drag ? moved(orderNow(ctx), drag.from, drag.to) : orderNow(ctx);
  const size = Math.round(theme.size * 0.95);
  const context = setSize(parts.canvas, width, 10);
  context.font = fontOf(theme, size, 600);
  const left = Math.ceil(Math.max(...rows.map((row) => context.measureText(row.name).width), context.measureText(t("row_shuffled")).width)) + 10;
  const right = Math.ceil(Math.max(context.measureText(t("largest")).width, context.measureText("8.8e−88").width)) + 12;
  const cell = Math.min(LARGEST_CELL_WIDTH, (width - left - right) / tokens.length);
  const end = left + cell * tokens.length + right;
  context.font = fontOf(theme, size);
  const longest = Math.min(LONGEST_LABEL, Math.max(...tokens.map((token) => context.measureText(token).width)) + 6);
  const upright = longest > cell;
  const band = upright ? longest + 4 : size * 1.9;
  const gap = 46;
  const pitch = size * 1.9;
  const firstRow = 2 * band + gap + 8;
  const height = firstRow + rows.length * pitch + 6;
  setSize(parts.canvas, width, height);
  const middle = (place) => left + (place + 0.5) * cell;
  ctx.row = { left, cell, band };
  const lit = drag ? drag.to : parts.canvas.getRootNode().activeElement === parts.canvas ? ctx.state.piece : -1;
  if (lit >= 0) {
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    context.strokeRect(left + lit * cell + 1, 1, cell - 2, band - 2);
  }
  drawLinks(context, theme, order, middle, band, gap);
  drawTokens(context, theme, order.map((place) => tokens[place]), middle, 0, { cell, band, upright, size });
  drawTokens(context, theme, tokens, middle, band + gap, { cell, band, upright, size });
  context.font = fontOf(theme, size);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = theme.faint;
  context.fillText(fitted(context, t("row_shuffled"), left - 6), 0, band / 2);
  context.fillText(fitted(context, t("row_plain"), left - 6), 0, band + gap + band / 2);
  context.textAlign = "right";
  context.font = fontOf(theme, size, 600);
  context.fillStyle = theme.text;
  context.fillText(t("largest"), end, band + gap + band / 2);
  context.globalAlpha = drag || isAhead(ctx) ? 0.35 : 1;
  // One scale for all kinds: the eye compares them.
  const range = { low: 0, high: Math.max(1e-3, ...rows.flatMap((row) => row.difference)) };
  rows.forEach((row, r) => drawDifferences(ctx, context, row, range, { y: firstRow + r * pitch, pitch, left, cell, size, end }));
  context.globalAlpha = 1;
  ctx.root.dataset.row = JSON.stringify(ctx.row);
  ctx.root.dataset.shown = order.join("-");
  ctx.root.dataset.rows = JSON.stringify(Object.fromEntries(rows.map((row) => [row.kind, row.largest])));
  parts.canvas.setAttribute("aria-label", `${t("caption")} ${rows.map((row) => `${row.name}: ${shortNumber(row.largest)}`).join("; ")}`);
  parts.caption.textContent = `${t("caption")} ${t("drag")}`;
}

function drawTokens(context, theme, tokens, middle, top, { cell, band, upright, size }) {
  context.font = fontOf(theme, size);
  context.fillStyle = theme.text;
  tokens.forEach((token, place) => {
    context.save();
    context.translate(middle(place), top + band / 2);
    if (upright) context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (!upright || cell > size * 0.8 || place % 2 === 0) fillToken(context, token, 0, 0, upright ? band - 4 : cell - 2);
    context.restore();
  });
}

function drawLinks(context, theme, order, middle, band, gap) {
  context.lineWidth = 1.5;
  order.forEach((from, place) => {
    const [x0, x1] = [middle(place), middle(from)];
    context.strokeStyle = from === place ? theme.border : theme.accent;
    context.beginPath();
    context.moveTo(x0, band);
    context.bezierCurveTo(x0, band + gap / 2, x1, band + gap / 2, x1, band + gap);
    context.stroke();
  });
}

function drawDifferences(ctx, context, row, range, { y, pitch, left, cell, size, end }) {
  const { theme } = ctx;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = fontOf(theme, size, 600);
  context.fillStyle = theme.text;
  context.fillText(row.name, 0, y + pitch / 2);
  row.difference.forEach((value, place) => {
    const step = stepOf(value, range);
    const colours = RAMPS.viridis;
    context.fillStyle = `rgb(${colours[step * 3]}, ${colours[step * 3 + 1]}, ${colours[step * 3 + 2]})`;
    context.fillRect(left + place * cell + 0.5, y + 1, cell - 1, pitch - 2);
    context.font = fontOf(theme, size * 0.85);
    const words = shortNumber(value);
    if (context.measureText(words).width > cell - 4) return;
    context.fillStyle = inkOn(colours, step);
    context.textAlign = "center";
    context.fillText(words, left + (place + 0.5) * cell, y + pitch / 2);
  });
  context.font = fontOf(theme, size, 600);
  context.textAlign = "right";
  context.fillStyle = row.largest <= 1e-5 ? theme.accent : theme.text;
  context.fillText(shortNumber(row.largest), end, y + pitch / 2);
}

function filesOfShuffle({ data, t }) {
  const { tokens, order, rows } = data;
  const tables = [
    { title: t("file"), columns: [...tokens, t("largest")], rows: rows.map((row) => ({ label: row.name, values: [...row.difference, row.largest] })) },
    { title: t("row_shuffled"), columns: null, rows: [{ label: "", values: order.map((place) => tokens[place]) }] },
  ];
  return { lines: [t("file"), t("caption")], tables, words: [t("file")] };
}

export default mounted({ build: buildShuffle, fit: fitShuffle, paint: paintShuffle, files: filesOfShuffle });
