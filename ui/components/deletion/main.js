// Two rows of bars over the source words: how much a word was looked at, and what its deletion costs.

const BAR = 74, NARROWEST = 44, PAD = 8; // px
const KEPT = new Map(); // by key: the chosen layer and head

function createDeletion(parent) {
  let data = null, theme = null, parts = null, state = null;
  const t = (name, values) => filled(data.labels[name] ?? name, values);
  const pick = (table) => table[state.layer + 1][state.head + 1]; // the first row and column hold the means

  function drawing() {
    const size = theme.size;
    const short = (word) => (Array.from(word).length > 14 ? `${Array.from(word).slice(0, 13).join("")}…` : word);
    const widths = data.words.map((word) => Math.max(NARROWEST, textWidth(theme, short(word), size) + 2 * PAD));
    const left = Math.ceil(Math.max(textWidth(theme, t("attention"), size * 0.9), textWidth(theme, t("effect"), size * 0.9))) + 14;
    const width = left + widths.reduce((sum, wide) => sum + wide, 0) + 8;
    const line = size * 1.6;
    const height = 2 * BAR + 5.2 * line;
    const svg = svgNode("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "bars", role: "img", "aria-label": t("title"), "font-size": size });
    const looks = pick(data.attention);
    const floors = [line + BAR, line * 3.2 + BAR];
    const reach = Math.max(0.1, ...data.effect.map(Math.abs));
    const above = Math.max(0, ...data.effect), span = above - Math.min(0, ...data.effect) || reach;
    const zero = floors[1] + (BAR * above) / span;
    const most = Math.max(0.1, ...looks);
    let x = left;
    svg.append(svgNode("text", { x: left - 8, y: floors[0] - BAR / 2, "text-anchor": "end", class: "row-name", "font-size": size * 0.9 }, t("attention")),
      svgNode("text", { x: left - 8, y: floors[1] + BAR / 2, "text-anchor": "end", class: "row-name", "font-size": size * 0.9 }, t("effect")),
      svgNode("line", { x1: left, x2: width, y1: floors[0], y2: floors[0], class: "floor" }), svgNode("line", { x1: left, x2: width, y1: zero, y2: zero, class: "floor" }));
    data.words.forEach((word, i) => {
      const middle = x + widths[i] / 2, wide = Math.min(30, widths[i] * 0.6);
      const high = (BAR * looks[i]) / most, deep = (BAR * data.effect[i]) / span;
      svg.append(svgNode("g", {}, svgNode("title", {}, t("cell", { word, attention: digits(looks[i], 3), effect: digits(data.effect[i], 3) })),
        svgNode("rect", { class: "look", x: middle - wide / 2, y: floors[0] - high, width: wide, height: high }),
        svgNode("text", { x: middle, y: floors[0] - high - size * 0.6, "text-anchor": "middle", class: "number", "font-size": size * 0.8 }, digits(looks[i], 3)),
        svgNode("rect", { class: deep < 0 ? "helps" : "costs", x: middle - wide / 2, y: deep < 0 ? zero : zero - deep, width: wide, height: Math.abs(deep) }),
        svgNode("text", { x: middle, y: deep < 0 ? zero - deep + size * 0.7 : zero - deep - size * 0.6, "text-anchor": "middle", class: "number", "font-size": size * 0.8 }, digits(data.effect[i], 2)),
        svgNode("text", { x: middle, y: floors[0] + line * 0.75, "text-anchor": "middle", class: "word" }, short(word))));
      x += widths[i];
    });
    return svg;
  }

  function paint() {
    theme = themeOf(parts.root);
    parts.room.replaceChildren(drawing());
    const found = pick(data.correlation);
    parts.said.textContent = found === null ? t("no_correlation") : t("correlation", { value: digits(found, 2) });
    parts.root.dataset.correlation = found === null ? "" : String(found);
    for (const name of ["layer", "head"]) parts[name].value = String(state[name]);
    KEPT.set(data.key, state);
  }

  function chooser(name, count) {
    const select = make("select", { "data-name": name, onchange: () => { state = { ...state, [name]: Number(select.value) }; paint(); } },
      make("option", { value: -1 }, t("mean")), ...Array.from({ length: count }, (_, i) => make("option", { value: i }, String(i + 1))));
    return { select, label: make("label", {}, `${t(name)} `, select) };
  }

  const fileName = (ending) => safeFileName([t("file"), Array.from(data.text).slice(0, 20).join("")], ending);
  const which = () => [`${t("layer")} ${state.layer < 0 ? t("mean") : state.layer + 1}`, `${t("head")} ${state.head < 0 ? t("mean") : state.head + 1}`].join(", ");
  async function png() {
    saveBlob(await pngOfSvg(parts.room.firstChild, theme, [t("title"), `${which()} · ${parts.said.textContent}`, t("caption")]), fileName("png"));
  }
  function csv() {
    saveBlob(csvBlob([{ title: which(), columns: [t("attention"), t("effect")], rows: data.words.map((label, i) => ({ label, values: [pick(data.attention)[i], data.effect[i]] })) }]), fileName("csv"));
  }

  const resize = onNewTheme(() => parts?.root, () => theme, paint);

  return {
    update: whenNew((fresh) => {
      data = fresh;
      const [layers, heads] = [data.attention.length - 1, data.attention[0].length - 1];
      const earlier = state ?? KEPT.get(data.key) ?? { layer: -1, head: -1 };
      state = { layer: Math.min(earlier.layer, layers - 1), head: Math.min(earlier.head, heads - 1) };
      parts?.root.remove();
      const layer = chooser("layer", layers), head = chooser("head", heads);
      const said = make("strong", { class: "said", "aria-live": "polite" });
      const room = make("div", { class: "room wide" });
      const root = make("figure", { class: "deletion-picture" }, make("div", { class: "controls" }, layer.label, head.label, said, make("span", { class: "tools" },
        make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: csv }, "CSV"))), room, make("figcaption", {}, t("caption")));
      parts = { root, room, said, layer: layer.select, head: head.select };
      parent.append(root);
      resize.disconnect();
      resize.observe(root);
      paint();
      root.dataset.ready = "true";
    }),
    destroy() {
      resize.disconnect();
      parts?.root.remove();
    },
  };
}

export default livingBy(createDeletion, { accepts: (data) => Boolean(data?.labels), goneAfter: 300 });
