// One column: its diagram, the attention in view with its layer and head, and the model's own example.

const MATRIX_HEIGHT = 300; // px
const SCALE_GAP = 10;

const percent = (share) => `${digits(100 * share, share < 0.1 ? 1 : 0)} %`;
const plainPiece = (piece) => piece.replaceAll("▁", " ");

function headWeights(data, picture, layer, head) {
  const size = picture.queries.length * picture.keys.length;
  const begin = picture.offset + (layer * picture.heads + head) * size;
  return data.weights.subarray(begin, begin + size);
}

// The panel as the shared drawing wants it; kept, since painted images are kept by their numbers.
function panelOf(data, picture, layer, head) {
  const name = `${layer}/${head}`;
  picture.panels ??= {};
  picture.panels[name] ??= {
    name: picture.name, title: "", kind: "weights", values: headWeights(data, picture, layer, head),
    rows: picture.queries.length, columns: picture.keys.length, rowLabels: picture.queries, columnLabels: picture.keys,
  };
  return picture.panels[name];
}

function stepper(t, what, act) {
  const words = make("output", {});
  const button = (sign, delta, label) => make("button", { type: "button", "aria-label": filled(t(label), { what: t(`${what}_name`) }), onclick: () => act(delta) }, sign);
  const back = button("‹", -1, "one_back"), on = button("›", 1, "one_on");
  return {
    node: make("span", { class: `step step-${what}` }, back, words, on),
    show(number, count) {
      words.textContent = filled(t(what), { number: number + 1, count });
      back.disabled = number === 0;
      on.disabled = number === count - 1;
    },
  };
}

function exampleNodes(t, column) {
  if (!column.given) return [];
  const { name, given, said } = column;
  const nodes = [make("p", { class: "what" }, t(`${name}_given`)), make("p", { class: "given" }, make("bdi", {}, given))];
  if (name === "encoder") {
    nodes.push(make("ol", { class: "guesses" }, ...said.map(([piece, share]) => {
      const bar = make("span", { class: "bar" });
      bar.style.width = `${Math.max(1, 100 * share)}%`;
      return make("li", {}, make("bdi", { class: "piece" }, piece), make("span", { class: "share" }, percent(share)), make("span", { class: "room" }, bar));
    })));
  } else {
    nodes.push(make("p", { class: "said" }, "→ ", make("bdi", {}, ...said.map(([piece, share]) =>
      (share === null ? piece : make("span", { title: percent(share) }, plainPiece(piece)))))));
  }
  return nodes;
}

