// The distribution that the encoder gave, draws from it, and how far it is from the prior. The twin of core.normals
// and core.models.vae; random numbers are those of sampler.js.

// ε of a seed: standard normal numbers, two of them from two uniform ones (Box and Muller 1958).
function normals(seed, count) {
  return Array.from({ length: count }, (_, i) => {
    const pair = i - (i % 2);
    const far = Math.sqrt(-2 * Math.log(1 - uniform(seed, pair)));
    const turn = 2 * Math.PI * uniform(seed, pair + 1);
    return far * (i % 2 ? Math.sin(turn) : Math.cos(turn));
  });
}

// z = mean + exp(log_var / 2) · ε; a plain autoencoder has no variance and so no draw.
function drawFrom({ mean, log_var }, noise) {
  return mean.map((m, i) => m + (log_var ? Math.exp(log_var[i] / 2) * noise[i] : 0));
}

// KL of each dimension in nats.
function klOf({ mean, log_var }) {
  return log_var ? mean.map((m, i) => (m * m + Math.exp(log_var[i]) - 1 - log_var[i]) / 2) : null;
}

// Draw number `i` of a cloud: its ε come after those of the draws before it.
function cloudOf(posterior, seed, count) {
  const size = posterior.mean.length;
  const noise = normals(seed, size * count);
  return Array.from({ length: count }, (_, i) => drawFrom(posterior, noise.slice(i * size, (i + 1) * size)));
}
