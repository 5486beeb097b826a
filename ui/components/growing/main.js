// A training that runs while somebody watches: the plane, what the decoder makes of it, and −ELBO so far. The plane is
// drawn as on the page's large picture (../latent/plane.js), which asks for the same few names.

function createGrowing(parent) {
  const ctx = { model: null, state: null, parts: null, theme: null, bytes: null, data: null };
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);

  function read(bytes) {
    const [data, place] = jsonAt(bytes, 0);
    const pixels = data.shape[0] * data.shape[1];
    const end = place + data.grid ** 2 * pixels;
    ctx.data = data;
    ctx.manifold = bytes.subarray(place, end);
    ctx.model = { classes: data.classes, labels_of_points: data.labels_of_points, models: [{ name: "live", half: data.half }],
      places: { live: [halves(new Uint16Array(bytes.slice(end + (end % 2)).buffer))] } };
    ctx.state = { model: "live", moment: 0, hidden: [] };
  }

  function paint() {
    const began = performance.now();
    const { parts: { root, plane, manifold, curve }, data } = ctx;
    ctx.theme = themeOf(root);
    const wide = root.clientWidth > 760;
    const side = Math.min(320, wide ? root.clientWidth * 0.28 : root.clientWidth);
    const frame = frameOf(ctx, side);
    const pen = setSize(plane, side, frame.height);
    pen.save();
    pen.beginPath();
    pen.rect(frame.left, frame.top, frame.size, frame.size);
    pen.clip();
    paintPrior(ctx, pen, frame);
    paintPoints(ctx, pen, frame);
    pen.restore();
    paintAxes(ctx, pen, frame);
    paintManifold(ctx, setSize(manifold, frame.size, frame.size), frame.size);
    paintCurve(ctx, curve, wide ? root.clientWidth - side - frame.size - 48 : root.clientWidth, side);
    root.dataset.step = data.step;
    tellPainted(root, began);
  }

  function build() {
    ctx.parts?.root.remove();
    const canvas = (name) => make("canvas", { class: name, role: "img", "aria-label": ctx.t(name) });
    const [plane, manifold, curve] = ["plane", "manifold", "curve"].map(canvas);
    const figure = (drawing, name) => make("figure", {}, make("figcaption", {}, ctx.t(name)), drawing);
    const saved = make("div", { class: "growing-row" }, figure(plane, "plane"), figure(manifold, "manifold"), figure(curve, "curve"));
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: ctx.t("save_png"), onclick: async () => saveBlob(await pngOfElement(saved, themeOf(ctx.parts.root), [ctx.t("file")]), safeFileName([ctx.t("file")], "png")) }, "PNG"),
      make("button", { type: "button", title: ctx.t("save_csv"), onclick: () => saveCurve(ctx) }, "CSV"));
    const root = make("section", { class: "picture growing-picture", "aria-label": ctx.t("component") }, make("div", { class: "controls" }, tools), saved);
    ctx.parts = { root, plane, manifold, curve };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => paint());

  return {
    update(bytes) {
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const labels = JSON.stringify(ctx.data?.labels);
      read(bytes);
      if (labels !== JSON.stringify(ctx.data.labels)) build();
      paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      resize.disconnect();
      ctx.parts?.root.remove();
    },
  };
}

function paintManifold(ctx, pen, side) {
  const { data: { shape: [rows, columns], grid }, manifold } = ctx;
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: grid * columns, height: grid * rows });
  const own = sheet.getContext("2d");
  for (let i = 0; i < grid ** 2; i++) {
    const pixels = Float32Array.from(manifold.subarray(i * rows * columns, (i + 1) * rows * columns), (value) => value / 255);
    own.putImageData(greyImage(own, pixels, [rows, columns]), (i % grid) * columns, Math.floor(i / grid) * rows);
  }
  pen.imageSmoothingEnabled = false;
  pen.drawImage(sheet, 0, 0, side, side);
}

// −ELBO of the training batches and of held-back pictures, by step.
function linesOf(data) {
  return [
    { name: "train", colour: HEAD_COLOURS[0], values: data.scores.map((one) => one[1] + one[2]) },
    { name: "held_back", colour: HEAD_COLOURS[5], values: data.scores.map((one) => one[3]) },
  ];
}

function paintCurve(ctx, canvas, width, height) {
  const { data, theme } = ctx;
  const wide = Math.max(200, width);
  const lines = linesOf(data);
  // The untrained model's number would press all others flat.
  const shown = lines.flatMap(({ values }) => values.slice(values.length > 3 ? 2 : 0));
  const range = { low: Math.floor(Math.min(...shown) / 10) * 10 - 5, high: Math.ceil(Math.max(...shown) / 10) * 10 + 5 };
  const named = lines.map((line) => ({ ...line, name: `${ctx.t(line.name)} ${digits(line.values.at(-1), 0)}` }));
  paintChart(setSize(canvas, wide, height), { x: 0, y: 0, width: wide, height }, { lines: named, steps: data.scores.map(([step]) => step), range, ticks: 5 }, theme);
}

function saveCurve(ctx) {
  const columns = ["reconstruction", "KL", ctx.t("held_back")];
  saveBlob(csvBlob([{ title: ctx.t("step"), columns, rows: ctx.data.scores.map(([step, ...values]) => ({ label: String(step), values })) }]), safeFileName([ctx.t("file")], "csv"));
}

export default livingBy(createGrowing, { goneAfter: 300 });
