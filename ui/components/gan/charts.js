// The curves of a run: losses, the discriminator's right answers, the generator's gradient, modes covered.

const CHART_GAP = 10; // px
const FAKE = "#CC79A7"; // fake samples and the generator

// One line a run; with two runs the second one's is dashed and has no name.
const seriesOf = (ctx, name, colour, value) => ctx.model.seeds.map((_, run) => ({
  name: run ? "" : name, colour, dashed: run > 0, values: ctx.model.curve.map((told) => value(told[run])),
}));

// What the players told of themselves: losses, right answers, the length of the gradient.
function chartsOfPlayers(ctx, layers) {
  const { t } = ctx;
  const [of_d, of_g, of_real] = [HEAD_COLOURS[0], FAKE, HEAD_COLOURS[2]];
  const norms = Array.from({ length: layers }, (_, layer) => seriesOf(ctx, t("layer", { number: layer + 1 }), HEAD_COLOURS[(layer + 1) % HEAD_COLOURS.length], ({ norms: all }) => all[layer] ?? NaN));
  return [
    { title: t("losses"), lines: [...seriesOf(ctx, "D", of_d, ({ loss_d }) => loss_d), ...seriesOf(ctx, "G", of_g, ({ loss_g }) => loss_g)] },
    { title: t("right"), percent: true, range: SHARES, ticks: 2,
      lines: [...seriesOf(ctx, t("real"), of_real, ({ right_real }) => right_real), ...seriesOf(ctx, t("fake"), of_g, ({ right_fake }) => right_fake)] },
    { title: t("norms"), log: true, lines: norms.flat() },
  ];
}

const SHARES = { low: -0.02, high: 1.02 };

function chartsOf(ctx) {
  const { model, t } = ctx;
  const last = model.modes > 0
    ? { title: t("modes", { count: model.modes }), range: { low: 0, high: model.modes * 1.04 }, ticks: 5, lines: seriesOf(ctx, "", HEAD_COLOURS[1], ({ modes }) => modes) }
    : { title: t("good"), percent: true, range: SHARES, ticks: 2, lines: seriesOf(ctx, "", HEAD_COLOURS[1], ({ good }) => good) };
  return [...chartsOfPlayers(ctx, model.sizes_g.length - 1), last];
}

function chartsPart(ctx, names) {
  const figures = names.map((name) => {
    const canvas = make("canvas", { class: "chart-canvas", role: "img" });
    const title = make("figcaption");
    const figure = { root: make("figure", { class: `chart ${name}` }, title, canvas), canvas, title, frame: null };
    const scrub = (event) => {
      const box = canvas.getBoundingClientRect();
      ctx.act.step(figure.frame.stepAt(event.clientX - box.left));
    };
    canvas.addEventListener("pointerdown", (event) => { if (!event.button) { canvas.setPointerCapture(event.pointerId); scrub(event); } });
    canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) scrub(event); });
    return figure;
  });
  return { figures, root: make("div", { class: "charts" }, ...figures.map((figure) => figure.root)) };
}

// `height`: px of two rows.
function paintCharts(ctx, charts, height) {
  const steps = ctx.model.curve.map((told) => told[0].step);
  const here = momentOf(ctx).told[0].step;
  charts.forEach((chart, i) => {
    const figure = ctx.parts.charts.figures[i];
    figure.title.textContent = chart.title;
    const width = figure.root.clientWidth;
    const room = Math.max(84, height / 2 - figure.title.offsetHeight - CHART_GAP);
    figure.frame = paintChart(setSize(figure.canvas, width, room), { x: 0, y: 0, width, height: room }, { ...chart, steps, here }, ctx.theme);
    const now = chart.lines.filter(({ name, dashed }) => name || !dashed).map(({ name, values }) => `${name} ${digits(valueAt(values, steps, here), 3)}`.trim());
    figure.canvas.setAttribute("aria-label", `${chart.title}: ${now.join(", ")}`);
  });
}

const valueAt = (values, steps, here) => values[steps.findLastIndex((step) => step <= here)] ?? NaN;
