// Numbers changed by hand and heads switched off. The model computes with them; where the browser derives a
// stage by itself, the changed numbers are put over what it derived, at the place where core puts them.

const LARGEST_EDIT = 1e6; // core.changes.LARGEST

// The path of a stage's numbers in the model, as core.changes.Edit names it; null where nothing can be edited.
function placeOf(model, wiring, layer, name) {
  const side = wiring === "self" ? "encoder" : "decoder";
  const attention = `${side}.${layer}.${wiring === "cross" ? "cross" : "self"}`;
  switch (name) {
    case "x": return wiring === "cross" ? `decoder.${layer}.self.normalized` : `${side}.${layer}.x`;
    case "memory": return `encoder.${model.layers - 1}.final`;
    case "scaled": case "masked": case "weights": return `${attention}.scores`;
    case "joined": return `${attention}.context`;
    case "feed_forward": case "final": return `${side}.${layer}.${name}`;
    case "final_residual": return `${side}.${layer}.residual`;
    default: return `${attention}.${name}`;
  }
}

// `head`: null where the stage has none.
function editsAt(model, place, head = null) {
  return model.made.edits.filter((edit) => edit.place === place && edit.head === head);
}

function withEdits(model, place, head, values, width) {
  const edits = editsAt(model, place, head);
  if (!edits.length) return values;
  const out = Float64Array.from(values);
  for (const edit of edits) edit.values.forEach((value, i) => { out[edit.row * width + edit.column + i] = value; });
  return out;
}

function isOff(model, wiring, layer, head) {
  return model.made.off.some(([w, l, h]) => w === wiring && l === layer && h === head);
}

// What `attentionOf` calls at its two stages that a change can reach.
function changesOf(model, wiring, layer, head) {
  return (stage, values, width) => {
    if (stage === "context" && isOff(model, wiring, layer, head)) return new Float64Array(values.length);
    return withEdits(model, placeOf(model, wiring, layer, stage), head, values, width);
  };
}

// Where a cell's number lives: its place in the model, and its head, row and column there.
function seatOf(model, state, panelName, row, column) {
  const place = placeOf(model, state.wiring, state.layer, panelName);
  if (panelName === "joined") {
    return { place, head: Math.floor(column / model.d_k), row, column: column % model.d_k };
  }
  const headed = ["query", "key", "value", "scores", "scaled", "masked", "weights", "context"].includes(panelName);
  return { place, head: headed ? state.head : null, row, column };
}

function covers(edit, seat) {
  return edit.place === seat.place && edit.head === seat.head && edit.row === seat.row
    && edit.column <= seat.column && seat.column < edit.column + edit.values.length;
}

function isEdited(model, seat) {
  return model.made.edits.some((edit) => covers(edit, seat));
}

// The edits with one more: a later one over the same numbers takes the earlier one's place.
function withEdit(edits, edit) {
  const same = (other) => other.place === edit.place && other.head === edit.head && other.row === edit.row
    && other.column >= edit.column && other.column + other.values.length <= edit.column + edit.values.length;
  return [...edits.filter((other) => !same(other)), edit];
}

function withHead(off, wiring, layer, head) {
  const without = off.filter(([w, l, h]) => w !== wiring || l !== layer || h !== head);
  return without.length < off.length ? without : [...off, [wiring, layer, head]];
}

// What of the choices the server has to compute anew, in one form for comparing.
function numbersWanted({ edits, off, random, grain }) {
  return JSON.stringify([edits.map(({ place, head, row, column, values }) => [place, head, row, column, values]),
    off, random, grain === "syllable"]);
}

function numbersMade({ made }) {
  return numbersWanted({ ...made, grain: made.syllable ? "syllable" : "piece" });
}

function isChanged({ made }) {
  return made.edits.length > 0 || made.off.length > 0 || made.random;
}

function fittingEdits(edits) {
  const isEdit = (edit) => edit && typeof edit.place === "string" && (edit.head === null || Number.isInteger(edit.head))
    && Number.isInteger(edit.row) && Number.isInteger(edit.column)
    && Array.isArray(edit.values) && edit.values.length > 0 && edit.values.every(Number.isFinite);
  return Array.isArray(edits) ? edits.filter(isEdit) : [];
}

function fittingOff(off, model) {
  const isHead = (one) => Array.isArray(one) && wiringsOf(model).includes(one[0])
    && one[1] >= 0 && one[1] < model.layers && one[2] >= 0 && one[2] < model.heads;
  return Array.isArray(off) ? off.filter(isHead) : [];
}

// Edited cells keep a dashed outline in every matrix that shows them.
function drawEdits(context, plots, model, state, theme) {
  context.save();
  context.setLineDash([4, 3]);
  context.lineWidth = 2;
  for (const plot of plots) {
    for (const { row, from, to } of editedSpans(model, state, plot.panel)) {
      const c0 = Math.max(from, plot.c0);
      const c1 = Math.min(to, plot.c1);
      if (row < plot.r0 || row >= plot.r1 || c0 >= c1) continue;
      const box = [columnX(plot, c0) + 1, rowY(plot, row) + 1, (c1 - c0) * plot.cellWidth - 2, plot.cellHeight - 2];
      for (const [colour, offset] of [[theme.background, 0], [theme.text, 3.5]]) {
        context.strokeStyle = colour;
        context.lineDashOffset = offset;
        context.strokeRect(...box);
      }
    }
  }
  context.restore();
}

function editedSpans(model, state, panel) {
  if (state.plain) return [];
  const joined = panel.name === "joined";
  const { place, head } = seatOf(model, state, panel.name, 0, 0);
  return model.made.edits
    .filter((edit) => edit.place === place && (joined || edit.head === head))
    .map(({ head: own, row, column, values }) => {
      const from = column + (joined ? own * model.d_k : 0);
      return { row, from, to: from + values.length };
    });
}
