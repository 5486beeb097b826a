// Above the plane: which model, points or manifold; below it: the classes, and the moments of the training.

function controlsOf(ctx) {
  const { t, model } = ctx;
  const models = segment("models", t("models"), model.models.map((one) => ({ value: one.name, words: one.title, title: one.about })), (value) => ctx.act.model(value));
  models.hidden = model.models.length < 2;
  const view = segment("view", t("view"), ["points", "grid"].map((value) => ({ value, words: t(`view_${value}`), title: t(`about_${value}`) })), (value) => ctx.act.view(value));
  const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
  return { models, view, bar: make("div", { class: "controls" }, models, view, tools) };
}

function legendOf(ctx) {
  const { t, model } = ctx;
  const chips = model.classes.map((name, label) => make("button", { type: "button", class: "class-chip", "data-label": label, "aria-pressed": "true", title: t("hide", { name }), onclick: () => ctx.act.hide(label) },
    make("i", { class: label < HEAD_COLOURS.length ? "dot" : "dot square", style: `background:${colourOf(label)}` }), name));
  const all = make("button", { type: "button", class: "class-chip all", onclick: () => ctx.act.hideNone() }, t("all"));
  return { chips, all, root: make("div", { class: "legend", role: "group", "aria-label": t("classes") }, ...chips, all) };
}

function momentsOf(ctx) {
  const slider = make("input", { type: "range", min: 0, step: 1, "aria-label": ctx.t("moment"), oninput: () => ctx.act.moment(Number(slider.value)), onkeydown: (event) => event.stopPropagation() });
  const told = make("span", { class: "moment-told" });
  const root = make("label", { class: "moments" }, make("b", {}, ctx.t("moment")), slider, told);
  return { root, slider, told };
}

function fillControls(ctx) {
  const { parts: { controls, legend, moments }, state, t } = ctx;
  const model = modelOf(ctx);
  press(controls.models, model.name);
  press(controls.view, state.view);
  const hidden = new Set(state.hidden);
  for (const chip of legend.chips) chip.setAttribute("aria-pressed", String(!hidden.has(Number(chip.dataset.label))));
  legend.all.disabled = !hidden.size;
  moments.root.hidden = model.moments.length < 2;
  moments.slider.max = lastMoment(model);
  moments.slider.value = state.moment;
  const { step, negative_elbo: total, reconstruction, kl } = model.moments[state.moment] ?? {};
  moments.told.textContent = step === undefined ? "" : t(total === undefined ? "moment_plain" : "moment_told",
    { step: step.toLocaleString("en"), total: digits(total ?? 0, 1), reconstruction: digits(reconstruction ?? 0, 1), kl: digits(kl ?? 0, 2) });
}
