// The component's life: what a rerun brings, and what a step, a resize or a new theme changes.

const SEND_AFTER = 350; // ms of quiet before the depth goes to the server

// Before and after the attention of every layer: the two means and how far apart they are.
function attentionTable({ depths, same, other, labels }) {
  const gap = depths.map((_, i) => (same[i] === null || other[i] === null ? null : same[i] - other[i]));
  const columns = [[labels.same, same], [labels.other, other], [labels.difference, gap]];
  const rows = depths.flatMap(({ stage, layer }, i) => (stage !== "attention" ? [] : [
    make("tr", { "data-layer": layer }, make("th", { scope: "row" }, filled(labels.layer, { layer: layer + 1 })),
      ...columns.map(([, values]) => make("td", {}, `${three(values[i - 1])} → ${three(values[i])}`))),
  ]));
  return make("table", { class: "steps", "aria-label": labels.table },
    make("thead", {}, make("tr", {}, make("td", {}), ...columns.map(([name]) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows));
}

function read(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const vectors = floatsFrom(bytes, place);
  return { ...header, vectors, range: commonRange(vectors) };
}

function tablesOf(data) {
  const { labels, depths, rows, sentences, pieces, cosines, same, other } = data;
  const full = rows.map((label, r) => `${label}: ${sentences[r]} [${pieces[r]}]`);
  return [
    { title: filled(labels.title, data), columns: [labels.same, labels.other], rows: depths.map(({ name }, i) => ({ label: name, values: [same[i], other[i]] })) },
    ...depths.map(({ name }, i) => ({ title: name, columns: rows, rows: rows.map((_, r) => ({ label: full[r], values: cosines[i][r] })) })),
    ...depths.map(({ name }, i) => ({ title: `${labels.vectors}: ${name}`, rows: rows.map((_, r) => ({ label: full[r], values: vectorAt(data, i, r) })) })),
  ];
}

function createPicture(parent) {
  let data = null;
  let depth = 0;
  let send = null;
  const teller = newTeller((state) => send?.("state", state), SEND_AFTER);
  let drawn = "";
  let strips = null; // where the vectors stand on their canvas
  const slider = make("input", { type: "range", min: 0, step: 1, oninput: () => choose(Number(slider.value)) });
  const button = (words, act) => make("button", { type: "button", onclick: act }, words);
  const back = button("‹", () => choose(depth - 1));
  const forth = button("›", () => choose(depth + 1));
  const name = make("output", { class: "depth-name" });
  const plot = make("div", { class: "plot" });
  const strip = make("canvas", { class: "strip", role: "img", onpointermove: point, onpointerdown: point, onpointerleave: hideTip });
  const tip = make("div", { class: "tip", hidden: true });
  const status = make("p", { class: "status", "aria-live": "polite" });
  const steps = make("div", { class: "steps-room wide" });
  const caption = make("span", {});
  const png = button("", async () => saveBlob(await pngOfLayers([...plot.children], plot, themeOf(root), [title(), name.textContent, status.textContent, data.labels.caption]), file("png")));
  const csv = button("", () => saveBlob(csvBlob(tablesOf(data)), file("csv")));
  const root = make("figure", { class: "homonyms" },
    make("div", { class: "stepper" }, back, slider, forth, name), plot, status, steps,
    make("figcaption", {}, caption, make("span", { class: "tools" }, png, csv)), tip);
  parent.append(root);

  const title = () => filled(data.labels.title, data);
  const file = (ending) => safeFileName([data.labels.file, data.word, data.depths[depth].name], ending);

  function paint(began = performance.now()) {
    const theme = themeOf(root);
    const width = Math.max(260, plot.clientWidth);
    drawn = `${width}/${themeSignature(theme)}`;
    const layout = layoutOf(data, width, theme);
    const svg = svgNode("svg", { width: layout.width, height: layout.height, viewBox: `0 0 ${layout.width} ${layout.height}`, role: "img" });
    drawMatrix(svg, data, depth, layout, theme);
    drawCurve(svg, data, depth, layout, theme, choose);
    strips = stripLayout(data, width, theme);
    drawStrip(strip, data, depth, strips, width, theme);
    strip.dataset.plot = JSON.stringify({ ...strips, row: ROW_HEIGHT, range: data.range });
    plot.replaceChildren(svg, strip);
    hideTip();
    slider.value = depth;
    name.textContent = data.depths[depth].name;
    back.disabled = depth === 0;
    forth.disabled = depth === data.depths.length - 1;
    const say = (value) => (value === null ? data.labels.none : three(value));
    status.textContent = filled(data.labels.at, { depth: data.depths[depth].name, same: say(data.same[depth]), other: say(data.other[depth]) });
    svg.setAttribute("aria-label", `${title()}. ${status.textContent}`);
    strip.setAttribute("aria-label", filled(data.labels.vectors_at, { depth: data.depths[depth].name, dimensions: strips.dimensions, low: digits(data.range.low, 2), high: digits(data.range.high, 2) }));
    root.dataset.depth = depth;
    tellPainted(root, began);
  }

  function hideTip() {
    tip.hidden = true;
  }

  function point(event) {
    const box = strip.getBoundingClientRect();
    const cell = cellAt(strips, event.clientX - box.left, event.clientY - box.top);
    if (!cell) return hideTip();
    const { row, dimension } = cell;
    const value = fullNumber(vectorAt(data, depth, row)[dimension]);
    tip.textContent = filled(data.labels.component, { sentence: `${data.rows[row]}: ${data.sentences[row]}`, dimension: dimension + 1, value });
    const around = root.getBoundingClientRect();
    placeTip({ root, tip }, event.clientX - around.left, event.clientY - around.top);
  }

  function choose(wanted) {
    const next = Math.max(0, Math.min(data.depths.length - 1, wanted));
    if (next === depth) return;
    depth = next;
    paint();
    teller.tell({ depth });
  }

  root.addEventListener("keydown", (event) => {
    if (event.target === slider || event.ctrlKey || event.metaKey || event.altKey) return;
    const delta = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!delta) return;
    choose(depth + delta);
    event.preventDefault();
    event.stopPropagation();
  });

  const again = () => {
    if (data && plot.clientWidth && drawn !== `${Math.max(260, plot.clientWidth)}/${themeSignature(themeOf(root))}`) paint();
  };
  const resize = new ResizeObserver(again);
  resize.observe(plot);

  return {
    update(fresh, sender) {
      const first = data === null;
      data = read(fresh);
      send = sender;
      if (first) depth = data.depth;
      depth = Math.min(depth, data.depths.length - 1);
      slider.max = data.depths.length - 1;
      const { labels } = data;
      for (const [node, words] of [[slider, labels.depth], [back, labels.back], [forth, labels.forth]]) node.setAttribute("aria-label", words);
      [png.textContent, csv.textContent, png.title, csv.title] = [labels.png, labels.csv, labels.save_png, labels.save_csv];
      caption.textContent = labels.caption;
      steps.replaceChildren(make("p", { class: "steps-name" }, labels.table), attentionTable(data));
      paint();
      root.dataset.ready = "true";
    },
    destroy() {
      teller.end();
      resize.disconnect();
      root.remove();
    },
  };
}

export default livingBy(createPicture);
