// The skeleton of the component, and the room for its picture.

const LOWEST = 220; // px
const NARROW = 560; // px: below this the page is a phone's

function buildLayout(ctx) {
  const { model, act } = ctx;
  const { labels } = model;
  const parts = {
    canvas: make("canvas", { class: "matrix", tabindex: "0", role: "application" }),
    legend: make("canvas", { class: "legend", "aria-hidden": "true" }),
    axes: make("span", { class: "axes" }),
    chosen: make("p", { class: "chosen", "aria-live": "polite" }),
    caption: make("p", { class: "caption" }),
    tip: make("div", { class: "tip", role: "tooltip", hidden: true }),
  };
  parts.plot = make("div", { class: "plot" }, parts.canvas);
  parts.panels = segment("panels", labels.panels, model.panels.map(({ name, label }) => ({ value: name, words: label })), act.panel);
  parts.panels.hidden = model.panels.length < 2;
  parts.foot = make("div", { class: "foot" }, parts.legend, parts.chosen,
    make("div", { class: "tools" },
      make("button", { type: "button", class: "save-png", title: labels.save_png, onclick: act.png }, labels.png),
      make("button", { type: "button", class: "save-csv", title: labels.save_csv, onclick: act.csv }, labels.csv)));
  parts.root = make("div", { class: "heatmap", role: "group", "aria-label": labels.title },
    make("div", { class: "head" }, parts.panels, parts.axes),
    parts.plot, parts.foot, parts.caption, parts.tip);
  return parts;
}

// On a wide screen the picture, its scale and its caption are to be in view together; a picture that begins below
// the window's middle is scrolled to anyway.
function boxOf({ parts, theme, model }) {
  const width = Math.max(160, parts.plot.clientWidth - 2);
  const narrow = parts.root.clientWidth < NARROW;
  if (model.height) return { width, height: model.height, narrow };
  const top = topOf(parts.root);
  const half = window.innerHeight * 0.5;
  if (narrow || top > half) return { width, height: Math.max(LOWEST, half), narrow };
  const around = parts.root.offsetHeight - parts.plot.offsetHeight + theme.size; // the buttons, the scale, the caption
  return { width, height: Math.max(LOWEST, Math.min(window.innerHeight - top - around, half * 1.2)), narrow };
}
