// What Python packed: words, the shown pictures and the points; and which networks have come so far.

function readLatent(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const pixels = header.shape.reduce((a, b) => a * b, 1);
  const end = place + header.gallery.count * pixels;
  const pictures = Array.from({ length: header.gallery.count }, (_, i) =>
    Float32Array.from(bytes.subarray(place + i * pixels, place + (i + 1) * pixels), (value) => value / 255));
  const words = new Uint16Array(bytes.slice(end + (end % 2)).buffer);
  const points = halves(words);
  // model by model, moment by moment: (point, 2)
  let at = 0;
  const places = {};
  for (const { name, moments } of header.models) {
    places[name] = moments.map(() => points.subarray(at, (at += header.labels_of_points.length * 2)));
  }
  return { ...header, pixels, pictures, places };
}

const lastMoment = (model) => model.moments.length - 1;

// The chosen picture and what the encoder of a model says of it; null where there is none, or it is on its way.
function pictureOf(ctx) {
  const { picture, drawn } = ctx.state;
  if (picture !== "drawn") return ctx.model.pictures[Number(picture)] ?? null;
  return drawn ? unpackedDrawing(drawn, ctx.model.pixels) : null;
}

function posteriorOf(ctx, name = modelOf(ctx).name) {
  const { picture, drawn } = ctx.state;
  const found = picture === "drawn"
    ? (ctx.model.drawn?.code === drawn ? ctx.model.drawn.encoded[name] : null)
    : ctx.model.gallery.encoded[name]?.[Number(picture)];
  return found ? { mean: found[0], log_var: found[1] } : null;
}

// Networks by name; a name that is being fetched is not asked for again, and a failure is told once.
function newNetworks(onCome) {
  const held = new Map();
  return (url, prefix) => {
    const name = `${url}#${prefix}`;
    if (!held.has(name)) {
      held.set(name, { layers: null, failed: false });
      layersAt(url, prefix).then(
        (layers) => { held.set(name, { layers, failed: false }); onCome(); },
        () => { held.set(name, { layers: null, failed: true }); onCome(); });
    }
    return held.get(name);
  };
}

// The decoder that is shown: of a moment, or the shipped one.
function decoderOf(ctx, model = modelOf(ctx), moment = ctx.state.moment) {
  return moment < lastMoment(model) ? ctx.network(model.moments_url, `${moment}.decoder.`) : ctx.network(model.url, "decoder.");
}
