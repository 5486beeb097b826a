// The alignment matrix: what was said down, the source over. It grows by a row a step; rows that were are pressable, and
// so are those to come.

const GRID_HEIGHT = 230, ROW = 14, LABELS = 90; // px: at least so high, and so high a row where there are many

function gridPanel(ctx) {
  const { t } = ctx;
  const canvas = make("canvas", { class: "grid", role: "img" });
  const scale = make("canvas", { class: "scale", "aria-hidden": "true" });
  const root = make("section", { class: "panel alignment" }, make("h4", {}, t("grid_title")), make("div", { class: "grid-room" }, canvas),
    make("div", { class: "scale-line" }, scale, make("span", { class: "quiet" }, t("grid_scale")), make("span", { class: "quiet hint" }, t("grid_hint"))));
  const found = { root, canvas, scale, room: canvas.parentElement, geometry: null, laid: "" };
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return cellAt(found.geometry, event.clientX - box.left, event.clientY - box.top) ?? { row: -1, column: -1 };
  };
  canvas.addEventListener("click", (event) => {
    const { row } = placeOf(event);
    if (row >= 0) ctx.act.step(row);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const { row, column } = placeOf(event);
    canvas.style.cursor = row >= 0 ? "pointer" : "";
    canvas.title = row >= 0 && row <= ctx.state.step && column >= 0 ? cellWords(ctx, row, column) : "";
    ctx.act.point(column);
  });
  canvas.addEventListener("pointerleave", () => ctx.act.point(-1));
  return found;
}

const cellWords = (ctx, row, column) => `${saidNames(ctx)[row]} → ${sourceNames(ctx)[column]}: ${digits(ctx.timeline.weights[row * ctx.timeline.source.length + column], FULL)}`;

// The matrix of the model in view, kept with it: its image is drawn once.
function gridOf(ctx) {
  const { timeline } = ctx;
  timeline.panel ??= {
    values: timeline.weights, rows: timeline.steps, columns: timeline.source.length, kind: "sequential", range: { low: 0, high: 1 },
    rowLabels: saidNames(ctx), columnLabels: sourceNames(ctx),
  };
  return timeline.panel;
}

function showGrid(ctx) {
  const { parts: { grid }, state: { step }, theme, timeline } = ctx;
  const panel = gridOf(ctx);
  const width = Math.max(160, grid.room.clientWidth - 2);
  const laid = `${width}|${themeSignature(theme)}`;
  if (grid.laid !== laid) {
    const room = { width, height: Math.max(GRID_HEIGHT, panel.rows * ROW + LABELS), narrow: false };
    Object.assign(grid, { laid, geometry: plotOf(grid.canvas.getContext("2d"), [panel], room, theme, null) });
  }
  const { geometry } = grid;
  const context = setSize(grid.canvas, geometry.width, geometry.height);
  const [plot] = geometry.plots;
  const own = { panel: 0, row: step, column: ctx.pointed >= 0 ? ctx.pointed : ctx.state.row };
  const past = { ...plot, r1: step + 1, height: plot.cellHeight * (step + 1) };
  context.strokeStyle = theme.border;
  context.strokeRect(plot.x - 0.5, plot.y - 0.5, plot.width + 1, plot.height + 1);
  drawCells(context, past, theme);
  drawValues(context, past, theme);
  drawColumnLabels(context, plot, theme, geometry.size, own);
  drawRowLabels(context, past, theme, geometry.size, own, own);
  context.globalAlpha = 0.38;
  drawRowLabels(context, { ...plot, r0: step + 1, y: plot.y + past.height }, theme, geometry.size, null, null);
  context.globalAlpha = 1;
  drawMark(context, past, own, theme, 1);
  grid.canvas.setAttribute("aria-label", Array.from({ length: step + 1 }, (_, i) => toldAt(ctx, i)).join(" "));
  grid.root.dataset.rows = step + 1;
  if (grid.scale.dataset.theme !== themeSignature(theme)) {
    grid.scale.dataset.theme = themeSignature(theme);
    drawLegend(grid.scale, [panel], theme);
  }
}
