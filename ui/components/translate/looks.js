// Where the decoder looks at this step: back at its own words, and at the source; with the layer and the head to choose.

const ROWS = 4, LARGE_ROWS = 5; // as many as fit; on a projector the line below them is left out
const MOST_COLUMNS = 4;

function looksPanel(ctx, kind) {
  const { t, timeline } = ctx;
  const chooser = (what, count) => {
    const select = make("select", { "data-name": `${kind}_${what}`, "aria-label": `${t(`${kind}_title`)}: ${t(what)}`, onchange: () => ctx.act.change({ [`${kind}_${what}`]: Number(select.value) }) },
      make("option", { value: -1 }, t("mean")), ...Array.from({ length: count }, (_, i) => make("option", { value: i }, String(i + 1))));
    return { select, label: make("label", { class: "chooser" }, make("span", {}, t(what)), select) };
  };
  const layer = chooser("layer", timeline.layers), head = chooser("head", timeline.heads);
  const list = make("ol", { class: "looks" });
  const root = make("section", { class: `panel ${kind}`, "data-part": kind },
    make("div", { class: "panel-head" }, make("h4", {}, t(`${kind}_title`)), layer.label, head.label), list, make("p", { class: "facts" }));
  return { root, list, layer: layer.select, head: head.select, facts: root.lastChild };
}

function keysOf(ctx, kind) {
  const { timeline, state, header, t } = ctx;
  if (kind === "cross") return timeline.source.map((piece) => shownPiece(piece, header.labels));
  return [t("sign_start"), ...timeline.pieces.slice(0, state.step).map((piece) => shownPiece(piece, header.labels))];
}

function showLooks(ctx, kind) {
  const { state, timeline, t } = ctx;
  const panel = ctx.parts[kind];
  const [layer, head] = [state[`${kind}_layer`], state[`${kind}_head`]];
  const row = attentionRow(timeline, kind, state.step, layer, head);
  const names = keysOf(ctx, kind);
  panel.layer.value = String(layer);
  panel.head.value = String(head);
  while (panel.list.children.length > names.length) panel.list.lastChild.remove();
  while (panel.list.children.length < names.length) {
    panel.list.append(make("li", {}, make("bdi", { class: "name" }), make("span", { class: "track" }, make("i", { class: "bar" })), make("span", { class: "value" })));
  }
  // Read down the columns; beyond four times four tokens the list scrolls.
  const columns = Math.min(MOST_COLUMNS, Math.ceil(names.length / (ctx.theme.size > LARGE ? LARGE_ROWS : ROWS)));
  panel.list.style.setProperty("--rows", Math.ceil(names.length / columns));
  panel.list.classList.toggle("many", columns > 2);
  names.forEach((name, i) => {
    const [label, track, value] = panel.list.children[i].children;
    label.textContent = label.title = name;
    track.firstChild.style.width = `${(100 * row[i]).toFixed(2)}%`;
    value.textContent = digits(row[i], 3);
  });
  const mean = layer < 0 && head < 0 ? "mean_all" : layer < 0 ? "mean_layers" : head < 0 ? "mean_heads" : "one_head";
  panel.facts.textContent = t(mean, { layers: timeline.layers, heads: timeline.heads, layer: layer + 1, head: head + 1 });
}
