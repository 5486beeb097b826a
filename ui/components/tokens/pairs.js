// How many tokens Korean and English need for the same meaning: two marks a tokenizer, and their quotient.

const ROW_HIGH = 34, TOP = 30, BOTTOM = 8, MARK = 6;
const MEASURES = ["sentence", "word"];

// The figures of one source at one size: {korean, english} a tokenizer.
function figuresOf(ctx) {
  const { model, state } = ctx;
  const source = model.sources[state.source];
  return model.kinds.map((kind) => {
    const [korean, english] = source.tokens[kind][state.size] ?? source.tokens[kind][0];
    const [over, under] = state.measure === "word" ? source.words : [source.sentences, source.sentences];
    return { kind, korean: korean / Math.max(1, over), english: english / Math.max(1, under) };
  });
}

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes, text = null) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== null) node.textContent = text;
  return node;
}

function drawPairs(ctx, width) {
  const { t, state } = ctx;
  const figures = figuresOf(ctx);
  const narrow = width < 560;
  const left = narrow ? 96 : 150, right = narrow ? 62 : 92;
  const places = state.source === "typed" && state.measure === "sentence" ? 0 : state.measure === "word" ? 2 : 1;
  const largest = Math.max(1e-9, ...figures.flatMap((row) => [row.korean, row.english])) * 1.12;
  const x = (value) => left + (value / largest) * (width - left - right);
  const high = TOP + figures.length * ROW_HIGH + BOTTOM;
  const svg = shape("svg", { viewBox: `0 0 ${width} ${high}`, width, height: high, role: "img", "aria-label": alternative(ctx, figures) });
  svg.append(shape("text", { x: width, y: 18, class: "head", "text-anchor": "end" }, t("quotient")));
  const marks = [["korean", "circle"], ["english", "rect"]];
  let at = left;
  for (const [side, form] of marks) {
    svg.append(markAt(form, at + MARK, 13, side), shape("text", { x: at + 18, y: 18, class: "head" }, t(side)));
    at += 90;
  }
  figures.forEach((row, i) => {
    const y = TOP + (i + 0.5) * ROW_HIGH;
    svg.append(shape("line", { x1: 0, x2: width, y1: y + ROW_HIGH / 2, y2: y + ROW_HIGH / 2, class: "rule" }));
    svg.append(shape("text", { x: 0, y: y + 5, class: "name" }, t(`kind_${row.kind}`)));
    svg.append(shape("line", { x1: x(row.korean), x2: x(row.english), y1: y, y2: y, class: "between" }));
    for (const [side, form] of marks) {
      svg.append(markAt(form, x(row[side]), y, side));
      const before = row[side] < row.english || row[side] < row.korean;
      const even = row.korean === row.english;
      if (even && side === "english") continue;
      svg.append(shape("text", {
        x: x(row[side]) + (before ? -11 : 11), y: y + 5, class: "value", "text-anchor": before ? "end" : "start",
      }, row[side].toFixed(places)));
    }
    const quotient = row.english ? (row.korean / row.english).toFixed(2) : "–";
    svg.append(shape("text", { x: width, y: y + 5, class: "quotient", "text-anchor": "end" }, `× ${quotient}`));
  });
  return svg;
}

function markAt(form, x, y, side) {
  return form === "circle" ? shape("circle", { cx: x, cy: y, r: MARK, class: side })
    : shape("rect", { x: x - MARK + 0.5, y: y - MARK + 0.5, width: 2 * MARK - 1, height: 2 * MARK - 1, class: side });
}

function alternative(ctx, figures) {
  const rows = figures.map((row) => ctx.t("pairs_alternative", {
    kind: ctx.t(`kind_${row.kind}`), korean: row.korean.toFixed(2), english: row.english.toFixed(2),
  }));
  return [captionOf(ctx), ...rows].join(" ");
}

function captionOf({ t, state, model }) {
  const source = model.sources[state.source];
  return t(`pairs_caption_${state.source}_${state.measure}`, {
    pairs: source.sentences.toLocaleString("en"), size: state.size.toLocaleString("en"),
  });
}

function savePairsCsv(ctx) {
  const { t, model, state } = ctx;
  const columns = [t("size"), t("korean"), t("english")];
  const tables = MEASURES.map((measure) => ({
    title: t(`measure_${measure}`), columns,
    rows: model.sizes.flatMap((size) => figuresOf({ model, state: { ...state, size, measure } })
      .map((row) => ({ label: t(`kind_${row.kind}`), values: [size, row.korean, row.english] }))),
  }));
  saveBlob(csvBlob(tables), safeFileName([t("pairs_file"), t(`source_${state.source}`)], "csv"));
}

async function savePairsPng(ctx) {
  const { t, state, parts } = ctx;
  const look = themeOf(parts.root);
  const picture = await pngOfSvg(parts.plot.firstElementChild, look, [t("pairs_title"), captionOf(ctx)]);
  saveBlob(picture, safeFileName([t("pairs_file"), t(`source_${state.source}`), String(state.size)], "png"));
}
