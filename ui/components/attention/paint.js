// One synchronous paint a change: controls, words, picture, panel, and the marks that tests and the page read.

function currentPanels(ctx) {
  const { model, state } = ctx;
  if (state.view === "products") return [productsPanel(model, state, ctx.queryRow())];
  const shown = state.view === "matrix" ? state : { ...state, stage: "weights" };
  return panelsOf(model, shown).map((panel) =>
    ({ ...panel, title: panel.title ? model.labels[panel.title] ?? panel.title : "" }));
}

// What the picture's geometry depends on besides the state; another name calls for another paint.
function layoutName(box, theme) {
  return [box.width, Math.round(box.height), box.narrow, theme.size].join("/");
}

function drawPicture(ctx) {
  const { model, state, theme, parts } = ctx;
  const box = boxOf(parts.root, parts.plot, theme);
  ctx.laidOut = layoutName(box, theme);
  // A long list of lines or layers scrolls within the picture's own box.
  parts.plot.style.maxHeight = box.narrow ? "" : `${box.height + 6}px`;
  if (state.view === "heads") {
    ctx.geometry = overviewGeometry(model, box, theme);
    const context = setSize(parts.canvas, ctx.geometry.width, ctx.geometry.height);
    drawOverview(context, ctx.geometry, model, state, theme, ctx.lit);
  } else if (state.view === "lines") drawLineView(ctx, box);
  else drawMatrixView(ctx, box);
}

function drawLineView(ctx, box) {
  const { model, state, theme, parts } = ctx;
  const tokens = tokensOf(model, state.wiring);
  ctx.geometry = linesGeometry(parts.canvas.getContext("2d"), tokens, box, theme);
  const heads = drawnHeads(ctx).map(({ head, colour }) =>
    ({ colour, weights: headOf(model, state.wiring, state.layer, head, state).weights }));
  const context = setSize(parts.canvas, ctx.geometry.width, ctx.geometry.height);
  drawLines(context, ctx.geometry, heads, theme, ctx.lit ?? chosenCell(state), [ctx.t("query"), ctx.t("key")]);
}

function drawnHeads(ctx) {
  const { model, state, theme } = ctx;
  if (!state.all_heads || state.plain) return [{ head: state.head, colour: theme.accent }];
  return Array.from({ length: model.heads }, (_, head) => ({ head, colour: HEAD_COLOURS[head % HEAD_COLOURS.length] }));
}

function drawMatrixView(ctx, box) {
  const { model, state, theme, parts } = ctx;
  const products = state.view === "products";
  const right = products ? SUM_WIDTH : 0;
  const room = { ...box, width: box.width - right };
  ctx.geometry = plotOf(parts.canvas.getContext("2d"), ctx.panels, room, theme, ctx.zoom);
  const context = setSize(parts.canvas, ctx.geometry.width + right, ctx.geometry.height);
  drawMatrices(context, ctx.geometry, theme, ctx.lit, chosenCell(state));
  if (!products) {
    drawEdits(context, ctx.geometry.plots, model, state, theme);
    return;
  }
  const one = headOf(model, state.wiring, state.layer, state.head, state);
  drawSums(context, ctx.geometry.plots[0], one, ctx.queryRow(), theme, ctx.geometry.size, ctx.t("sum"));
}

function drawFoot(ctx) {
  const { state, parts, theme, panels, zoom } = ctx;
  const matrices = state.view === "matrix" || state.view === "products";
  parts.legend.hidden = !matrices;
  if (matrices) drawLegend(parts.legend, panels, theme);
  const coloured = state.view === "lines" ? drawnHeads(ctx) : [];
  parts.headColours.replaceChildren(...(coloured.length > 1 ? coloured : []).map(({ head, colour }) => {
    const chip = make("span", { class: "chip" }, String(head + 1));
    chip.style.borderColor = colour;
    return chip;
  }));
  parts.zoomed.textContent = zoom
    ? ctx.t("zoomed", { r0: zoom.r0 + 1, r1: Math.min(zoom.r1, panels[0].rows), rows: panels[0].rows })
    : "";
}

function drawPanel(ctx) {
  const { state, parts } = ctx;
  const nodes = [];
  ctx.fetches += 1;
  const shown = ctx.open && state.cell && state.view !== "heads";
  parts.root.dataset.arithmetic = shown ? "ready" : "closed";
  // The panel is as tall as the picture beside it, and scrolls within itself.
  parts.panel.style.maxHeight = isNarrow(parts.root) ? "" : `${parts.picture.offsetHeight}px`;
  if (shown) nodes.push(arithmeticSection(ctx));
  if (state.plain) nodes.push(beforeAndAfter(ctx, ctx.queryRow()));
  if (!shown && !state.plain) nodes.push(explanation(ctx));
  if (!shown && !state.plain && state.view !== "heads") nodes.push(strongestList(ctx, ctx.act.strongest));
  const same = shown && parts.panel.dataset.cell === `${state.stage}/${state.cell}`;
  const scrolled = parts.panel.scrollTop;
  parts.panel.replaceChildren(...nodes);
  parts.panel.scrollTop = same ? scrolled : 0;
  parts.panel.dataset.cell = shown ? `${state.stage}/${state.cell}` : "";
  focusAgain(ctx);
}

