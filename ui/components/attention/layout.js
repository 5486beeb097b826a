// The skeleton of the component: where controls, picture, panel and texts stand, and how much room there is.

const WIDE = 760; // px: from here on the panel stands beside the picture

function buildLayout(t, controls) {
  const canvas = make("canvas", { class: "matrix", tabindex: "0", role: "application", "aria-describedby": "glassbox-summary" });
  const parts = {
    canvas,
    wiringLine: make("p", { class: "wiring-line" }),
    whatIf: make("p", { class: "what-if", role: "status", hidden: true }),
    changes: make("div", { class: "changes", role: "status", hidden: true }),
    formula: make("p", { class: "formula" }),
    plot: make("div", { class: "plot" }, canvas),
    legend: make("canvas", { class: "legend", "aria-hidden": "true" }),
    headColours: make("span", { class: "head-colours" }),
    panel: make("aside", { class: "panel", "aria-label": t("panel") }),
    entropy: make("p", { class: "entropy" }),
    caption: make("p", { class: "caption" }),
    summary: make("div", { class: "unseen", id: "glassbox-summary" }),
    live: make("div", { class: "unseen", "aria-live": "polite" }),
    tip: make("div", { class: "tip", role: "tooltip", hidden: true }),
    zoomed: make("span", { class: "zoomed" }),
  };
  parts.picture = make("div", { class: "picture" },
    make("div", { class: "picture-head" }, parts.formula, controls.queryLine, controls.everyHead),
    parts.plot,
    make("div", { class: "foot" }, parts.legend, parts.headColours, parts.zoomed, controls.tools));
  const side = make("div", { class: "side" },
    make("span", { class: "side-name" }, t("layer")), controls.layers,
    make("span", { class: "side-name" }, t("head")), controls.thumbs, controls.power);
  const root = make("div", { class: "attention", role: "group", "aria-label": t("component") },
    controls.strip,
    make("div", { class: "controls" }, controls.wiring, controls.views, controls.grains, controls.switches),
    parts.wiringLine, parts.whatIf, parts.changes,
    make("div", { class: "body" }, side,
      parts.picture, parts.panel),
    make("div", { class: "below" }, parts.entropy, parts.caption), parts.summary, parts.live, parts.tip);
  return { root, ...parts };
}

function isNarrow(root) {
  return root.clientWidth < WIDE;
}

// The box for the picture. On a wide screen the whole component is to be in view without scrolling, below
// whatever the page has above it; a picture too low to be read would help nobody.
function boxOf(root, plot, theme) {
  const width = Math.max(200, plot.clientWidth - 2);
  if (isNarrow(root)) return { width, height: Math.max(300, window.innerHeight * 0.55), narrow: true };
  const tall = (name) => Array.from(root.querySelectorAll(name), (line) => line.offsetHeight).reduce((a, b) => a + b, 0);
  // Strip, one row of controls, formula, foot and captions; then the lines that are not always there.
  const around = theme.size * 13.1 + tall(".wiring-line, .what-if, .changes") + Math.max(0, tall(".controls") - theme.size * 2.4);
  const room = Math.min(window.innerHeight - topOf(root) - around, window.innerHeight * 0.5);
  return { width, height: Math.max(250, Math.min(room, 760)), narrow: false };
}

// Two columns of thumbnails as high as the picture, or all of them in one row on a narrow screen.
function thumbSide({ root, plot }, theme, heads) {
  if (!isNarrow(root)) {
    const room = boxOf(root, plot, theme).height - theme.size * 4.5; // layers above, the heads' switches below
    return Math.floor(Math.min(theme.size * 3.9, room / Math.ceil(heads / 2) - 8));
  }
  const room = (root.clientWidth - theme.size * 3.6) / heads;
  return Math.max(18, Math.min(Math.round(theme.size * 3), Math.floor(room - 9)));
}
