// The encoder–decoder as boxes and arrows: what is at work is lit. Below it the parts can be walked one by one.

const PART_ORDER = ["encoder", "embed", "self", "cross", "feed", "softmax"];
const DIAGRAM = { width: 346, height: 266 };
const NARROW = { across: 1, letters: 1 }, WIDE = { across: 1.45, letters: 1.32 }; // on a projector: no higher, larger letters

// What draws the boxes, arrows and words: places are those of the narrow drawing.
function penOf({ across, letters }) {
  const place = ([x, y]) => [x * across, y];
  const words = (text, x, y, size, kind = "small", more = {}) => svgNode("text", { class: kind, x: x * across, y, "font-size": size * letters, ...more }, text);
  const box = (part, x, y, width, height, text, small = "") => {
    const long = Array.from(text).reduce((sum, letter) => sum + (letter > "\u10ff" ? 1.75 : 1), 0);
    const size = Math.min(13, (height - 5) / letters, (width * across - 10) / (long * 0.56 * letters));
    return svgNode("g", { class: "part", "data-part": part },
      svgNode("rect", { x: x * across, y, width: width * across, height, rx: 6 }),
      words(text, x + width / 2, y + height / 2 - (small ? 6 * letters : 0), size, ""),
      small ? words(small, x + width / 2, y + height / 2 + 9, 10.5) : null);
  };
  const flow = (part, points, letter = "", at = [0, 0]) => {
    const [[fromX, fromY], [toX, toY]] = points.slice(-2).map(place);
    const angle = Math.atan2(toY - fromY, toX - fromX);
    const corner = (turn) => `${toX - 7 * Math.cos(angle + turn)},${toY - 7 * Math.sin(angle + turn)}`;
    return svgNode("g", { class: "flow", "data-part": part },
      svgNode("polyline", { points: points.map((point) => place(point).join(",")).join(" ") }),
      svgNode("polygon", { points: `${toX},${toY} ${corner(0.45)} ${corner(-0.45)}` }),
      letter ? words(letter, ...at, 13, "letter") : null);
  };
  const stack = (x, y, width, height) => svgNode("rect", { class: "stack", x: x * across, y, width: width * across, height, rx: 8 });
  return { words, box, flow, stack, width: DIAGRAM.width * across, turned: (x, y) => ({ transform: `rotate(90 ${x * across} ${y})` }) };
}

function diagramPanel(ctx) {
  const { t, timeline } = ctx;
  const large = parseFloat(getComputedStyle(document.documentElement).fontSize) > LARGE;
  const { words, box, flow, stack, width, turned } = penOf(large ? WIDE : NARROW);
  const input = words("", 248, 257, 11.5, "small said"), output = words("", 248, 5, 11.5, "small said");
  const svg = svgNode("svg", { viewBox: `0 0 ${width} ${DIAGRAM.height}`, role: "img", "aria-label": t("diagram_title"), class: "diagram" },
    stack(6, 96, 128, 126), words(t("encoder_stack", { layers: ctx.header.encoder_layers }), 70, 76, 11),
    stack(168, 62, 158, 160), words(t("decoder_stack", { layers: timeline.layers }), 337, 142, 11, "small", turned(337, 142)),
    box("encoder", 14, 176, 112, 36, t("box_self"), t("box_all")), box("encoder", 14, 122, 112, 34, t("box_feed")),
    flow("encoder", [[70, 244], [70, 212]]), flow("encoder", [[70, 176], [70, 156]]), words(t("box_source"), 70, 257, 11.5, "small said"),
    box("embed", 178, 226, 138, 20, t("box_embed")),
    box("self", 178, 182, 138, 32, t("box_masked")), box("cross", 178, 132, 138, 34, t("box_cross")),
    box("feed", 178, 80, 138, 32, t("box_feed")), box("softmax", 178, 22, 138, 30, t("box_softmax")),
    flow("self", [[247, 226], [247, 214]]),
    flow("cross", [[247, 182], [247, 166]], "Q", [262, 175]),
    flow("cross", [[70, 122], [70, 88], [150, 88], [150, 142], [178, 142]], "K", [159, 134]),
    flow("cross", [[150, 142], [150, 156], [178, 156]], "V", [159, 166]),
    flow("feed", [[247, 132], [247, 112]]), flow("softmax", [[247, 80], [247, 52]]), flow("softmax", [[247, 22], [247, 13]]), input, output);
  const names = ["all", ...PART_ORDER];
  const walk = segment("parts", t("parts"), names.map((part) => ({ value: part, words: t(`part_${part}`), title: t(`about_${part}`) })), (part) => ctx.act.change({ part }));
  const about = make("p", { class: "about", "aria-live": "polite" });
  const root = make("section", { class: "panel picture-of-model", "aria-label": t("diagram_title") }, svg, walk, about);
  for (const node of svg.querySelectorAll("g.part")) {
    node.append(svgNode("title", {}, t(`about_${node.dataset.part}`)));
    node.addEventListener("click", () => ctx.act.change({ part: ctx.state.part === node.dataset.part ? "all" : node.dataset.part }));
  }
  return { root, svg, walk, about, input, output };
}

function showDiagram(ctx) {
  const { state, timeline, header, t } = ctx;
  const { svg, walk, about, input, output } = ctx.parts.diagram;
  press(walk, state.part);
  const resting = state.step > 0; // the encoder has worked once, before the first token
  for (const node of svg.querySelectorAll("[data-part]")) {
    const { part } = node.dataset;
    const atWork = state.part === part || (state.part === "all" && !(part === "encoder" && resting));
    node.classList.toggle("lit", atWork);
    node.classList.toggle("done", part === "encoder" && resting && state.part !== "encoder");
  }
  const before = state.step ? shownPiece(timeline.pieces[state.step - 1], header.labels) : t("sign_start");
  input.textContent = t("reads", { token: clipped(before) });
  output.textContent = ["all", "softmax"].includes(state.part) ? t("says", { token: clipped(shownPiece(timeline.pieces[state.step], header.labels)) }) : "";
  about.textContent = state.part === "all" ? t(resting ? "about_step" : "about_first") : state.part === "encoder" && resting ? t("about_encoder_done") : t(`about_${state.part}`);
  for (const name of ["softmax", "self", "cross"]) {
    ctx.parts[name].root.classList.toggle("lit", state.part === name);
    ctx.parts[name].root.classList.toggle("dim", !["all", name].includes(state.part));
  }
}

const clipped = (text) => (Array.from(text).length > 14 ? `${Array.from(text).slice(0, 13).join("")}…` : text);
