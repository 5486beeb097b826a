// A line chart on a canvas: two axes with round numbers, lines with their names written beside them.

function rangeOfLines(series, axis, wanted) {
  let [low, high] = wanted ?? [Infinity, -Infinity];
  if (!wanted) {
    for (const { points } of series) {
      for (const point of points) {
        if (!Number.isFinite(point[axis])) continue;
        low = Math.min(low, point[axis]);
        high = Math.max(high, point[axis]);
      }
    }
    if (low > high) [low, high] = [0, 1];
    if (high - low < 1e-9) [low, high] = [low - 1, high + 1];
    else if (axis) [low, high] = [low - (high - low) * 0.04, high + (high - low) * 0.06];
  }
  return [low, high];
}

// `chart`: {title, xName, series: [{name, points: [[x, y]], colour, width, dash, dots, faint, at}], xRange, yRange, mark}.
// `at` is how far along its line (0 to 1) a name stands. `box` is where it goes; `mark` an x that gets a line.
function drawChart(context, theme, box, chart) {
  const size = Math.round(theme.size * 0.9);
  const [x0, x1] = rangeOfLines(chart.series, 0, chart.xRange);
  const [y0, y1] = rangeOfLines(chart.series, 1, chart.yRange);
  context.font = fontOf(theme, size);
  const across = ticksOf({ low: y0, high: y1 }, Math.max(2, box.height / 60));
  const texts = across.values.map((value) => tickText(value, across.step));
  const left = box.x + Math.max(...texts.map((text) => context.measureText(text).width)) + 8;
  const top = box.y + (chart.title ? size + 12 : 4);
  const bottom = box.y + box.height - 2 * size - 10;
  const right = box.x + box.width - 6;
  const px = (x) => left + ((x - x0) / (x1 - x0)) * (right - left);
  const py = (y) => bottom - ((y - y0) / (y1 - y0)) * (bottom - top);
  context.textBaseline = "middle";
  context.textAlign = "right";
  context.lineWidth = 1;
  across.values.forEach((value, i) => {
    context.strokeStyle = theme.border;
    context.globalAlpha = value === 0 ? 1 : 0.45;
    stroke(context, [[left, py(value)], [right, py(value)]]);
    context.globalAlpha = 1;
    context.fillStyle = theme.faint;
    context.fillText(texts[i], left - 5, py(value));
  });
  const along = ticksOf({ low: x0, high: x1 }, Math.max(2, (right - left) / 70));
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const value of along.values) {
    context.fillStyle = theme.faint;
    context.fillText(tickText(value, along.step), px(value), bottom + 5);
  }
  context.fillStyle = theme.text;
  context.fillText(fitted(context, chart.xName, right - left), (left + right) / 2, bottom + size + 9);
  if (chart.title) {
    context.font = fontOf(theme, size, 600);
    context.textAlign = "left";
    context.fillText(fitted(context, chart.title, box.width), box.x, box.y);
  }
  if (chart.mark !== undefined) {
    context.strokeStyle = theme.accent;
    context.setLineDash([3, 3]);
    stroke(context, [[px(chart.mark), top], [px(chart.mark), bottom]]);
    context.setLineDash([]);
  }
  for (const one of chart.series) drawSeries(context, theme, one, px, py);
  nameSeries(context, theme, chart.series, { px, py, left, right, top, bottom, size });
}

function stroke(context, points) {
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}

function drawSeries(context, theme, { points, colour, width = 2, dash = [], dots = false, faint = false }, px, py) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  let open = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(y)) open = false;
    else if (open) context.lineTo(px(x), py(y));
    else { context.moveTo(px(x), py(y)); open = true; }
  }
  context.globalAlpha = faint ? 0.45 : 1;
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
  if (!dots) return;
  for (const [x, y] of points) {
    if (!Number.isFinite(y)) continue;
    context.beginPath();
    context.arc(px(x), py(y), 2.2, 0, 2 * Math.PI);
    context.fill();
  }
}

// Whether a line from p to q goes through a box (Liang and Barsky's clipping).
function crosses([px, py], [qx, qy], { x0, y0, x1, y1 }) {
  let [from, to] = [0, 1];
  for (const [step, room] of [[px - qx, px - x0], [qx - px, x1 - px], [py - qy, py - y0], [qy - py, y1 - py]]) {
    if (step === 0 && room < 0) return false;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  return from <= to;
}

const PLACES_ALONG = [0.95, 0.75, 0.6, 0.4, 0.25, 0.1];
const SHIFTS = [0, 1, -1, 2, -2, 3, -3, 4, -4];

// A name stands beside its line where no line and no other name is; where there is no such place, on the paper's
// colour, so that no line runs through its letters.
function nameSeries(context, theme, series, { px, py, left, right, top, bottom, size }) {
  const taken = [];
  const drawn = series.map(({ points }) => points
    .map(([x, y]) => [px(x), py(y)])
    .flatMap((point, i, all) => (i && Number.isFinite(point[1] + all[i - 1][1]) ? [[all[i - 1], point]] : [])));
  const boxAt = (x, y, wide) => ({ x0: x - wide - 3, y0: y - size / 2 - 2, x1: x + 3, y1: y + size / 2 + 2 });
  const free = (box) => !drawn.some((lines) => lines.some(([p, q]) => crosses(p, q, box)));
  context.font = fontOf(theme, size, 600);
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const { name, points, colour, at } of series) {
    const shown = points.filter(([, y]) => Number.isFinite(y));
    if (!name || !shown.length) continue;
    const words = fitted(context, name, right - left);
    const wide = context.measureText(words).width;
    const clash = ({ x, y }) => taken.some((other) =>
      Math.abs(y - other.y) < size + 3 && x - wide < other.x && other.x - other.wide < x);
    // `far`: how many lines of text the name may stand from its own line.
    const placesAt = (along, far) => {
      const place = shown[Math.round(along * (shown.length - 1))];
      const x = Math.max(left + wide + 4, Math.min(right - 2, px(place[0])));
      const wanted = Math.max(top + size, Math.min(bottom - size, py(place[1]) - size * 0.9));
      return SHIFTS.filter((step) => Math.abs(step) <= far).map((step) => ({ x, y: wanted + step * (size + 4) }))
        .filter((spot) => spot.y > top && spot.y < bottom && !clash(spot));
    };
    const along = at ?? 0.97;
    const near = [along, ...PLACES_ALONG].flatMap((value) => placesAt(value, 2));
    const spot = near.find(({ x, y }) => free(boxAt(x, y, wide))) ?? placesAt(along, 4)[0] ?? near[0];
    if (!spot) continue;
    const { x, y } = spot;
    taken.push({ x, y, wide });
    const { x0, y0, x1, y1 } = boxAt(x, y, wide);
    context.fillStyle = theme.background;
    context.fillRect(x0, y0, x1 - x0, y1 - y0);
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }
}
