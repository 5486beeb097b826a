// The latent space: a rerun brings points, pictures and their codes; everything else is decoded here.

const TELL_AFTER = 350; // ms without another change
const PLAYED = 3000; // ms from A to B
const LEFT = new Map(); // what a page that is opened again stood at
const CHOSEN = ["model", "moment", "z", "a", "b", "seed", "view", "cloud", "hidden", "picture", "drawn"];

function createLatent(parent) {
  const ctx = { model: null, state: null, parts: null, send: null, theme: null, still: null, bytes: null, frameAsked: 0 };
  ctx.t = (name, values) => filled(ctx.model.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  ctx.network = newNetworks(() => { if (ctx.parts?.root.isConnected) { ctx.still = null; ctx.paint(); } });
  ctx.classifier = () => (ctx.model.classifier_url ? ctx.network(ctx.model.classifier_url, "layers.") : { layers: null });

  ctx.paint = () => {
    cancelAnimationFrame(ctx.frameAsked);
    ctx.frameAsked = 0;
    const began = performance.now();
    const { root } = ctx.parts;
    ctx.theme = themeOf(root);
    ctx.wide = root.clientWidth > 760;
    ctx.room = Math.max(300, Math.min(460, window.innerHeight - 330));
    fillControls(ctx);
    paintPlane(ctx);
    fillDecoded(ctx);
    fillPicture(ctx);
    paintFilm(ctx);
    fillComparison(ctx);
    tellState();
    tellPainted(root, began);
  };

  // While a point is dragged only what depends on it is drawn again.
  function paintPoint(end) {
    const began = performance.now();
    paintPlane(ctx);
    if (end === "z") fillDecoded(ctx);
    else paintFilm(ctx);
    tellState();
    tellPainted(ctx.parts.root, began);
  }

  function tellState() {
    const { state, parts: { root } } = ctx;
    const ready = Boolean(decoderOf(ctx).layers);
    Object.assign(root.dataset, { model: modelOf(ctx).name, moment: state.moment, z: state.z.map((value) => value.toFixed(3)).join(","), view: state.view, seed: state.seed,
      picture: state.picture, digest: ctx.model.drawn?.code ?? "", decoder: ready, encoded: Boolean(posteriorOf(ctx)) });
  }

  const worded = () => ({ ...Object.fromEntries(CHOSEN.map((name) => [name, ctx.state[name]])), restart: ctx.model.restart });

  function change(changes, end = null) {
    stopPlaying();
    Object.assign(ctx.state, changes);
    if (end) paintPoint(end);
    else ctx.paint();
    teller.tell(worded());
  }

  function stopPlaying() {
    cancelAnimationFrame(ctx.playing);
    ctx.playing = 0;
    ctx.parts.film.play.setAttribute("aria-pressed", "false");
  }

  // The point goes from A to B, as evenly as the screen allows.
  function play() {
    const began = performance.now();
    const { a, b } = ctx.state;
    const tick = (now) => {
      if (!ctx.parts?.root.isConnected) return;
      const share = Math.max(0, Math.min(1, (now - began) / PLAYED));
      ctx.state.z = a.map((from, axis) => from + (b[axis] - from) * share);
      paintPoint("z");
      if (share < 1) ctx.playing = requestAnimationFrame(tick);
      else change({});
    };
    ctx.parts.film.play.setAttribute("aria-pressed", "true");
    ctx.playing = requestAnimationFrame(tick);
  }

  // The point goes to the draw that the picture's code and ε make; with no picture it stays.
  function follow(changes) {
    stopPlaying();
    Object.assign(ctx.state, changes);
    const posterior = posteriorOf(ctx);
    if (posterior && ctx.state.moment === lastMoment(modelOf(ctx))) ctx.state.z = drawFrom(posterior, normals(ctx.state.seed, 2));
    change({});
  }

  ctx.act = {
    place: (end, z) => change({ [end]: z }, end),
    model: (model) => follow({ model, moment: lastMoment(ctx.model.models.find(({ name }) => name === model)), ...endsOf(model) }),
    moment: (moment) => change({ moment }),
    view: (view) => change({ view }),
    cloud: () => change({ cloud: !ctx.state.cloud }),
    hide(label) {
      const hidden = new Set(ctx.state.hidden);
      if (!hidden.delete(label)) hidden.add(label);
      change({ hidden: [...hidden].sort((a, b) => a - b) });
    },
    hideNone: () => change({ hidden: [] }),
    picture: (picture) => follow({ picture }),
    source: (source) => follow({ picture: source === "drawn" ? "drawn" : String(ctx.model.first) }),
    drawn(drawn) {
      ctx.awaits = drawn;
      follow({ drawn, picture: "drawn" });
      teller.tell(worded(), 0); // the server is waited for
    },
    resample: () => follow({ seed: (ctx.state.seed + 1) % 2 ** 31 }),
    end: (end) => change({ [end]: [...ctx.state.z] }),
    play: () => (ctx.playing ? change({}) : play()),
    swap: () => change({ a: ctx.state.b, b: ctx.state.a }),
    frame: (i) => change({ z: filmPlaces(ctx.state)[i] }),
  };

  // Each model has a plane of its own: the film's ends go where that one puts both classes.
  const endsOf = (name) => ctx.model.models.find((one) => one.name === name)?.ends ?? {};

  function build() {
    ctx.parts?.root.remove();
    const { t } = ctx;
    const controls = controlsOf(ctx), legend = legendOf(ctx), moments = momentsOf(ctx);
    const planeCanvas = make("canvas", { class: "plane-canvas", tabindex: 0, role: "img", "aria-label": t("plane_label") });
    const plane = make("div", { class: "plane" }, planeCanvas);
    const decodedPart = decodedCard(ctx), picture = pictureCard(ctx), film = stripOfFilm(ctx), compared = comparison(ctx);
    const left = make("div", { class: "left" }, plane, moments.root, legend.root);
    const right = make("div", { class: "right" }, film.root, make("div", { class: "cards" }, decodedPart.root, picture.root));
    const saved = make("div", { class: "saved" }, make("div", { class: "stage" }, left, right));
    const root = make("section", { class: "picture latent-picture", "aria-label": t("component") }, controls.bar, saved, ...(compared ? [compared.root] : []), make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, saved, controls, legend, moments, plane, planeCanvas, decoded: decodedPart, picture, film, comparison: compared };
    ctx.still = null;
    parent.append(root);
    listenToPlane(ctx);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  // In projector mode: left and right go through the film, up and down through the training.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return;
    const { delta = 1, axis = "x" } = event.detail ?? {};
    nearestSteps(event, ctx.parts.root, () => {
      if (axis === "x") {
        const frames = filmPlaces(ctx.state);
        const far = frames.map((z) => Math.hypot(z[0] - ctx.state.z[0], z[1] - ctx.state.z[1]));
        const here = far.indexOf(Math.min(...far));
        ctx.act.frame(Math.max(0, Math.min(FRAMES - 1, far[here] > 1e-6 ? here : here + delta)));
      } else ctx.act.moment(Math.max(0, Math.min(lastMoment(modelOf(ctx)), ctx.state.moment - delta)));
    });
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update(bytes, send) {
      ctx.send = send;
      if (sameBytes(ctx.bytes, bytes)) return;
      ctx.bytes = bytes;
      const before = ctx.model;
      ctx.model = readLatent(bytes);
      const same = before?.restart === ctx.model.restart && before.set === ctx.model.set;
      if (!same) {
        ctx.state = { ...ctx.model.initial, compare: ctx.state?.compare ?? false, ...LEFT.get(ctx.model.restart) };
        if (!ctx.state.z) ctx.state.z = beginning();
        teller.knows(worded());
      }
      if (!same || JSON.stringify(before.labels) !== JSON.stringify(ctx.model.labels)) { ctx.sheets = null; build(); }
      if (ctx.awaits && ctx.model.drawn?.code === ctx.awaits) {
        ctx.awaits = "";
        follow({});
      } else ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    },
    destroy() {
      LEFT.set(ctx.model.restart, { ...ctx.state });
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };

  // A visit without a point in the address begins at the picture's own draw.
  function beginning() {
    const posterior = posteriorOf(ctx);
    return posterior ? drawFrom(posterior, normals(ctx.state.seed, 2)) : [0, 0];
  }
}

export default livingBy(createLatent, { goneAfter: 300 });
