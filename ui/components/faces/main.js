// Faces and directions: a face's code plus multiples of directions such as "smile", decoded here.

const TELL_AFTER = 350; // ms without another change
const SIDE = 176, FRAME = 64; // px
const MOST = 2.5; // times a direction
const FILM_AT = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];

function createFaces(parent) {
  const ctx = { model: null, state: null, parts: null, send: null, theme: null, bytes: null };
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  let net = { layers: null, failed: false };

  const place = (weights) => {
    const z = Float32Array.from(ctx.model.codes[ctx.state.face]);
    weights.forEach((times, concept) => ctx.model.concepts[concept].forEach((value, i) => { z[i] += times * value; }));
    return z;
  };

  function paint() {
    const began = performance.now();
    const { parts, state, model, t } = ctx;
    ctx.theme = themeOf(parts.root);
    press(parts.gallery, state.face);
    model.names.forEach((name, i) => {
      parts.sliders[i].input.value = state.weights[i];
      parts.sliders[i].told.textContent = digits(state.weights[i], 2);
      parts.sliders[i].root.classList.toggle("chosen", i === state.last);
    });
    colourPicture(ctx, setSize(parts.given, SIDE, SIDE), model.pictures[state.face], SIDE);
    parts.note.textContent = net.layers ? "" : t(net.failed ? "not_fetched" : "fetching");
    if (net.layers) {
      colourPicture(ctx, setSize(parts.back, SIDE, SIDE), decoded(net.layers, place(model.names.map(() => 0))), SIDE);
      colourPicture(ctx, setSize(parts.changed, SIDE, SIDE), decoded(net.layers, place(state.weights)), SIDE);
      FILM_AT.forEach((times, i) => {
        const weights = state.weights.map((value, concept) => (concept === state.last ? times : value));
        colourPicture(ctx, setSize(parts.film[i], FRAME, FRAME), decoded(net.layers, place(weights)), FRAME);
      });
    }
    parts.filmName.textContent = model.names.length ? t("film", { name: model.names[state.last] }) : "";
    Object.assign(parts.root.dataset, { face: state.face, weights: state.weights.join(","), decoder: Boolean(net.layers) });
    tellPainted(parts.root, began);
  }

  function change(changes) {
    Object.assign(ctx.state, changes);
    paint();
    const { face, weights, last } = ctx.state;
    teller.tell({ face, weights, last, restart: ctx.model.restart });
  }

  function build() {
    ctx.parts?.root.remove();
    const { t, model } = ctx;
    const gallery = make("div", { class: "gallery", role: "group", "aria-label": t("gallery") }, ...model.pictures.map((pixels, i) => {
      const canvas = make("canvas");
      colourPicture(ctx, setSize(canvas, 36, 36), pixels, 36);
      return make("button", { type: "button", "data-value": i, "aria-label": t("face", { number: i + 1 }), onclick: () => change({ face: i }) }, canvas);
    }));
    const large = (name) => make("canvas", { class: name, role: "img", "aria-label": t(name) });
    const [given, back, changed] = ["given", "back", "changed"].map(large);
    const trio = make("div", { class: "trio" }, ...[given, back, changed].map((canvas) => make("figure", {}, canvas, make("figcaption", {}, t(canvas.className)))));
    const sliders = model.names.map((name, i) => {
      const input = make("input", { type: "range", min: -MOST, max: MOST, step: 0.05, "aria-label": name, onkeydown: (event) => event.stopPropagation(),
        oninput: () => change({ weights: ctx.state.weights.map((value, k) => (k === i ? Number(input.value) : value)), last: i }) });
      const told = make("span", { class: "told" });
      return { input, told, root: make("label", { class: "concept" }, make("span", {}, name), input, told) };
    });
    const reset = make("button", { type: "button", class: "small", onclick: () => change({ weights: model.names.map(() => 0) }) }, t("reset"));
    const film = FILM_AT.map((times) => make("canvas", { role: "img", "aria-label": digits(times, 1) }));
    const filmName = make("b", {});
    const row = make("div", { class: "face-film" }, ...film.map((canvas, i) => make("figure", {}, canvas, make("figcaption", {}, digits(FILM_AT[i], 1)))));
    const note = make("p", { class: "caption", "aria-live": "polite" });
    const saved = make("div", { class: "faces-saved" }, make("div", { class: "faces-row" }, trio, make("div", { class: "concepts" }, ...sliders.map((one) => one.root), reset)), make("div", {}, filmName, row));
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: async () => saveBlob(await pngOfElement(saved, themeOf(ctx.parts.root), [t("file")]), safeFileName([t("file")], "png")) }, "PNG"),
      make("button", { type: "button", title: t("save_csv"), onclick: () => saveBlob(csvBlob([{ title: t("direction"), columns: model.codes[0].map((_, i) => `z${i + 1}`), rows: [{ label: t("face", { number: ctx.state.face + 1 }), values: model.codes[ctx.state.face] }, ...model.names.map((name, i) => ({ label: name, values: model.concepts[i] }))] }]), safeFileName([t("file")], "csv")) }, "CSV"));
    const root = make("section", { class: "picture faces-picture", "aria-label": t("component") }, make("div", { class: "controls" }, gallery, tools), saved, note, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, gallery, given, back, changed, sliders, film, filmName, note };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewTheme(() => ctx.parts?.root, () => ctx.theme, () => paint());

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const before = ctx.model;
      const [header, at] = jsonAt(bytes, 0);
      const size = header.shape.reduce((a, b) => a * b, 1);
      ctx.model = { ...header, pictures: header.codes.map((_, i) => Float32Array.from(bytes.subarray(at + i * size, at + (i + 1) * size), (value) => value / 255)) };
      if (before?.restart !== header.restart) {
        ctx.state = { ...header.initial };
        const { face, weights, last } = ctx.state;
        teller.knows({ face, weights, last, restart: header.restart });
      }
      if (JSON.stringify(before?.labels) !== JSON.stringify(header.labels)) build();
      if (!net.layers) layersAt(header.url, "decoder.").then((layers) => { net = { layers, failed: false }; if (ctx.parts?.root.isConnected) paint(); }, () => { net = { layers: null, failed: true }; if (ctx.parts?.root.isConnected) paint(); });
      paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      teller.end();
      resize.disconnect();
      ctx.parts?.root.remove();
    },
  };
}

// Red, green and blue from 0 to 1, pixel by pixel, enlarged without smoothing.
function colourPicture(ctx, context, pixels, side) {
  const [rows, columns] = ctx.model.shape;
  const small = (ctx.small ??= document.createElement("canvas"));
  Object.assign(small, { width: columns, height: rows });
  const pen = small.getContext("2d");
  const image = pen.createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = Math.round(255 * pixels[i * 3 + c]);
    image.data[i * 4 + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, side, side);
}

export default livingBy(createFaces, { goneAfter: 300 });
