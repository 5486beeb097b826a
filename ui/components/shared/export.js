// Saving what is shown: a picture as PNG, its numbers as CSV, and names that every file system takes.

const MARGIN = 16; // px around the picture and its words
const NARROWEST_SHEET = 420; // px: a small picture's caption is not to become a column of single words
const LONGEST_NAME = 80; // letters: in UTF-8 Hangul takes three bytes, and 255 is the limit of most disks

function saveBlob(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// `words` in the reader's language, joined by hyphens; so is what some file system does not like.
function safeFileName(words, ending) {
  const joined = words.filter(Boolean).join("-").replace(/[\u0000-\u001f\u007f\s/\\:*?"“”<>|·,]+/g, "-").toLowerCase();
  const cut = Array.from(joined.replace(/^[-.]+/, "")).slice(0, LONGEST_NAME).join("").replace(/[-.]+$/, "");
  return `${cut || "glassbox"}.${ending}`;
}

// ---- CSV -----------------------------------------------------------------------------------------

// A spreadsheet reads a leading =, +, - or @ in a text cell as a formula: such a text gets an apostrophe.
function csvText(text) {
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

// Numbers at full precision, spelled as Python and NumPy read them; nothing where there is no value.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return csvText(String(value));
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  return String(value);
}

// `tables`: {title, columns, rows: [{label, values}]}, one below the other. Without `columns` they are
// numbered from 1; a table without any `label` has no column for them, and its title is not written.
function csvBlob(tables) {
  const written = tables.map(({ title, columns, rows }) => {
    const labelled = rows.some((row) => row.label !== undefined);
    const count = columns ? columns.length : Math.max(0, ...rows.map((row) => row.values.length));
    const over = columns ? columns.map((name) => csvText(String(name))) : Array.from({ length: count }, (_, i) => String(i + 1));
    const line = (first, cells) => (labelled ? [csvText(String(first ?? "")), ...cells] : cells).join(",");
    return [line(title, over), ...rows.map((row) => line(row.label, Array.from(row.values, csvCell)))].join("\r\n");
  });
  // The byte-order mark makes spreadsheets read Korean as UTF-8.
  return new Blob([`\ufeff${written.join("\r\n\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

// A matrix as a table. `values` holds rows × columns numbers, row by row.
function matrixTable({ title, values, rows: count, columns, rowLabels, columnLabels }) {
  const rows = rowLabels.map((label, r) => ({ label, values: values.subarray(r * columns, (r + 1) * columns) }));
  return { title, columns: columnLabels ?? null, rows };
}

// ---- PNG -----------------------------------------------------------------------------------------

// The canvas as it stands, below its words: the first line is the title. `look` is what themeOf() answers.
function pngOfCanvas(canvas, look, lines) {
  const ratio = window.devicePixelRatio || 1;
  return pngOfImage(canvas, { width: canvas.width / ratio, height: canvas.height / ratio, ratio }, look, lines);
}

// An inline SVG. Outside the page its style sheet means nothing, so what it says is written into a copy.
const DRAWN_BY = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
  "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "paint-order", "text-anchor", "dominant-baseline", "visibility", "display",
];

function pngOfSvg(svg, look, lines) {
  return pngOfLayers([svg], svg, look, lines);
}

// Several SVGs and canvases that lie above each other in the element `around`, as they stand on the page.
async function pngOfLayers(layers, around, look, lines) {
  const box = around.getBoundingClientRect();
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(box.width * ratio);
  sheet.height = Math.round(box.height * ratio);
  const context = sheet.getContext("2d");
  for (const layer of layers) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (!width || !height) continue;
    const image = layer instanceof HTMLCanvasElement ? layer : await imageOfSvg(layer, width * ratio, height * ratio);
    context.drawImage(image, (left - box.left) * ratio, (top - box.top) * ratio, width * ratio, height * ratio);
  }
  return pngOfImage(sheet, { width: box.width, height: box.height, ratio }, look, lines);
}

async function imageOfSvg(svg, width, height) {
  const copy = svg.cloneNode(true);
  const copies = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of DRAWN_BY) copies[i].style.setProperty(name, style.getPropertyValue(name));
  });
  // Without a view box a larger image would only have more empty room.
  if (!copy.hasAttribute("viewBox")) {
    const box = svg.getBoundingClientRect();
    copy.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
  }
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

// `width` and `height` are in the page's pixels, of which the file has `ratio` each.
function pngOfImage(image, { width, height, ratio }, look, lines) {
  const sheet = document.createElement("canvas");
  const context = sheet.getContext("2d");
  const wide = Math.max(width, NARROWEST_SHEET) + 2 * MARGIN;
  const lineHeight = look.size * 1.5;
  context.font = fontOf(look, look.size, 600);
  const wrapped = lines.filter(Boolean).map((text) => wrap(context, text, wide - 2 * MARGIN));
  const high = wrapped.flat().length * lineHeight + height + 3 * MARGIN;
  sheet.width = Math.round(wide * ratio);
  sheet.height = Math.round(high * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = look.background;
  context.fillRect(0, 0, wide, high);
  context.textBaseline = "top";
  context.fillStyle = look.text;
  let y = MARGIN;
  wrapped.forEach((pieces, i) => {
    context.font = fontOf(look, look.size, i === 0 ? 600 : 400);
    for (const piece of pieces) {
      context.fillText(piece, MARGIN, y);
      y += lineHeight;
    }
  });
  context.drawImage(image, MARGIN, y + MARGIN, width, height);
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
