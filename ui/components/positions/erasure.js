// LayerNorm takes an integer in every dimension away again: a word's vector, the shifted one, and both normalised.

function unpackErasure(data) {
  return {
    ...data,
    words: floats(data.words, ...data.shape),
    normalized: floats(data.normalized, ...data.shape),
    difference: floats(data.difference, 1, data.largest + 1).values,
  };
}

function fitErasure(data, state) {
  const clamp = (value, high) => Math.max(0, Math.min(high, value));
  return { ...state, p: clamp(state.p, data.largest), word: clamp(state.word, data.tokens.length - 1) };
}

function buildErasure(ctx) {
  const { data, t } = ctx;
  const canvas = make("canvas", { role: "img" });
  const caption = make("figcaption", {});
  const slider = make("input", { type: "range", min: 0, max: data.largest, step: 1, "aria-label": t("slider") });
  slider.addEventListener("input", () => ctx.change({ p: Number(slider.value) }));
  const word = chooser(ctx, "word", t("word"), data.tokens);
  const result = make("output", { class: "result" });
  const label = make("b", {});
  return {
    canvas, caption, slider, word, result, label,
    children: [
      make("div", { class: "controls" }, word, make("label", { class: "slide" }, label, slider), result),
      canvas,
      make("div", { class: "foot" }, caption, ctx.tools()),
    ],
  };
}

function vectorsOf({ data, state }) {
  const { words, normalized } = data;
  const row = (table) => Array.from(table.values.subarray(state.word * table.columns, (state.word + 1) * table.columns));
  const word = row(words);
  const shifted = word.map((value) => value + state.p);
  return { word, shifted, normalized: row(normalized), again: layerNorm(shifted) };
}

function erasureCharts(ctx) {
  const { t, theme, state } = ctx;
  const { word, shifted, normalized, again } = vectorsOf(ctx);
  const line = (values) => values.map((y, x) => [x + 1, y]);
  return [{
    title: t("before"), xName: t("x_dimension"),
    series: [
      { name: "e", points: line(word), colour: theme.below, at: 0.9 },
      { name: `e + ${state.p}`, points: line(shifted), colour: theme.above, at: 0.6 },
    ],
  }, {
    title: t("after"), xName: t("x_dimension"),
    series: [
      { name: "LayerNorm(e)", points: line(normalized), colour: theme.below, width: 5, faint: true, at: 0.98 },
      { name: `LayerNorm(e + ${state.p})`, points: line(again), colour: theme.above, width: 1.5, at: 0.3 },
    ],
  }];
}

function paintErasure(ctx) {
  const { data, state, theme, parts, t, width } = ctx;
  parts.slider.value = String(state.p);
  parts.label.replaceChildren(`p = ${state.p}`);
  parts.word.querySelector("select").value = String(state.word);
  parts.result.textContent = t("result", { p: state.p, difference: shortNumber(data.difference[state.p]) });
  const narrow = width < 700;
  const high = 220;
  const context = setSize(parts.canvas, width, narrow ? 2 * high + 12 : high);
  erasureCharts(ctx).forEach((chart, i) => {
    const wide = narrow ? width : width / 2 - 10;
    drawChart(context, theme, { x: narrow ? 0 : i * (wide + 20), y: narrow ? i * (high + 12) : 0, width: wide, height: high }, chart);
  });
  parts.canvas.setAttribute("aria-label", `${t("caption")} ${parts.result.textContent}`);
  parts.caption.textContent = t("caption");
}

function filesOfErasure(ctx) {
  const { t, data, state, parts } = ctx;
  const { word, shifted, normalized, again } = vectorsOf(ctx);
  const tables = [{
    title: data.tokens[state.word], columns: null,
    rows: [
      { label: "e", values: word }, { label: `e + ${state.p}`, values: shifted },
      { label: "LayerNorm(e)", values: normalized }, { label: `LayerNorm(e + ${state.p})`, values: again },
    ],
  }];
  return { lines: [t("file"), parts.result.textContent, t("caption")], tables, words: [t("file")] };
}

export default mounted({
  unpack: unpackErasure, build: buildErasure, fit: fitErasure, paint: paintErasure, files: filesOfErasure,
});
