// The step from number to number, each with its bits, and the sentence that says what became of it.

function chainPart(ctx) {
  const lines = Object.fromEntries(["gradient", "product", "weight", "after"].map((name) => {
    const words = make("span", { class: "chain-name" }, ctx.t(`chain_${name}`)), value = make("span", { class: "chain-value" }), bits = make("span", { class: "chain-bits" });
    return [name, { value, bits, root: make("div", { class: "chain-line", "data-name": name }, words, value, bits) }];
  }));
  const verdict = make("p", { class: "verdict", "aria-live": "polite" }), limits = make("p", { class: "limits" });
  return { lines, verdict, limits, root: make("div", { class: "chain" }, ...Object.values(lines).map((one) => one.root), verdict, limits) };
}

function fillChain(ctx) {
  const { lines, verdict, limits } = ctx.parts.chain;
  const { form, update, t } = ctx;
  const wanted = { gradient: ctx.state.grad, product: ctx.state.lr * update.gradient, weight: ctx.state.w, after: update.weight - update.product };
  for (const [name, { value, bits, root }] of Object.entries(lines)) {
    const pattern = encoded(form, update[name]);
    const exact = Object.is(update[name], wanted[name]) || update[name] === wanted[name];
    value.textContent = exact ? plainNumber(update[name], 10) : `${plainNumber(wanted[name], 7)} → ${plainNumber(update[name], 7)}`;
    root.dataset.lost = !exact && update[name] === 0;
    bits.replaceChildren(...bitSpans(form, pattern));
  }
  verdict.replaceChildren(make("b", {}, `${t(`outcome_${update.outcome}`)}:`), ` ${t(`why_${update.outcome}`, whyValues(ctx))}`);
  verdict.dataset.outcome = update.outcome;
  limits.textContent = limitWords(ctx);
}

function bitSpans(form, pattern) {
  const text = pattern.toString(2).padStart(form.bits, "0");
  return partsOf(form).map(({ name, first, count }) => make("span", { class: `bits-of ${name}` }, text.slice(first, first + count)));
}

function whyValues(ctx) {
  const { form, update, state } = ctx;
  const wanted = state.lr * state.grad;
  const moved = update.weight - update.after;
  const next = beside(form, encoded(form, update.weight), update.product < 0);
  const gap = next === null ? NaN : Math.abs(decoded(form, next) - update.weight);
  return {
    form: form.name, grad: plainNumber(state.grad), half: plainNumber(form.smallest / 2), wanted: plainNumber(wanted), step: plainNumber(update.product), weight: plainNumber(update.weight),
    gap: plainNumber(gap), moved: plainNumber(moved), share: `${Math.round((100 * moved) / wanted)} %`, largest: plainNumber(form.largest),
  };
}

// Which additions and subtractions change nothing here: half of the way to each neighbour, and just that half too where
// the weight's own pattern is the even one.
function limitWords(ctx) {
  const { form, update, t } = ctx;
  const pattern = encoded(form, update.weight);
  const [up, down] = [true, false].map((isUp) => {
    const next = beside(form, pattern, isUp);
    return next === null ? NaN : Math.abs(decoded(form, next) - update.weight) / 2;
  });
  if (!Number.isFinite(up) || !Number.isFinite(down)) return "";
  return t(pattern % 2n ? "limits_odd" : "limits_even", { form: form.name, weight: plainNumber(update.weight), up: powerWords(up), down: powerWords(down) });
}

const powerWords = (value) => (Number.isInteger(Math.log2(value)) ? `2${raised(Math.log2(value))} (${plainNumber(value, 2)})` : plainNumber(value));
