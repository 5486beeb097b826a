// The picture as PNG, and the whole vocabulary with its numbers as CSV.

const fileName = (ctx, ending) => safeFileName([ctx.t("file"), Array.from(ctx.next.header.text).slice(0, 20).join(""), `T${ctx.sampler.temperature}`], ending);

async function savePicture(ctx) {
  const lines = [ctx.t("title", { text: ctx.next.header.text, t: ctx.sampler.temperature }), ctx.t("caption")];
  saveBlob(await pngOfElement(ctx.parts.stage, themeOf(ctx.parts.root), lines), fileName(ctx, "png"));
}

function saveNumbers(ctx) {
  const { next, sampler, t } = ctx;
  const stages = stagesOf(next, sampler);
  const columns = ["id", t("head_logit"), ...stages.map(({ name }) => t(`stage_${name}`))];
  const rows = next.order.slice(0, next.count).map((id, place) => ({ label: next.header.pieces[id], values: [id, next.logits[id], ...stages.map(({ left }) => left[place])] }));
  saveBlob(csvBlob([{ title: t("head_token"), columns, rows }]), fileName(ctx, "csv"));
}
