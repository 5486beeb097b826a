// The controls around the picture: built once for a language, then only their states change.

// A control that cannot act stays reachable and says why, so it is aria-disabled and not `disabled`.
function able(button, reason, title = "") {
  button.setAttribute("aria-disabled", String(Boolean(reason)));
  const words = reason || title;
  if (words) button.title = words;
  else button.removeAttribute("title");
}

function buildControls(t, model, act) {
  const strip = make("div", { class: "stages", role: "toolbar", "aria-label": t("stages") },
    ...STAGES.map((stage) => make("button", {
      type: "button", class: "stage", "data-value": stage, "aria-pressed": "false",
      onclick: () => act.stage(stage),
    }, t(`stage_${stage}`))));
  const alone = isAlone(model);
  const wiring = segment("wirings", t("wiring"), wiringsOf(model).map((value) =>
    ({ value, words: t(`wiring_${value}`), title: alone ? t("wiring_alone_title") : t(`wiring_${value}_title`) })), act.wiring);
  const views = segment("views", t("view"), VIEWS.map((value) =>
    ({ value, words: t(`view_${value}`), title: t(`view_${value}_title`) })), act.view);
  const toggle = (name) => make("button", {
    type: "button", class: "switch", role: "switch", "data-switch": name, "aria-checked": "false",
    onclick: () => act.toggle(name),
  }, make("span", { class: "knob", "aria-hidden": "true" }), t(`switch_${name}`));
  const grains = segment("grains", t("grain"), GRAINS.filter((value) => !(alone && value === "syllable")).map((value) =>
    ({ value, words: t(`grain_${value}`), title: t(`grain_${value}_title`) })), act.grain);
  const power = make("div", { class: "power" },
    make("button", { type: "button", class: "head-power", onclick: act.switchHead }),
    make("button", { type: "button", class: "layer-power", onclick: act.switchLayer }));
  const switches = make("div", { class: "switches", role: "group", "aria-label": t("switches") },
    toggle("scale"), toggle("mask"), toggle("plain"), toggle("unit"), toggle("random"));
  const layers = segment("layers", t("layer"), Array.from({ length: model.layers }, (_, layer) => (
    { value: layer, words: CIRCLED[layer] ?? String(layer + 1), title: t("layer_number", { layer: layer + 1 }) })),
  (value) => act.layer(Number(value)));
  const thumbs = make("div", { class: "thumbs", role: "group", "aria-label": t("heads") },
    ...Array.from({ length: model.heads }, (_, head) => make("button", {
      type: "button", class: "thumb", "data-value": head, "aria-pressed": "false",
      title: t("head_number", { head: head + 1 }), "aria-label": t("head_number", { head: head + 1 }),
      onclick: () => act.head(head),
    }, make("canvas", { class: "thumb-picture", "aria-hidden": "true" }), make("span", {}, String(head + 1)))));
  const query = make("select", { class: "query", onchange: (event) => act.query(Number(event.target.value)) });
  const queryLine = make("label", { class: "query-line" }, `${t("query_token")} `, query);
  const everyHead = toggle("all_heads");
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "zoom-in", title: t("zoom_in"), onclick: () => act.zoom(true) }, "+"),
    make("button", { type: "button", class: "zoom-out", title: t("zoom_reset"), onclick: () => act.zoom(false) }, "0"),
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: act.png }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: act.csv }, "CSV"));
  return { strip, wiring, views, grains, power, switches, layers, thumbs, query, queryLine, everyHead, tools };
}

// The switch of the chosen head and of the layer's heads together; what is off is crossed out.
function updatePower(controls, ctx) {
  const { state, t, model } = ctx;
  const off = new Set(state.off.filter(([w, l]) => w === state.wiring && l === state.layer).map(([, , head]) => head));
  const [one, all] = controls.power.children;
  one.textContent = t(off.has(state.head) ? "head_on" : "head_off", { head: state.head + 1 });
  all.textContent = t(off.size === model.heads ? "layer_on" : "layer_off");
  for (const button of controls.power.children) able(button, state.plain && t("plain_one_head"), t("head_off_title"));
  Array.from(controls.thumbs.children).forEach((button, head) => button.classList.toggle("is-off", off.has(head)));
}

// On a narrow screen the strip scrolls within itself; the page must not scroll for it.
function keepInStrip(strip, button) {
  if (strip.scrollWidth <= strip.clientWidth) return;
  const left = button.offsetLeft - strip.offsetLeft;
  const room = strip.clientWidth - button.offsetWidth;
  if (left < strip.scrollLeft || left > strip.scrollLeft + room) strip.scrollLeft = left - room / 2;
}

function updateControls(controls, ctx) {
  const { state, t, model } = ctx;
  press(controls.strip, state.view === "matrix" ? state.stage : "");
  for (const button of controls.strip.querySelectorAll("button")) {
    const reason = whyNot(model, button.dataset.value, state);
    const current = state.view === "matrix" && button.dataset.value === state.stage;
    able(button, reason && t(reason), t(labelOf("caption", model, { ...state, stage: button.dataset.value })));
    if (current) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
    if (current) keepInStrip(controls.strip, button);
  }
  press(controls.wiring, state.wiring);
  press(controls.views, state.view);
  press(controls.grains, state.grain);
  const bySyllable = controls.grains.querySelector('[data-value="syllable"]');
  if (bySyllable) able(bySyllable, !model.made.syllables_fit && t("why_not_syllable"), t("grain_syllable_title"));
  able(controls.grains.querySelector('[data-value="word"]'), state.plain && t("plain_no_words"), t("grain_word_title"));
  press(controls.layers, state.layer);
  press(controls.thumbs, state.plain ? "" : state.head);
  for (const button of controls.thumbs.children) able(button, state.plain && t("plain_one_head"), button.ariaLabel);
  updatePower(controls, ctx);
  const overview = controls.views.querySelector('[data-value="heads"]');
  able(overview, state.plain && t("plain_one_head"), t("view_heads_title"));
  const set = (button, on, reason, title) => {
    button.setAttribute("aria-checked", String(on));
    able(button, reason, title);
  };
  for (const button of controls.switches.children) {
    const name = button.dataset.switch;
    const idle = name === "mask" && state.wiring !== "causal";
    set(button, idle ? false : state[name], idle && t(`no_mask_${state.wiring}`), t(`switch_${name}_title`));
    if (name === "unit") button.hidden = !state.plain;
  }
  set(controls.everyHead, state.all_heads, state.plain && t("plain_one_head"), "");
  controls.everyHead.hidden = state.view !== "lines";
  controls.queryLine.hidden = state.view !== "products";
  const tokens = tokensOf(model, state.wiring).query;
  const known = Array.from(controls.query.options, (option) => option.textContent);
  if (!sameLabels(known, tokens)) {
    controls.query.replaceChildren(...tokens.map((token, i) => make("option", { value: i }, token)));
  }
  controls.query.value = String(ctx.queryRow());
  for (const name of ["zoom-in", "zoom-out"]) {
    controls.tools.querySelector(`.${name}`).hidden = state.view === "heads" || state.view === "lines";
  }
}

function paintThumbnails(controls, ctx, side) {
  Array.from(controls.thumbs.children).forEach((button, head) => {
    const one = headOf(ctx.model, ctx.state.wiring, ctx.state.layer, head, { ...ctx.state, plain: false });
    paintThumbnail(button.firstElementChild, one, ctx.theme, side);
  });
}
