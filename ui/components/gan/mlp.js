// Both players in the browser: the twin of core.models.gan and, for what the generator is told, of core.models.gan_losses.

const LEAK = 0.2; // the leaky ReLU's slope below 0

// The layers of a network whose numbers lie one after the other from `at` on: each layer's matrix, then its bias.
function networkAt(sizes, weights, at) {
  const layers = sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i];
    const weight = weights.subarray(at, (at += inputs * outputs));
    return { inputs, outputs, weight, bias: weights.subarray(at, (at += outputs)), out: new Float32Array(outputs), slope: new Float32Array(outputs) };
  });
  return { layers, end: at };
}

// The last layer's outputs. Layers lend their buffers: what is to stay is copied.
function outputs({ layers }, input) {
  let x = input;
  layers.forEach(({ inputs, outputs: count, weight, bias, out }, i) => {
    const hidden = i < layers.length - 1;
    for (let row = 0, at = 0; row < count; row++) {
      let sum = bias[row];
      for (let column = 0; column < inputs; column++) sum += weight[at++] * x[column];
      out[row] = hidden && sum < 0 ? LEAK * sum : sum;
    }
    x = out;
  });
  return x;
}

// The gradient of the one output with respect to a point, after `outputs` has been asked for it.
function slopeOf({ layers }) {
  let slope = [1];
  for (let i = layers.length - 1; i >= 0; i--) {
    const { inputs, outputs: count, weight } = layers[i];
    const below = i ? layers[i - 1] : null;
    const back = below ? below.slope : new Float32Array(inputs);
    for (let column = 0; column < inputs; column++) {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += weight[row * inputs + column] * slope[row];
      back[column] = below && below.out[column] < 0 ? LEAK * sum : sum;
    }
    slope = back;
  }
  return slope;
}

const chance = (logit) => 1 / (1 + Math.exp(-logit));

// How the generator's loss of one sample changes with the discriminator's logit.
const CHANGES = {
  saturating: (logit) => -chance(logit),
  "non-saturating": (logit) => -chance(-logit),
  "least-squares": (logit) => logit - 1,
  "wasserstein-gp": () => -1,
};

// What pulls a sample at a point: minus the gradient of the generator's loss; and the discriminator's logit there.
function pullAt(discriminator, loss, point) {
  const logit = outputs(discriminator, point)[0];
  const change = CHANGES[loss](logit);
  return { logit, pull: Array.from(slopeOf(discriminator), (slope) => -change * slope) };
}
