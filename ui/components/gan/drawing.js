// A distribution drawn by hand: strokes on the plane become points, and points become letters that fit into an address.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MOST_POINTS = 150;
const APART = 0.05; // points of a stroke

const letterOf = (value) => LETTERS[Math.max(0, Math.min(LETTERS.length - 1, Math.floor(((value + 1) / 2) * LETTERS.length)))];
const codeOf = (points) => points.map(([x, y]) => letterOf(x) + letterOf(y)).join("");

// Lets the pointer draw on the plane; what is drawn is told when the hand is lifted.
function listenToStrokes(ctx, canvas) {
  let stroke = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return planeFrame(box.width).at(event.clientX - box.left, event.clientY - box.top).map((value) => Math.max(-0.999, Math.min(0.999, value)));
  };
  const room = () => MOST_POINTS - ctx.state.drawn.length / 2;
  const add = (point) => {
    const last = stroke.at(-1);
    if (stroke.length >= room() || (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < APART)) return;
    stroke.push(point);
    const frame = planeFrame(canvas.clientWidth);
    const pen = canvas.getContext("2d");
    Object.assign(pen, { strokeStyle: realColour(ctx.theme), lineWidth: 1.5 });
    ring(pen, frame.x(point[0]), frame.y(point[1]), 3);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button || ctx.model.drawn === null || room() < 1) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = [];
    add(at(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => { if (stroke) add(at(event)); });
  const end = () => {
    if (!stroke) return;
    const code = codeOf(stroke);
    stroke = null;
    ctx.act.drawn(ctx.state.drawn + code);
  };
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, end);
}
