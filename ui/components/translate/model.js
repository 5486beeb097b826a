// What Python packed, unpacked once, and what is read from it: distributions, rows of attention.

function unpackTimeline(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const { layers, heads, steps, vocabulary, half } = header.timeline;
  const blob = bytes.slice(place).buffer; // its own, and so aligned
  const lookSize = layers * heads * steps;
  const sources = header.timeline.source.length;
  const own = new Float32Array(blob, 0, lookSize * steps);
  const cross = new Float32Array(blob, 4 * own.length, lookSize * sources);
  const begin = 4 * (own.length + cross.length);
  const logs = half ? halves(new Uint16Array(blob, begin, steps * vocabulary)) : new Float32Array(blob, begin, steps * vocabulary);
  const said = Float64Array.from(header.timeline.ids, (id, step) => logs[step * vocabulary + id]);
  return { header, timeline: { ...header.timeline, own, cross, logs, said, ranked: [] } };
}

// The vocabulary in the order of probability, ties by id; sorted when first asked for, then at hand.
function rankedAt(timeline, step) {
  let found = timeline.ranked[step];
  if (!found) {
    const logs = timeline.logs.subarray(step * timeline.vocabulary, (step + 1) * timeline.vocabulary);
    const order = Uint32Array.from(logs, (_, id) => id).sort((a, b) => (logs[a] === logs[b] ? a - b : logs[b] - logs[a]));
    found = timeline.ranked[step] = { order, logs: Float64Array.from(order, (id) => logs[id]) };
  }
  return found;
}

// The row of weights at a step, of one layer and head or averaged over all of them (−1).
function attentionRow(timeline, kind, step, layer, head) {
  const { layers, heads, steps, source } = timeline;
  const keys = kind === "self" ? step + 1 : source.length;
  const width = kind === "self" ? steps : source.length;
  const values = kind === "self" ? timeline.own : timeline.cross;
  const row = new Float64Array(keys);
  const chosen = (one, count) => (one < 0 ? Array.from({ length: count }, (_, i) => i) : [one]);
  const inLayers = chosen(layer, layers), inHeads = chosen(head, heads);
  for (const l of inLayers) {
    for (const h of inHeads) {
      const begin = ((l * heads + h) * steps + step) * width;
      for (let key = 0; key < keys; key++) row[key] += values[begin + key];
    }
  }
  return row.map((sum) => sum / (inLayers.length * inHeads.length));
}

const LARGE = 18; // px: larger letters are a projector's
