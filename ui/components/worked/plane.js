// The vectors as arrows: what each weight leaves of its state, laid end to end, ends at the context.

const PLANE = { width: 280, height: 172, margin: 20 };

function planeOf(ctx) {
  const svg = svgNode("svg", { class: "plane", viewBox: `0 0 ${PLANE.width} ${PLANE.height}`, role: "img" });
  svg.addEventListener("pointerdown", (event) => beginDrag(ctx, svg, event));
  return make("div", { class: "block plane-block" }, make("p", { class: "name" }, ctx.t("plane")), svg,
    make("p", { class: "said" }, ctx.t(ctx.state.h.length > 2 ? "plane_first_two" : "plane_drag")));
}

// One scale for both axes; the origin is always in view.
function frameOf(vectors) {
  const reach = (d) => {
    const values = vectors.map((vector) => vector[d]);
    return [Math.min(0, ...values), Math.max(0, ...values)];
  };
  const [[left, right], [bottom, top]] = [reach(0), reach(1)];
  const { width, height, margin } = PLANE;
  const scale = Math.min((width - 2 * margin) / Math.max(right - left, 1e-3), (height - 2 * margin) / Math.max(top - bottom, 1e-3), 2e4);
  const [midX, midY] = [(left + right) / 2, (bottom + top) / 2];
  return {
    scale,
    low: [midX - width / 2 / scale, midY - height / 2 / scale],
    high: [midX + width / 2 / scale, midY + height / 2 / scale],
    at: ([x, y]) => [width / 2 + (x - midX) * scale, height / 2 - (y - midY) * scale],
    back: ([px, py]) => [midX + (px - width / 2) / scale, midY - (py - height / 2) / scale],
  };
}

function arrow(frame, from, to, attributes) {
  const [[x1, y1], [x2, y2]] = [frame.at(from), frame.at(to)];
  const long = Math.hypot(x2 - x1, y2 - y1);
  const head = Math.min(9, long);
  const [ux, uy] = long ? [(x2 - x1) / long, (y2 - y1) / long] : [0, 0];
  const [bx, by] = [x2 - ux * head, y2 - uy * head];
  return svgNode("g", { class: `arrow ${attributes.class ?? ""}` },
    svgNode("line", { x1, y1, x2: bx, y2: by }),
    long > 1 ? svgNode("path", { d: `M${x2} ${y2}L${bx - uy * head * 0.45} ${by + ux * head * 0.45}L${bx + uy * head * 0.45} ${by - ux * head * 0.45}Z` }) : svgNode("circle", { cx: x2, cy: y2, r: 2.5 }));
}

// The name at an arrow's tip, away from the origin and inside the picture.
function tipLabel(frame, tip, words, className) {
  const [ox, oy] = frame.at([0, 0]);
  const [x, y] = frame.at(tip);
  const long = Math.hypot(x - ox, y - oy) || 1;
  const place = {
    x: Math.min(PLANE.width - 12, Math.max(12, x + ((x - ox) / long) * 13)),
    y: Math.min(PLANE.height - 9, Math.max(9, y + ((y - oy) / long) * 13)),
  };
  return svgNode("text", { class: `tip ${className}`, ...place, "text-anchor": "middle", "dominant-baseline": "central" }, words);
}

function axesOf(frame) {
  const [x0, y0] = frame.at([0, 0]);
  const { width, height } = PLANE;
  const nodes = [
    svgNode("line", { class: "axis", x1: 0, x2: width, y1: y0, y2: y0 }),
    svgNode("line", { class: "axis", x1: x0, x2: x0, y1: 0, y2: height }),
  ];
  const ticks = (d, count) => {
    const { step, values } = ticksOf({ low: frame.low[d], high: frame.high[d] }, count);
    return values.filter((value) => Math.abs(value) > step / 2).map((value) => ({ value, words: tickText(value, step) }));
  };
  for (const { value, words } of ticks(0, 4)) {
    const [x] = frame.at([value, 0]);
    if (x < 12 || x > width - 12) continue;
    nodes.push(svgNode("line", { class: "tick", x1: x, x2: x, y1: y0 - 3, y2: y0 + 3 }), svgNode("text", { class: "scale", x, y: y0 + 11, "text-anchor": "middle" }, words));
  }
  for (const { value, words } of ticks(1, 3)) {
    const [, y] = frame.at([0, value]);
    if (y < 8 || y > height - 8) continue;
    nodes.push(svgNode("line", { class: "tick", x1: x0 - 3, x2: x0 + 3, y1: y, y2: y }), svgNode("text", { class: "scale", x: x0 - 5, y: y + 3, "text-anchor": "end" }, words));
  }
  return nodes;
}

