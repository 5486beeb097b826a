// The next token: the likeliest of the vocabulary as bars, and the mass that they leave out as its own bar.

function nextPanel(ctx) {
  const list = make("ol", { class: "bars" });
  const facts = make("p", { class: "facts" });
  const root = make("section", { class: "panel next" }, make("h4", {}, ctx.t("next_title", { count: ctx.timeline.vocabulary.toLocaleString("en") })), list, facts);
  return { root, list, facts };
}

// {id, p, place} of the candidates; the token that was said is always among them.
function nextRows({ timeline, state }) {
  const { candidates, chances, ids, rank, said } = timeline;
  const rows = candidates[state.step].map((id, place) => ({ id, place, p: chances[state.step][place] }));
  const chosen = ids[state.step];
  if (!rows.some(({ id }) => id === chosen)) rows[rows.length - 1] = { id: chosen, place: rank[state.step] - 1, p: Math.exp(said[state.step]) };
  return { rows, chosen, left: timeline.vocabulary - rows.length, rest: Math.max(0, 1 - rows.reduce((sum, { p }) => sum + p, 0)) };
}

const candidateName = (ctx, id) => shownPiece(ctx.timeline.names[id] ?? `#${id}`, ctx.header.labels);

function showNext(ctx) {
  const { parts, timeline, state, t } = ctx;
  const { rows, chosen, left, rest } = nextRows(ctx);
  const row = (name, p, kind = "", mark = "") => make("li", { class: kind }, make("span", { class: "place" }), make("bdi", { class: "name", title: name }, name),
    make("span", { class: "track" }, make("i", { class: "bar", style: `width:${(100 * p).toFixed(2)}%` })), make("span", { class: "value" }, percent(p)), make("span", { class: "mark", "aria-hidden": "true" }, mark));
  parts.next.list.replaceChildren(...rows.map(({ id, p }) => row(candidateName(ctx, id), p, id === chosen ? "chosen" : "", id === chosen ? "◀" : "")),
    row(t("rest", { count: left.toLocaleString("en") }), rest, "rest"));
  parts.next.facts.replaceChildren(make("span", {}, make("b", {}, t("rank", { rank: timeline.rank[state.step] }))), make("span", {}, t("entropy", { bits: digits(timeline.entropy[state.step], 2) })));
}
