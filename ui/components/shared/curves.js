// Small line charts on a canvas: lines by step with their names at their ends, ticks, and where the reader stands.

const NAME_GAP = 7; // px between a line's end and its name
const DECADES = 12; // of a logarithmic axis at most: what is smaller lies on its lower edge

// The range of an axis: what is not finite does not count; a logarithmic one ends at whole powers of ten.
function spanOf(lines, { log, range }) {
  if (range) return range;
  const all = lines.flatMap(({ values }) => Array.from(values)).filter((value) => Number.isFinite(value) && (!log || value > 0));
  if (!all.length) return log ? { low: -1, high: 1 } : { low: 0, high: 1 };
  let low = Math.min(...all), high = Math.max(...all);
  if (log) {
    high = Math.ceil(Math.log10(high));
    low = Math.max(Math.floor(Math.log10(low)), high - DECADES);
    return low < high ? { low, high } : { low: low - 1, high: high + 1 };
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const room = (high - low) * 0.06;
  return { low: low - room, high: high + room };
}

const powerOfTen = (power) => `10${raised(power)}`;

// `chart`: {lines: [{name, colour, values, dashed, wide}], steps, log, range, percent, here, ticks}; `box`: {x, y, width, height}.
// Answers the frame of the lines, so that a pointer can be read as a step.
function paintChart(pen, box, chart, theme) {
  const { lines, steps, log, percent, here } = chart;
  const span = spanOf(lines, chart);
  const small = Math.round(theme.size * 0.8);
  pen.font = fontOf(theme, small);
  const names = lines.filter(({ name }) => name);
  const tickWords = ticksAlong(span, chart).map(({ value, words }) => ({ value, words }));
  const left = box.x + Math.ceil(Math.max(...tickWords.map(({ words }) => pen.measureText(words).width))) + 6;
  const right = box.x + box.width - (names.length ? Math.ceil(Math.max(...names.map(({ name }) => pen.measureText(name).width))) + 2 * NAME_GAP + 6 : 4);
  const top = box.y + 4, bottom = box.y + box.height - small - 6;
  const last = Math.max(1, ...steps);
  const x = (step) => left + (step / last) * (right - left);
  const place = (value) => (log ? Math.log10(Math.max(value, 10 ** span.low)) : value);
  const y = (value) => top + ((span.high - place(value)) / (span.high - span.low)) * (bottom - top);
  Object.assign(pen, { strokeStyle: theme.border, fillStyle: theme.text, lineWidth: 1, textAlign: "right", textBaseline: "middle" });
  for (const { value, words } of tickWords) {
    const height = Math.round(top + ((span.high - value) / (span.high - span.low)) * (bottom - top)) + 0.5;
    pen.beginPath();
    pen.moveTo(left, height);
    pen.lineTo(right, height);
    pen.stroke();
    pen.fillText(words, left - 4, height);
  }
  Object.assign(pen, { textAlign: "center", textBaseline: "top" });
  const along = ticksOf({ low: 0, high: last }, Math.max(2, Math.floor((right - left) / 70)));
  for (const value of along.values) {
    const words = Math.round(value).toLocaleString("en");
    pen.fillText(words, Math.min(x(value), box.x + box.width - pen.measureText(words).width / 2), bottom + 4);
  }
  if (here !== null && here !== undefined) {
    Object.assign(pen, { strokeStyle: theme.accent, lineWidth: 1.5 });
    pen.beginPath();
    pen.moveTo(x(here), top);
    pen.lineTo(x(here), bottom);
    pen.stroke();
  }
  pen.save();
  pen.beginPath();
  pen.rect(left - 2, top - 2, right - left + 4, bottom - top + 4);
  pen.clip();
  for (const { colour, values, dashed, wide } of lines) {
    Object.assign(pen, { strokeStyle: colour, lineWidth: wide ? 3.2 : 1.8, lineJoin: "round" });
    pen.setLineDash(dashed ? [5, 3] : []);
    pen.beginPath();
    let drawing = false;
    steps.forEach((step, i) => {
      if (!Number.isFinite(values[i])) { drawing = false; return; }
      pen[drawing ? "lineTo" : "moveTo"](x(step), y(values[i]));
      drawing = true;
    });
    pen.stroke();
  }
  pen.restore();
  pen.setLineDash([]);
  nameEnds(pen, names.map((line) => ({ ...line, at: y(lastFinite(line.values)) })).filter(({ at }) => Number.isFinite(at)), right, { top, bottom: bottom - small / 2, gap: small * 1.15 }, theme);
  return { left, right, top, bottom, stepAt: (px) => Math.max(0, Math.min(last, ((px - left) / (right - left)) * last)) };

  function ticksAlong({ low, high }, { ticks }) {
    if (log) {
      const each = Math.max(1, Math.ceil((high - low) / 4));
      return Array.from({ length: Math.floor((high - low) / each) + 1 }, (_, i) => high - i * each).map((value) => ({ value, words: powerOfTen(value) }));
    }
    const { values, step } = ticksOf({ low, high }, ticks ?? 4);
    return values.map((value) => ({ value, words: percent ? `${Math.round(value * 100)} %` : tickText(value, step) }));
  }
}

const lastFinite = (values) => { for (let i = values.length - 1; i >= 0; i--) if (Number.isFinite(values[i])) return values[i]; return NaN; };

// Each line's name at its end, with a dot in its colour; names that would lie on each other move apart.
function nameEnds(pen, lines, right, { top, bottom, gap }, theme) {
  const placed = [...lines].sort((a, b) => a.at - b.at).map((line) => ({ ...line, at: Math.max(top + gap / 2, Math.min(bottom, line.at)) }));
  for (let round = 0; round < 20; round++) {
    for (let i = 1; i < placed.length; i++) {
      const short = gap - (placed[i].at - placed[i - 1].at);
      if (short > 0) { placed[i].at += short / 2; placed[i - 1].at -= short / 2; }
    }
  }
  // Pushed apart, the outermost may have left the frame: they move back, and push those that are in their way.
  for (let i = placed.length - 1, limit = bottom; i >= 0; i--) { placed[i].at = Math.min(placed[i].at, limit); limit = placed[i].at - gap; }
  for (let i = 0, limit = top + gap / 2; i < placed.length; i++) { placed[i].at = Math.max(placed[i].at, limit); limit = placed[i].at + gap; }
  Object.assign(pen, { textAlign: "left", textBaseline: "middle" });
  for (const { name, colour, at } of placed) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(right + NAME_GAP, at, 3, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = theme.text;
    pen.fillText(name, right + 2 * NAME_GAP, at);
  }
}
