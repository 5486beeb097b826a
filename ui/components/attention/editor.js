// Editing in place: the clicked cell's number, or its whole row, is replaced; the model computes what follows.

// A reader may type −1,5: a minus sign and a decimal comma are understood.
function numberOf(text) {
  const plain = text.trim().replace("−", "-").replace(/^([-+]?\d+),(\d+)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

// The name of the label that says what is wrong with these numbers, or null.
function wrongWith(values) {
  if (values.some((value) => !Number.isFinite(value))) return "edit_not_finite";
  return values.some((value) => Math.abs(value) > LARGEST_EDIT) ? "edit_too_large" : null;
}

function editorOf(ctx, panel, row, column) {
  const { model, state, t } = ctx;
  if (model.pieces || isWhatIf(state.wiring, state)) return note(t(model.pieces ? "edit_not_words" : "edit_not_what_if"));
  const seat = seatOf(model, state, panel.name, row, column);
  const asScore = seat.place.endsWith(".scores");
  // Behind ÷√d_k, mask and softmax stands the score: that is what can be edited.
  const values = asScore ? headOf(model, state.wiring, state.layer, state.head, state).scores : panel.values;
  const current = values[row * panel.columns + column];
  const problem = make("p", { class: "edit-problem", role: "alert", hidden: true });
  const refuse = (name, named) => {
    problem.textContent = t(name, named);
    problem.hidden = false;
  };
  const put = (numbers, from) => {
    const wrong = wrongWith(numbers);
    if (wrong) refuse(wrong, { largest: LARGEST_EDIT.toLocaleString() });
    else ctx.act.edit({ ...seat, column: from, values: numbers });
  };
  const input = make("input", {
    type: "text", inputmode: "decimal", class: "edit-value", autocomplete: "off", "aria-label": t(asScore ? "edit_score" : "edit_number"),
    value: String(fixed(current, 4)),
  });
  const nudge = (event) => {
    const step = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = numberOf(input.value) + (event.shiftKey ? 10 * step : step);
    if (!Number.isFinite(next)) return; // what was typed stays
    input.value = String(fixed(next, 4));
    put([Number(input.value)], seat.column);
  };
  const form = make("form", {
    class: "edit", onkeydown: nudge,
    onsubmit: (event) => { event.preventDefault(); put([numberOf(input.value)], seat.column); },
  },
  make("label", {}, `${t(asScore ? "edit_score" : "edit_number")} `, input),
  make("button", { type: "submit", class: "edit-apply" }, t("edit_apply")));
  const row_ = rowEditor(ctx, panel, seat, values, { put, refuse });
  const edited = isEdited(model, seat)
    ? make("p", { class: "note edited-note" }, t("edited_cell")) : "";
  return make("div", { class: "editor" }, form, row_, problem, edited);
}

// The whole row: typed or pasted, set to zero, turned round, or taken from another token.
function rowEditor(ctx, panel, seat, values, { put, refuse }) {
  const { t, model, state } = ctx;
  const inHead = panel.name === "joined";
  const width = inHead ? model.d_k : panel.columns;
  const first = inHead ? seat.head * model.d_k : 0;
  const read = (row) => Array.from(values.subarray(row * panel.columns + first, row * panel.columns + first + width));
  const own = read(seat.row).map((value) => fixed(value, 5));
  const text = make("textarea", { class: "edit-row", rows: 3, spellcheck: "false", "aria-label": t("edit_row_label") }, own.join(", "));
  const typed = () => text.value.split(/[\s,;]+/).filter(Boolean).map(numberOf);
  const apply = () => {
    const numbers = typed();
    if (numbers.length !== width) refuse("edit_length", { given: numbers.length, wanted: width });
    else put(numbers, 0);
  };
  const quick = (name, make_) => make("button", { type: "button", class: "quiet", onclick: () => put(make_(), 0) }, t(name));
  const others = make("select", {
    "aria-label": t("edit_copy"),
    onchange: (event) => put(read(Number(event.target.value)), 0),
  }, make("option", { value: "" }, t("edit_copy")),
  ...panel.rowLabels.map((label, i) => (i === seat.row ? null : make("option", { value: i }, label))));
  const details = make("details", { class: "edit-more" },
    make("summary", {}, t("edit_row", { count: width })), text,
    make("div", { class: "edit-tools" },
      make("button", { type: "button", class: "edit-row-apply", onclick: apply }, t("edit_apply")),
      quick("edit_zero", () => own.map(() => 0)), quick("edit_negate", () => own.map((value) => -value)),
      others));
  details.open = Boolean(ctx.rowOpen);
  details.addEventListener("toggle", () => { ctx.rowOpen = details.open; });
  return details;
}

// The line that says what is changed, with the way back.
function changesLine(ctx) {
  const { model, state, t } = ctx;
  const waiting = numbersWanted(state) !== numbersMade(ctx.numbers);
  const parts = [];
  if (state.edits.length) parts.push(t("changed_edits", { count: state.edits.length }));
  if (state.off.length) parts.push(t("changed_heads", { count: state.off.length }));
  if (state.random) parts.push(t("changed_random"));
  if (model.made.syllable) parts.push(t("changed_syllable"));
  if (model.pieces) parts.push(t("by_word"));
  const undo = state.edits.length || state.off.length
    ? [make("button", { type: "button", class: "undo", onclick: ctx.act.undo }, t("undo")),
      make("button", { type: "button", class: "undo-all", onclick: ctx.act.undoAll }, t("undo_all"))] : [];
  const recomputed = isChanged(model) || waiting ? t(waiting ? "recomputing" : "recomputed") : "";
  return parts.length ? [make("span", {}, [parts.join(" · "), recomputed].filter(Boolean).join(". ")), ...undo] : [];
}
