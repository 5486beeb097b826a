// The picture as PNG and its numbers as CSV, in the order that stands.

function fileName(ctx, ending) {
  return safeFileName([ctx.t("file"), Array.from(ctx.model.text).slice(0, 20).join(""), ctx.state.kind], ending);
}

function textNow(ctx) {
  return ctx.state.order.map((word) => ctx.model.words[word]).join(" ");
}

async function savePicture(ctx) {
  showTip(ctx, null);
  const lines = [ctx.t("title", { text: textNow(ctx) }), ctx.t("caption")];
  saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), lines), fileName(ctx, "png"));
}

function saveNumbers(ctx) {
  const { t, model } = ctx;
  const read = model.lines.filter((line) => !line.missing);
  const named = (names) => names.map((name) => t(name));
  const lines = read.map((line) => ({
    label: t(`kind_${line.kind}`),
    values: [line.logit, sigmoid(line.logit), line.typed, line.figures.accuracy, line.figures.reviews, line.figures.bytes, line.figures.seconds, line.figures.ms],
  }));
  const line = ctx.chosenLine();
  const words = !line ? [] : model.order.map((word, place) => ({
    label: place + 1, values: [model.words[word], line.words[place], line.gaps[place] ?? null],
  }));
  const columns = ["logit", "sigma", "column_typed", "accuracy", "column_reviews", "column_bytes", "column_seconds", "column_ms"];
  saveBlob(csvBlob([
    { title: t("column_model"), columns: named(columns), rows: lines },
    { title: t("column_place"), columns: named(["column_word", "column_adds", "column_gap"]), rows: words },
  ]), fileName(ctx, "csv"));
}
