// One synchronous paint a change: buttons, words, picture, scale, and the marks that tests and the page read.

function shownPanel({ model, state }) {
  return model.panels.find(({ name }) => name === state.panel) ?? model.panels[0];
}

function asCell(cell) {
  return cell && { panel: 0, row: cell[0], column: cell[1] };
}

function captionOf(ctx) {
  return shownPanel(ctx).caption || ctx.model.labels.caption;
}

function drawPicture(ctx) {
  const { parts, theme, state } = ctx;
  const panel = shownPanel(ctx);
  const box = boxOf(ctx);
  ctx.laidOut = layoutName(box, theme);
  ctx.geometry = plotOf(parts.canvas.getContext("2d"), [panel], box, theme, null);
  const context = setSize(parts.canvas, ctx.geometry.width, ctx.geometry.height);
  drawMatrices(context, ctx.geometry, theme, ctx.lit, asCell(state.cell));
}

// What the geometry depends on besides the panel; another name calls for another paint.
function layoutName(box, theme) {
  return [box.width, Math.round(box.height), box.narrow, theme.size].join("/");
}

function drawWords(ctx) {
  const { model: { labels }, parts, state } = ctx;
  const panel = shownPanel(ctx);
  const caption = captionOf(ctx);
  const ends = extremes(panel.values);
  const { rows, columns } = panel;
  const size = ends
    ? filled(labels.size, { rows, columns, low: fullNumber(ends.low), high: fullNumber(ends.high) })
    : filled(labels.no_number, { rows, columns });
  press(parts.panels, panel.name);
  parts.axes.textContent = axesText(labels);
  parts.caption.textContent = caption;
  parts.canvas.setAttribute("aria-label", [panelTitle(ctx), caption, size, labels.keys_help].filter(Boolean).join(" "));
  if (state.cell) parts.chosen.replaceChildren(...cellNodes(ctx.model, panel, ...state.cell));
  else parts.chosen.replaceChildren();
}

function axesText({ row, column }) {
  return [row && `↓ ${row}`, column && `→ ${column}`].filter(Boolean).join("   ");
}

// The picture's name, with the panel's where there are several.
function panelTitle({ model, state }) {
  const { label } = shownPanel({ model, state });
  return model.panels.length > 1 ? `${model.labels.title} · ${label}.` : `${model.labels.title}.`;
}

function markRoot(ctx) {
  const { parts: { root }, state, theme, model } = ctx;
  const [{ x, y, width, height }] = ctx.geometry.plots;
  Object.assign(root.dataset, {
    panel: shownPanel(ctx).name, cell: state.cell ? state.cell.join(",") : "", digest: model.digest,
    theme: theme.dark ? "dark" : "light", plot: JSON.stringify({ x, y, width, height }),
    range: JSON.stringify(shownPanel(ctx).range),
  });
}

// Everything is drawn before the handler returns, so the next frame shows it.
function paint(ctx, began = performance.now()) {
  const { root } = ctx.parts;
  drawWords(ctx);
  ctx.ticks = drawScale(ctx.parts.legend, shownPanel(ctx), ctx.theme, root.clientWidth);
  drawPicture(ctx);
  markRoot(ctx);
  tellPainted(root, began);
}
