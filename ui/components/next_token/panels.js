// The three panels: the likeliest tokens, the controls in their order, and other temperatures with the same number.

const ROWS = 12;
const TEMPERATURES = [0, 0.3, 0.7, 1, 1.5, 2, 5];

function barsPanel(ctx) {
  const { t } = ctx;
  const list = make("ol", { class: "bars" });
  const sum = make("p", { class: "both-ways", "aria-live": "polite" });
  const find = make("input", { type: "search", class: "find", value: ctx.state.find, placeholder: t("find"), "aria-label": t("find"), maxlength: 40,
    oninput: () => ctx.act.find(find.value), onkeydown: (event) => event.stopPropagation() });
  const root = make("section", { class: "panel next-bars" }, make("div", { class: "panel-head" }, make("h4", {}, t("bars_title", { count: ctx.next.count.toLocaleString("en") })), find),
    make("div", { class: "heads quiet" }, ...["", "token", "logit", "p", "", "left", ""].map((name) => make("span", {}, name && t(`head_${name}`)))), list, sum);
  return { root, list, sum };
}

// The first ones, and the one that was drawn.
function likeliest(count, fallen) {
  const places = Array.from({ length: Math.min(ROWS - (fallen >= ROWS ? 1 : 0), count) }, (_, i) => i);
  return fallen < ROWS ? places : [...places, fallen];
}

// The likeliest of the tokens that hold what is looked for.
function placesWith(ctx, text) {
  const wanted = text.normalize("NFC").trim().toLowerCase();
  const places = [];
  for (let place = 0; place < ctx.next.count && places.length < ROWS; place++) {
    if (nameAt(ctx, place).toLowerCase().includes(wanted)) places.push(place);
  }
  return places;
}

function showBars(ctx, stages) {
  const { parts, state, next, t, u } = ctx;
  const [model, left] = [stages[0].left, stages.at(-1).left];
  const fallen = ctx.fallen;
  const places = state.find ? placesWith(ctx, state.find) : likeliest(next.count, fallen);
  const shown = [model, left].map((probabilities) => places.reduce((sum, place) => sum + probabilities[place], 0));
  const chosen = places.includes(state.place) ? state.place : fallen;
  const none = places.length ? [] : [make("li", { class: "none" }, t("not_found", { text: state.find }))];
  parts.bars.list.replaceChildren(...none, ...places.map((place) => barLine(ctx, place, model[place], left[place], { drawn: place === fallen, chosen: place === chosen })),
    make("li", { class: "rest" }, make("span", { class: "place" }), make("span", { class: "name" }, t("hidden", { count: (next.count - places.length).toLocaleString("en") })), make("span"),
      make("span", { class: "value" }, percent(Math.max(0, 1 - shown[0]))), trackOf(Math.max(0, 1 - shown[1]), Math.max(0, 1 - shown[0])), make("span", { class: "value" }, percent(Math.max(0, 1 - shown[1]))), make("span")));
  const ways = bothWays(next, chosen, ctx.sampler.temperature);
  parts.bars.sum.textContent = ways
    ? t("both_ways", { token: nameAt(ctx, chosen), t: ctx.sampler.temperature, logits: ways.logits.toFixed(6), logs: ways.logs.toFixed(6) })
    : t("both_ways_zero", { token: nameAt(ctx, 0) });
  Object.assign(parts.root.dataset, { drawn: next.order[fallen], u });
}

const trackOf = (p, before) => make("span", { class: "track" }, make("i", { class: "bar", style: `width:${(100 * p).toFixed(2)}%` }), make("i", { class: "before", style: `left:${(100 * before).toFixed(2)}%` }));

