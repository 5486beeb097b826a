// One line a model: where it stands between unpleasant and pleasant, and what it is worth and costs.

function linesOf(ctx) {
  const { t, model } = ctx;
  const head = make("div", { class: "line head", "aria-hidden": "true" }, make("span", {}),
    make("span", { class: "ends" }, make("span", {}, t("unpleasant")), make("span", {}, t("pleasant"))),
    make("span", {}, t("logit")), ...["accuracy", "size", "training", "review"].map((name) => make("span", { class: "figure", "data-figure": name }, t(name))));
  ctx.lines = model.lines.map((line) => lineOf(ctx, line));
  return make("div", { class: "lines", role: "group", "aria-label": t("lines") }, head, ...ctx.lines.map(({ element }) => element));
}

function lineOf(ctx, line) {
  const { t } = ctx;
  const name = make("span", { class: "name", title: t(`about_kind_${line.kind}`) }, make("b", {}, t(`kind_${line.kind}`)),
    line.blind ? make("span", { class: "blind", title: t("about_blind") }, t("blind")) : null);
  if (line.missing) {
    const element = make("div", { class: "line missing", "data-kind": line.kind }, name, make("span", { class: "problem" }, line.missing));
    return { line, element };
  }
  const bar = make("i", { class: "bar" });
  const tick = make("i", { class: "tick" });
  const mark = make("i", { class: "mark" });
  const share = make("span", { class: "share" });
  const logit = make("b", { class: "logit" });
  const element = make("button", { type: "button", class: "line", "data-kind": line.kind, onclick: () => ctx.act.kind(line.kind) },
    name, make("span", { class: "track" }, make("i", { class: "middle" }), bar, tick, mark, share), logit, ...figuresOf(ctx, line));
  return { line, element, bar, tick, mark, share, logit };
}

function figuresOf(ctx, { figures }) {
  const { t } = ctx;
  const figure = (name, words, title) => make("span", { class: "figure", "data-figure": name, title: title ?? t(name) }, ...words);
  const part = figures.part === "test" ? "test" : "dev";
  const count = figures.reviews.toLocaleString("en");
  return [
    figure("accuracy", figures.accuracy === null ? ["–"] : [make("b", {}, percent(figures.accuracy, 1)), make("small", {}, ` ${t(`of_${part}`, { count })}`)], t(`about_${part}`, { count })),
    figure("size", [t("megabytes", { size: (figures.bytes / 1e6).toFixed(figures.bytes < 1e5 ? 2 : 1) })]),
    figure("training", [trainingTime(ctx, figures.seconds)]),
    figure("review", figures.ms === null ? ["–"] : [t("milliseconds", { count: figures.ms < 0.1 ? figures.ms.toFixed(2) : figures.ms.toFixed(1) })]),
  ];
}

function fillLines(ctx) {
  const { theme, t, parts } = ctx;
  const order = ctx.shownOrder();
  const shown = {};
  for (const { element, ...part } of ctx.lines) {
    const line = ctx.model.lines.find(({ kind }) => kind === part.line.kind);
    if (!part.bar || line.missing) continue;
    const now = logitOf(ctx, line, order);
    const logit = now ?? line.logit;
    const at = sigmoid(logit);
    if (now !== null) shown[line.kind] = now;
    element.classList.toggle("waiting", now === null);
    element.setAttribute("aria-pressed", String(line.kind === ctx.state.kind));
    element.setAttribute("aria-label", t("line", { name: t(`kind_${line.kind}`), logit: signed(logit), share: percent(at) }));
    part.mark.style.left = `${100 * at}%`;
    part.mark.style.background = part.bar.style.background = at < 0.5 ? theme.below : theme.above;
    part.bar.style.left = `${100 * Math.min(at, 0.5)}%`;
    part.bar.style.width = `${100 * Math.abs(at - 0.5)}%`;
    part.tick.title = t("about_typed", { logit: signed(line.typed) });
    part.tick.style.left = `${100 * sigmoid(line.typed)}%`;
    part.share.textContent = percent(at);
    part.share.classList.toggle("right", at < 0.5);
    part.logit.textContent = signed(logit);
  }
  parts.root.dataset.logits = JSON.stringify(shown);
}
