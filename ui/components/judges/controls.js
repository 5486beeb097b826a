// The method, the padding mask, the orders to go to, and the two files to save.

function controlsOf(ctx) {
  const { t } = ctx;
  const method = segment(ctx, "method", ["deletion", "gradients"], (value) => ctx.act.method(value));
  for (const button of method.children) button.title = t(`about_${button.dataset.value}`);
  const exact = make("span", { class: "exact" }, t("exact"));
  const mask = make("button", { type: "button", class: "mask-switch", role: "switch", title: t("about_mask"), onclick: () => ctx.act.mask() },
    make("span", { class: "knob" }), t("mask"));
  const button = (name, title) => make("button", { type: "button", class: name, title: title ?? null, onclick: () => ctx.act[name]() }, t(name));
  const orders = make("div", { class: "orders" }, button("shuffle"), button("undo"), button("back", t("about_back")));
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
  const choice = make("div", { class: "choice" }, make("span", { class: "label" }, t("method")), exact, method);
  return { method, exact, mask, orders, bar: make("div", { class: "controls" }, choice, mask, orders, tools) };
}

function fillControls(ctx) {
  const { parts: { controls }, state } = ctx;
  const line = ctx.chosenLine();
  const bag = Boolean(line && isBag(line));
  controls.exact.hidden = !bag;
  controls.method.hidden = bag;
  pressIn(controls.method, state.method);
  controls.mask.setAttribute("aria-checked", String(state.mask));
  const [shuffle, undo, back] = controls.orders.children;
  shuffle.disabled = state.order.length < 2;
  undo.disabled = !ctx.past.length;
  back.disabled = sameOrder(state.order, typedOrder(state.order.length));
}
