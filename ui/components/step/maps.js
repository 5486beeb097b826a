// Maps over learning rate and gradient: what becomes of a step, for each format. And the same step many times.

const RATES = { low: -8, high: 0 }, GRADIENTS = { low: -14, high: 2 }; // powers of ten
const ACROSS = 48, UP = 56; // cells of a map
const OUTCOME_COLOURS = { works: "#009E73", coarse: "#56B4E9", absorbed: "#E69F00", product: "#D55E00", gradient: "#CC79A7", overflow: "#555a66", nothing: "#999999" };
const LESSON_POINTS = [[1e-3, 1e-3], [1e-3, 1e-5]];
const MAP_EDGE = { left: 34, bottom: 18, top: 18 };

function mapsPart(ctx) {
  const maps = NAMES.map((name) => {
    const canvas = make("canvas", { class: "outcome-map", tabindex: 0, role: "img" });
    const pick = (event) => {
      const box = canvas.getBoundingClientRect();
      ctx.act.point(name, canvas.frame.at(event.clientX - box.left, event.clientY - box.top));
    };
    canvas.addEventListener("pointerdown", (event) => { if (!event.button) { canvas.setPointerCapture(event.pointerId); pick(event); } });
    canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) pick(event); });
    canvas.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      ctx.act.point(name, [ctx.state.lr * 10 ** (by[0] * 0.1), Math.abs(ctx.state.grad) * 10 ** (by[1] * 0.1)]);
      event.preventDefault();
      event.stopPropagation();
    });
    return { name, canvas, image: null, of: "" };
  });
  const legend = make("p", { class: "outcome-legend" }, ...OUTCOMES.slice(0, -1).map((name) => make("span", {}, make("i", { style: `background: ${OUTCOME_COLOURS[name]}` }), ctx.t(`outcome_${name}`))));
  return { maps, root: make("div", { class: "maps" }, make("div", { class: "map-grid" }, ...maps.map((one) => one.canvas)), legend) };
}

function paintMaps(ctx) {
  const { maps } = ctx.parts.maps;
  const room = maps[0].canvas.parentElement.clientWidth;
  const columns = room > 420 ? 3 : 2;
  const width = Math.floor((room - (columns - 1) * 8) / columns), height = Math.round(Math.min(190, width * 0.95));
  for (const map of maps) paintMap(ctx, map, width, height);
}

function paintMap(ctx, map, width, height) {
  const { state, theme } = ctx;
  const form = FORMATS[map.name];
  const of = `${state.w}/${Math.sign(state.grad) || 1}`;
  if (map.of !== of) [map.image, map.of] = [outcomesOf(form, state), of];
  const pen = setSize(map.canvas, width, height);
  const small = Math.round(theme.size * 0.75);
  const { left, bottom, top } = MAP_EDGE;
  const right = width - 2, low = height - bottom;
  const x = (rate) => left + ((Math.log10(rate) - RATES.low) / (RATES.high - RATES.low)) * (right - left);
  const y = (size) => low - ((Math.log10(size) - GRADIENTS.low) / (GRADIENTS.high - GRADIENTS.low)) * (low - top);
  map.canvas.frame = { at: (px, py) => [10 ** within(RATES, RATES.low + ((px - left) / (right - left)) * (RATES.high - RATES.low)), 10 ** within(GRADIENTS, GRADIENTS.low + ((low - py) / (low - top)) * (GRADIENTS.high - GRADIENTS.low))] };
  pen.imageSmoothingEnabled = false;
  pen.drawImage(map.image, left, top, right - left, low - top);
  const chosen = map.name === ctx.form.name;
  Object.assign(pen, { strokeStyle: chosen ? theme.accent : theme.border, lineWidth: chosen ? 3 : 1, fillStyle: theme.text, font: fontOf(theme, small, chosen ? 700 : 400), textBaseline: "middle", textAlign: "left" });
  pen.strokeRect(left, top, right - left, low - top);
  pen.fillText(map.name, left, 8);
  Object.assign(pen, { font: fontOf(theme, small), textAlign: "center" });
  for (const power of [-6, -3, 0]) pen.fillText(power ? `10${raised(power)}` : "1", Math.min(x(10 ** power), width - 8), height - 7);
  pen.textAlign = "right";
  for (const power of [-12, -8, -4, 0]) pen.fillText(power ? `10${raised(power)}` : "1", left - 3, y(10 ** power));
  LESSON_POINTS.forEach(([rate, gradient]) => marked(pen, x(rate), y(gradient), 3.5, theme));
  const size = Math.abs(state.grad);
  if (size > 0 && state.lr > 0) {
    Object.assign(pen, { strokeStyle: "#ffffff", lineWidth: 4 });
    circle(pen, x(state.lr), y(size), 6.5);
    Object.assign(pen, { strokeStyle: "#000000", lineWidth: 2 });
    circle(pen, x(state.lr), y(size), 6.5);
  }
  const here = updateOf(form, state.w, state.lr, state.grad).outcome;
  map.canvas.dataset.outcome = here;
  map.canvas.setAttribute("aria-label", `${ctx.t("map_label", { form: map.name })} ${ctx.t(`outcome_${here}`)}`);
}

const within = ({ low, high }, value) => Math.max(low, Math.min(high, value));

function marked(pen, x, y, radius, theme) {
  Object.assign(pen, { fillStyle: "#ffffff", strokeStyle: "#000000", lineWidth: 1.2 });
  pen.beginPath();
  pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  pen.fill();
  pen.stroke();
}

function circle(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

// One pixel a cell.
function outcomesOf(form, { w, grad }) {
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: ACROSS, height: UP });
  const pen = sheet.getContext("2d");
  const image = pen.createImageData(ACROSS, UP);
  const cell = (range, i, count) => 10 ** (range.low + ((i + 0.5) / count) * (range.high - range.low));
  for (let row = 0; row < UP; row++) {
    const gradient = cell(GRADIENTS, UP - 1 - row, UP) * (grad < 0 ? -1 : 1);
    for (let column = 0; column < ACROSS; column++) {
      const colour = RGB[updateOf(form, w, cell(RATES, column, ACROSS), gradient).outcome];
      image.data.set(colour, (row * ACROSS + column) * 4);
    }
  }
  pen.putImageData(image, 0, 0);
  return sheet;
}

const RGB = Object.fromEntries(Object.entries(OUTCOME_COLOURS).map(([name, colour]) => [name, [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).concat(255)]));
