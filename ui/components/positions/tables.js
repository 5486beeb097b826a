// The main picture: position × dimension of one kind, and beside it how alike two positions are.

const KIND_NAMES = ["learned", "sinusoidal", "integers", "none", "rotary"];
const METRICS = ["dot", "cosine", "length"];
const NARROW = 700; // px: below this the two parts stand one below the other

function unpackTables(data) {
  const tables = {};
  for (const [name, { values, shape }] of Object.entries(data.tables)) tables[name] = floats(values, ...shape);
  const rotary = data.rotary && {
    ...data.rotary,
    query: floats(data.rotary.query, ...data.rotary.shape).values,
    key: floats(data.rotary.key, ...data.rotary.shape).values,
  };
  return { ...data, tables, rotary };
}

const between = (value, low, high) => Math.max(low, Math.min(high, value));

function tableNow({ tables }, { kind, wide }) {
  return kind === "sinusoidal" && wide && tables.sinusoidal_wide ? tables.sinusoidal_wide : tables[kind];
}

function fitTables(data, state) {
  const kind = data.tables[state.kind] ? state.kind : "sinusoidal";
  const table = tableNow(data, { ...state, kind });
  const [heads, tokens] = data.rotary?.shape ?? [1, 1];
  return {
    ...state,
    kind,
    wide: Boolean(state.wide && data.tables.sinusoidal_wide),
    row: between(state.row, 0, table.rows - 1),
    column: between(state.column, -1, table.columns - 1),
    head: between(state.head, 0, heads - 1),
    query: between(state.query, 0, tokens - 1),
    key: between(state.key, 0, tokens - 1),
  };
}

function vectorOf({ rotary }, name, head, token) {
  const [, tokens, width] = rotary.shape;
  const from = (head * tokens + token) * width;
  return rotary[name].subarray(from, from + width);
}

// The chart's lines: [[x, y]] of the chosen position, and of the mean over all pairs.
function chartOf(ctx) {
  const { data, state, t, theme } = ctx;
  const table = tableNow(data, state);
  if (state.kind === "rotary") {
    if (!data.rotary) return null;
    const query = vectorOf(data, "query", state.head, state.query);
    const key = vectorOf(data, "key", state.head, state.key);
    const values = rotaryProducts(query, key, table.rows - 1);
    const names = { query: data.tokens[state.query], key: data.tokens[state.key] };
    const distance = state.key - state.query;
    const value = digits(values[distance + table.rows - 1], 2);
    return {
      title: t("rotary_title", { ...names, head: state.head + 1, distance: digits(distance, 0), value }),
      xName: t("x_key"),
      mark: distance,
      series: [{ name: "", points: values.map((y, i) => [i - table.rows + 1, y]), colour: theme.accent }],
    };
  }
  const own = likeness(table, state.row, state.metric);
  if (state.metric === "length") {
    return {
      title: t("length_title"), xName: t("x_position"), mark: state.row,
      series: [{ name: "", points: own.map((y, x) => [x, y]), colour: theme.accent }],
    };
  }
  const means = meanByDistance(table, state.metric);
  const both = [...means.slice(1).map((y, i) => [-(i + 1), y]).reverse(), ...means.map((y, x) => [x, y])];
  return {
    title: t(`${state.metric}_title`, { position: state.row }),
    xName: t("x_distance"),
    xRange: [1 - table.rows, table.rows - 1],
    mark: 0,
    series: [
      { name: t("mean_line"), points: both, colour: theme.faint, width: 1.5, dash: [5, 3], at: 0.1 },
      { name: t("own_line", { position: state.row }), points: own.map((y, row) => [row - state.row, y]), colour: theme.accent, at: 0.75 },
    ],
  };
}

