// PNG of the picture as it stands, and the numbers of its bars as CSV.

async function savePicture(ctx) {
  const look = themeOf(ctx.parts.root);
  const lines = [ctx.t("title", { text: ctx.header.text, step: ctx.state.step + 1 }), ctx.t("caption")];
  saveBlob(await pngOfElement(ctx.parts.stage, look, lines), fileName(ctx, "png"));
}

function fileName(ctx, ending) {
  return safeFileName([ctx.t("file"), Array.from(ctx.header.text).slice(0, 20).join(""), String(ctx.state.step + 1)], ending);
}

function saveNumbers(ctx) {
  const { t, timeline, state } = ctx;
  const found = softmaxRows(ctx);
  const softmax = {
    title: t("softmax_title", { count: timeline.vocabulary.toLocaleString("en") }),
    columns: ["id", t("column_rank"), t("column_p"), ...(found.adjusted ? [t("column_q")] : [])],
    rows: [...found.rows.map((row) => ({ label: pieceName(ctx, row.id), values: [row.id, row.place + 1, row.p, ...(found.adjusted ? [row.q] : [])] })),
      { label: t("rest", { count: found.left.toLocaleString("en") }), values: ["", "", found.rest, ...(found.adjusted ? [found.restAdjusted] : [])] }],
  };
  const looks = ["self", "cross"].map((kind) => {
    const row = attentionRow(timeline, kind, state.step, state[`${kind}_layer`], state[`${kind}_head`]);
    return { title: `${t(`${kind}_title`)} · ${ctx.parts[kind].facts.textContent}`, columns: [t("column_weight")], rows: keysOf(ctx, kind).map((label, i) => ({ label, values: [row[i]] })) };
  });
  const steps = {
    title: t("step"), columns: [t("column_token"), "id", t("column_p"), t("column_rank"), t("column_entropy")],
    rows: timeline.pieces.map((piece, step) => ({ label: step + 1, values: [shownPiece(piece, ctx.header.labels), timeline.ids[step], Math.exp(logOfChosen(timeline, step)), timeline.rank[step], timeline.entropy[step]] })),
  };
  saveBlob(csvBlob([softmax, ...looks, steps]), fileName(ctx, "csv"));
}