// The smallest convex shape around the states: every weighted mean of them lies in it.
function hullOf(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (all) => all.reduce((chain, point) => {
    while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
    return [...chain, point];
  }, []);
  return [...half(sorted).slice(0, -1), ...half([...sorted].reverse()).slice(0, -1)];
}

function fillPlane(ctx, { parts, context }) {
  const { state, t } = ctx;
  const svg = ctx.parts.plane.querySelector("svg");
  const flat = (vector) => vector.slice(0, 2);
  const [h, states, pieces, c] = [flat(state.h), state.states.map(flat), parts.map(flat), flat(context)];
  const frame = ctx.dragFrame ?? frameOf([h, ...states, ...pieces, c]);
  ctx.frame = frame;
  const hull = hullOf(states).map((point) => frame.at(point).join(",")).join(" ");
  const chain = pieces.reduce((ends, piece) => [...ends, piece.map((value, d) => value + ends.at(-1)[d])], [[0, 0]]);
  svg.replaceChildren(
    ...axesOf(frame),
    svgNode("polygon", { class: "hull", points: hull || frame.at(states[0]).join(",") }),
    arrow(frame, [0, 0], h, { class: "query" }),
    ...states.map((s, i) => arrow(frame, [0, 0], s, { class: `whole-state tint-${i}` })),
    ...pieces.map((piece, i) => arrow(frame, [0, 0], piece, { class: `piece tint-${i}` })),
    ...pieces.slice(1).map((_, i) => arrow(frame, chain[i + 1], chain[i + 2], { class: `chain tint-${i + 1}` })),
    arrow(frame, [0, 0], c, { class: "context" }),
    ...states.map((s, i) => tipLabel(frame, s, stateName(i), `tint-${i}`)),
    tipLabel(frame, h, "h", "query"), tipLabel(frame, c, "c", "context"),
    ...[h, ...states].map((tip, i) => svgNode("circle", { class: "grip", "data-field": i ? `states${i - 1}` : "h", cx: frame.at(tip)[0], cy: frame.at(tip)[1], r: 11 })));
  svg.setAttribute("aria-label", t("plane_alternative", {
    states: state.states.map((s, i) => `${stateName(i)} ${tuple(s, (value) => short(value))}`).join(", "),
    query: tuple(state.h, (value) => short(value)), context: tuple(context),
  }));
}

// A tip follows the pointer in steps of a hundredth; one drag is one step back.
function beginDrag(ctx, svg, event) {
  const id = event.target instanceof Element ? event.target.getAttribute("data-field") : null;
  if (!id) return;
  event.preventDefault();
  ctx.dragFrame = ctx.frame;
  let moved = false;
  const box = svg.getBoundingClientRect();
  const { largest } = ctx.model.limits;
  const move = (next) => {
    const place = [((next.clientX - box.left) / box.width) * PLANE.width, ((next.clientY - box.top) / box.height) * PLANE.height];
    const tip = ctx.frame.back(place).map((value) => Math.max(-largest, Math.min(largest, fixedTo(value, 2))));
    ctx.wrong.delete(id);
    ctx.act.put(id, [...tip, ...valuesAt(ctx.state, id).slice(2)], { merge: moved });
    moved = true;
  };
  const end = () => {
    svg.removeEventListener("pointermove", move);
    ctx.dragFrame = null;
    if (moved) ctx.act.paint();
  };
  svg.setPointerCapture(event.pointerId);
  svg.addEventListener("pointermove", move);
  svg.addEventListener("pointerup", end, { once: true });
  svg.addEventListener("pointercancel", end, { once: true });
}
