// What Python packed: words and sizes, then numbers: latents, real samples, the curve, the moments and their weights.

const FIELDS = ["number", "who", "step", "loss_d", "loss_g", "right_real", "right_fake", "pull", "good", "modes"]; // then norms

function readGan(bytes) {
  const [header, place] = jsonAt(bytes, 0);
  const all = floatsFrom(bytes, place);
  let at = 0;
  const take = (count) => all.subarray(at, (at += count));
  const latents = take(header.counts.latents * 2), real = take(header.counts.real * 2);
  const runs = header.seeds.length;
  const layers = header.sizes_g.length - 1;
  const row = FIELDS.length + layers;
  const told = (count) => Array.from({ length: count }, () => Array.from({ length: runs }, () => toldOf(take(row))));
  const curve = told(header.counts.curve), moments = told(header.counts.moments);
  const size = numbersOf(header.sizes_g) + numbersOf(header.sizes_d);
  const shown = moments.map((one, i) => ({
    number: one[0].number, who: ["", "discriminator", "generator"][one[0].who], told: one, verdicts: header.verdicts[i],
    players: one.map(() => {
      const weights = take(size);
      const generator = networkAt(header.sizes_g, weights, 0);
      return { generator, discriminator: networkAt(header.sizes_d, weights, generator.end) };
    }),
  }));
  return { ...header, latents, real, curve, moments: shown };
}

const numbersOf = (sizes) => sizes.slice(1).reduce((sum, outputs, i) => sum + outputs * (sizes[i] + 1), 0);

function toldOf(row) {
  const told = Object.fromEntries(FIELDS.map((name, i) => [name, row[i]]));
  const norms = Array.from(row.subarray(FIELDS.length));
  return { ...told, norms, norm: Math.hypot(...norms) };
}
