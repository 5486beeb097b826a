// What a click, a key or a switch does. Each action changes the state and paints; true means it was used.

const SEND_AFTER = 350; // ms of quiet before the state goes to the server

// The state says which beginning it belongs to: Python must not take an old one for a new one's.
function toldState(ctx, state) {
  return { ...state, restart: ctx.model.restart, sentence: ctx.model.sentence };
}

function report(ctx, wait = SEND_AFTER) {
  remember(ctx);
  ctx.teller.tell(toldState(ctx, ctx.state), wait);
}

function change(ctx, changes, began = performance.now()) {
  const before = ctx.state;
  ctx.state = fittingState(ctx.numbers, { ...before, ...changes });
  const { state } = ctx;
  useGrain(ctx);
  if (before.grain !== state.grain) {
    state.cell = null;
    ctx.zoom = null;
  }
  const names = ["stage", "view", "wiring", "plain", "grain"];
  if (names.some((name) => before[name] !== state[name])) {
    const same = showsQueriesByKeys(before) && showsQueriesByKeys(state) && before.wiring === state.wiring;
    if (!same && !("cell" in changes)) state.cell = null;
    if (!same || before.view !== state.view) ctx.zoom = null;
    ctx.lit = null;
    ctx.parts.tip.hidden = true;
  }
  paint(ctx, began);
  // New numbers are the server's to compute: it is told at once.
  report(ctx, numbersWanted(before) === numbersWanted(state) ? SEND_AFTER : 0);
  return true;
}

// Edits and heads can be taken back step by step.
function changeNumbers(ctx, changes) {
  ctx.undone.push({ edits: ctx.state.edits, off: ctx.state.off });
  return change(ctx, changes);
}

function under(ctx, point) {
  const { state, geometry, model } = ctx;
  if (!point || !geometry) return null;
  if (state.view === "heads") return headAt(geometry, model, point.x, point.y);
  if (state.view === "lines") return tokenAt(geometry, point.x, point.y);
  return cellAt(geometry, point.x, point.y);
}

function tipNodes(ctx, found) {
  const { state, panels, t } = ctx;
  if (state.view === "heads") {
    return [t("layer_number", { layer: found.layer + 1 }), " · ", t("head_number", { head: found.head + 1 })];
  }
  const panel = panels[found.panel];
  if (found.row < 0 || found.column < 0) {
    const labels = found.row >= 0 ? panel.rowLabels : panel.columnLabels;
    return [tokenText(labels[Math.max(found.row, found.column)])];
  }
  const value = panel.values[found.row * panel.columns + found.column];
  return [...cellWords(ctx, panel, found.row, found.column), make("strong", { class: "tip-value" }, ` ${digits(value)}`)];
}

function moveTip(ctx, event) {
  const box = ctx.parts.root.getBoundingClientRect();
  placeTip(ctx.parts, event.clientX - box.left, event.clientY - box.top);
}

// A token of the line view is chosen together with its strongest partner.
function withPartner(ctx, found) {
  const { model, state } = ctx;
  const { weights, columns, rows } = headOf(model, state.wiring, state.layer, state.head, state);
  const at = (i, j) => weights[i * columns + j];
  let { row, column } = found;
  if (column < 0) {
    column = 0;
    for (let j = 1; j < columns; j++) if (at(row, j) > at(row, column)) column = j;
  } else {
    row = 0;
    for (let i = 1; i < rows; i++) if (at(i, column) > at(row, column)) row = i;
  }
  return [0, row, column];
}

function pickedCell(ctx, found) {
  if (ctx.state.view === "lines") return withPartner(ctx, found);
  if (ctx.state.view === "products") return found.row < 0 ? null : [0, ctx.queryRow(), found.row];
  return found.row < 0 || found.column < 0 ? null : [found.panel, found.row, found.column];
}

function zoomTo(ctx, zoom) {
  ctx.zoom = zoom;
  ctx.lit = null;
  ctx.parts.tip.hidden = true;
  paint(ctx, performance.now(), { panel: false });
  return true;
}

function sayCell(ctx) {
  const { model, state } = ctx;
  const [index, row, column] = state.cell;
  const panel = state.view === "matrix" ? ctx.panels[index] : panelsOf(model, { ...state, stage: "weights" })[0];
  const value = panel.values[row * panel.columns + column];
  ctx.parts.live.replaceChildren(...cellWords(ctx, panel, row, column), ` ${digits(value)}`);
}

