// The film from A to B: equal steps on the straight line between both, decoded, and what a classifier sees in each.

const FRAMES = 11;
const BARS = 46; // px of the classifier's columns

const filmPlaces = ({ a, b }) => Array.from({ length: FRAMES }, (_, i) => a.map((from, axis) => from + ((b[axis] - from) * i) / (FRAMES - 1)));

function stripOfFilm(ctx) {
  const canvas = make("canvas", { class: "film-canvas", role: "img" });
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    ctx.act.frame(Math.max(0, Math.min(FRAMES - 1, Math.floor(((event.clientX - box.left) / box.width) * FRAMES))));
  });
  const play = make("button", { type: "button", class: "small play", "aria-pressed": "false", title: ctx.t("play_title"), onclick: () => ctx.act.play() }, ctx.t("play"));
  const swap = make("button", { type: "button", class: "small", onclick: () => ctx.act.swap() }, ctx.t("swap"));
  const here = ["a", "b"].map((end) => make("button", { type: "button", class: "small", title: ctx.t("here_title"), onclick: () => ctx.act.end(end) }, ctx.t(`here_${end}`)));
  const root = make("div", { class: "film" }, make("div", { class: "film-head" }, make("b", {}, ctx.t("film")), play, ...here, swap), canvas);
  return { root, canvas, play };
}

function paintFilm(ctx) {
  const { canvas, root } = ctx.parts.film;
  const { layers } = decoderOf(ctx);
  const width = root.clientWidth;
  const cell = width / FRAMES;
  const side = Math.min(cell - 4, ctx.model.shape[0] * 3);
  const context = setSize(canvas, width, side + BARS + ctx.theme.size * 1.4 + 6);
  if (!layers) return;
  const judge = ctx.classifier();
  const seen = filmPlaces(ctx.state).map((z, i) => {
    const pixels = decoded(layers, z);
    drawSmall(ctx, context, pixels, i * cell + (cell - side) / 2, 0, side);
    return judge.layers ? softmax(outputsOf(judge.layers, pixels)) : null;
  });
  ctx.film = seen;
  if (seen[0]) seen.forEach((shares, i) => paintShares(ctx, context, shares, i * cell + (cell - side) / 2, side + 3, side));
  const told = seen[0] ? seen.map((shares) => ctx.model.classes[shares.indexOf(Math.max(...shares))]).join(" ") : "";
  canvas.setAttribute("aria-label", ctx.t("film_label", { told }));
  canvas.dataset.told = told;
}

// A column of the classes' probabilities on each other, the names of the large ones in it, the likeliest one below.
function paintShares(ctx, context, shares, x, y, width) {
  let top = y;
  Object.assign(context, { textAlign: "center", textBaseline: "middle", font: fontOf(ctx.theme, Math.round(ctx.theme.size * 0.8), 700) });
  shares.forEach((share, label) => {
    const height = share * BARS;
    context.fillStyle = colourOf(label);
    context.globalAlpha = label < HEAD_COLOURS.length ? 1 : 0.55;
    context.fillRect(x, top, width, height);
    context.globalAlpha = 1;
    if (height > 13) {
      Object.assign(context, { lineWidth: 3, strokeStyle: "#ffffff", fillStyle: "#111111", lineJoin: "round" });
      context.strokeText(ctx.model.classes[label], x + width / 2, top + height / 2);
      context.fillText(ctx.model.classes[label], x + width / 2, top + height / 2);
    }
    top += height;
  });
  const best = Math.max(...shares);
  Object.assign(context, { fillStyle: ctx.theme.text, textBaseline: "top", font: fontOf(ctx.theme, Math.round(ctx.theme.size * 0.8)) });
  context.fillText(width < 40 ? String(Math.round(best * 100)) : `${Math.round(best * 100)} %`, x + width / 2, y + BARS + 3);
}

// A picture enlarged without smoothing.
function drawSmall(ctx, context, pixels, x, y, side) {
  const [rows, columns] = ctx.model.shape;
  const small = (ctx.small ??= document.createElement("canvas"));
  if (small.width !== columns || small.height !== rows) Object.assign(small, { width: columns, height: rows });
  const pen = small.getContext("2d");
  pen.putImageData(greyImage(pen, pixels, ctx.model.shape), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, x, y, side, side);
}
