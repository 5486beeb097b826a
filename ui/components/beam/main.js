// The beam search's tree and its hypotheses; a pressed node shows its way from the start and the sum along it.

const LIT = new Map(); // by key: which node was chosen, of which search

function createBeam(parent) {
  let data = null, parts = null, theme = null, chosen = -1, dropped = true;
  const t = (name, values) => filled(data.labels[name] ?? name, values);

  function choose(id) {
    chosen = id;
    LIT.set(data.key, { id, search: data.search });
    light();
  }

  function light() {
    const path = chosen >= 0 ? pathTo(data, chosen) : [];
    const ids = new Set(path.map((node) => node.id));
    for (const node of parts.room.querySelectorAll("[data-id]")) node.classList.toggle("lit", ids.has(Number(node.dataset.id)));
    for (const row of parts.table.querySelectorAll("tr[data-node]")) row.classList.toggle("lit", Number(row.dataset.node) === chosen);
    parts.sum.replaceChildren(...sumWords(path));
    parts.root.dataset.chosen = String(chosen);
    const place = parts.layout.places.get(chosen);
    if (place && (place.x < parts.room.scrollLeft || place.x + place.width > parts.room.scrollLeft + parts.room.clientWidth)) parts.room.scrollLeft = place.x - parts.room.clientWidth / 2;
  }

  // ln p of every token on the way, their sum, and what the length makes of it.
  function sumWords(path) {
    if (!path.length) return [t("press")];
    const text = path.map((node) => (node.piece === "</s>" ? "" : node.piece.replaceAll("▁", " "))).join("").trim();
    const terms = path.map((node) => `${nodeName(data, node)} ${digits(node.log, 3)}`).join("  +  ");
    const total = path.at(-1).total;
    const divisor = ((5 + path.length) / 6) ** data.penalty;
    return [make("b", {}, make("bdi", {}, text || t("sign_end"))), make("span", { class: "terms" }, `${terms}  =  ${digits(total, 3)}`),
      make("span", { class: "score" }, t("score", { length: path.length, penalty: digits(data.penalty, 2), divisor: digits(divisor, 3), total: digits(total, 3), score: digits(total / divisor, 3) }))];
  }

  function tableOf() {
    const head = ["rank", "translation", "tokens", "total", "normalised"].map((name) => make("th", { scope: "col" }, t(`column_${name}`)));
    const rows = data.hypotheses.map((one, i) => make("tr", { "data-node": one.node, tabindex: 0, onclick: () => choose(one.node), onkeydown: (event) => { if (event.key === "Enter") choose(one.node); } },
      make("td", {}, String(i + 1)), make("td", { class: "said" }, make("bdi", {}, one.text)), make("td", {}, String(one.length)), make("td", {}, digits(one.total, 3)), make("td", {}, digits(one.score, 3))));
    return make("table", { class: "hypotheses" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
  }

  const fileName = (ending) => safeFileName([t("file"), Array.from(data.text).slice(0, 20).join("")], ending);
  async function png() {
    saveBlob(await pngOfElement(parts.stage, themeOf(parts.root), [t("title"), t("caption")]), fileName("png"));
  }
  function csv() {
    const found = { title: t("column_rank"), columns: ["translation", "tokens", "total", "normalised"].map((name) => t(`column_${name}`)), rows: data.hypotheses.map((one, i) => ({ label: i + 1, values: [one.text, one.length, one.total, one.score] })) };
    const nodes = { title: "id", columns: ["parent", "step", "piece", "ln p", t("column_total"), "state"], rows: data.nodes.map((node) => ({ label: node.id, values: [node.parent, node.step + 1, node.piece, node.log, node.total, t(node.state)] })) };
    saveBlob(csvBlob([found, nodes]), fileName("csv"));
  }

  function build() {
    parts?.root.remove();
    const root = make("section", { class: "beam-picture", "aria-label": t("title") });
    parent.append(root);
    theme = themeOf(root);
    const layout = treeLayout(data, theme, dropped);
    const room = make("div", { class: "room wide" }, drawTree(data, theme, layout, choose));
    const check = make("input", { type: "checkbox", onchange: () => { dropped = check.checked; build(); } });
    check.checked = dropped;
    const legend = make("p", { class: "legend" }, ...["kept", "finished", "dropped"].map((state) => make("span", { class: `sample ${state}` }, t(state))), make("label", {}, check, " ", t("show_dropped")),
      make("span", { class: "tools" }, make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: csv }, "CSV")));
    const sum = make("p", { class: "sum", "aria-live": "polite" });
    const table = tableOf();
    const stage = make("div", { class: "stage" }, room, sum, make("div", { class: "wide" }, table));
    root.append(legend, stage, make("p", { class: "caption" }, t("caption")));
    parts = { root, room, sum, table, stage, layout };
    resize.disconnect();
    resize.observe(root);
    light();
    root.dataset.ready = "true";
  }

  const resize = onNewTheme(() => parts?.root, () => theme, build);

  return {
    update: whenNew((fresh) => {
      data = fresh;
      const earlier = LIT.get(data.key);
      chosen = earlier?.search === data.search ? earlier.id : data.hypotheses[0]?.node ?? -1;
      build();
    }),
    destroy() {
      resize.disconnect();
      parts?.root.remove();
    },
  };
}

export default livingBy(createBeam, { accepts: (data) => Boolean(data?.labels), goneAfter: 300 });
