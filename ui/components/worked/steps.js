// The steps from the states to the context: one row a state, one column a step.

const LOW_DIGITS = "₀₁₂₃₄₅₆₇₈₉";
const low = (number) => Array.from(String(number), (digit) => LOW_DIGITS[digit]).join("");
const stateName = (i) => `s${low(i + 1)}`;
const power = (score) => ["e", make("sup", {}, short(score))];

function stepsOf(ctx) {
  const { t, state } = ctx;
  const head = (stage, formula) => make("button", {
    type: "button", class: "head", "data-stage": stage, title: t("light_step"), onclick: () => ctx.act.stage(stage),
  }, make("b", {}, `${stage} ${t(`stage_${stage}`)}`), make("span", { class: "formula" }, formula));
  const rows = state.states.map((_, i) => [
    make("div", { class: `cell own tint-${i}`, "data-i": i },
      make("label", { class: "name" }, make("span", { class: "of" }, stateName(i)), fieldOf(ctx, `states${i}`, t("state", { name: stateName(i) }))),
      make("button", { type: "button", class: "remove", "data-unsaved": true, title: t("remove", { name: stateName(i) }), "aria-label": t("remove", { name: stateName(i) }), onclick: () => ctx.act.remove(i) }, "×")),
    ...["score", "weight", "part"].map((part, p) => make("div", { class: "cell", "data-part": part, "data-stage": p + 1, "data-i": i })),
  ]);
  const add = make("button", { type: "button", class: "add", "data-unsaved": true, onclick: () => ctx.act.add() }, t("add"));
  const scoreHead = head(1, "");
  return make("div", { class: "steps", role: "group", "aria-label": t("steps") },
    make("div", { class: "cell own query" }, make("label", { class: "name" }, make("span", { class: "of" }, "h"), fieldOf(ctx, "h", t("query")))),
    scoreHead, head(2, "α = softmax"), head(3, "α·s"),
    ...rows.flat(),
    make("div", { class: "cell own" }, add),
    make("div", { class: "cell foot", "data-part": "note", "data-stage": 1 }),
    make("div", { class: "cell foot", "data-part": "total", "data-stage": 2 }),
    make("div", { class: "cell foot", "data-part": "context", "data-stage": 4 }));
}

function cellsOf(ctx, part) {
  return ctx.parts.steps.querySelectorAll(`[data-part="${part}"]`);
}

function fillSteps(ctx, result) {
  const { state, t } = ctx;
  ctx.parts.steps.querySelector('.head[data-stage="1"] .formula').textContent = t(`formula_${state.score}`);
  cellsOf(ctx, "score").forEach((cell, i) => cell.replaceChildren(...scoreLines(ctx, state.states[i], i)));
  cellsOf(ctx, "weight").forEach((cell, i) => cell.replaceChildren(weightLine(ctx, result, i), barOf(result.weights[i], i)));
  cellsOf(ctx, "part").forEach((cell, i) => cell.replaceChildren(partLine(ctx, result, i)));
  cellsOf(ctx, "note")[0].replaceChildren(...notesOf(ctx, result).map((words) => make("p", { class: "said" }, words)));
  cellsOf(ctx, "total")[0].replaceChildren(...totalLines(ctx, result));
  cellsOf(ctx, "context")[0].replaceChildren(...contextLines(ctx, result));
}

function scoreLines(ctx, s, i) {
  const { state } = ctx;
  const { mixed, bent } = innerSteps(state.score, state, s);
  if (state.score === "concat") {
    return [matrixLine(ctx, `W[h; ${stateName(i)}]`, state.concat, [...state.h, ...s]), tanhLine(ctx, "", mixed), innerLine(ctx, state.v, bent)];
  }
  if (state.score === "general" && !isIdentity(state.general)) {
    return [matrixLine(ctx, `W${stateName(i)}`, state.general, s), innerLine(ctx, state.h, mixed)];
  }
  return [innerLine(ctx, state.h, s)];
}

// With two states the whole fraction is written, with more of them its lower half stands once below.
function weightLine(ctx, { scores, weights }, i) {
  const given = softmaxOf(rounded(scores, OPERAND))[i];
  const under = scores.length <= 2 ? ["(", ...plus(scores.map(power)), ")"] : ["Σ"];
  return line("share", ...power(scores[i]), " ÷ ", ...under, ...resultOf(ctx, given, weights[i], SHARE, full));
}

const plus = (lists) => lists.flatMap((nodes, i) => [i ? " + " : "", ...nodes]);

function barOf(weight, i) {
  const bar = make("i", { class: `tint-${i}` });
  bar.style.width = `${100 * weight}%`;
  return make("span", { class: "track", "aria-hidden": "true" }, bar);
}

function partLine(ctx, { weights, parts }, i) {
  const s = ctx.state.states[i];
  const share = fixedTo(weights[i], SHARE);
  const given = rounded(s, OPERAND).map((value) => share * value);
  return line("weighted", `${full(weights[i])} × ${tuple(s, (value) => short(value))}`, ...resultOf(ctx, given, parts[i], SHARE, full));
}

function totalLines(ctx, { scores, weights }) {
  const given = rounded(weights, SHARE).reduce((a, b) => a + b, 0);
  const lines = [];
  if (scores.length > 2) lines.push(line("under", "Σ = ", ...plus(scores.map(power))));
  if (scores.length > 1) lines.push(line("sum", weights.map(full).join(" + "), ...resultOf(ctx, given, 1, SHARE, full)));
  return lines;
}

function contextLines(ctx, { parts, context }) {
  const given = context.map((_, d) => parts.reduce((sum, part) => sum + fixedTo(part[d], SHARE), 0));
  return [
    make("button", { type: "button", class: "head", "data-stage": 4, title: ctx.t("light_step"), onclick: () => ctx.act.stage(4) },
      make("b", {}, `4 ${ctx.t("stage_4")}`), make("span", { class: "formula" }, "c = Σ α·s")),
    line("sum", `${parts.map((part) => tuple(part)).join(" + ")}`, ...resultOf(ctx, given, context, SHARE, full)),
  ];
}

// What is special about these vectors, in a sentence each.
function notesOf(ctx, { scores }) {
  const { state, t } = ctx;
  const zero = (vector) => vector.every((value) => value === 0);
  const notes = [];
  if (state.states.length === 1) notes.push(t("note_one"));
  else if (zero(state.h) && state.score !== "concat") notes.push(t("note_zero_query"));
  else if (state.states.some(zero)) notes.push(t("note_zero_state"));
  else if (scores.every((score) => Math.abs(score - scores[0]) < 1e-12)) notes.push(t("note_equal"));
  if (state.score === "general" && isIdentity(state.general)) notes.push(t("note_identity"));
  return notes;
}
