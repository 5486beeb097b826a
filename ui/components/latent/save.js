// The picture as PNG, and its numbers as CSV: the point, the picture's code, the film's probabilities.

const fileName = (ctx, ending) => safeFileName([ctx.t("file"), modelOf(ctx).name], ending);

async function savePicture(ctx) {
  const { z } = ctx.state;
  const lines = [`${modelOf(ctx).title} · z = (${digits(z[0], 2)}, ${digits(z[1], 2)})`, ctx.t("caption")];
  saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), lines), fileName(ctx, "png"));
}

function saveNumbers(ctx) {
  const { t, model, state } = ctx;
  const places = filmPlaces(state);
  const film = { title: t("column_frame"), columns: ["z1", "z2", ...(ctx.film?.[0] ? model.classes : [])],
    rows: places.map((z, i) => ({ label: String(i + 1), values: [...z, ...(ctx.film?.[i] ?? [])] })) };
  const points = model.places[modelOf(ctx).name][state.moment];
  const shown = { title: t("column_point"), columns: ["z1", "z2"], rows: model.labels_of_points.map((label, i) => ({ label: model.classes[label], values: [points[2 * i], points[2 * i + 1]] })) };
  const posterior = posteriorOf(ctx);
  const code = posterior?.log_var ? [{ title: t("encoded"), columns: [t("mean"), t("log_var"), "ε", "z"], rows: posterior.mean.map((m, i) => {
    const noise = normals(state.seed, 2);
    return { label: `z${i + 1}`, values: [m, posterior.log_var[i], noise[i], drawFrom(posterior, noise)[i]] };
  }) }] : [];
  saveBlob(csvBlob([...code, film, shown]), fileName(ctx, "csv"));
}
