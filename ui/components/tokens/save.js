// PNG and CSV of what is shown, at the chosen size.

const NAME_WIDTH = 130, LINE_WIDTH = 1160, GAP = 3;

function titleOf(ctx) {
  return ctx.t("title", { text: ctx.model.text, size: ctx.state.size.toLocaleString("en") });
}

function saveNumbers(ctx) {
  const { t } = ctx;
  const columns = ["column_place", "column_token", "column_id", "column_first", "column_last", "column_text", "column_mark"];
  const rows = ctx.parts.rows.flatMap(({ row, shown }) => shown.ids.map((id, i) => ({
    label: t(`kind_${row.kind}`),
    values: [
      i + 1, shown.shown[i], id, shown.starts[i] + 1, shown.ends[i],
      ctx.letters.slice(shown.starts[i], shown.ends[i]).join(""),
      shown.marks[i] === "." ? "" : t(`mark_${KIND_MARKS[shown.marks[i]]}`),
    ],
  })));
  const title = t("size_entries", { size: ctx.state.size.toLocaleString("en") });
  saveBlob(csvBlob([{ title, columns: columns.map((name) => t(name)), rows }]), fileName(ctx, "csv"));
}

function fileName(ctx, ending) {
  return safeFileName([ctx.t("file"), Array.from(ctx.model.text).slice(0, 20).join(""), String(ctx.state.size)], ending);
}

async function savePicture(ctx) {
  const look = themeOf(ctx.parts.root);
  const sheet = document.createElement("canvas");
  paintRows(sheet, ctx, look);
  saveBlob(await pngOfCanvas(sheet, look, [titleOf(ctx), ctx.t("caption")]), fileName(ctx, "png"));
}

// Where every chip stands, row by row; the canvas is as high as they need.
function chipPlaces(context, ctx, look) {
  const high = look.size * (ctx.state.ids ? 2.5 : 1.6);
  let top = 0;
  const lines = ctx.parts.rows.map(({ row, shown }) => {
    let left = NAME_WIDTH, y = top;
    const chips = shown.shown.map((text, i) => {
      context.font = fontOf(look, look.size);
      let width = context.measureText(text).width;
      context.font = fontOf(look, look.size * 0.75);
      if (ctx.state.ids) width = Math.max(width, context.measureText(String(shown.ids[i])).width);
      width += 8;
      if (left + width > LINE_WIDTH && left > NAME_WIDTH) [left, y] = [NAME_WIDTH, y + high + GAP];
      const place = { text, id: shown.ids[i], mark: shown.marks[i], i, x: left, y, width };
      left += width + GAP;
      return place;
    });
    const line = { row, count: shown.ids.length, top, chips };
    top = y + high + 3 * GAP;
    return line;
  });
  return { lines, high, bottom: top };
}

function paintRows(sheet, ctx, look) {
  const { lines, high, bottom } = chipPlaces(sheet.getContext("2d"), ctx, look);
  const context = setSize(sheet, LINE_WIDTH, bottom);
  const tints = Array.from({ length: TINTS }, (_, i) => getComputedStyle(ctx.parts.root).getPropertyValue(`--tint${i}`));
  context.textBaseline = "top";
  for (const { row, count, top, chips } of lines) {
    context.fillStyle = look.text;
    context.font = fontOf(look, look.size, 600);
    context.fillText(ctx.t(`kind_${row.kind}`), 0, top + 3);
    context.font = fontOf(look, look.size * 0.85);
    context.fillText(ctx.t("count_tokens", { count }), 0, top + 3 + look.size * 1.2);
    for (const chip of chips) {
      context.fillStyle = tints[chip.i % TINTS];
      context.globalAlpha = look.dark ? 0.42 : 0.3;
      context.fillRect(chip.x, chip.y, chip.width, high);
      context.globalAlpha = 1;
      if (chip.mark !== ".") {
        context.strokeStyle = look.text;
        context.setLineDash(chip.mark === "u" ? [] : [3, 2]);
        context.strokeRect(chip.x + 0.5, chip.y + 0.5, chip.width - 1, high - 1);
      }
      context.fillStyle = look.text;
      context.font = fontOf(look, look.size);
      context.fillText(chip.text, chip.x + 4, chip.y + 3);
      context.font = fontOf(look, look.size * 0.75);
      if (ctx.state.ids) context.fillText(String(chip.id), chip.x + 4, chip.y + 3 + look.size * 1.3);
    }
  }
}
