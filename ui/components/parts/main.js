// The parts of a model, one a row: bits, size, work and how much the whole depends on each; the weights of one, before
// and after.

const LEFT = new Map(); // what a page that is opened again stood at
const HIGH = 170; // px of the histogram

function createParts(parent) {
  const ctx = { data: null, state: null, parts: null, theme: null, send: null };
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);

  ctx.paint = () => {
    const began = performance.now();
    const { root, rows, histogram, told, work } = ctx.parts;
    ctx.theme = themeOf(root);
    const { data, state, t } = ctx;
    const most = Math.max(...data.rows.map(({ before }) => before)), longest = Math.max(...data.rows.map((row) => row.work));
    const worst = Math.max(1e-9, ...data.rows.map(({ lost }) => lost ?? 0));
    data.rows.forEach((row, i) => {
      const { element, bits, size, before, after, works, lost, keep } = rows[i];
      element.dataset.chosen = String(row.name === state.part);
      bits.textContent = row.bits;
      keep.setAttribute("aria-checked", String(row.kept));
      before.style.width = `${(100 * row.before) / most}%`;
      after.style.width = `${(100 * row.after) / most}%`;
      size.textContent = t("size_told", { before: mega(row.before), after: mega(row.after) });
      works.bar.style.width = `${(100 * row.work) / longest}%`;
      works.words.textContent = percent(row.work / longest);
      lost.bar.style.width = `${(100 * Math.max(0, row.lost ?? 0)) / worst}%`;
      lost.words.textContent = row.lost === null ? "–" : digits(-row.lost, 1);
    });
    const used = data.rows.reduce((sum, row) => sum + row.work, 0) / (longest * data.rows.length);
    work.textContent = t("imbalance", { share: percent(used) });
    paintHistogram(histogram, told);
    Object.assign(root.dataset, { part: state.part, after: data.rows.reduce((sum, row) => sum + row.after, 0), plan: data.plan });
    tellPainted(root, began);
  };

  function paintHistogram(canvas, told) {
    const { data, theme, t, state } = ctx;
    const row = data.rows.find(({ name }) => name === state.part) ?? data.rows[0];
    const width = canvas.parentElement.clientWidth;
    const pen = setSize(canvas, width, HIGH);
    const left = 6, right = width - 6, bottom = HIGH - 20;
    const bins = row.histogram.before.length;
    // Square roots, so that few weights beside many are still seen.
    const most = Math.sqrt(Math.max(1, ...row.histogram.before, ...row.histogram.after));
    const x = (i) => left + (i / bins) * (right - left);
    for (const [name, colour, fill] of [["before", theme.faint, false], ["after", theme.accent, true]]) {
      Object.assign(pen, { fillStyle: colour, strokeStyle: colour, lineWidth: 1.5 });
      if (fill) row.histogram.after.forEach((count, i) => { const high = (Math.sqrt(count) / most) * (bottom - 8); pen.fillRect(x(i), bottom - high, Math.max(1, x(1) - x(0) - 0.5), high); });
      else {
        pen.beginPath();
        row.histogram[name].forEach((count, i) => {
          const y = bottom - (Math.sqrt(count) / most) * (bottom - 8);
          pen[i ? "lineTo" : "moveTo"](x(i), y);
          pen.lineTo(x(i + 1), y);
        });
        pen.stroke();
      }
    }
    Object.assign(pen, { font: fontOf(theme, Math.round(theme.size * 0.8)), fillStyle: theme.text, textBaseline: "middle", textAlign: "center" });
    for (const share of [0, 0.5, 1]) pen.fillText(digits((2 * share - 1) * row.histogram.reach, 2), Math.max(20, Math.min(width - 20, left + share * (right - left))), bottom + 11);
    const words = t("histogram_told", { part: row.label, off: `${Math.round(1000 * row.histogram.off) / 10} %`, zeros: `${Math.round(1000 * row.histogram.zeros) / 10} %` });
    told.textContent = words;
    canvas.setAttribute("aria-label", words);
  }

  function build() {
    ctx.parts?.root.remove();
    const { t, data } = ctx;
    const bar = (name) => { const one = make("span", { class: `bar ${name}` }), words = make("span", { class: "bar-words" }); return { bar: one, words, root: make("td", { class: `bars ${name}-cell` }, make("span", { class: "bar-room" }, one), words) }; };
    const rows = data.rows.map((row) => {
      const bits = make("td", { class: "bits-cell" }), before = make("span", { class: "bar before" }), after = make("span", { class: "bar after" }), size = make("span", { class: "bar-words" });
      const keep = make("button", { type: "button", class: "keep", role: "switch", "aria-label": t("keep_part", { part: row.label }), onclick: () => tell(toggled(row.name)) }, t("keep"));
      const works = bar("work"), lost = bar("lost");
      const name = make("button", { type: "button", class: "part-name", onclick: () => choose(row.name) }, row.label);
      const element = make("tr", {}, make("th", { scope: "row" }, name), bits, make("td", {}, keep), make("td", { class: "bars" }, make("span", { class: "bar-room" }, before, after), size), works.root, lost.root);
      return { element, bits, size, before, after, works, lost, keep };
    });
    const head = ["part", "bits", "stays", "size", "work", "lost"].map((name) => make("th", { scope: "col", title: t(`about_${name}`) }, t(`head_${name}`)));
    const table = make("table", { class: "model-parts" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows.map((one) => one.element)));
    const histogram = make("canvas", { role: "img" }), told = make("figcaption"), work = make("p", { class: "imbalance" });
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: csv }, "CSV"));
    const saved = make("div", { class: "parts-saved" }, make("div", { class: "parts-room" }, table), make("div", { class: "parts-side" }, make("figure", {}, told, histogram), work));
    const root = make("section", { class: "picture parts-picture", "aria-label": t("component") }, make("div", { class: "controls" }, tools), saved, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, rows, histogram, told, work, saved };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const tell = (kept = ctx.data.rows.filter((row) => row.kept).map((row) => row.name)) => ctx.send?.("state", { kept, part: ctx.state.part, restart: ctx.data.restart });
  const toggled = (name) => ctx.data.rows.filter((row) => row.kept !== (row.name === name)).map((row) => row.name);

  function choose(part) {
    ctx.state.part = part;
    ctx.paint();
    tell();
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  async function png() {
    saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [ctx.data.plan]), safeFileName([ctx.t("file")], "png"));
  }

  function csv() {
    const { t, data } = ctx;
    const rows = data.rows.map((row) => ({ label: row.label, values: [row.bits, row.before, row.after, row.work, row.lost === null ? NaN : -row.lost] }));
    saveBlob(csvBlob([{ title: data.plan, columns: [t("head_bits"), t("csv_before"), t("csv_after"), t("head_work"), t("head_lost")], rows }]), safeFileName([t("file")], "csv"));
  }

  // In projector mode: up and down from part to part.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return;
    const { delta = 1 } = event.detail ?? {};
    nearestSteps(event, ctx.parts.root, () => {
      const names = ctx.data.rows.map(({ name }) => name);
      choose(names[(names.indexOf(ctx.state.part) + delta + names.length) % names.length]);
    });
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update: whenNew((data, send) => {
      ctx.send = send;
      const before = ctx.data;
      ctx.data = data;
      ctx.state ??= { part: data.part, ...LEFT.get("parts") };
      if (JSON.stringify(before?.labels) !== JSON.stringify(data.labels)) build();
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    }),
    destroy() {
      LEFT.set("parts", { ...ctx.state });
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

const percent = (share) => `${Math.round(100 * share)} %`;
const mega = (bytes) => (bytes / 1e6).toFixed(2);

export default livingBy(createParts, { goneAfter: 300, accepts: (data) => Boolean(data?.labels) });
