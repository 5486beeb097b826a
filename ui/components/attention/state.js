// What the user has chosen, and how a choice from elsewhere is made to fit this model and this sentence.

const DEFAULT_STATE = {
  wiring: "self", layer: 0, head: 0, stage: "weights", view: "matrix",
  scale: true, mask: true, plain: false, unit: false, all_heads: false, cell: null,
  grain: "piece", random: false, off: [], edits: [],
};
const GRAINS = ["piece", "word", "syllable"];
// A page that is left and opened again finds its picture as it was: {state, restart, sentence} by key.
const REMEMBERED = new Map();

function remember({ model, state }) {
  REMEMBERED.set(model.key, { state: { ...state }, restart: model.restart, sentence: model.sentence });
}

// Where the canvas begins: as it was left if nothing was begun anew meanwhile, else as Python says. A cell is
// one sentence's own.
function firstState(model, mounted) {
  const earlier = mounted ? null : REMEMBERED.get(model.key);
  if (!earlier || earlier.restart !== model.restart) return knownState(model);
  if (earlier.sentence !== model.sentence) return { ...earlier.state, cell: null, edits: [] };
  return earlier.state;
}

// The state that Python takes the canvas to be in before it is told.
function knownState(model) {
  return { ...DEFAULT_STATE, ...model.initial };
}

function whole(value, count) {
  return Number.isInteger(value) ? Math.max(0, Math.min(count - 1, value)) : 0;
}

function fittingState(model, wanted) {
  const given = Object.fromEntries(Object.entries(wanted ?? {}).filter(([name]) => name in DEFAULT_STATE));
  const state = { ...DEFAULT_STATE, ...given };
  if (!wiringsOf(model).includes(state.wiring)) [state.wiring] = wiringsOf(model);
  if (!VIEWS.includes(state.view)) state.view = DEFAULT_STATE.view;
  if (!STAGES.includes(state.stage)) state.stage = DEFAULT_STATE.stage;
  if (!GRAINS.includes(state.grain)) state.grain = DEFAULT_STATE.grain;
  if (state.grain === "syllable" && !model.made.syllables_fit) state.grain = DEFAULT_STATE.grain;
  for (const name of ["scale", "mask", "plain", "unit", "all_heads", "random"]) {
    if (typeof state[name] !== "boolean") state[name] = DEFAULT_STATE[name];
  }
  state.layer = whole(state.layer, model.layers);
  state.head = whole(state.head, model.heads);
  state.edits = fittingEdits(state.edits);
  state.off = fittingOff(state.off, model);
  if (state.plain && state.grain === "word") state.grain = "piece"; // vectors have no words
  if (state.plain && state.view === "heads") state.view = "matrix";
  if (state.grain === "word") {
    state.stage = "weights";
    if (state.view === "products") state.view = "matrix";
  }
  if (whyNot(model, state.stage, state)) {
    state.stage = isWhatIf(state.wiring, state) ? "context" : "normalized";
  }
  if (!Array.isArray(state.cell) || state.cell.length !== 3 || !state.cell.every(Number.isInteger)) state.cell = null;
  return state;
}

// The cells of the picture are queries by keys in these cases; then a cell keeps its meaning between them.
function showsQueriesByKeys(state) {
  return state.view !== "matrix" || SCORE_STAGES.includes(state.stage);
}

function cellFits(ctx) {
  const { model, state, panels } = ctx;
  const [index, row, column] = state.cell;
  if (index < 0 || row < 0 || column < 0) return false;
  if (state.view === "matrix") {
    return index < panels.length && row < panels[index].rows && column < panels[index].columns;
  }
  const tokens = tokensOf(model, state.wiring);
  return index === 0 && row < tokens.query.length && column < tokens.key.length;
}

// The chosen cell as the painter wants it. In the q×k view the rows are keys.
function chosenCell(state) {
  if (!state.cell) return null;
  const [panel, row, column] = state.cell;
  return state.view === "products" ? { panel: 0, row: column, column: -1 } : { panel, row, column };
}

function limited(value, count) {
  return Math.max(0, Math.min(count - 1, value));
}

// The cell that an arrow key leads to.
function movedCell(ctx, down, over) {
  const { model, state, panels } = ctx;
  if (!state.cell) return [0, 0, 0];
  let [index, row, column] = state.cell;
  if (state.view !== "matrix") {
    const tokens = tokensOf(model, state.wiring);
    // In the q×k view, down is the next key, and to the right is the next query.
    if (state.view === "products") [down, over] = [over, down];
    return [0, limited(row + down, tokens.query.length), limited(column + over, tokens.key.length)];
  }
  column += over;
  // Over the edge of Q lies K, and over the edge of K lies V.
  if (column < 0 && index > 0) {
    index -= 1;
    column = panels[index].columns - 1;
  } else if (column >= panels[index].columns && index < panels.length - 1) {
    index += 1;
    column = 0;
  }
  return [index, limited(row + down, panels[index].rows), limited(column, panels[index].columns)];
}
