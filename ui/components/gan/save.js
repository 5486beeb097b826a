// The picture as PNG, and its numbers as CSV: every point of the curves, and the samples of the moment.

async function savePicture(ctx) {
  const step = momentOf(ctx).told[0].step.toLocaleString("en");
  saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [ctx.t("step_told", { step }), ctx.t("caption")]), safeFileName([ctx.t("file")], "png"));
}

function saveNumbers(ctx) {
  const { t, model } = ctx;
  const layers = Array.from({ length: model.sizes_g.length - 1 }, (_, i) => t("layer", { number: i + 1 }));
  const curves = model.seeds.map((seed, run) => ({
    title: `${t("seed", { seed })}: ${t("step")}`,
    columns: ["loss D", "loss G", t("csv_real"), t("csv_fake"), t("csv_pull"), t("csv_good"), t("csv_modes"), ...layers],
    rows: model.curve.map((told) => told[run]).map((one) => ({ label: String(one.step), values: [one.loss_d, one.loss_g, one.right_real, one.right_fake, one.pull, one.good, one.modes < 0 ? NaN : one.modes, ...one.norms] })),
  }));
  const samples = momentOf(ctx).players.map(({ generator }, run) => ({
    title: `${t("seed", { seed: model.seeds[run] })}: ${t("fake_samples")}`, columns: ["z1", "z2", "x", "y"],
    rows: Array.from({ length: model.latents.length / 2 }, (_, i) => ({ label: String(i + 1), values: [model.latents[2 * i], model.latents[2 * i + 1], ...outputs(generator, model.latents.subarray(2 * i, 2 * i + 2))] })),
  }));
  saveBlob(csvBlob([...curves, ...samples]), safeFileName([t("file")], "csv"));
}
