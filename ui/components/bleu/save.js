// The picture as PNG and its numbers as CSV.

const titleOf = (ctx) => ctx.t("title", { text: ctx.model.hypothesis });

function fileName(ctx, ending) {
  return safeFileName([ctx.t("file"), Array.from(ctx.model.hypothesis).slice(0, 20).join(""), ctx.state.tok, ctx.state.smooth], ending);
}

async function savePicture(ctx) {
  const look = themeOf(ctx.parts.root);
  const sheet = await sheetOf(ctx.parts.saved, look);
  saveBlob(await pngOfCanvas(sheet, look, [titleOf(ctx), scoreNow(ctx).signature, ctx.t("caption")]), fileName(ctx, "png"));
}

function saveNumbers(ctx) {
  const { t, model, state } = ctx;
  const cut = cutNow(ctx);
  const score = scoreNow(ctx);
  const { length, reference } = lengthsOf(cut);
  const parts = [
    ["BLEU", score.value], [t("signature"), score.signature], ["BP", score.brevity],
    [t("hypothesis"), length], [referenceName(ctx, cut.closest), reference],
    ...cut.orders.flatMap((order, i) => [
      [`p${LOW[i + 1]}`, score.fractions[i][1] ? score.fractions[i][0] / score.fractions[i][1] : null],
      [`${i + 1}-gram: ${t("counted")}`, order.matches], [`${i + 1}-gram: ${t("clipped")}`, order.clipped],
      [`${i + 1}-gram: n`, order.total],
    ]),
    ["chrF2", model.chrf], [t("signature"), model.chrf_signature],
  ].map(([label, value]) => ({ label, values: [value] }));
  const grams = ORDERS.flatMap((n) => gramsOf(cut, n).map(({ gram, place, verdict }) => ({
    label: `${n}-gram`,
    values: [spelled(cut.tokens.slice(place, place + n), state.tok), place + 1, t(verdict), gram.limit, gram.by < 0 ? "" : referenceName(ctx, gram.by)],
  })));
  const columns = ["column_gram", "column_place", "column_verdict", "column_limit", "reference_only"].map((name) => t(name));
  saveBlob(csvBlob([
    { title: t("column_part"), columns: [t("column_value")], rows: parts },
    { title: "n", columns, rows: grams },
  ]), fileName(ctx, "csv"));
}
