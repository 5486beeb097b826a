// Beside the plane: what the decoder makes of the point, the picture that was encoded, and the arithmetic between them.

const CLOUD = 100; // draws from the posterior
const LARGE = 168, MEDIUM = 96; // px
const TOLD = 3; // classes that are named

function decodedCard(ctx) {
  const canvas = make("canvas", { class: "decoded", role: "img" });
  const place = make("p", { class: "place" });
  const seen = make("p", { class: "seen" });
  const root = make("section", { class: "card decoded-card", "aria-label": ctx.t("decoded") }, make("h4", {}, ctx.t("decoded")), canvas, place, seen);
  return { root, canvas, place, seen };
}

function fillDecoded(ctx) {
  const { canvas, place, seen } = ctx.parts.decoded;
  const { layers, failed } = decoderOf(ctx);
  const context = setSize(canvas, LARGE, LARGE);
  const { z } = ctx.state;
  const outside = z.some((value) => Math.abs(value) > modelOf(ctx).half);
  place.textContent = ctx.t(outside ? "z_outside" : "z_at", { x: digits(z[0], 2), y: digits(z[1], 2) });
  if (!layers) {
    seen.textContent = ctx.t(failed ? "not_fetched" : "fetching");
    return;
  }
  const pixels = decoded(layers, z);
  ctx.pixels = pixels;
  drawSmall(ctx, context, pixels, 0, 0, LARGE);
  const judge = ctx.classifier();
  const shares = judge.layers ? softmax(outputsOf(judge.layers, pixels)) : null;
  seen.textContent = shares ? ctx.t("seen", { told: likeliestClasses(ctx, shares) }) : "";
  canvas.setAttribute("aria-label", `${ctx.t("decoded")} ${place.textContent} ${seen.textContent}`);
}

function likeliestClasses(ctx, shares) {
  return shares.map((share, label) => ({ share, label })).sort((a, b) => b.share - a.share).slice(0, TOLD)
    .map(({ share, label }) => `${ctx.model.classes[label]} ${Math.round(share * 100)} %`).join(", ");
}

function pictureCard(ctx) {
  const { t } = ctx;
  const source = segment("source", t("source"), ["held", "drawn"].map((value) => ({ value, words: t(`source_${value}`), title: t(`about_${value}`) })), (value) => ctx.act.source(value));
  const gallery = make("div", { class: "gallery", role: "group", "aria-label": t("gallery") }, ...ctx.model.pictures.map((pixels, i) => {
    const canvas = make("canvas");
    drawSmall(ctx, setSize(canvas, 34, 34), pixels, 0, 0, 34);
    return make("button", { type: "button", "data-value": i, title: ctx.model.classes[ctx.model.gallery.labels[i]], "aria-label": t("picture_of", { name: ctx.model.classes[ctx.model.gallery.labels[i]], number: i + 1 }), onclick: () => ctx.act.picture(String(i)) }, canvas);
  }));
  const pad = padOf(ctx);
  const clear = make("button", { type: "button", class: "small", onclick: () => { pad.clear(); ctx.act.drawn(""); } }, t("clear"));
  const hint = make("p", { class: "hint" }, t("draw_hint"));
  const drawing = make("div", { class: "drawing" }, pad.canvas, make("div", {}, hint, clear));
  const given = make("canvas", { role: "img", "aria-label": t("given") });
  const back = make("canvas", { role: "img", "aria-label": t("back") });
  const pair = make("div", { class: "pair" }, make("figure", {}, given, make("figcaption", {}, t("given"))), make("span", { class: "arrow", "aria-hidden": true }, "→"),
    make("figure", {}, back, make("figcaption", {}, t("back"))));
  const table = make("div", { class: "numbers" });
  const draw = make("button", { type: "button", class: "small resample", onclick: () => ctx.act.resample() }, t("resample"));
  const cloud = make("button", { type: "button", class: "small cloud", role: "switch", title: t("about_cloud"), onclick: () => ctx.act.cloud() }, t("cloud", { count: CLOUD }));
  const sum = make("p", { class: "elbo", "aria-live": "polite" });
  const sums = make("div", { class: "sums" }, table, make("div", { class: "draws" }, draw, cloud));
  const root = make("section", { class: "card picture-card", "aria-label": t("encoded") }, make("div", { class: "card-head" }, make("h4", {}, t("encoded")), source), gallery, make("div", { class: "coded" }, drawing, pair, sums), sum);
  return { root, source, gallery, drawing, hint, pad, pair, given, back, table, draw, cloud, sum };
}