function buildTables(ctx) {
  const { data, t } = ctx;
  const kinds = segment("kind", t("kinds"), KIND_NAMES.map((value) => (
    { value, words: t(`kind_${value}`), title: t(data.tables[value] ? `about_${value}` : "no_model") })),
  (kind) => data.tables[kind] && ctx.change({ kind }));
  for (const button of kinds.children) button.setAttribute("aria-disabled", String(!data.tables[button.dataset.value]));
  const wide = segment("wide", t("width"), ["false", "true"].map((value) => (
    { value, words: t(value === "true" ? "width_translator" : "width_small") })),
  (value) => ctx.change({ wide: value === "true" }));
  const metrics = segment("metric", t("metrics"), METRICS.map((value) => ({ value, words: t(`metric_${value}`) })),
    (metric) => ctx.change({ metric }));
  const heads = data.rotary ? data.rotary.shape[0] : 0;
  const pair = make("div", { class: "pair" },
    chooser(ctx, "query", t("query"), data.tokens),
    chooser(ctx, "key", t("key"), data.tokens),
    chooser(ctx, "head", t("head"), Array.from({ length: heads }, (_, head) => String(head + 1))));
  const canvas = make("canvas", { tabindex: "0", role: "img" });
  const reading = make("p", { class: "reading", "aria-live": "polite" });
  const caption = make("figcaption", {});
  listenToTables(ctx, canvas);
  return {
    canvas, reading, caption, kinds, wide, metrics, pair,
    children: [
      make("div", { class: "controls" }, kinds, wide, metrics, pair),
      canvas,
      make("div", { class: "foot" }, reading, ctx.tools()),
      caption,
    ],
  };
}

function listenToTables(ctx, canvas) {
  const cell = (event) => {
    const box = canvas.getBoundingClientRect();
    const { x, y, width, height, table } = ctx.heat;
    const row = Math.floor(((event.clientY - box.top - y) / height) * table.rows);
    const column = Math.floor(((event.clientX - box.left - x) / width) * table.columns);
    return row >= 0 && row < table.rows && column >= 0 && column < table.columns ? { row, column } : null;
  };
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const over = cell(event);
    sayCell(ctx, over ?? ctx.state);
    canvas.style.cursor = over ? "crosshair" : "default";
  });
  canvas.addEventListener("pointerleave", () => sayCell(ctx, ctx.state));
  canvas.addEventListener("click", (event) => {
    const picked = cell(event);
    if (picked) ctx.change(picked);
  });
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const column = move[1] ? Math.max(0, ctx.state.column + move[1]) : ctx.state.column;
    ctx.change({ row: ctx.state.row + move[0], column });
  });
}

// One cell in words, with the arithmetic behind it.
function sayCell(ctx, { row, column }) {
  const { data, state, t } = ctx;
  const table = tableNow(data, state);
  const at = Math.max(0, column);
  const pair = at - (at % 2);
  const values = {
    position: row, dimension: at + 1, pair, width: table.columns, sign: at % 2 ? "cos" : "sin",
    angle: digits(row / 10000 ** (pair / table.columns), 4), value: digits(table.values[row * table.columns + at], 4),
  };
  ctx.parts.reading.textContent = t(`cell_${state.kind}`, values);
}

function paintTables(ctx) {
  const { data, state, theme, parts, t, width } = ctx;
  const table = tableNow(data, state);
  press(parts.kinds, state.kind);
  press(parts.wide, state.wide);
  press(parts.metrics, state.metric);
  parts.wide.hidden = state.kind !== "sinusoidal" || !data.tables.sinusoidal_wide;
  parts.metrics.hidden = state.kind === "rotary";
  parts.pair.hidden = state.kind !== "rotary" || !data.rotary;
  for (const select of parts.pair.querySelectorAll("select")) select.value = String(state[select.dataset.name]);
  const chart = chartOf(ctx);
  const narrow = width < NARROW;
  const high = narrow ? 280 : between(window.innerHeight - 400, 260, 480);
  const across = narrow || !chart ? width : Math.round(width * 0.56);
  const context = setSize(parts.canvas, width, narrow && chart ? high * 2 + 10 : high);
  ctx.heat = drawHeat(ctx, context, { x: 0, y: 0, width: across - (narrow ? 10 : 24), height: high }, table);
  const box = narrow
    ? { x: 0, y: high + 10, width, height: high }
    : { x: across, y: 0, width: width - across, height: high };
  if (chart) drawChart(context, theme, box, chart);
  const { x, y, width: wide, height } = ctx.heat;
  ctx.root.dataset.plot = JSON.stringify({ x, y, width: wide, height, rows: table.rows, columns: table.columns });
  ctx.chart = chart;
  parts.canvas.setAttribute("aria-label", `${t(`about_${state.kind}`)} ${chart?.title ?? ""}`);
  parts.caption.textContent = t(`about_${state.kind}`);
  sayCell(ctx, state);
}

