// Translations to rate from 1 to 5. Every press is one vote; who wrote it and its BLEU appear with the first.

function createInstance(parent) {
  const ctx = newContext();
  let root = null;
  const lines = [];

  const votesFor = (place) => ctx.state.votes.filter(([item]) => item === place).map(([, rating]) => rating);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  function change(votes) {
    ctx.state.votes = votes;
    paint();
    report(ctx);
  }

  function paint() {
    const { t, model, state } = ctx;
    lines.forEach(({ stars, outcome }, place) => {
      const votes = votesFor(place);
      for (const button of stars.children) {
        const given = votes.filter((rating) => rating === Number(button.dataset.rating)).length;
        button.toggleAttribute("data-given", given > 0);
      }
      const { bleu, chrf, origin } = model.items[place];
      outcome.replaceChildren(...(votes.length
        ? [make("b", {}, t("votes", { mean: mean(votes).toFixed(2), count: votes.length })), make("br"),
          `BLEU ${bleu.toFixed(1)} · chrF2 ${chrf.toFixed(1)}`, make("br"), origin]
        : [t("hidden")]));
    });
    for (const button of root.querySelectorAll(".tools button")) button.disabled = !state.votes.length;
    root.dataset.votes = state.votes.length;
  }

  function itemOf(item, place) {
    const { t } = ctx;
    const stars = make("div", { class: "stars", role: "group", "aria-label": item.translation }, ...[1, 2, 3, 4, 5].map((rating) =>
      make("button", { type: "button", "data-rating": rating, "aria-label": t("vote", { rating }), onclick: () => change([...ctx.state.votes, [place, rating]]) }, String(rating))));
    const outcome = make("div", { class: "outcome", "aria-live": "polite" });
    lines.push({ stars, outcome });
    return make("li", { class: "item" }, make("span", { class: "number" }, String(place + 1)),
      make("div", { class: "texts" }, make("span", { class: "quiet", dir: "auto" }, `${t("source")}: ${item.source}`),
        make("span", { class: "translation", dir: "auto" }, item.translation),
        make("span", { class: "quiet", dir: "auto" }, `${t("reference")}: ${item.reference}`)),
      stars, outcome);
  }

  return {
    update(data, send) {
      ctx.send = send;
      const before = ctx.model;
      const { initial: _before, ...content } = before ?? {};
      const { initial: _now, ...fresh } = data;
      if (before && JSON.stringify(content) === JSON.stringify(fresh)) return;
      ctx.model = data;
      // The votes are kept here; the list may have been away with its page or its panel.
      if (!ctx.state) {
        ctx.state = { votes: [...beginning(data, false).votes] };
        if (JSON.stringify(ctx.state.votes) !== JSON.stringify(data.initial.votes)) report(ctx);
      }
      const { t } = ctx;
      root?.remove();
      lines.length = 0;
      const list = make("ol", { class: "items" }, ...data.items.map(itemOf));
      root = make("section", { class: "picture rating-picture", "aria-label": t("rate_component") },
        make("div", { class: "controls" }, make("span", { class: "label" }, t("rate_help")),
          make("div", { class: "tools" },
            make("button", { type: "button", class: "undo", onclick: () => change(ctx.state.votes.slice(0, -1)) }, t("undo")),
            make("button", { type: "button", class: "reset", onclick: () => change([]) }, t("reset")))),
        list);
      parent.append(root);
      paint();
      root.dataset.ready = "true";
    },
    destroy() {
      ctx.teller.end();
      root?.remove();
    },
  };
}

export default livingBy(createInstance, GIVEN);
