// PNG of the picture as it stands, and its numbers as CSV: the step's states, the whole matrix, every step.

const fileOf = (ctx, ending) => safeFileName([ctx.t("file"), ctx.timeline.kind, Array.from(ctx.header.text).slice(0, 20).join(""), String(ctx.state.step + 1)], ending);

async function savePicture(ctx) {
  const title = ctx.t("title", { model: modelName(ctx), text: ctx.header.text, step: ctx.state.step + 1 });
  saveBlob(await pngOfElement(ctx.parts.stage, ctx.theme, [title, ctx.t("caption")]), fileOf(ctx, "png"));
}

function saveNumbers(ctx) {
  const { t, timeline, state: { step } } = ctx;
  const { source, hidden, width } = timeline;
  const [over, down] = [sourceNames(ctx), saidNames(ctx)];
  const at = (values, i) => (values ? values[step * source.length + i] : null);
  const axis = (count) => Array.from({ length: count }, (_, d) => String(d + 1));
  const found = nextRows(ctx);
  saveBlob(csvBlob([
    {
      title: `${modelName(ctx)} · ${t("step")} ${step + 1}`, columns: [t("score"), t("weight"), ...axis(hidden)],
      rows: over.map((label, i) => ({ label, values: [at(timeline.scores, i), at(timeline.weights, i), ...rowOf(timeline.encoder, i, hidden)] })),
    },
    { title: t("column_vector"), columns: axis(hidden), rows: [{ label: "h", values: rowOf(timeline.decoder, step, hidden) }, { label: "c", values: contextAt(timeline, step) }] },
    { title: t("column_vector"), columns: axis(width), rows: [{ label: "h̃", values: rowOf(timeline.attentional, step, width) }] },
    { title: t("grid_title"), columns: over, rows: down.map((label, i) => ({ label, values: rowOf(timeline.weights, i, source.length) })) },
    {
      title: t("next_title", { count: timeline.vocabulary.toLocaleString("en") }), columns: ["id", t("column_rank"), t("column_p")],
      rows: [...found.rows.map(({ id, place, p }) => ({ label: candidateName(ctx, id), values: [id, place + 1, p] })), { label: t("rest", { count: found.left.toLocaleString("en") }), values: [null, null, found.rest] }],
    },
    {
      title: t("step"), columns: [t("column_token"), "id", t("column_p"), t("column_rank"), t("column_entropy")],
      rows: down.map((name, i) => ({ label: i + 1, values: [name, timeline.ids[i], Math.exp(logOfChosen(timeline, i)), timeline.rank[i], timeline.entropy[i]] })),
    },
  ]), fileOf(ctx, "csv"));
}
