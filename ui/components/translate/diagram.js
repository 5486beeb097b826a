// The encoder–decoder as boxes and arrows: what is at work is lit. Below it the parts can be walked one by one.

const PART_ORDER = ["encoder", "embed", "self", "cross", "feed", "softmax"];
const DIAGRAM = { width: 346, height: 266 };

function partBox(part, x, y, width, height, words, small = "") {
  const size = Math.min(13, (width - 10) / (Array.from(words).reduce((sum, letter) => sum + (letter > "\u10ff" ? 1.75 : 1), 0) * 0.56));
  return svgNode("g", { class: "part", "data-part": part },
    svgNode("rect", { x, y, width, height, rx: 6 }),
    svgNode("text", { x: x + width / 2, y: y + height / 2 - (small ? 6 : 0), "font-size": size }, words),
    small ? svgNode("text", { class: "small", x: x + width / 2, y: y + height / 2 + 9, "font-size": 10.5 }, small) : null);
}

function flow(part, points, label = "", at = null) {
  const [[fromX, fromY], [toX, toY]] = points.slice(-2);
  const angle = Math.atan2(toY - fromY, toX - fromX);
  const corner = (turn) => `${toX - 7 * Math.cos(angle + turn)},${toY - 7 * Math.sin(angle + turn)}`;
  return svgNode("g", { class: "flow", "data-part": part },
    svgNode("polyline", { points: points.map((point) => point.join(",")).join(" ") }),
    svgNode("polygon", { points: `${toX},${toY} ${corner(0.45)} ${corner(-0.45)}` }),
    label ? svgNode("text", { class: "letter", x: at[0], y: at[1], "font-size": 13 }, label) : null);
}

function diagramPanel(ctx) {
  const { t, timeline } = ctx;
  const input = svgNode("text", { class: "small said", x: 248, y: 257, "font-size": 11.5 });
  const output = svgNode("text", { class: "small said", x: 248, y: 5, "font-size": 11.5 });
  const svg = svgNode("svg", { viewBox: `0 0 ${DIAGRAM.width} ${DIAGRAM.height}`, role: "img", "aria-label": t("diagram_title"), class: "diagram" },
    svgNode("rect", { class: "stack", x: 6, y: 96, width: 128, height: 126, rx: 8 }),
    svgNode("text", { class: "small", x: 70, y: 76, "font-size": 11 }, t("encoder_stack", { layers: ctx.header.encoder_layers })),
    svgNode("rect", { class: "stack", x: 168, y: 62, width: 158, height: 160, rx: 8 }),
    svgNode("text", { class: "small", x: 337, y: 142, "font-size": 11, transform: "rotate(90 337 142)" }, t("decoder_stack", { layers: timeline.layers })),
    partBox("encoder", 14, 176, 112, 36, t("box_self"), t("box_all")), partBox("encoder", 14, 122, 112, 34, t("box_feed")),
    flow("encoder", [[70, 244], [70, 212]]), flow("encoder", [[70, 176], [70, 156]]),
    svgNode("text", { class: "small said", x: 70, y: 257, "font-size": 11.5 }, t("box_source")),
    partBox("embed", 178, 226, 138, 20, t("box_embed")),
    partBox("self", 178, 182, 138, 32, t("box_masked")), partBox("cross", 178, 132, 138, 34, t("box_cross")),
    partBox("feed", 178, 80, 138, 32, t("box_feed")), partBox("softmax", 178, 22, 138, 30, t("box_softmax")),
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
