// What a click, a key or a button does. True means that it was used.

const SEND_AFTER = 350; // ms of quiet before the state goes to the server
// A picture that is left and opened again is found as it was: {state, restart} by key.
const REMEMBERED = new Map();

function fittingState(model, wanted) {
  const panel = model.panels.find(({ name }) => name === wanted?.panel) ?? model.panels[0];
  const [row, column] = Array.isArray(wanted?.cell) ? wanted.cell : [];
  const inside = Number.isInteger(row) && Number.isInteger(column)
    && row >= 0 && row < panel.rows && column >= 0 && column < panel.columns;
  return { panel: panel.name, cell: inside ? [row, column] : null };
}

// `began` is when the change began, for the measurement; the state goes to Python only where it is asked for.
function change(ctx, changes, began = performance.now()) {
  ctx.state = fittingState(ctx.model, { ...ctx.state, ...changes });
  ctx.lit = null;
  ctx.parts.tip.hidden = true;
  paint(ctx, began);
  remember(ctx);
  if (ctx.model.report) ctx.teller.tell({ ...ctx.state, restart: ctx.model.restart });
  return true;
}

function remember({ model, state }) {
  REMEMBERED.set(model.key, { state, restart: model.restart });
}

function movedCell(ctx, down, over) {
  const { rows, columns } = shownPanel(ctx);
  if (!ctx.state.cell) return [0, 0];
  const limited = (value, count) => Math.max(0, Math.min(count - 1, value));
  return [limited(ctx.state.cell[0] + down, rows), limited(ctx.state.cell[1] + over, columns)];
}

// The picture as it is saved: the matrix, and below it the scale.
function sheetOf({ parts: { canvas, legend } }) {
  const sheet = document.createElement("canvas");
  const gap = Math.round(12 * (window.devicePixelRatio || 1));
  sheet.width = Math.max(canvas.width, legend.width);
  sheet.height = canvas.height + gap + legend.height;
  const context = sheet.getContext("2d");
  context.drawImage(canvas, 0, 0);
  context.drawImage(legend, 0, canvas.height + gap);
  return sheet;
}

function actionsOf(ctx) {
  const named = (ending) => safeFileName([panelTitle(ctx).replace(/\.$/, "")], ending);
  return {
    panel: (panel) => change(ctx, { panel }),
    stepPanel(delta) {
      const { panels } = ctx.model;
      const next = panels[panels.indexOf(shownPanel(ctx)) + delta];
      return next ? change(ctx, { panel: next.name }) : false;
    },
    hover(point, event) {
      const at = point && ctx.geometry ? cellAt(ctx.geometry, point.x, point.y) : null;
      const found = at && at.row >= 0 && at.column >= 0 ? at : null;
      if (JSON.stringify(found) !== JSON.stringify(ctx.lit)) {
        ctx.lit = found;
        drawPicture(ctx);
        ctx.parts.tip.hidden = !found;
        if (found) ctx.parts.tip.replaceChildren(...cellNodes(ctx.model, shownPanel(ctx), found.row, found.column));
      }
      if (!found) return;
      const box = ctx.parts.root.getBoundingClientRect();
      placeTip(ctx.parts, event.clientX - box.left, event.clientY - box.top);
    },
    pick(point) {
      const found = cellAt(ctx.geometry, point.x, point.y);
      if (!found || found.row < 0 || found.column < 0) return;
      const again = ctx.state.cell && ctx.state.cell[0] === found.row && ctx.state.cell[1] === found.column;
      change(ctx, { cell: again ? null : [found.row, found.column] });
    },
    moveCell: (down, over) => change(ctx, { cell: movedCell(ctx, down, over) }),
    close: () => (ctx.state.cell ? change(ctx, { cell: null }) : false),
    async png() {
      const words = [panelTitle(ctx), captionOf(ctx), axesText(ctx.model.labels)];
      saveBlob(await pngOfCanvas(sheetOf(ctx), ctx.theme, words), named("png"));
    },
    csv() {
      saveBlob(csvBlob([matrixTable({ ...shownPanel(ctx), title: panelTitle(ctx).replace(/\.$/, "") })]), named("csv"));
    },
  };
}
