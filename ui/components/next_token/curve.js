// All tokens by rank: the model's probabilities and what is left of them. Both axes are logarithmic.

const CURVE = { height: 104, left: 34, right: 8, top: 8, bottom: 16, points: 160, lowest: 1e-7 };
const POWERS = { "-6": "10⁻⁶", "-4": "10⁻⁴", "-2": "10⁻²", 0: "1" };

// From 1 to the last, equal factors apart.
function ranksShown(count) {
  const ranks = Array.from({ length: CURVE.points + 1 }, (_, i) => Math.round(count ** (i / CURVE.points)));
  return [...new Set(ranks)];
}

function showCurve(ctx, stages) {
  const { next, parts, t, fallen } = ctx;
  const width = ctx.curveWidth;
  const bottom = CURVE.height - CURVE.bottom, right = width - CURVE.right;
  const px = (rank) => CURVE.left + ((right - CURVE.left) * Math.log(rank)) / Math.log(Math.max(2, next.count));
  const py = (p) => CURVE.top + ((bottom - CURVE.top) * Math.log(Math.max(p, CURVE.lowest))) / Math.log(CURVE.lowest);
  const ranks = ranksShown(next.count);
  const line = (probabilities, end) => {
    const points = ranks.filter((rank) => rank < end).concat(end).map((rank) => `${px(rank).toFixed(1)},${py(probabilities[rank - 1]).toFixed(1)}`);
    if (end < next.count) points.push(`${px(end).toFixed(1)},${bottom}`); // what is cut has nothing
    return `M${points.join("L")}`;
  };
  const model = stages[0].left, left = stages.at(-1).left, kept = Math.min(stages.at(-1).kept, next.count);
  const across = Object.entries(POWERS).flatMap(([power, name]) => {
    const y = py(10 ** Number(power));
    return [svgNode("line", { class: "grid", x1: CURVE.left, x2: right, y1: y, y2: y }), svgNode("text", { x: CURVE.left - 4, y: y + 4, "text-anchor": "end" }, name)];
  });
  const along = [1, 10, 100, 1000, 10000].filter((rank) => rank <= next.count)
    .map((rank) => svgNode("text", { x: px(rank), y: CURVE.height - 3, "text-anchor": rank === 1 ? "start" : "middle" }, rank.toLocaleString("en")));
  const names = [["model-name", "stage_model"], ["left-name", "head_left"]].map(([kind, name], i) =>
    svgNode("text", { class: kind, x: right, y: CURVE.top + 8 + 14 * i, "text-anchor": "end" }, t(name)));
  parts.stages.curve.replaceChildren(svgNode("svg", { width, height: CURVE.height, role: "img", "aria-label": t("curve_title", { count: next.count.toLocaleString("en") }) },
    ...across, ...along, svgNode("path", { class: "model", d: line(model, next.count) }), svgNode("path", { class: "left", d: line(left, kept) }),
    svgNode("circle", { class: "fallen", cx: px(fallen + 1), cy: py(left[fallen]), r: 4 }), ...names));
}
