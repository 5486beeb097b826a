// The sentences as chips, and the n-grams of one length as pills, each with what became of it.

const cutNow = (ctx) => ctx.model.cuts[ctx.state.tok];
const scoreNow = (ctx) => cutNow(ctx).scores[ctx.state.smooth];
const scoreWords = (value) => value.toFixed(2);

// Characters stand close together; all other tokens have a space between them.
const spelled = (tokens, tok) => tokens.join(tok === "char" ? "" : " ");

// The n-grams by the place where they begin. The first ones of a kind count, up to the limit; the rest is clipped.
function gramsOf(cut, n) {
  const found = [];
  for (const gram of cut.orders[n - 1].grams) {
    gram.places.forEach((place, nth) => {
      const verdict = nth < gram.matches ? "counted" : gram.limit ? "clipped" : "absent";
      found[place] = { gram, place, nth, verdict };
    });
  }
  return found;
}

function referenceName(ctx, place) {
  const several = ctx.model.references.length > 1;
  return ctx.t(several ? "reference" : "reference_only", { number: place + 1 });
}

function sentenceRow(name, tokens, line) {
  const chips = make("div", { class: "chips", "data-line": line },
    ...tokens.map((token, i) => make("span", { class: "chip token", "data-i": i, dir: "auto" }, token)));
  return make("div", { class: "sentence" }, make("span", { class: "name" }, name), chips);
}

function fillSentences(ctx) {
  const cut = cutNow(ctx);
  ctx.parts.sentences.replaceChildren(
    sentenceRow(ctx.t("hypothesis"), cut.tokens, -1),
    ...cut.references.map((tokens, i) => sentenceRow(referenceName(ctx, i), tokens, i)));
}

const MARKS = { counted: "✓", clipped: "✂", absent: "–" };

function fillGrams(ctx) {
  const { parts, state, t } = ctx;
  const cut = cutNow(ctx);
  ctx.grams = gramsOf(cut, state.n);
  parts.gramsName.textContent = t("grams", { n: state.n });
  parts.grams.setAttribute("aria-label", t("grams_alternative", { n: state.n }));
  parts.grams.replaceChildren(...ctx.grams.map(({ place, verdict }) =>
    make("span", { class: `gram ${verdict}`, "data-i": place, role: "img", "aria-label": `${gramText(ctx, place)}: ${t(verdict)}` },
      make("i", { class: "mark", "aria-hidden": "true" }, MARKS[verdict]), make("bdi", {}, gramText(ctx, place)))));
  if (!ctx.grams.length) parts.grams.append(make("span", { class: "none" }, t("no_grams", { n: state.n })));
  if (state.at >= ctx.grams.length) state.at = -1;
}

function gramText(ctx, place) {
  return spelled(cutNow(ctx).tokens.slice(place, place + ctx.state.n), ctx.state.tok);
}

function legendOf(ctx) {
  return make("p", { class: "legend" }, ...Object.entries(MARKS).map(([verdict, mark]) =>
    make("span", {}, make("span", { class: `gram ${verdict}`, "aria-hidden": "true" }, make("i", { class: "mark" }, mark)), ` ${ctx.t(verdict)}`)));
}
