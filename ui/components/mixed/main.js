// Networks of several precisions that learn side by side: their losses, their gradients against fp16's ends, the scale,
// and the curve that each has learned.

const TELL_AFTER = 350; // ms without another change
const LEFT = new Map(); // what a page that is opened again stood at
const LOOKS = {
  fp64: ["#8C8C8C"], fp32: ["#0072B2"], bf16: ["#E69F00"], "bf16-master": ["#E69F00", true], fp16: ["#D55E00"], master: ["#CC79A7"],
  static: ["#009E73"], late: ["#009E73", true], dynamic: ["#56B4E9"],
};
const HIGH = 210; // px of a chart
const FP16 = { smallest: -24, normal: -14, over: 16 }; // exponents of its ends
const MOST_SHIFT = 60;

function createMixed(parent) {
  const ctx = { data: null, state: null, parts: null, theme: null, send: null };
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);

  ctx.paint = () => {
    const began = performance.now();
    const { root, ways, charts } = ctx.parts;
    ctx.theme = themeOf(root);
    const { data, state } = ctx;
    for (const [name, { button, told }] of Object.entries(ways)) {
      button.setAttribute("aria-pressed", String(name === state.way));
      told.textContent = [lossWords(lastOf(data.course[name].loss)), ctx.t(`verdict_${data.verdicts[name]}`)].join(" · ");
      button.dataset.verdict = data.verdicts[name];
    }
    const width = charts.losses.parentElement.clientWidth;
    paintLosses(width);
    paintScale(width);
    paintCurves(width);
    paintGradients(width);
    Object.assign(root.dataset, { step: data.steps.at(-1), way: state.way, shift: state.shift, verdicts: Object.entries(data.verdicts).map((one) => one.join(":")).join(" ") });
    tellPainted(root, began);
  };

  const lineOf = (name, values) => ({ name: "", colour: LOOKS[name][0], dashed: LOOKS[name][1], wide: name === ctx.state.way, values });

  function paintLosses(width) {
    const { data, theme, t } = ctx;
    const lines = Object.keys(data.course).map((name) => ({ ...lineOf(name, data.course[name].loss), name: t(`short_${name}`) }));
    paintChart(setSize(ctx.parts.charts.losses, width, HIGH), { x: 0, y: 0, width, height: HIGH }, { lines: inFront(lines), steps: data.steps, log: true }, theme);
  }

  function paintScale(width) {
    const { data, theme, t } = ctx;
    const lines = ["static", "late", "dynamic"].map((name) => ({ ...lineOf(name, data.course[name].scale), name: `${t(`short_${name}`)}: ${t("skipped", { count: lastOf(data.course[name].skipped).toLocaleString("en") })}` }));
    paintChart(setSize(ctx.parts.charts.scale, width, HIGH), { x: 0, y: 0, width, height: HIGH }, { lines: inFront(lines), steps: data.steps, log: true }, theme);
  }

  // The chosen one is drawn last, and wider.
  const inFront = (lines) => [...lines].sort((a, b) => Number(a.wide) - Number(b.wide));

  function paintCurves(width) {
    const { data, theme, state } = ctx;
    const pen = setSize(ctx.parts.charts.curve, width, HIGH);
    const high = Math.max(...data.target.map(Math.abs)) * 1.15;
    const x = (i) => 6 + ((i + 0.5) / data.target.length) * (width - 12), y = (value) => HIGH / 2 - (Math.max(-high, Math.min(high, value)) / high) * (HIGH / 2 - 6);
    pen.fillStyle = theme.faint;
    data.target.forEach((value, i) => { pen.beginPath(); pen.arc(x(i), y(value), 2.4, 0, 2 * Math.PI); pen.fill(); });
    for (const name of [...Object.keys(data.curves).filter((one) => one !== state.way), state.way]) {
      const chosen = name === state.way;
      Object.assign(pen, { strokeStyle: LOOKS[name][0], lineWidth: chosen ? 3.5 : 1.2, globalAlpha: chosen ? 1 : 0.7 });
      pen.setLineDash(LOOKS[name][1] ? [5, 3] : []);
      pen.beginPath();
      data.curves[name].forEach((value, i) => { if (value !== null) pen[i ? "lineTo" : "moveTo"](x(i), y(value)); });
      pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  // The gradients of the last step by size; a scale moves them all by as many powers of two.
  function paintGradients(width) {
    const { data, theme, state, t } = ctx;
    const pen = setSize(ctx.parts.charts.gradients, width, HIGH);
    const counts = data.gradients[state.way], { lowest } = data;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const left = 8, right = width - 8, bottom = HIGH - 22, top = 20;
    const span = { low: -50, high: 24 };
    const x = (exponent) => left + ((exponent - span.low) / (span.high - span.low)) * (right - left);
    const most = Math.max(1, ...counts);
    pen.fillStyle = theme.dark ? "#3a3030" : "#f3e3dc";
    pen.fillRect(left, top, Math.max(0, x(FP16.smallest - 1) - left), bottom - top);
    pen.fillRect(x(FP16.over), top, right - x(FP16.over), bottom - top);
    let under = 0, over = 0;
    counts.forEach((count, i) => {
      const exponent = lowest + i + state.shift;
      if (exponent < FP16.smallest - 1) under += count;
      if (exponent >= FP16.over) over += count;
      if (!count) return;
      const height = Math.max(1, (count / most) * (bottom - top));
      pen.fillStyle = LOOKS[state.way][0];
      pen.fillRect(x(Math.max(span.low, Math.min(span.high - 1, exponent))), bottom - height, Math.max(1, x(1) - x(0) - 1), height);
    });
    Object.assign(pen, { font: fontOf(theme, Math.round(theme.size * 0.8)), fillStyle: theme.text, strokeStyle: theme.text, lineWidth: 1.2, textBaseline: "middle", textAlign: "center" });
    for (const [exponent, words] of [[FP16.smallest, t("floor")], [FP16.over, t("ceiling")]]) {
      pen.beginPath();
      pen.moveTo(x(exponent), top - 4);
      pen.lineTo(x(exponent), bottom);
      pen.stroke();
      pen.fillText(words, Math.min(x(exponent), right - pen.measureText(words).width / 2), 8);
    }
    pen.textAlign = "left";
    pen.fillText(t("floors"), left + 3, top + 10);
    pen.textAlign = "center";
    for (let exponent = -48; exponent <= 16; exponent += 16) pen.fillText(exponent ? `2${raised(exponent)}` : "1", x(exponent), bottom + 12);
    const share = (count) => `${total ? Math.round((1000 * count) / total) / 10 : 0} %`;
    const words = t("lost", { scale: `2${raised(state.shift)}`, under: share(under), over: share(over), zeros: `${Math.round(1000 * lastOf(data.course[state.way].zeros)) / 10} %` });
    ctx.parts.lost.textContent = words;
    ctx.parts.charts.gradients.setAttribute("aria-label", `${t("gradients")}: ${words}`);
    ctx.parts.shift.value = state.shift;
    ctx.parts.shift.setAttribute("aria-valuetext", `2${raised(state.shift)}`);
    Object.assign(ctx.parts.root.dataset, { under: (under / Math.max(1, total)).toFixed(4), over: (over / Math.max(1, total)).toFixed(4) });
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    ctx.paint();
    teller.tell({ ...ctx.state });
  }

  function build() {
    ctx.parts?.root.remove();
    const { t, data } = ctx;
    const ways = Object.fromEntries(Object.keys(data.course).map((name) => {
      const told = make("span", { class: "way-told" });
      const swatch = make("i", { style: LOOKS[name][1] ? `background: repeating-linear-gradient(90deg, ${LOOKS[name][0]} 0 5px, transparent 5px 8px)` : `background: ${LOOKS[name][0]}` });
      return [name, { told, button: make("button", { type: "button", class: "way", "data-way": name, "aria-pressed": "false", title: t(`about_${name}`), onclick: () => change({ way: name }) }, swatch, make("span", { class: "way-name" }, t(`way_${name}`)), told) }];
    }));
    const charts = Object.fromEntries(["losses", "gradients", "scale", "curve"].map((name) => [name, make("canvas", { role: "img", "aria-label": t(name) })]));
    const figure = (name, ...more) => make("figure", {}, make("figcaption", {}, t(name)), charts[name], ...more);
    const shift = make("input", { type: "range", class: "shift", min: -MOST_SHIFT, max: MOST_SHIFT, step: 1, "aria-label": t("shift"), oninput: () => change({ shift: Number(shift.value) }), onkeydown: (event) => event.stopPropagation() });
    const lost = make("p", { class: "lost", "aria-live": "polite" });
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: csv }, "CSV"));
    const saved = make("div", { class: "mixed-saved" }, make("div", { class: "ways", role: "group", "aria-label": t("ways") }, ...Object.values(ways).map((one) => one.button)),
      make("div", { class: "mixed-charts" }, figure("losses"), figure("gradients", make("label", { class: "shift-line" }, make("span", {}, t("shift")), shift), lost), figure("curve"), figure("scale")));
    const root = make("section", { class: "picture mixed-picture", "aria-label": t("component") }, make("div", { class: "controls" }, tools), saved, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, ways, charts, shift, lost, saved };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  async function png() {
    saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [ctx.t("step", { step: ctx.data.steps.at(-1).toLocaleString("en") })]), safeFileName([ctx.t("file")], "png"));
  }

  function csv() {
    const { data, t } = ctx;
    const tables = Object.entries(data.course).map(([name, { loss, scale, skipped, zeros }]) => ({
      title: t(`way_${name}`), columns: [t("losses"), t("scale"), t("csv_skipped"), t("csv_zeros")],
      rows: data.steps.map((step, i) => ({ label: String(step), values: [loss[i] ?? NaN, scale[i], skipped[i], zeros[i]] })),
    }));
    saveBlob(csvBlob(tables), safeFileName([t("file")], "csv"));
  }

  return {
    update: whenNew((data, send) => {
      ctx.send = send;
      const before = ctx.data;
      ctx.data = { ...data, course: Object.fromEntries(Object.entries(data.course).map(([name, one]) => [name, { ...one, loss: one.loss.map((value) => value ?? NaN) }])) };
      if (!ctx.state) {
        ctx.state = { ...data.initial, ...LEFT.get("mixed") };
        teller.knows({ ...ctx.state });
      }
      if (JSON.stringify(before?.labels) !== JSON.stringify(data.labels)) build();
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    }),
    destroy() {
      LEFT.set("mixed", { ...ctx.state });
      teller.end();
      resize.disconnect();
      ctx.parts?.root.remove();
    },
  };
}

const lastOf = (values) => values.at(-1);
const lossWords = (value) => (!Number.isFinite(value) ? "NaN" : value >= 0.001 ? value.toFixed(3) : scientific(value, 1));

export default livingBy(createMixed, { goneAfter: 300, accepts: (data) => Boolean(data?.labels) });
