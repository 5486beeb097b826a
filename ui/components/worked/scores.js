// Three scores on the same states, side by side; one of them leads to the context.

function scoresOf(ctx) {
  const { t, state, model } = ctx;
  const rows = (name, count, words) => Array.from({ length: count }, (_, i) => fieldOf(ctx, `${name}${i}`, `${words}, ${t("row", { number: i + 1 })}`));
  const matrix = (name, words) => make("div", { class: "matrix" }, make("span", { class: "name" }, "W"), make("div", { class: "rows" }, ...rows(name, state[name].length, words)));
  const settings = {
    dot: make("p", { class: "said" }, t("about_dot")),
    general: matrix("general", t("w_general")),
    concat: make("div", {}, matrix("concat", t("w_concat")), make("div", { class: "matrix" }, make("span", { class: "name" }, "v"), fieldOf(ctx, "v", "v"))),
  };
  const column = (kind) => make("div", { class: "score-kind", "data-kind": kind },
    make("button", { type: "button", class: "choose", "data-value": kind, title: t("choose_score"), onclick: () => ctx.act.score(kind) },
      make("b", {}, kind), make("span", { class: "formula" }, t(`formula_${kind}`))),
    make("div", { class: "found" }),
    settings[kind]);
  return make("div", { class: "block scores", role: "group", "aria-label": t("three") }, make("p", { class: "name" }, t("three")),
    make("div", { class: "kinds" }, ...model.scores.map(column)));
}

function fillScores(ctx, { by }) {
  for (const column of ctx.parts.scores.querySelectorAll(".score-kind")) {
    const { kind } = column.dataset;
    const { scores, weights } = by[kind];
    column.querySelector(".choose").setAttribute("aria-pressed", String(kind === ctx.state.score));
    column.querySelector(".found").replaceChildren(...scores.map((score, i) => make("div", { class: "pair", "data-i": i },
      make("span", { class: "of" }, stateName(i)), make("span", { class: "score" }, short(score)),
      barOf(weights[i], i), make("span", { class: "weight" }, full(weights[i])))),
    kind === "general" && isIdentity(ctx.state.general) ? make("p", { class: "said" }, ctx.t("note_identity_short")) : "");
  }
}
