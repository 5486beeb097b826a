// The brevity penalty as a curve over the ratio of the lengths, and where this translation stands on it.

const CURVE_HEIGHT = 132;
const brevityAt = (ratio) => (ratio >= 1 ? 1 : ratio > 0 ? Math.exp(1 - 1 / ratio) : 0);

function lengthsOf(cut) {
  const reference = cut.references[cut.closest].length;
  const length = cut.tokens.length;
  // Two empty texts are equally long.
  return { length, reference, ratio: reference ? length / reference : length ? Infinity : 1 };
}

function fillCurve(ctx) {
  const look = themeOf(ctx.parts.root);
  const width = Math.max(220, ctx.parts.curve.clientWidth || 300);
  const size = Math.min(14, Math.max(11, look.size * 0.85));
  const { length, reference, ratio } = lengthsOf(cutNow(ctx));
  const { brevity } = scoreNow(ctx);
  const last = Math.min(3, Math.max(1.6, ratio * 1.15));
  const box = { left: size * 2.2, right: width - 10, top: size * 0.8, bottom: CURVE_HEIGHT - size * 3 };
  const x = (value) => box.left + (Math.min(value, last) / last) * (box.right - box.left);
  const y = (value) => box.bottom - value * (box.bottom - box.top);
  const text = (words, place) => svgNode("text", { fill: look.text, "font-size": size, "font-family": look.font, "dominant-baseline": "central", ...place }, words);
  const svg = svgNode("svg", { width, height: CURVE_HEIGHT, viewBox: `0 0 ${width} ${CURVE_HEIGHT}`, role: "img" });
  for (const value of [0, 0.5, 1]) {
    svg.append(svgNode("line", { x1: box.left, x2: box.right, y1: y(value), y2: y(value), stroke: look.border }),
      text(value ? value.toFixed(1) : "0", { x: box.left - 5, y: y(value), "text-anchor": "end" }));
  }
  for (let value = 0; value <= last + 1e-9; value += last > 2 ? 1 : 0.5) {
    svg.append(text(value.toFixed(1), { x: x(value), y: box.bottom + size * 0.9, "text-anchor": "middle" }));
  }
  const points = Array.from({ length: 121 }, (_, i) => (i / 120) * last).map((value) => `${x(value)},${y(brevityAt(value))}`);
  svg.append(svgNode("polyline", { points: points.join(" "), fill: "none", stroke: look.accent, "stroke-width": 2.5 }),
    text(ctx.t("brevity_axis"), { x: (box.left + box.right) / 2, y: box.bottom + size * 2.2, "text-anchor": "middle" }));
  const here = { x: x(ratio), y: y(brevity) };
  svg.append(
    svgNode("line", { x1: here.x, x2: here.x, y1: here.y, y2: box.bottom, stroke: look.text, "stroke-dasharray": "3 3" }),
    svgNode("circle", { class: "here", cx: here.x, cy: here.y, r: 5.5, fill: look.above, stroke: look.background, "stroke-width": 1.5 }));
  const words = !length ? ctx.t("brevity_empty")
    : ctx.t(length < reference ? "brevity_short" : "brevity_long", { length, reference, value: brevity.toFixed(4) });
  svg.setAttribute("aria-label", words);
  ctx.parts.curve.replaceChildren(svg);
  ctx.parts.curveWords.textContent = words;
}