// `act`: {layer(delta), head(delta), shown(name)}
function createColumn(t, act) {
  const canvas = make("canvas", { class: "matrix", tabindex: "0", role: "application" });
  const legend = make("canvas", { class: "legend", "aria-hidden": "true" });
  const tip = make("div", { class: "tip", role: "tooltip", hidden: true });
  const strongest = make("p", { class: "strongest", "aria-live": "polite" });
  let data = null, column = null, picture = null, geometry = null, lit = null, panel = null, place = { layer: 0, head: 0 };

  const layer = stepper(t, "layer", act.layer), head = stepper(t, "head", act.head);
  const root = make("section", { class: "column" });
  let which = null, diagram = null;

  function build() {
    diagram = diagramOf(column.name, t);
    const names = column.pictures.map(({ name }) => ({ value: name, words: t(`picture_${name}`) }));
    which = names.length > 1 ? segment("which", t("which"), names, act.shown) : make("p", { class: "only" }, names[0]?.words ?? "");
    const save = (words, title, onclick) => make("button", { type: "button", title, onclick }, words);
    const shown = column.pictures.length ? [
      make("div", { class: "controls" }, which, make("span", { class: "steps" }, layer.node, head.node)),
      make("div", { class: "plot" }, canvas),
      make("div", { class: "foot" }, legend, make("span", { class: "axes" }, t("axes")),
        make("span", { class: "tools" }, save(t("png"), t("save_png"), png), save(t("csv"), t("save_csv"), csv))),
      strongest,
    ] : [make("p", { class: "missing" }, t("missing"))];
    root.dataset.name = column.name;
    root.replaceChildren(
      make("h3", {}, t(`${column.name}_title`), " ", make("small", {}, t(`${column.name}_use`))),
      diagram, make("p", { class: "facts" }, t(`${column.name}_facts`)), ...shown,
      make("div", { class: "example" }, ...exampleNodes(t, column), make("p", { class: "model" }, column.model)), tip);
  }

  function draw() {
    const theme = themeOf(root);
    const box = { width: Math.max(200, canvas.parentElement.clientWidth - 2), height: MATRIX_HEIGHT, narrow: false };
    geometry = plotOf(canvas.getContext("2d"), [panel], box, theme, null);
    drawMatrices(setSize(canvas, geometry.width, geometry.height), geometry, theme, lit, null);
    drawLegend(legend, [panel], theme);
  }

  const cellWords = (row, key) => filled(t("cell"), { query: picture.queries[row], key: picture.keys[key], weight: digits(panel.values[row * panel.columns + key]) });

  // The strongest look of the last query, in words: the picture's text alternative says it too.
  function strongestWords() {
    const row = panel.rows - 1;
    const values = panel.values.subarray(row * panel.columns, (row + 1) * panel.columns);
    const best = values.reduce((most, value, i) => (value > values[most] ? i : most), 0);
    return filled(t("strongest"), { query: picture.queries[row], key: picture.keys[best], weight: digits(values[best], 2) });
  }

  const title = () => [t(`${column.name}_title`), t(`picture_${picture.name}`), filled(t("layer"), { number: place.layer + 1, count: picture.layers }), filled(t("head"), { number: place.head + 1, count: picture.heads })].join(" · ");

  // The diagram above the matrix, as they stand in the page.
  async function png() {
    const theme = themeOf(root);
    const ratio = window.devicePixelRatio || 1;
    const above = await createImageBitmap(await pngOfSvg(diagram, theme, []));
    const sheet = document.createElement("canvas");
    sheet.width = Math.max(above.width, canvas.width, legend.width);
    sheet.height = above.height + canvas.height + legend.height + 2 * SCALE_GAP * ratio;
    const context = sheet.getContext("2d");
    context.drawImage(above, 0, 0);
    context.drawImage(canvas, 0, above.height + SCALE_GAP * ratio);
    context.drawImage(legend, 0, above.height + canvas.height + 2 * SCALE_GAP * ratio);
    saveBlob(await pngOfCanvas(sheet, theme, [title(), t(`${column.name}_facts`), strongestWords()]), safeFileName([title()], "png"));
  }

  function csv() {
    const tables = column.pictures.flatMap((one) => Array.from({ length: one.layers * one.heads }, (_, i) => {
      const [layerAt, headAt] = [Math.floor(i / one.heads), i % one.heads];
      const words = [t(`picture_${one.name}`), filled(t("layer"), { number: layerAt + 1, count: one.layers }), filled(t("head"), { number: headAt + 1, count: one.heads })];
      return matrixTable({ ...panelOf(data, one, layerAt, headAt), title: words.join(" · ") });
    }));
    saveBlob(csvBlob(tables), safeFileName([t(`${column.name}_title`)], "csv"));
  }

  function hover(event, keep = false) {
    const box = canvas.getBoundingClientRect();
    const at = event && cellAt(geometry, event.clientX - box.left, event.clientY - box.top);
    const found = at && at.row >= 0 && at.column >= 0 ? at : null;
    if (JSON.stringify(found) !== JSON.stringify(lit)) {
      lit = found;
      draw();
      tip.hidden = !found;
      if (found) tip.textContent = cellWords(found.row, found.column);
      if (found && keep) strongest.textContent = tip.textContent;
    }
    if (!found) return;
    const around = root.getBoundingClientRect();
    placeTip({ root, tip }, event.clientX - around.left, event.clientY - around.top);
  }
  canvas.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") hover(event); });
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("click", (event) => hover(event, true));
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const used = { ArrowLeft: () => act.head(-1), ArrowRight: () => act.head(1), ArrowUp: () => act.layer(-1), ArrowDown: () => act.layer(1) }[event.key];
    if (!used) return;
    used();
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    root,
    give(fresh, freshColumn) {
      data = fresh;
      column = freshColumn;
      picture = null;
      build();
    },
    // Draws the layer and head of the picture called `shown`.
    show(at, shown) {
      if (!column.pictures.length) return;
      picture = column.pictures.find(({ name }) => name === shown) ?? column.pictures[0];
      place = at;
      panel = panelOf(data, picture, at.layer, at.head);
      lit = null;
      tip.hidden = true;
      layer.show(at.layer, picture.layers);
      head.show(at.head, picture.heads);
      if (column.pictures.length > 1) press(which, picture.name);
      strongest.textContent = strongestWords();
      canvas.setAttribute("aria-label", `${title()}. ${strongest.textContent}`);
      draw();
      Object.assign(root.dataset, { layer: at.layer, head: at.head, shown: picture.name, plot: JSON.stringify((({ x, y, width, height }) => ({ x, y, width, height }))(geometry.plots[0])) });
    },
  };
}
