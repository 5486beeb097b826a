// The picture as PNG and its numbers as CSV.

const workedFile = (ctx, ending) => safeFileName([ctx.t("file"), ctx.state.score], ending);

async function savePicture(ctx) {
  const { root, saved } = ctx.parts;
  const blob = await pngOfElement(saved, themeOf(root), [ctx.t("title"), ctx.t("caption")]);
  saveBlob(blob, workedFile(ctx, "png"));
}

function saveNumbers(ctx) {
  const { state, t, model } = ctx;
  const result = workedOf(state, state.score, model.scores);
  const axis = state.h.map((_, d) => String(d + 1));
  const named = (label, values) => ({ label, values });
  const matrix = (title, rows) => ({ title, columns: rows[0].map((_, d) => String(d + 1)), rows: rows.map((values, i) => named(String(i + 1), values)) });
  saveBlob(csvBlob([
    {
      title: t("column_state"),
      columns: [...axis, ...model.scores.flatMap((kind) => [`${t("column_score")}: ${kind}`, `${t("column_weight")}: ${kind}`]), ...axis.map((d) => `${t("column_part")} ${d}`)],
      rows: state.states.map((s, i) => named(stateName(i), [...s, ...model.scores.flatMap((kind) => [result.by[kind].scores[i], result.by[kind].weights[i]]), ...result.parts[i]])),
    },
    { title: t("column_vector"), columns: axis, rows: [named("h", state.h), named("c", result.context), named("h̃", result.attentional), named("v", state.v)] },
    matrix("W (general)", state.general), matrix("W (concat)", state.concat), matrix("W_c", state.join),
  ]), workedFile(ctx, "csv"));
}
