// Dense networks in the browser: a whole safetensors file is fetched once, and its layers multiply here. The twin of
// core.models.vae and core.models.dense. Reading a file's tensors is the attention canvas's (weights.js).

const SILU = (x) => x / (1 + Math.exp(-x));
const SIGMOID = (x) => 1 / (1 + Math.exp(-x));

// A file's bytes come in one piece: its many small tensors are not worth a request each.
async function wholeFile(url) {
  const file = await openWeights(url);
  if (!file.whole) {
    const answer = await fetch(file.url);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    file.whole = await answer.arrayBuffer();
  }
  return file;
}

// The linear layers `prefix`0, `prefix`1 … in order: [{weight, bias, inputs, outputs}].
async function layersAt(url, prefix) {
  await wholeFile(url);
  const file = await openWeights(url);
  const count = Object.keys(file.entries).filter((name) => name.startsWith(prefix) && name.endsWith(".weight")).length;
  if (!count) throw new Error(`no layers ${prefix}`);
  return Promise.all(Array.from({ length: count }, (_, i) => linear(url, `${prefix}${i}`)));
}

// W x + b, into `out`.
function through({ weight, bias, inputs, outputs }, x, out) {
  for (let row = 0, at = 0; row < outputs; row++) {
    let sum = bias[row];
    for (let column = 0; column < inputs; column++) sum += weight[at++] * x[column];
    out[row] = sum;
  }
  return out;
}

// The last layer's outputs; each hidden one ends in SiLU. Layers lend their buffers: the result is copied.
function outputsOf(layers, input) {
  let x = input;
  layers.forEach((layer, i) => {
    layer.out ??= new Float32Array(layer.outputs);
    through(layer, x, layer.out);
    if (i < layers.length - 1) for (let k = 0; k < layer.out.length; k++) layer.out[k] = SILU(layer.out[k]);
    x = layer.out;
  });
  return Float32Array.from(x);
}

// Each pixel's probability to be on.
function decoded(layers, z) {
  return outputsOf(layers, z).map(SIGMOID);
}

function softmax(logits) {
  const most = Math.max(...logits);
  const powers = Array.from(logits, (x) => Math.exp(x - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

// −log p(x|z) in nats: the mean over all binary pictures whose pixels are on with the probabilities `pixels`.
// log(1 + e^x) is written so that no power overflows.
function reconstructionOf(layers, z, pixels) {
  const logits = outputsOf(layers, z);
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) {
    const x = logits[i];
    sum += Math.max(x, 0) - x * pixels[i] + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return sum;
}