function barLine(ctx, place, p, q, { drawn, chosen }) {
  const { t, next } = ctx;
  const id = next.order[place];
  const name = nameAt(ctx, place);
  return make("li", { class: `${drawn ? "drawn" : ""}${chosen ? " chosen" : ""}${q === 0 ? " cut" : ""}`, "data-id": id, onclick: () => ctx.act.look(place) },
    make("span", { class: "place" }, `${place + 1}`), make("bdi", { class: "name", title: name }, name), make("span", { class: "value logit" }, digits(next.logits[id], 2)),
    make("span", { class: "value" }, percent(p)), trackOf(q, p), make("span", { class: "value left" }, percent(q)),
    make("button", { type: "button", class: "say", title: t("say_title", { token: name }), "aria-label": t("say_title", { token: name }), onclick: (event) => { event.stopPropagation(); ctx.act.say(id); } }, "+"));
}

function stagesPanel(ctx) {
  const { t } = ctx;
  const list = make("div", { class: "stages" });
  const said = make("p", { class: "said-why", "aria-live": "polite" });
  const curve = make("div", { class: "curve" });
  const root = make("section", { class: "panel next-stages" }, make("div", { class: "panel-head" }, make("h4", {}, t("stages_title"))), list, said,
    make("p", { class: "quiet curve-title" }, t("curve_title", { count: ctx.next.count.toLocaleString("en") })), curve);
  return { root, list, said, curve };
}

function showStages(ctx, stages) {
  const { parts, sampler, next, t, u, fallen } = ctx;
  const rows = stages.map((stage) => {
    const off = stage.name !== "model" && isOff(stage.name, sampler, next.count);
    const cuts = ["top_k", "top_p", "min_p"].includes(stage.name);
    return stageRow(t(`stage_${stage.name}`), stage.name === "model" ? "" : off ? t("off") : String(sampler[stage.name]),
      stripOf(ctx, cuts ? stage.before : stage.left, cuts || sampler.temperature === 0 ? { kept: stage.kept } : {}),
      t("kept", { count: Math.min(stage.kept, next.count).toLocaleString("en"), bits: digits(bitsOf(stage.left), 2) }), { off, stage: stage.name, kept: stage.kept });
  });
  rows.push(stageRow(t("stage_draw"), `u = ${digits(u, 4)}`, stripOf(ctx, stages.at(-1).left, { kept: stages.at(-1).kept, u, fallen }), nameAt(ctx, fallen), { stage: "draw" }));
  parts.stages.list.replaceChildren(...rows);
  const below = stages.at(-1).left.slice(0, fallen).reduce((sum, p) => sum + p, 0);
  parts.stages.said.textContent = t("why", { u: digits(u, 4), token: nameAt(ctx, fallen), rank: (fallen + 1).toLocaleString("en"), low: digits(below, 4), high: digits(below + stages.at(-1).left[fallen], 4) });
}

function stageRow(name, value, strip, facts, { off = false, stage, kept = null }) {
  return make("div", { class: `stage-row${off ? " off" : ""}`, "data-stage": stage, "data-kept": kept }, make("span", { class: "stage-name" }, name, make("b", {}, value)), strip, make("span", { class: "stage-facts" }, facts));
}

function severalPanel(ctx) {
  const { t } = ctx;
  const list = make("div", { class: "stages" });
  const root = make("section", { class: "panel next-several" }, make("div", { class: "panel-head" }, make("h4", {}, t("several_title"))), list, make("p", { class: "quiet" }, t("several_note")));
  return { root, list };
}

function showSeveral(ctx) {
  const { parts, sampler, next, t, u } = ctx;
  parts.several.list.replaceChildren(...TEMPERATURES.map((temperature) => {
    const left = adjustedRanked(next.logs, { ...sampler, temperature });
    const fallen = drawnPlace(left, u), kept = keptOf(left);
    const row = stageRow(`T = ${temperature}`, "", stripOf(ctx, left, { u, fallen }),
      t("several_facts", { token: nameAt(ctx, fallen), rank: (fallen + 1).toLocaleString("en"), count: Math.min(kept, next.count).toLocaleString("en"), bits: digits(bitsOf(left), 2) }), { stage: `t${temperature}`, kept });
    row.classList.toggle("here", temperature === sampler.temperature);
    return row;
  }));
}
