// Where the context goes: into the next decoder step, or joined with the present state.

function onwardOf(ctx) {
  const { t, state } = ctx;
  const use = segment(ctx, "use", ctx.model.uses, (name) => ctx.act.use(name));
  const rows = state.join.map((_, i) => fieldOf(ctx, `join${i}`, `W_c, ${t("row", { number: i + 1 })}`));
  return make("div", { class: "block onward", "data-stage": 5 },
    make("button", { type: "button", class: "head", "data-stage": 5, title: t("light_step"), onclick: () => ctx.act.stage(5) }, make("b", {}, `5 ${t("stage_5")}`)),
    use, make("div", { class: "drawn" }),
    make("div", { class: "joining" },
      make("div", { class: "matrix" }, make("span", { class: "name" }, "W", make("sub", {}, "c")), make("div", { class: "rows" }, ...rows)),
      make("div", { class: "joined" })),
    make("p", { class: "said about" }));
}

function fillOnward(ctx, { context, mixed, attentional }) {
  const { state, t } = ctx;
  const { onward } = ctx.parts;
  const joins = state.use === "join";
  pressIn(onward.querySelector(".segment"), state.use);
  onward.querySelector(".drawn").replaceChildren(diagramOf(ctx, { context, attentional }));
  onward.querySelector(".joining").hidden = !joins;
  onward.querySelector(".about").textContent = t(`about_${state.use}`);
  // The context enters with the digits that stand above.
  const shown = rounded(context, SHARE);
  const given = times(state.join.map((row) => rounded(row, OPERAND)), [...shown, ...rounded(state.h, OPERAND)]);
  const terms = state.join.flat().filter((value) => value !== 0).length;
  const written = terms > 8 || !terms ? [] : [" = ", `(${state.join.map((row) => products(row, [...shown, ...state.h], { sparse: true })).join(", ")})`];
  onward.querySelector(".joined").replaceChildren(
    line("mixed", "W", make("sub", {}, "c"), "[c; h]", ...written, ...resultOf(ctx, given, mixed, SHARE, full)),
    line("tanh", `h̃ = tanh${tuple(mixed)}`, ...resultOf(ctx, rounded(mixed, SHARE).map(Math.tanh), attentional, SHARE, full)));
}
