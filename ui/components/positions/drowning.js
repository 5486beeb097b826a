// Integers drown the word: lengths at each place of the sentence, and how alike different words become.

function buildDrowning(ctx) {
  const canvas = make("canvas", { role: "img" });
  const caption = make("figcaption", {});
  return { canvas, caption, children: [canvas, make("div", { class: "foot" }, caption, ctx.tools())] };
}

// Blue and orange of Okabe and Ito; each line carries its name as well.
const lineColours = (theme) => ({ first: theme.above, second: theme.below, third: theme.faint });

function drowningCharts({ data, t, theme }) {
  const colours = lineColours(theme);
  const line = (values) => values.map((y, x) => [x, y]);
  const charts = [{
    title: t("lengths"), xName: t("x_place"),
    series: [
      { name: t("position_length"), points: line(data.position_length), colour: colours.first, at: 0.7, dots: true },
      { name: t("word_length"), points: line(data.word_length), colour: colours.second, at: 0.97, dots: true },
    ],
  }, {
    title: t("cosines"), xName: t("x_place"), yRange: [-0.25, 1.08],
    series: [
      { name: t("different_words"), points: line(data.different_words), colour: colours.first, at: 0.8 },
      { name: t("same_word"), points: line(data.same_word), colour: colours.second, at: 0.8 },
    ],
  }];
  if (data.compared) {
    charts[1].series.push({ name: t("compared"), points: line(data.compared), colour: colours.third, dash: [5, 3], at: 0.4 });
  }
  return charts;
}

function paintDrowning(ctx) {
  const { theme, parts, t, width } = ctx;
  const narrow = width < 700;
  const high = 250;
  const context = setSize(parts.canvas, width, narrow ? 2 * high + 12 : high);
  drowningCharts(ctx).forEach((chart, i) => {
    const wide = narrow ? width : width / 2 - 10;
    drawChart(context, theme, { x: narrow ? 0 : i * (wide + 20), y: narrow ? i * (high + 12) : 0, width: wide, height: high }, chart);
  });
  parts.canvas.setAttribute("aria-label", t("caption"));
  parts.caption.textContent = t("caption");
}

function filesOfDrowning(ctx) {
  const tables = drowningCharts(ctx).flatMap((chart) => chart.series.map((one) => ({
    title: "", columns: [chart.xName, one.name], rows: one.points.map((point) => ({ values: point })),
  })));
  return { lines: [ctx.t("file"), ctx.t("caption")], tables, words: [ctx.t("file")] };
}

export default mounted({ build: buildDrowning, fit: (_, state) => state, paint: paintDrowning, files: filesOfDrowning });
