// A vector or a row of a matrix as one line of text: typed, pasted, or moved number by number with the arrow keys.

const NUDGE = 0.1;

// Names such as "h", "states1", "concat0": what of the numbers a field holds.
function placeIn(id) {
  const [, name, index] = id.match(/^([a-z]+)(\d*)$/);
  return { name, index: index === "" ? null : Number(index) };
}

function valuesAt(numbers, id) {
  const { name, index } = placeIn(id);
  return index === null ? numbers[name] : numbers[name][index];
}

function fieldOf(ctx, id, words) {
  const input = make("input", {
    type: "text", class: "vector", "data-field": id, "aria-label": words, title: ctx.t("field_help"), inputmode: "text",
    autocomplete: "off", spellcheck: "false",
    oninput: () => readField(ctx, id, { typing: true }),
    onchange: () => readField(ctx, id),
    onkeydown: (event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") nudge(ctx, id, event);
      else if (event.key === "Enter") readField(ctx, id);
    },
    onblur: () => { ctx.typing = ""; },
  });
  ctx.fields.set(id, input);
  return input;
}

// What cannot be read stays in its field, and the picture stays as it was.
function readField(ctx, id, { typing = false } = {}) {
  const input = ctx.fields.get(id);
  const before = valuesAt(ctx.state, id);
  const read = readVector(input.value, before.length, ctx.model.limits.largest);
  clearTimeout(ctx.complaining);
  if (read.wrong) {
    ctx.wrong.set(id, { ...read, name: input.getAttribute("aria-label") });
    // While somebody types, half a number is no mistake yet.
    if (typing) ctx.complaining = setTimeout(() => complain(ctx), 600);
    else complain(ctx);
    return;
  }
  ctx.wrong.delete(id);
  complain(ctx);
  if (JSON.stringify(read.values) !== JSON.stringify(before)) ctx.act.put(id, read.values, { merge: ctx.typing === id });
  if (typing) ctx.typing = id;
}

function complain(ctx) {
  const last = Array.from(ctx.wrong.values()).at(-1);
  const { problem } = ctx.parts;
  for (const [id, input] of ctx.fields) input.setAttribute("aria-invalid", String(ctx.wrong.has(id)));
  problem.textContent = last ? ctx.t("wrong", { name: last.name, what: ctx.t(last.wrong, last.named) }) : ctx.refused ?? "";
  problem.hidden = !problem.textContent;
}

// The number at the caret goes up or down; Shift takes ten times the step.
function nudge(ctx, id, event) {
  const input = ctx.fields.get(id);
  const read = readVector(input.value, valuesAt(ctx.state, id).length, ctx.model.limits.largest);
  if (read.wrong) return; // what was typed stays
  event.preventDefault();
  const caret = input.selectionStart ?? 0;
  const at = Math.min(read.values.length - 1, wordsOf(`${input.value.slice(0, caret)}|`, 0).length - 1);
  const step = (event.key === "ArrowUp" ? NUDGE : -NUDGE) * (event.shiftKey ? 10 : 1);
  const { largest } = ctx.model.limits;
  const values = read.values.map((value, i) => (i === at ? Math.max(-largest, Math.min(largest, fixedTo(value + step, 6))) : value));
  input.value = vectorText(values);
  const place = vectorText(values.slice(0, at + 1)).length;
  input.setSelectionRange(place, place);
  readField(ctx, id, { typing: true });
}

// A field that is being typed in, or holds what cannot be read, is left alone.
function fillFields(ctx) {
  for (const [id, input] of ctx.fields) {
    if (ctx.wrong.has(id) || (ctx.typing === id && input.matches(":focus"))) continue;
    input.value = vectorText(valuesAt(ctx.state, id));
  }
}
