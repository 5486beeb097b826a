// PNG and CSV of what is shown. The picture carries its title, formula and caption.

const MARGIN = 16;

function pngOf(canvas, theme, lines) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(canvas.width / ratio, 420) + 2 * MARGIN;
  const lineHeight = theme.size * 1.5;
  const sheet = document.createElement("canvas");
  const context = setSize(sheet, width, 10);
  context.font = fontOf(theme, theme.size);
  const wrapped = lines.flatMap((text) => wrap(context, text, width - 2 * MARGIN));
  const height = canvas.height / ratio + wrapped.length * lineHeight + 3 * MARGIN;
  setSize(sheet, width, height);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  context.textBaseline = "top";
  context.fillStyle = theme.text;
  wrapped.forEach((text, i) => {
    context.font = fontOf(theme, theme.size, i === 0 ? 600 : 400);
    context.fillText(text, MARGIN, MARGIN + i * lineHeight);
  });
  const top = 2 * MARGIN + wrapped.length * lineHeight;
  context.drawImage(canvas, MARGIN, top, canvas.width / ratio, canvas.height / ratio);
  return new Promise((resolve) => { sheet.toBlob(resolve, "image/png"); });
}

function wrap(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (context.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

// A spreadsheet reads a leading =, +, - or @ in a text cell as a formula: such a token gets an apostrophe.
function csvText(token) {
  const safe = /^[=+\-@\t\r]/.test(token) ? `'${token}` : token;
  return `"${safe.replaceAll('"', '""')}"`;
}

// One table a panel: key tokens (or dimension numbers) over the columns, query tokens down the rows.
function csvOf(panels) {
  const tables = panels.map((panel) => {
    const over = panel.columnLabels
      ? panel.columnLabels.map(csvText)
      : Array.from({ length: panel.columns }, (_, i) => String(i + 1));
    const lines = [[csvText(panel.title), ...over].join(",")];
    for (let r = 0; r < panel.rows; r++) {
      const row = Array.from(rowOf(panel.values, r, panel.columns), (value) =>
        (Number.isFinite(value) ? String(value) : "-inf"));
      lines.push([csvText(panel.rowLabels[r]), ...row].join(","));
    }
    return lines.join("\r\n");
  });
  // The byte-order mark makes spreadsheets read Korean as UTF-8.
  return new Blob([`\ufeff${tables.join("\r\n\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

// A panel without a title of its own is called what the caption calls it.
function shownCsv({ t, model, state, panels }) {
  const words = t(captionName(model, state));
  return csvOf(panels.map((panel) => ({ ...panel, title: panel.title || words })));
}

function overviewCsv({ t, model, state }) {
  const tokens = tokensOf(model, state.wiring);
  const panels = [];
  for (let layer = 0; layer < model.layers; layer++) {
    for (let head = 0; head < model.heads; head++) {
      const one = headOf(model, state.wiring, layer, head, { ...state, plain: false });
      panels.push({
        title: `${t("layer_number", { layer: layer + 1 })} · ${t("head_number", { head: head + 1 })}`,
        values: one.weights, rows: one.rows, columns: one.columns,
        rowLabels: tokens.query, columnLabels: tokens.key,
      });
    }
  }
  return csvOf(panels);
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// In the reader's language, too; what no file system likes becomes a hyphen.
function fileName({ t, model, state }, ending) {
  const head = state.plain ? t("switch_plain") : t("head_number", { head: state.head + 1 });
  const place = state.view === "heads" ? [] : [t("layer_number", { layer: state.layer + 1 }), head];
  const words = [t("file"), t(`wiring_${state.wiring}`), ...place, t(captionName(model, state))].join("-");
  return `${words.replace(/[\s/\\:*?"<>|·,]+/g, "-").toLowerCase()}.${ending}`;
}
