// The four curves of a run: losses, the discriminator's right answers, the generator's gradient, modes covered.

const CHART_GAP = 10; // px

// What the four charts show, of the curve as it is. With two runs the second one's lines are dashed and have no names.
function chartsOf(ctx) {
  const { model, t } = ctx;
  const series = (name, colour, value) => model.seeds.map((_, run) => ({
    name: run ? "" : name, colour, dashed: run > 0, values: model.curve.map((told) => value(told[run])),
  }));
  const [of_d, of_g, third, fourth] = [HEAD_COLOURS[0], FAKE, HEAD_COLOURS[2], HEAD_COLOURS[1]];
  const layers = model.sizes_g.length - 1;
  const norms = Array.from({ length: layers }, (_, layer) => series(t("layer", { number: layer + 1 }), HEAD_COLOURS[(layer + 1) % HEAD_COLOURS.length], ({ norms }) => norms[layer])).flat();
  const counted = model.modes > 0;
  return [
    { key: "losses", title: t("losses"), lines: [...series("D", of_d, ({ loss_d }) => loss_d), ...series("G", of_g, ({ loss_g }) => loss_g)] },
    { key: "right", title: t("right"), percent: true, range: { low: -0.02, high: 1.02 }, ticks: 2,
      lines: [...series(t("real"), third, ({ right_real }) => right_real), ...series(t("fake"), of_g, ({ right_fake }) => right_fake)] },
    { key: "norms", title: t("norms"), log: true, lines: norms },
    counted
      ? { key: "modes", title: t("modes", { count: model.modes }), range: { low: 0, high: model.modes * 1.04 }, ticks: 5, lines: series("", fourth, ({ modes }) => modes) }
      : { key: "good", title: t("good"), percent: true, range: { low: -0.02, high: 1.02 }, ticks: 2, lines: series("", fourth, ({ good }) => good) },
  ];
}

function chartsPart(ctx) {
  const figures = ["losses", "right", "norms", "modes"].map((name) => {
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

function paintCharts(ctx, height) {
  const steps = ctx.model.curve.map((told) => told[0].step);
  const here = momentOf(ctx).told[0].step;
  chartsOf(ctx).forEach((chart, i) => {
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