// Position down, dimension over; the chosen position has a frame. Returns where the cells are.
function drawHeat(ctx, context, box, table) {
  const { theme, state, t } = ctx;
  const size = Math.round(theme.size * 0.9);
  const kind = state.kind === "integers" ? "sequential" : "signed";
  const range = rangeOf(table.values, kind);
  table.images ??= {};
  const image = (table.images[theme.dark] ??= imageOf(table.values, table.rows, table.columns, kind, range, theme));
  context.font = fontOf(theme, size);
  const x = box.x + size + context.measureText("63").width + 12;
  const y = box.y + size + 12;
  const width = box.width - (x - box.x);
  const height = box.height - (y - box.y) - size - 16;
  context.imageSmoothingEnabled = false;
  context.drawImage(image, x, y, width, height);
  context.strokeStyle = theme.border;
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  const [cellWidth, cellHeight] = [width / table.columns, height / table.rows];
  context.fillStyle = theme.faint;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (let row = 0; row < table.rows; row += 8) context.fillText(String(row), x - 5, y + (row + 0.5) * cellHeight);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const every = TICKS_OVER.find((step) => step * cellWidth > 34) ?? 64;
  for (let column = every; column <= table.columns; column += every) {
    context.fillText(String(column), x + (column - 0.5) * cellWidth, y - 4);
  }
  context.fillStyle = theme.text;
  context.textAlign = "right";
  context.fillText(t("axis_dimension"), x + width, y + height + size + 4);
  context.save();
  context.translate(box.x + size * 0.55, y + height / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(t("axis_position"), 0, 0);
  context.restore();
  outlined(context, theme, x, y + state.row * cellHeight, width, cellHeight);
  if (state.column >= 0) outlined(context, theme, x + state.column * cellWidth, y, cellWidth, height);
  drawScale(context, theme, { x, y: y + height + 8, width: Math.min(200, width * 0.5) }, tableOf(kind, theme), range, size);
  return { x, y, width, height, table };
}

const TICKS_OVER = [4, 8, 16, 32, 64];

// A halo keeps the frame in sight on every colour of the map.
function outlined(context, theme, x, y, width, height) {
  for (const [colour, thick] of [[theme.background, 3], [theme.accent, 1.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = thick;
    context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  }
}

// The colour scale with its two ends written beside it.
function drawScale(context, theme, { x, y, width }, colours, range, size) {
  const places = range.high >= 10 ? 0 : 2;
  const [low, high] = [digits(range.low, places), digits(range.high, places)];
  context.font = fontOf(theme, size);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = theme.faint;
  const from = Math.round(x + context.measureText(low).width + 6);
  const long = Math.round(width - (from - x));
  context.fillText(low, x, y + 5);
  for (let i = 0; i < long; i++) {
    const step = Math.round((i / (long - 1)) * (STEPS - 1)) * 3;
    context.fillStyle = `rgb(${colours[step]}, ${colours[step + 1]}, ${colours[step + 2]})`;
    context.fillRect(from + i, y, 1, 10);
  }
  context.fillStyle = theme.faint;
  context.fillText(high, from + long + 6, y + 5);
}

function filesOfTables(ctx) {
  const { data, state, t, chart, parts } = ctx;
  const table = tableNow(data, state);
  const name = t(`kind_${state.kind}`);
  const tables = [matrixTable({
    title: `${t("axis_position")} × ${t("axis_dimension")}: ${name}`, ...table,
    rowLabels: Array.from({ length: table.rows }, (_, row) => String(row)),
  })];
  for (const one of chart?.series ?? []) {
    tables.push({ title: `${chart.title} ${one.name}`, columns: [chart.xName, "y"], rows: one.points.map((point) => ({ values: point })) });
  }
  return { lines: [`${t("file")}: ${name}`, parts.reading.textContent, t(`about_${state.kind}`)], tables, words: [t("file"), name] };
}

function stepTables(ctx, { delta = 1, axis = "x" }) {
  if (axis === "y") return ctx.change({ row: ctx.state.row + delta });
  const there = KIND_NAMES.filter((kind) => ctx.data.tables[kind]);
  const place = there.indexOf(ctx.state.kind) + delta;
  return ctx.change({ kind: there[between(place, 0, there.length - 1)] });
}

export default mounted({
  unpack: unpackTables, build: buildTables, fit: fitTables, paint: paintTables, files: filesOfTables, step: stepTables,
});
