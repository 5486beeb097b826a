// The next token: the softmax over the whole vocabulary as bars, and the mass that they leave out as its own bar.

const SETTINGS = ["temperature", "top_k", "top_p", "min_p", "seed"];

function softmaxPanel(ctx) {
  const { t } = ctx;
  const top = segment("top", t("top"), ctx.header.tops.map((value) => ({ value, words: String(value) })), (value) => ctx.act.change({ top: Number(value) }));
  const title = make("h4", {});
  const list = make("ol", { class: "bars" });
  const facts = make("p", { class: "facts" });
  const strip = make("div", { class: "strip", hidden: true });
  const root = make("section", { class: "panel softmax", "data-part": "softmax" },
    make("div", { class: "panel-head" }, title, make("label", { class: "quiet" }, t("top"), " "), top), list, strip, facts);
  return { root, title, list, facts, strip, top };
}

// The bars' rows: the likeliest, the chosen one if it is not among them, and what is left.
function softmaxRows(ctx) {
  const { timeline, state, sampler } = ctx;
  const { order, logs } = rankedAt(timeline, state.step);
  const adjusted = sampler ? adjustedRanked(logs, sampler) : null;
  const rows = [];
  let shown = 0, shownAdjusted = 0;
  // As many rows whether the chosen token is among the likeliest or stands below them.
  const room = timeline.rank[state.step] <= state.top ? state.top : state.top - 1;
  for (let place = 0; place < Math.min(room, order.length); place++) {
    const p = Math.exp(logs[place]);
    if (p === 0) break;
    rows.push({ place, id: order[place], p, q: adjusted ? adjusted[place] : null });
    shown += p;
    shownAdjusted += adjusted ? adjusted[place] : 0;
  }
  const chosen = timeline.ids[state.step];
  if (!rows.some((row) => row.id === chosen)) {
    const place = timeline.rank[state.step] - 1;
    const p = Math.exp(logs[place]);
    rows.push({ place, id: chosen, p, q: adjusted ? adjusted[place] : null, far: true });
    shown += p;
    shownAdjusted += adjusted ? adjusted[place] : 0;
  }
  const left = timeline.vocabulary - rows.length;
  return { rows, chosen, left, rest: Math.max(0, 1 - shown), restAdjusted: adjusted ? Math.max(0, 1 - shownAdjusted) : null, adjusted, order };
}

function pieceName(ctx, id) {
  const piece = ctx.timeline.names[id];
  return piece === undefined ? `#${id}` : shownPiece(piece, ctx.header.labels);
}

function showSoftmax(ctx) {
  const { parts, state, timeline, t } = ctx;
  const { root, list, facts, title, top } = parts.softmax;
  const found = softmaxRows(ctx);
  press(top, state.top);
  title.textContent = t("softmax_title", { count: timeline.vocabulary.toLocaleString("en") });
  list.replaceChildren(...found.rows.map((row) => barRow(ctx, row, found.chosen)), restRow(ctx, found));
  facts.replaceChildren(
    make("span", {}, make("b", {}, t("rank", { rank: timeline.rank[state.step] }))),
    make("span", {}, t("entropy", { bits: digits(timeline.entropy[state.step], 2) })),
    ...(found.adjusted ? [make("span", {}, t("entropy_adjusted", { bits: digits(entropyOf(found.adjusted), 2) }))] : []));
  root.classList.toggle("reshaped", Boolean(found.adjusted));
  showStrip(ctx, found);
}

function barRow(ctx, { place, id, p, q, far }, chosen) {
  const { t, state } = ctx;
  const name = pieceName(ctx, id);
  const shown = q === null ? p : q;
  const row = make("li", { class: `${id === chosen ? "chosen" : ""}${far ? " far" : ""}${q === 0 ? " cut" : ""}` },
    make("button", {
      type: "button", "data-id": id, title: id === chosen ? t("chosen_title", { token: name }) : t("fork_title", { token: name }),
      onclick: () => ctx.act.fork(state.step, id),
    },
    make("span", { class: "place" }, far ? `${place + 1}.` : ""),
    make("bdi", { class: "name" }, name),
    make("span", { class: "track" }, make("i", { class: "bar", style: `width:${(100 * shown).toFixed(2)}%` }),
      q === null ? null : make("i", { class: "before", style: `left:${(100 * p).toFixed(2)}%` })),
    make("span", { class: "value" }, percent(shown)),
    make("span", { class: "mark", "aria-hidden": "true" }, id === chosen ? "◀" : "")));
  return row;
}

function restRow(ctx, { left, rest, restAdjusted }) {
  const shown = restAdjusted === null ? rest : restAdjusted;
  return make("li", { class: "rest" }, make("span", { class: "place" }), make("span", { class: "name" }, ctx.t("rest", { count: left.toLocaleString("en") })),
    make("span", { class: "track" }, make("i", { class: "bar", style: `width:${(100 * shown).toFixed(2)}%` })),
    make("span", { class: "value" }, percent(shown)), make("span", { class: "mark" }));
}

function entropyOf(probabilities) {
  let sum = 0;
  for (const p of probabilities) if (p > 0) sum -= p * Math.log2(p);
  return sum;
}

// The tokens side by side, each as wide as its probability, and where the random number u falls.
function showStrip(ctx, { adjusted, order }) {
  const { strip } = ctx.parts.softmax;
  const { state, timeline, t, sampler } = ctx;
  strip.hidden = !adjusted;
  if (!adjusted) return;
  const u = uniform(sampler.seed, state.step);
  const given = timeline.given.includes(state.step);
  // What core drew with these very settings stands: a long timeline has come in half precision, which may draw another.
  const drawn = !given && SETTINGS.every((name) => sampler[name] === ctx.header.sampler.sampler[name]);
  const fallen = drawn ? timeline.rank[state.step] - 1 : drawnPlace(adjusted, u);
  const cells = [];
  let sum = 0;
  for (let place = 0; place < adjusted.length && sum < 0.995 && place < 40 && adjusted[place] > 0; place++) {
    cells.push(make("i", { class: place === fallen ? "fallen" : "", style: `width:${100 * adjusted[place]}%`, title: `${pieceName(ctx, order[place])} ${percent(adjusted[place])}` },
      adjusted[place] > 0.08 ? pieceName(ctx, order[place]) : ""));
    sum += adjusted[place];
  }
  const same = given || order[fallen] === timeline.ids[state.step];
  const words = given ? t("strip_forced") : t("strip", { u: digits(u, 4), token: pieceName(ctx, order[fallen]), rank: fallen + 1 });
  strip.replaceChildren(
    make("div", { class: "cumulative" }, ...cells, make("b", { class: "u", style: `left:${100 * u}%` }, "▼")),
    make("p", {}, words, same ? "" : ` ${t("strip_wait")}`));
}
