// The same picture before every model of the set: each one's own code of it, what comes back, and at what price.

function comparison(ctx) {
  const { t, model } = ctx;
  if (model.models.length < 2) return null;
  const cards = model.models.map((one) => {
    const canvas = make("canvas", { role: "img", "aria-label": one.title });
    const facts = make("p", { class: "facts" });
    return { one, canvas, facts, root: make("button", { type: "button", class: "compared", "data-value": one.name, title: one.about, onclick: () => ctx.act.model(one.name) }, make("b", {}, one.title), canvas, facts) };
  });
  const root = make("details", { class: "comparison", ontoggle: () => { ctx.state.compare = root.open; if (root.open) ctx.paint(); } },
    make("summary", {}, t("compare")), make("div", { class: "compared-row" }, ...cards.map((card) => card.root)), make("p", { class: "caption" }, t("compare_note")));
  root.open = Boolean(ctx.state.compare);
  return { root, cards };
}

function fillComparison(ctx) {
  const { comparison: shown } = ctx.parts;
  if (!shown?.root.open) return;
  const pixels = pictureOf(ctx);
  for (const { one, canvas, facts, root } of shown.cards) {
    root.setAttribute("aria-pressed", String(one.name === modelOf(ctx).name));
    const { layers, failed } = ctx.network(one.url, "decoder.");
    const posterior = posteriorOf(ctx, one.name);
    const context = setSize(canvas, MEDIUM, MEDIUM);
    if (!layers || !pixels || !posterior) {
      facts.textContent = pixels ? ctx.t(failed ? "not_fetched" : "fetching") : "";
      continue;
    }
    const z = drawFrom(posterior, normals(ctx.state.seed, 2));
    drawSmall(ctx, context, decoded(layers, z), 0, 0, MEDIUM);
    const { mean, kl } = elboOf(ctx, layers, posterior, z, pixels);
    facts.textContent = kl === null
      ? ctx.t("facts_plain", { reconstruction: digits(mean, 1) })
      : ctx.t("facts", { reconstruction: digits(mean, 1), kl: digits(kl, 2), sum: digits(mean + kl, 1) });
  }
}
