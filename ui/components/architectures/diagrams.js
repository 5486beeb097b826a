// Where query, key and value come from, as boxes and arrows. Colours are the style sheet's.

const DIAGRAM_WIDTH = 320, DIAGRAM_HEIGHT = 196;

function boxNode(x, y, width, height, words, kind = "box") {
  const letters = Array.from(words).reduce((sum, letter) => sum + (letter > "\u10ff" ? 1.8 : 1), 0);
  const size = Math.min(12.5, (width - 12) / (letters * 0.54)); // a long name is written smaller, never over the edge
  return svgNode("g", {},
    svgNode("rect", { class: kind, x, y, width, height, rx: 6 }),
    svgNode("text", { class: "words", x: x + width / 2, y: y + height / 2, "font-size": size }, words));
}

// A line through the points, with a head at its end.
function arrowNode(points, label = "", { dashed = false, at = null } = {}) {
  const [[fromX, fromY], [toX, toY]] = points.slice(-2);
  const angle = Math.atan2(toY - fromY, toX - fromX);
  const corner = (turn, far) => `${toX - far * Math.cos(angle + turn)},${toY - far * Math.sin(angle + turn)}`;
  const [x, y] = at ?? [(fromX + toX) / 2 + 9, (fromY + toY) / 2];
  return svgNode("g", { class: dashed ? "dashed" : "" },
    svgNode("polyline", { class: "arrow", points: points.map((point) => point.join(",")).join(" ") }),
    svgNode("polygon", { class: "tip-of-arrow", points: `${toX},${toY} ${corner(0.42, 8)} ${corner(-0.42, 8)}` }),
    label ? svgNode("text", { class: "letter", x, y, "font-size": 12.5 }, label) : null);
}

const qkv = (middle, from, to, apart) => ["Q", "K", "V"].map((letter, i) =>
  arrowNode([[middle + (i - 1) * apart, from], [middle + (i - 1) * apart, to]], letter));

function oneStack(t, bottom, middle, top, again) {
  const nodes = [
    boxNode(50, 160, 190, 30, t(bottom)), boxNode(50, 84, 190, 34, t(middle), "box attention-box"), boxNode(50, 8, 190, 30, t(top)),
    ...qkv(145, 160, 118, 60), arrowNode([[145, 84], [145, 38]]),
  ];
  if (again) {
    nodes.push(arrowNode([[240, 23], [274, 23], [274, 175], [240, 175]], "", { dashed: true }),
      svgNode("text", { class: "words quiet-words", x: 280, y: 99, "font-size": 11, "text-anchor": "middle", transform: "rotate(90 280 99)", dy: -6 }, t("box_again")));
  }
  return nodes;
}

function twoStacks(t) {
  return [
    boxNode(2, 164, 128, 28, t("box_sentence")), boxNode(2, 102, 128, 32, t("box_self"), "box attention-box"),
    ...qkv(66, 164, 134, 38),
    boxNode(158, 164, 138, 28, t("box_said")), boxNode(158, 108, 138, 28, t("box_masked"), "box attention-box"),
    boxNode(158, 54, 138, 28, t("box_cross"), "box attention-box"), boxNode(158, 4, 138, 26, t("box_next")),
    ...qkv(227, 164, 136, 40),
    arrowNode([[227, 108], [227, 82]], "Q"), arrowNode([[227, 54], [227, 30]]),
    arrowNode([[50, 102], [50, 60], [158, 60]], "K", { at: [104, 50] }),
    arrowNode([[82, 102], [82, 76], [158, 76]], "V", { at: [122, 88] }),
    arrowNode([[296, 17], [310, 17], [310, 178], [296, 178]], "", { dashed: true }),
  ];
}

function diagramOf(name, t) {
  const nodes = name === "encoder" ? oneStack(t, "box_sentence", "box_self", "box_vectors", false)
    : name === "decoder" ? oneStack(t, "box_prefix", "box_masked", "box_next", true)
      : twoStacks(t);
  return svgNode("svg", {
    class: "diagram", viewBox: `0 0 ${DIAGRAM_WIDTH} ${DIAGRAM_HEIGHT}`, role: "img", "aria-label": t(`diagram_${name}`),
  }, ...nodes);
}
