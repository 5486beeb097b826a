// A GAN of pictures: the sheet of a moment and the curves of its run. A recorded run's sheets come as one long picture,
// a live one's as bytes.

const TELL_AFTER = 350; // ms without another change
const LEFT = new Map(); // what a page that is opened again stood at

function createPictures(parent) {
  const ctx = { model: null, state: null, parts: null, theme: null, bytes: null, playing: 0, strip: null };
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  const worded = () => ({ moment: ctx.state.moment, restart: ctx.model.restart });

  function read(bytes) {
    const [head, place] = jsonAt(bytes, 0);
    const numbers = (one) => Object.fromEntries(Object.entries(one).map(([name, value]) => [name, value ?? NaN]));
    const width = head.columns * head.side, size = head.rows * head.side * width;
    const real = bytes.subarray(place, place + head.real * width);
    const first = place + head.real * width;
    ctx.model = {
      ...head, seeds: [0], width, real, curve: head.curve.map((one) => [numbers(one)]),
      moments: head.moments.map((one, i) => ({ ...one, told: [{ step: one.step }], sheet: bytes.subarray(first + i * size, first + (i + 1) * size) })),
    };
  }

  ctx.paint = () => {
    const began = performance.now();
    const { root, sheet, real } = ctx.parts;
    ctx.theme = themeOf(root);
    const wide = root.clientWidth > 760;
    const { model } = ctx;
    const room = wide ? root.clientWidth * 0.42 : root.clientWidth;
    const scale = Math.max(1, Math.min(2, Math.floor((room / model.width) * 2) / 2));
    paintSheet(sheet, scale);
    if (real) paintGrey(real, model.real, model.width, model.real.length / model.width, scale * 0.5);
    fillPlayer(ctx);
    const charts = [...chartsOfPlayers(ctx, model.layers), { title: ctx.t("classes", { count: model.classes }), range: { low: 0, high: model.classes * 1.04 }, ticks: 5, lines: seriesOf(ctx, "", HEAD_COLOURS[1], ({ modes }) => modes) }];
    if (model.distances.length) charts.push({ title: ctx.t("distance"), log: true, lines: [{ name: "", colour: HEAD_COLOURS[5], dashed: false, values: model.distances }] });
    paintCharts(ctx, charts, wide ? 300 : 260);
    const moment = momentOf(ctx);
    Object.assign(root.dataset, { step: moment.step, moment: moment.number, moments: model.moments.length, running: model.running, drawn: model.strip ? Boolean(ctx.strip) : true });
    tellPainted(root, began);
  };

  function paintSheet(canvas, scale) {
    const { model } = ctx;
    const height = model.rows * model.side;
    if (!model.strip) return paintGrey(canvas, momentOf(ctx).sheet, model.width, height, scale);
    const pen = setSize(canvas, model.width * scale, height * scale);
    pen.imageSmoothingEnabled = false;
    if (ctx.strip) pen.drawImage(ctx.strip, 0, indexOf(ctx) * height, model.width, height, 0, 0, model.width * scale, height * scale);
    ctx.parts.missing.hidden = !ctx.missing;
    return null;
  }

  // The long picture comes once; a failure is said.
  function fetchStrip() {
    if (!ctx.model.strip || ctx.asked === ctx.model.strip) return;
    ctx.asked = ctx.model.strip;
    ctx.strip = null;
    const image = new Image();
    image.onload = () => { ctx.strip = image; ctx.missing = false; if (ctx.parts?.root.isConnected) ctx.paint(); };
    image.onerror = () => { ctx.missing = true; ctx.asked = ""; if (ctx.parts?.root.isConnected) ctx.paint(); };
    image.src = ctx.model.strip;
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    ctx.paint();
    teller.tell(worded());
  }
  ctx.act = momentActs(ctx, change);

  function build() {
    ctx.parts?.root.remove();
    const { t, model } = ctx;
    const figure = (canvas, ...words) => make("figure", {}, make("figcaption", {}, ...words), canvas);
    const sheet = make("canvas", { class: "sheet", role: "img", "aria-label": t("sheet") });
    const real = model.real.length ? make("canvas", { class: "sheet", role: "img", "aria-label": t("real_sheet") }) : null;
    const missing = make("p", { class: "missing", hidden: true }, t("not_fetched"));
    const player = momentPlayer(ctx);
    const charts = chartsPart(ctx, ["losses", "right", "norms", "modes", ...(model.distances.length ? ["distance"] : [])]);
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: csv }, "CSV"));
    const left = make("div", { class: "gan-sheets" }, figure(sheet, `${t("sheet")}; ${t("walk")}`), missing, player.root);
    const saved = make("div", { class: "gan-saved pictures-stage" }, left, make("div", {}, charts.root, real ? figure(real, t("real_sheet")) : null));
    const root = make("section", { class: "picture gan-pictures", "aria-label": t("component") }, make("div", { class: "controls" }, tools), saved);
    ctx.parts = { root, saved, sheet, real, player, charts, missing };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  async function png() {
    const step = momentOf(ctx).step.toLocaleString("en");
    saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [ctx.t("file"), ctx.t("step_told", { step })]), safeFileName([ctx.t("file")], "png"));
  }

  function csv() {
    const { t, model } = ctx;
    const layers = Array.from({ length: model.layers }, (_, i) => t("layer", { number: i + 1 }));
    const columns = ["loss D", "loss G", t("csv_real"), t("csv_fake"), t("csv_pull"), t("classes", { count: model.classes }), ...layers, ...(model.distances.length ? [t("distance")] : [])];
    const rows = model.curve.map(([one], i) => ({ label: String(one.step), values: [one.loss_d, one.loss_g, one.right_real, one.right_fake, one.pull, one.modes, ...one.norms, ...(model.distances.length ? [model.distances[i]] : [])] }));
    saveBlob(csvBlob([{ title: t("step"), columns, rows }]), safeFileName([t("file")], "csv"));
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  function onStep(event) {
    if (!ctx.parts?.root.isConnected || event.detail?.axis === "y" || ctx.model.running) return;
    nearestSteps(event, ctx.parts.root, () => ctx.act.by(event.detail?.delta ?? 1));
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const before = ctx.model;
      read(bytes);
      const same = before?.restart === ctx.model.restart;
      if (!same) {
        ctx.act.stop();
        ctx.state = { ...ctx.model.initial, ...LEFT.get(ctx.model.restart) };
        teller.knows(worded());
      }
      const latest = (model) => model.moments.at(-1).number;
      if (same && latest(before) !== latest(ctx.model) && ctx.state.moment !== null) { // steps were taken: the newest is shown
        ctx.state.moment = null;
        teller.tell(worded());
      }
      if (ctx.model.running) { ctx.act.stop(); ctx.state.moment = null; }
      if (!same || JSON.stringify(before.labels) !== JSON.stringify(ctx.model.labels)) build();
      fetchStrip();
      followRun(ctx, before);
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      LEFT.set(ctx.model.restart, { ...ctx.state });
      ctx.act.stop();
      clearInterval(ctx.follower);
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

// White is 255, as in the training pictures.
function paintGrey(canvas, bytes, width, height, scale) {
  const pen = setSize(canvas, width * scale, height * scale);
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width, height });
  const own = sheet.getContext("2d");
  const image = own.createImageData(width, height);
  bytes.forEach((value, i) => {
    image.data.fill(value, i * 4, i * 4 + 3);
    image.data[i * 4 + 3] = 255;
  });
  own.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = scale < 1;
  pen.drawImage(sheet, 0, 0, width * scale, height * scale);
}

export default livingBy(createPictures, { goneAfter: 300 });