function fillPicture(ctx) {
  const { parts: { picture: card }, state, t } = ctx;
  const drawn = state.picture === "drawn";
  press(card.source, drawn ? "drawn" : "held");
  card.gallery.hidden = drawn;
  card.drawing.hidden = !drawn;
  press(card.gallery, state.picture);
  const pixels = pictureOf(ctx);
  const posterior = posteriorOf(ctx);
  const model = modelOf(ctx);
  card.hint.hidden = Boolean(pixels);
  const early = state.moment < lastMoment(model);
  card.pair.hidden = card.table.hidden = card.draw.parentElement.hidden = !pixels || early;
  card.root.classList.toggle("waiting", Boolean(pixels && !posterior && !early));
  if (!pixels || early) {
    card.sum.textContent = early ? t("early") : drawn ? t("nothing_drawn") : "";
    return;
  }
  drawSmall(ctx, setSize(card.given, MEDIUM, MEDIUM), pixels, 0, 0, MEDIUM);
  const { layers } = decoderOf(ctx);
  const back = setSize(card.back, MEDIUM, MEDIUM);
  if (!posterior || !layers) { card.sum.textContent = t(posterior ? "fetching" : "encoding"); return; }
  const noise = posterior.log_var ? normals(state.seed, 2) : [0, 0];
  const z = drawFrom(posterior, noise);
  drawSmall(ctx, back, decoded(layers, z), 0, 0, MEDIUM);
  card.draw.disabled = card.cloud.disabled = !posterior.log_var;
  card.cloud.setAttribute("aria-checked", String(state.cloud));
  fillNumbers(ctx, card.table, posterior, noise, z);
  ctx.numbers = elboOf(ctx, layers, posterior, z, pixels);
  fillSum(ctx, card.sum, ctx.numbers, model);
}

// The two parts of −ELBO: for this draw, and their mean over the cloud.
function elboOf(ctx, layers, posterior, z, pixels) {
  const one = reconstructionOf(layers, z, pixels);
  const divergence = klOf(posterior);
  if (!divergence) return { one, mean: one, kl: null, z };
  const draws = cloudOf(posterior, ctx.state.seed, CLOUD);
  const mean = draws.reduce((sum, draw) => sum + reconstructionOf(layers, draw, pixels), 0) / CLOUD;
  return { one, mean, kl: divergence.reduce((a, b) => a + b, 0), z };
}

function fillNumbers(ctx, table, { mean, log_var }, noise, z) {
  const { t } = ctx;
  const divergence = klOf({ mean, log_var });
  const heads = ["", t("mean"), t("log_var"), "σ", "ε", "z", "KL"];
  const rows = mean.map((m, i) => [`z${"₁₂"[i]}`, digits(m, 3), ...(log_var ? [digits(log_var[i], 3), digits(Math.exp(log_var[i] / 2), 3), digits(noise[i], 3)] : ["–", "–", "–"]), digits(z[i], 3), divergence ? digits(divergence[i], 2) : "–"]);
  table.replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", {}, head)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, i) => make(i ? "td" : "th", {}, cell)))))),
  make("p", { class: "formula" }, t(log_var ? "formula" : "formula_plain")));
}

function fillSum(ctx, place, { one, mean, kl }, model) {
  const { t } = ctx;
  if (kl === null) {
    place.replaceChildren(t("sum_plain", { value: digits(one, 1) }));
    return;
  }
  const usual = model.scores?.negative_elbo;
  place.replaceChildren(
    make("span", { class: "term" }, t("sum_reconstruction", { value: digits(mean, 2) })), " + ", make("span", { class: "term" }, t("sum_kl", { value: digits(kl, 2) })), " = ",
    make("b", {}, t("sum_elbo", { value: digits(mean + kl, 2) })), make("span", { class: "quiet" }, ` ${t("sum_this", { value: digits(one, 2) })}${usual ? ` ${t("sum_usual", { value: digits(usual, 1) })}` : ""}`));
  place.dataset.sum = (mean + kl).toFixed(3);
}