function actionsOf(ctx) {
  const zooms = () => ctx.state.view === "matrix" || ctx.state.view === "products";
  const act = {
    stage: (stage) => (whyNot(ctx.model, stage, ctx.state) ? false : change(ctx, { stage, view: "matrix" })),
    edit(edit) {
      ctx.refocus = true;
      return changeNumbers(ctx, { edits: withEdit(ctx.state.edits, edit) });
    },
    switchHead() {
      const { wiring, layer, head, off } = ctx.state;
      return !ctx.state.plain && changeNumbers(ctx, { off: withHead(off, wiring, layer, head) });
    },
    switchLayer() {
      const { wiring, layer, off } = ctx.state;
      if (ctx.state.plain) return false;
      const others = off.filter(([w, l]) => w !== wiring || l !== layer);
      const all = Array.from({ length: ctx.model.heads }, (_, head) => [wiring, layer, head]);
      const allOff = off.length - others.length === all.length;
      return changeNumbers(ctx, { off: allOff ? others : [...others, ...all] });
    },
    undo() {
      const { edits, off } = ctx.state;
      const earlier = ctx.undone.pop() ?? (edits.length ? { edits: edits.slice(0, -1), off } : { edits, off: off.slice(0, -1) });
      return change(ctx, earlier);
    },
    undoAll: () => changeNumbers(ctx, { edits: [], off: [] }),
    grain: (grain) => change(ctx, { grain, ...(grain === "word" ? { plain: false } : {}) }),
    wiring: (wiring) => change(ctx, { wiring }),
    view: (view) => (view === "heads" && ctx.state.plain ? false : change(ctx, { view })),
    layer: (layer) => change(ctx, { layer }),
    head: (head) => (ctx.state.plain ? false : change(ctx, { head })),
    query: (row) => change(ctx, { cell: [0, row, ctx.state.cell ? ctx.state.cell[2] : 0] }),
    toggle(name) {
      if (name === "mask" && ctx.state.wiring !== "causal") return false;
      if (name === "all_heads" && ctx.state.plain) return false;
      if (name === "unit" && !ctx.state.plain) return false;
      return change(ctx, { [name]: !ctx.state[name] });
    },
    strongest(row, column) {
      ctx.open = true;
      const there = showsQueriesByKeys(ctx.state) ? {} : { stage: "weights" };
      return change(ctx, { ...there, cell: [0, row, column] });
    },
    stepStage(delta) {
      const stages = openStages(ctx.model, ctx.state);
      const next = stages[stages.indexOf(ctx.state.stage) + delta];
      if (next) change(ctx, { stage: next, view: "matrix" });
      return true;
    },
    stepHead(delta) {
      act.head((ctx.state.head + delta + ctx.model.heads) % ctx.model.heads);
      return true;
    },
    stepLayer: (delta) => change(ctx, { layer: (ctx.state.layer + delta + ctx.model.layers) % ctx.model.layers }),
    hover(point, event) {
      const found = under(ctx, point);
      if (JSON.stringify(found) !== JSON.stringify(ctx.lit)) {
        ctx.lit = found;
        drawPicture(ctx);
        ctx.parts.tip.hidden = !found;
        if (found) ctx.parts.tip.replaceChildren(...tipNodes(ctx, found));
      }
      if (found) moveTip(ctx, event);
    },
    pick(point) {
      const found = under(ctx, point);
      if (!found) return;
      if (ctx.state.view === "heads") {
        change(ctx, { layer: found.layer, head: found.head, view: "matrix" });
        return;
      }
      const cell = pickedCell(ctx, found);
      if (!cell) return;
      ctx.open = true;
      change(ctx, { cell });
    },
    moveCell(down, over) {
      if (ctx.state.view === "heads") return false;
      const began = performance.now();
      const cell = movedCell(ctx, down, over);
      if (ctx.state.view === "matrix") ctx.zoom = zoomHolding(ctx.panels[cell[0]], ctx.zoom, cell[1], cell[2]);
      change(ctx, { cell }, began);
      sayCell(ctx);
      return true;
    },
    openCell() {
      if (ctx.state.view === "heads") return false;
      ctx.open = true;
      if (!ctx.state.cell) return act.moveCell(0, 0);
      paint(ctx);
      return true;
    },
    close() {
      if (ctx.open && ctx.state.cell) {
        ctx.open = false;
        paint(ctx);
        return true;
      }
      if (ctx.zoom) return zoomTo(ctx, null);
      return ctx.state.cell ? change(ctx, { cell: null }) : false;
    },
    zoom(closer) {
      if (!zooms()) return false;
      if (!closer) return zoomTo(ctx, null);
      const cell = chosenCell(ctx.state) ?? ctx.lit ?? { panel: 0, row: -1, column: -1 };
      const panel = ctx.panels[cell.panel];
      const shown = windowOf(panel, ctx.zoom);
      const row = cell.row < 0 ? Math.floor((shown.r0 + shown.r1) / 2) : cell.row;
      const column = cell.column < 0 ? Math.floor((shown.c0 + shown.c1) / 2) : cell.column;
      return zoomTo(ctx, zoomedAround(panel, ctx.zoom, row, column));
    },
    zoomAt(point) {
      const found = zooms() && under(ctx, point);
      if (!found || found.row < 0 || found.column < 0) return;
      zoomTo(ctx, zoomedAround(ctx.panels[found.panel], ctx.zoom, found.row, found.column));
    },
    png() {
      const { parts } = ctx;
      const lines = [parts.caption, parts.formula, parts.whatIf, parts.entropy].filter((part) => !part.hidden);
      const words = [...new Set(lines.map((part) => part.textContent))];
      pngOfCanvas(parts.canvas, ctx.theme, words).then((blob) => saveBlob(blob, fileName(ctx, "png")));
    },
    csv() {
      saveBlob(ctx.state.view === "heads" ? overviewCsv(ctx) : shownCsv(ctx), fileName(ctx, "csv"));
    },
  };
  return act;
}
