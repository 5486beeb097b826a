// What Python packed, unpacked once, and what is calculated from it.

function unpackLooks(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const blob = bytes.slice(place).buffer; // its own, and so aligned
  let at = 0;
  const floats = (count) => {
    const found = new Float32Array(blob, at, count);
    at += 4 * count;
    return found;
  };
  const short = (count) => {
    const found = halves(new Uint16Array(blob, at, count));
    at += 4 * Math.ceil(count / 2);
    return found;
  };
  const looks = header.looks.map((head) => {
    const [steps, sources] = [head.ids.length, head.source.length];
    const states = head.half ? short : floats;
    const look = {
      ...head, steps, given: [],
      weights: floats(steps * sources), scores: head.kind === "none" ? null : floats(steps * sources),
      encoder: states(sources * head.hidden), decoder: states(steps * head.hidden), attentional: states(steps * head.width),
    };
    const reach = [look.encoder, look.decoder, look.attentional].map((values) => rangeOf(values, "signed").high);
    return { ...look, range: { low: -Math.max(...reach), high: Math.max(...reach) } }; // one scale for all of a model's vectors
  });
  return { header, looks };
}

const rowOf = (values, row, width) => values.subarray(row * width, (row + 1) * width);

// The weighted sum of the encoder's states.
function contextAt({ weights, encoder, source, hidden }, step) {
  const row = rowOf(weights, step, source.length);
  const sum = new Float64Array(hidden);
  row.forEach((weight, i) => {
    const state = rowOf(encoder, i, hidden);
    for (let d = 0; d < hidden; d++) sum[d] += weight * state[d];
  });
  return Float32Array.from(sum);
}

// The source piece with the largest weight.
const mostAt = ({ weights, source }, step) => rowOf(weights, step, source.length).reduce((best, weight, i, row) => (weight > row[best] ? i : best), 0);

// Names and sentences are made once: a hundred steps ask for them a hundred times.
const sourceNames = ({ timeline, header }) => (timeline.over ??= timeline.source.map((piece) => shownPiece(piece, header.labels)));
const saidNames = ({ timeline, header }) => (timeline.down ??= timeline.pieces.map((piece) => shownPiece(piece, header.labels)));
const readAt = (ctx, step) => (step ? saidNames(ctx)[step - 1] : ctx.t("sign_start"));
const modelName = (ctx) => ctx.t(`model_${ctx.timeline.kind}`);

// The step in a sentence: it is the picture's text alternative too.
function toldAt(ctx, step) {
  const { timeline, t } = ctx;
  const most = mostAt(timeline, step);
  timeline.told ??= [];
  return (timeline.told[step] ??= t(timeline.kind === "none" ? "told_none" : "told", {
    read: readAt(ctx, step), most: sourceNames(ctx)[most], weight: digits(timeline.weights[step * timeline.source.length + most], 2),
    said: saidNames(ctx)[step], percent: percent(Math.exp(logOfChosen(timeline, step))),
  }));
}
