// The chosen model's sum, written out: its shown digits give the shown logit, and what they lack is a term of its own.

function fillSum(ctx) {
  const { t, parts, model } = ctx;
  const line = ctx.chosenLine();
  parts.sum.hidden = !line;
  if (!line) return;
  const total = (values) => rounded(values.reduce((sum, value) => sum + rounded(value), 0));
  const terms = [];
  if (line.exact || model.method === "gradients") terms.push([rounded(line.base), line.exact ? "sum_bias" : "sum_hidden"]);
  terms.push([total(line.words), "sum_words"]);
  if (line.exact && !line.blind) terms.push([total(line.gaps), "sum_gaps"]);
  if (rounded(line.rest)) terms.push([rounded(line.rest), "sum_rest"]);
  const left = rounded(rounded(line.logit) - terms.reduce((sum, [value]) => sum + value, 0));
  const why = line.exact ? "sum_rounding" : model.method === "gradients" ? "sum_integral" : "sum_left";
  if (left || !line.exact) terms.push([left, why]);
  parts.sum.replaceChildren(make("b", { class: "whose" }, t(`kind_${line.kind}`)),
    ...terms.flatMap(([value, label], i) => [
      make("span", { class: "sign" }, i ? (value < 0 ? " − " : " + ") : ""),
      make("span", { class: "term", "data-term": label, "data-value": value },
        make("span", { class: "value" }, digits(i ? Math.abs(value) : value, PLACES)), make("small", {}, ` ${t(label)}`)),
    ]),
    make("span", { class: "sign" }, " = "), make("b", { class: "result" }, digits(line.logit, PLACES)), make("small", {}, ` ${t("logit")}`));
  parts.sum.classList.toggle("waiting", !sameOrder(ctx.shownOrder(), model.order) || !ctx.isExplained(line));
}