function arithmeticSection(ctx) {
  const { model, state, t } = ctx;
  const [index, row, column] = state.cell;
  const stage = state.view === "products" ? "scores" : "weights";
  const panel = state.view === "matrix" ? ctx.panels[index] : panelsOf(model, { ...state, stage })[0];
  const value = panel.values[row * panel.columns + column];
  return make("section", { class: "arithmetic", "data-stage": panel.name },
    make("h3", { class: "cell-name" }, ...cellWords(ctx, panel, row, column), " ",
      make("span", { class: "cell-value" }, digits(value))),
    make("button", { type: "button", class: "quiet close", "aria-label": t("close"), title: t("close"), onclick: ctx.act.close }, "×"),
    editorOf(ctx, panel, row, column),
    ...(model.pieces ? wordLines(ctx, row, column) : arithmeticOf(ctx, panel, row, column)));
}

// After an edit the field that was typed into has the focus again, though it is a new one.
function focusAgain(ctx) {
  if (!ctx.refocus) return;
  ctx.refocus = numbersWanted(ctx.state) !== numbersMade(ctx.numbers); // once more when the numbers have come
  const field = ctx.parts.panel.querySelector(".edit-value");
  field?.focus({ preventScroll: true });
  field?.select();
}

function drawWords(ctx) {
  const { model, state, parts, t } = ctx;
  const caption = captionOf(ctx);
  const whatIf = isWhatIf(state.wiring, state);
  parts.formula.textContent = state.view === "matrix" ? formulaOf(model, state, t) : caption;
  parts.wiringLine.textContent = wiringLine(ctx);
  parts.whatIf.hidden = !whatIf;
  parts.whatIf.textContent = whatIf ? t("what_if") : "";
  const changes = changesLine(ctx);
  parts.changes.hidden = !changes.length;
  parts.wiringLine.hidden = changes.length > 0; // one line at a time: each takes height from the picture
  parts.changes.replaceChildren(...changes);
  parts.entropy.replaceChildren(...entropyNodes(ctx));
  parts.caption.textContent = caption;
  parts.canvas.setAttribute("aria-label", `${caption}. ${t("keys_help")}`);
  parts.summary.replaceChildren(...summaryNodes(ctx));
}

function drawThumbs(ctx) {
  const { model, state, theme } = ctx;
  const side = thumbSide(ctx.parts, theme, model.heads);
  const now = [model.digest, state.wiring, state.layer, state.scale, state.mask, state.grain, theme.dark, side].join("/");
  if (now === ctx.thumbsShown) return;
  ctx.thumbsShown = now;
  paintThumbnails(ctx.controls, ctx, side);
}

function markRoot(ctx) {
  const { model, state, theme, zoom } = ctx;
  const { dataset } = ctx.parts.root;
  for (const name of ["stage", "wiring", "view", "layer", "head", "grain", "random"]) dataset[name] = state[name];
  dataset.edits = state.edits.length;
  dataset.off = state.off.map((one) => one.join("-")).join(" ");
  dataset.pending = String(numbersWanted(state) !== numbersMade(ctx.numbers));
  dataset.whatIf = String(isWhatIf(state.wiring, state));
  dataset.cell = state.cell ? state.cell.join(",") : "";
  dataset.zoom = zoom ? [zoom.r0, zoom.r1, zoom.c0, zoom.c1].join(",") : "";
  // Where the matrices stand in the canvas (CSS px) and which cells they show: for tests and for the benchmark.
  dataset.plots = JSON.stringify((ctx.geometry.plots ?? []).map(({ x, y, width, height, r0, r1, c0, c1 }) =>
    ({ x, y, width, height, r0, r1, c0, c1 })));
  dataset.digest = model.digest;
  dataset.theme = theme.dark ? "dark" : "light";
}

// Everything is drawn before the handler returns, so the next frame shows it.
function paint(ctx, began = performance.now(), { panel = true } = {}) {
  const { root } = ctx.parts;
  ctx.panels = currentPanels(ctx);
  if (ctx.state.cell && !cellFits(ctx)) {
    ctx.state.cell = null;
    ctx.panels = currentPanels(ctx);
  }
  updateControls(ctx.controls, ctx);
  drawWords(ctx);
  // The thumbnails' column takes its width from them, and the picture gets what is left.
  drawThumbs(ctx);
  drawPicture(ctx);
  drawFoot(ctx);
  if (panel) drawPanel(ctx);
  markRoot(ctx);
  tellPainted(root, began);
}
