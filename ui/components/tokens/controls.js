// The switch of the ids, the legend, and the two files to save.

function controlsOf(ctx) {
  const { t } = ctx;
  const size = sizeSlider(ctx);
  const ids = make("button", { type: "button", class: "ids", role: "switch", onclick: () => ctx.act.ids() },
    make("span", { class: "knob" }), t("ids"));
  const sample = (kind, text) => make("span", { class: `chip ${kind}`, "aria-hidden": "true" }, text);
  const legend = make("p", { class: "legend" },
    make("span", {}, make("code", {}, "▁"), ` ${t("legend_space")}`),
    make("span", {}, sample("byte", "<0xEB>"), ` ${t("legend_byte")}`),
    make("span", {}, sample("unknown", "?"), ` ${t("legend_unknown")}`),
    make("span", {}, sample("unseen", "?"), ` ${t("legend_unseen")}`));
  const tools = make("div", { class: "tools" },
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: () => savePicture(ctx) }, "PNG"),
    make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: () => saveNumbers(ctx) }, "CSV"));
  const bar = make("div", { class: "controls" },
    size.line, ids, tools);
  return { bar, legend, size, ids };
}

function updateControls(ctx) {
  const { controls } = ctx.parts;
  controls.size.update();
  controls.ids.setAttribute("aria-checked", String(ctx.state.ids));
  ctx.parts.root.classList.toggle("with-ids", ctx.state.ids);
}
