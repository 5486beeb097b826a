// What each kind of model puts into the blank: its likeliest pieces, in the plain order and in the shuffled one.

function buildBlanks(ctx) {
  const canvas = make("canvas", { role: "img" });
  const caption = make("figcaption", {});
  return { canvas, caption, children: [canvas, make("div", { class: "foot" }, caption, ctx.tools())] };
}

// Wide: a column a kind, the two orders one below the other. Narrow: a row a kind, the two orders side by side.
function paintBlanks(ctx) {
  const { data, theme, parts, t, width } = ctx;
  const { rows, orders } = data;
  const size = Math.round(theme.size * 0.95);
  const narrow = width < NARROW_BLANKS;
  const line = size * 1.75;
  const block = line * (data.top + 1) + size * 2.4;
  const columns = narrow ? orders.length : rows.length;
  const gap = 18;
  const wide = (width - gap * (columns - 1)) / columns;
  const lines = narrow ? rows.length : orders.length;
  const context = setSize(parts.canvas, width, lines * block + 4);
  rows.forEach((row, kind) => orders.forEach((order, o) => {
    const [across, down] = narrow ? [o, kind] : [kind, o];
    const box = { x: across * (wide + gap), y: down * block, width: wide };
    drawAnswers(ctx, context, box, `${row.name} · ${order}`, row.answers[o], { line, size });
  }));
  const said = rows.map((row) => `${row.name}: ${row.answers.map((answer) => answer.pieces[0]).join(" / ")}`).join("; ");
  parts.canvas.setAttribute("aria-label", `${t("caption")} ${said}`);
  parts.caption.textContent = t("caption");
  ctx.root.dataset.rows = JSON.stringify(rows.map((row) => [row.kind, row.answers.map((answer) => answer.pieces)]));
}

const NARROW_BLANKS = 820;

function drawAnswers(ctx, context, box, title, { pieces, probabilities, rest }, { line, size }) {
  const { theme, t } = ctx;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = fontOf(theme, size, 600);
  context.fillStyle = theme.text;
  context.fillText(fitted(context, title, box.width), box.x, box.y + size * 0.9);
  const number = 3.6 * size;
  const names = [...pieces, t("rest")];
  [...probabilities, rest].forEach((probability, i) => {
    const y = box.y + size * 2 + i * line;
    const last = i === pieces.length;
    const long = (box.width - number) * probability;
    context.fillStyle = last ? theme.border : theme.accent;
    context.globalAlpha = last ? 0.6 : 0.3;
    context.fillRect(box.x, y, Math.max(1, long), line - 4);
    context.globalAlpha = 1;
    context.fillStyle = last ? theme.faint : theme.text;
    context.font = fontOf(theme, size, i === 0 ? 600 : 400);
    fillTokenLeft(context, names[i], box.x + 5, y + line / 2 - 1, box.width - number - 8);
    context.textAlign = "right";
    context.fillText(probability.toFixed(3), box.x + box.width - 2, y + line / 2 - 1);
    context.textAlign = "left";
  });
}

function fillTokenLeft(context, token, x, y, width) {
  context.textAlign = "left";
  fillToken(context, token, x, y, width);
}

function filesOfBlanks({ data, t }) {
  const tables = data.rows.flatMap((row) => row.answers.map(({ pieces, probabilities, rest }, o) => ({
    title: `${row.name} · ${data.orders[o]}`, columns: [t("probability")],
    rows: [...pieces.map((piece, i) => ({ label: piece, values: [probabilities[i]] })), { label: t("rest"), values: [rest] }],
  })));
  return { lines: [data.sentence, t("caption")], tables, words: [t("file")] };
}

export default mounted({ build: buildBlanks, fit: (_, state) => state, paint: paintBlanks, files: filesOfBlanks });
