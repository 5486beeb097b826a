// Mouse, touch and keys. The picture's own keys act while it has the focus; the others in the whole component.

function pointOf(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

function listenToPointer(canvas, act) {
  canvas.addEventListener("pointermove", (event) => {
    // A finger that scrolls is not a pointer that hovers.
    if (event.pointerType !== "touch") act.hover(pointOf(canvas, event), event);
  });
  canvas.addEventListener("pointerleave", () => act.hover(null, null));
  canvas.addEventListener("click", (event) => act.pick(pointOf(canvas, event)));
  canvas.addEventListener("dblclick", (event) => {
    event.preventDefault();
    act.zoomAt(pointOf(canvas, event));
  });
}

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// Answers true where the key was used; then the page around does not act on it too.
function keyInMatrix(event, act) {
  const move = ARROWS[event.key];
  if (move) return act.moveCell(...move);
  if (event.key === "Enter") return act.openCell();
  if (event.key === "+" || event.key === "=") return act.zoom(true);
  if (event.key === "0") return act.zoom(false);
  return false;
}

function keyInComponent(event, act) {
  switch (event.key) {
    case "ArrowLeft": return act.stepStage(-1);
    case "ArrowRight": return act.stepStage(1);
    case "ArrowUp": return act.stepHead(-1);
    case "ArrowDown": return act.stepHead(1);
    case "[": return act.stepLayer(-1);
    case "]": return act.stepLayer(1);
    case "0": return act.zoom(false);
    case "Escape": return act.close();
    default: return false;
  }
}

function listenToKeys(root, canvas, act) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.tagName === "SELECT" || event.target.closest(".panel")) {
      if (event.key !== "Escape") return;
    }
    const used = (event.target === canvas && keyInMatrix(event, act)) || keyInComponent(event, act);
    if (!used) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
