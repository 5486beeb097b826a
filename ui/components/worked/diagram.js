// Two decoder steps, and the way of the context between them.

const tanhWords = () => ["tanh W", svgNode("tspan", { dy: 3, "font-size": 8 }, "c"), svgNode("tspan", { dy: -3 }, "[c; h]")];
const DIAGRAM = { width: 330, height: 112 };

function diagramOf(ctx, { context, attentional }) {
  const { t, state } = ctx;
  const joins = state.use === "join";
  const box = (x, y, width, height, words, className = "") => svgNode("g", { class: `box ${className}` },
    svgNode("rect", { x, y, width, height, rx: 5 }),
    svgNode("text", { x: x + width / 2, y: y + height / 2, "text-anchor": "middle", "dominant-baseline": "central" }, ...[words].flat()));
  const way = (points, className = "") => {
    const [[x1, y1], [x2, y2]] = points.slice(-2);
    const long = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / long, (y2 - y1) / long];
    return svgNode("g", { class: `way ${className}` },
      svgNode("polyline", { points: points.map((point) => point.join(",")).join(" ") }),
      svgNode("path", { d: `M${x2} ${y2}L${x2 - 7 * ux - 3.5 * uy} ${y2 - 7 * uy + 3.5 * ux}L${x2 - 7 * ux + 3.5 * uy} ${y2 - 7 * uy - 3.5 * ux}Z` }));
  };
  const words = (x, y, text, anchor = "middle") => svgNode("text", { x, y, "text-anchor": anchor, "dominant-baseline": "central" }, text);
  const shared = [
    box(2, 44, 92, 26, t("step_now")), box(236, 44, 92, 26, t("step_next")),
    way([[94, 57], [236, 57]], "faint"), way([[45, 44], [45, 16], [106, 16]]), words(38, 30, "h", "end"),
    svgNode("circle", { class: "context-ring", cx: 121, cy: 16, r: 13 }), words(121, 16, "c"),
  ];
  const feed = [
    way([[121, 29], [121, 98], [232, 98]], "here"), words(176, 87, tuple(context)),
    box(232, 87, 94, 23, t("joined_input"), "here"), way([[285, 87], [285, 70]], "here"),
  ];
  const join = [
    way([[134, 16], [164, 16]], "here"), way([[45, 36], [201, 36], [201, 28]], "here"),
    box(164, 4, 82, 24, tanhWords(), "here"), way([[246, 16], [264, 16]], "here"), words(267, 16, t("word_now"), "start"),
    words(165, 84, `h̃ = ${tuple(attentional)}`),
  ];
  return svgNode("svg", { class: "diagram", viewBox: `0 0 ${DIAGRAM.width} ${DIAGRAM.height}`, role: "img", "aria-label": t(`about_${state.use}`) },
    ...shared, ...(joins ? join : feed));
}
