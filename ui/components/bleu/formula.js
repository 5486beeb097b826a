// The formula with this translation's digits: what stands there, multiplied by hand, gives the BLEU beside it.

// As many digits as it takes for the product of the shown numbers to round to the shown score.
function shownDigits(brevity, mean, value) {
  for (let places = 4; places < 12; places++) {
    const [b, m] = [brevity.toFixed(places), mean.toFixed(places)];
    if ((100 * Number(b) * Number(m)).toFixed(2) === value.toFixed(2)) return [b, m];
  }
  return [String(brevity), String(mean)];
}

function fillFormula(ctx) {
  const { parts, t } = ctx;
  const cut = cutNow(ctx);
  const { value, brevity, fractions, used } = scoreNow(ctx);
  parts.value.textContent = scoreWords(value);
  parts.signature.textContent = scoreNow(ctx).signature;
  const general = make("p", { class: "general" }, "BLEU = BP · exp( ", fraction("1", "N"), " Σ ln pₙ ) = BP · (p₁ · p₂ · … )", make("sup", {}, "1/N"));
  if (!used) {
    parts.formula.replaceChildren(general, make("p", { class: "said" }, t("no_match")));
    return;
  }
  const taken = fractions.slice(0, used);
  const mean = taken.reduce((product, [top, bottom]) => product * (bottom ? top / bottom : 0), 1) ** (1 / used);
  const [shownBrevity, shownMean] = shownDigits(brevity, mean, value);
  const { length, reference } = lengthsOf(cut);
  const penalty = length < reference ? ["exp(1 − ", fraction(reference, length), ")"] : ["1"];
  const product = taken.flatMap(([top, bottom], i) => [i ? " · " : "", fraction(plainNumber(top), plainNumber(bottom))]);
  const root = used > 1 ? make("sup", {}, `1/${used}`) : "";
  parts.formula.replaceChildren(general,
    make("p", { class: "numbers" },
      make("span", {}, "= ", ...penalty, " · ( ", ...product, " )", root), " ",
      make("span", {}, "= ", make("b", { "data-part": "brevity" }, shownBrevity), " · ", make("b", { "data-part": "mean" }, shownMean)), " ",
      make("span", {}, "= ", make("b", {}, (value / 100).toFixed(4)))));
  if (used < fractions.length) {
    parts.formula.append(make("p", { class: "said" }, t(used > 1 ? "fewer" : "fewer_one", { n: LOW[used] })));
  }
}

function fraction(top, bottom) {
  return make("span", { class: "fraction" }, make("span", {}, String(top)), make("span", { class: "under" }, String(bottom)));
}
