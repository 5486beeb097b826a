// The learned matrices behind a clicked cell: byte ranges of the model's safetensors file, each fetched once.
// Format: uint64 header length, JSON header {name: {dtype, shape, data_offsets}}, then the tensors' bytes.

const OPEN_FILES = new Map();

function openWeights(url) {
  if (!url) return Promise.reject(new Error("no address"));
  const whole = new URL(url, document.baseURI).href;
  if (!OPEN_FILES.has(whole)) {
    const opening = readWeightsHeader(whole);
    OPEN_FILES.set(whole, opening);
    // A failure is not kept: the next click tries again.
    opening.catch(() => OPEN_FILES.delete(whole));
  }
  return OPEN_FILES.get(whole);
}

async function readWeightsHeader(url) {
  const file = { url, whole: null, tensors: new Map() };
  const length = Number(new DataView(await bytesOf(file, 0, 8)).getBigUint64(0, true));
  if (!(length > 1 && length < 16e6)) throw new Error("not a safetensors file");
  const text = new TextDecoder().decode(await bytesOf(file, 8, 8 + length));
  return { ...file, entries: JSON.parse(text), start: 8 + length };
}

// Bytes from `begin` up to `end`. A server without ranges answers with everything: then that is kept.
async function bytesOf(file, begin, end) {
  if (file.whole) return file.whole.slice(begin, end);
  const answer = await fetch(file.url, { headers: { Range: `bytes=${begin}-${end - 1}` } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if (answer.status === 206) {
    if (bytes.byteLength !== end - begin) throw new Error("a range came back incomplete");
    return bytes;
  }
  file.whole = bytes;
  return bytes.slice(begin, end);
}

async function fetchTensor(file, name) {
  const entry = file.entries[name];
  if (!entry) throw new Error(`no tensor ${name}`);
  const [begin, end] = entry.data_offsets;
  const bytes = await bytesOf(file, file.start + begin, file.start + end);
  if (entry.dtype === "F16") return { shape: entry.shape, values: halvesToFloats(new Uint16Array(bytes)) };
  if (entry.dtype === "F32") return { shape: entry.shape, values: new Float32Array(bytes) };
  if (entry.dtype === "I8") return { shape: entry.shape, values: fromInt8(new Int8Array(bytes), await fetchTensor(file, `${name}.scale`)) };
  throw new Error(`dtype ${entry.dtype}`);
}

// A matrix kept in int8 has a scale for each row; the numbers are halves again, as the model computes with them.
function fromInt8(whole, { values: scales }) {
  const columns = whole.length / scales.length;
  return Float32Array.from(whole, (value, i) => roundedToHalf(value * scales[Math.floor(i / columns)]));
}

async function tensor(url, name) {
  const file = await openWeights(url);
  if (!file.tensors.has(name)) {
    const loading = fetchTensor(file, name);
    file.tensors.set(name, loading);
    loading.catch(() => file.tensors.delete(name));
  }
  return file.tensors.get(name);
}

// IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits; subnormals below 2⁻¹⁴.
function halvesToFloats(halves) {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

// To the nearest binary16, of two equally near ones to the even one. A half's step is 2⁻¹⁰ of its power of two, and
// 2⁻²⁴ from 2⁻¹⁴ down.
function roundedToHalf(value) {
  SINGLE[0] = value;
  const exponent = ((BITS[0] >>> 23) & 0xff) - 127;
  const step = 2 ** (Math.max(exponent, -14) - 10);
  const rounded = (value / step + INTEGERS_ONLY - INTEGERS_ONLY) * step;
  return Math.abs(rounded) < 65536 ? rounded : Math.sign(rounded) * Infinity;
}

const SINGLE = new Float32Array(1);
const BITS = new Uint32Array(SINGLE.buffer);
const INTEGERS_ONLY = 1.5 * 2 ** 52; // a double of this size has no room behind the point

// Linear layers by their names in the file: y = W x + b, W of shape (out, in).
function linearName(model, wiring, layer, which) {
  const side = isAlone(model) ? "stack" : wiring === "self" ? "encoder" : "decoder";
  const attention = wiring === "cross" ? "cross_attention" : "self_attention";
  const inner = which === "hidden" || which === "feed_forward"
    ? `feed_forward.${which === "hidden" ? "hidden" : "output"}`
    : `${attention}.${which}`;
  return `${side}.blocks.${layer}.${inner}`;
}

async function linear(url, name) {
  const [weight, bias] = await Promise.all([tensor(url, `${name}.weight`), tensor(url, `${name}.bias`)]);
  return { weight: weight.values, bias: bias.values, outputs: weight.shape[0], inputs: weight.shape[1] };
}
