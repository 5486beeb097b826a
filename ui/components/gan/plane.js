// The plane of samples: what the discriminator thinks of every place, where it pulls a sample, real and fake samples.

const HALF_PLANE = 1.2; // the plane reaches so far from 0
const CELLS = 40; // of the map along each side
const ARROWS = 13;
const STRONG = 1.6; // a pull that fills its arrow's place; the scale never changes, so that a gradient is seen to vanish
const FABRIC = [-1.6, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 1.6]; // latent lines
const THREAD = 33; // points of each

const REAL = { light: "#1d1d24", dark: "#f4f4f6" };
const realColour = (theme) => (theme.dark ? REAL.dark : REAL.light);

function planeFrame(side) {
  return {
    side,
    x: (value) => ((value + HALF_PLANE) / (2 * HALF_PLANE)) * side,
    y: (value) => ((HALF_PLANE - value) / (2 * HALF_PLANE)) * side,
    at: (px, py) => [(px / side) * 2 * HALF_PLANE - HALF_PLANE, HALF_PLANE - (py / side) * 2 * HALF_PLANE],
  };
}

function paintSamples(ctx, canvas, players, side) {
  const { theme, state, model } = ctx;
  const frame = planeFrame(side);
  const pen = setSize(canvas, side, side);
  if (state.map) paintMap(ctx, pen, players, side);
  Object.assign(pen, { strokeStyle: theme.border, lineWidth: 1 });
  pen.strokeRect(0.5, 0.5, side - 1, side - 1);
  if (state.arrows) paintArrows(ctx, pen, players, frame);
  Object.assign(pen, { strokeStyle: realColour(theme), lineWidth: 1 });
  pen.globalAlpha = 0.75;
  for (let i = 0; i < model.real.length; i += 2) ring(pen, frame.x(model.real[i]), frame.y(model.real[i + 1]), 2.2);
  pen.globalAlpha = 1;
  if (state.fabric) paintFabric(ctx, pen, players, frame);
  Object.assign(pen, { fillStyle: FAKE, strokeStyle: theme.background, lineWidth: 0.8 });
  for (let i = 0; i < model.latents.length; i += 2) {
    const [x, y] = outputs(players.generator, model.latents.subarray(i, i + 2));
    disc(pen, frame.x(x), frame.y(y), 2.6);
  }
  if (state.z) {
    const [x, y] = outputs(players.generator, state.z);
    const [px, py] = [frame.x(x), frame.y(y)].map((value) => Math.max(6, Math.min(side - 6, value)));
    for (const [colour, width] of [[theme.background, 5], [theme.text, 2.5]]) {
      Object.assign(pen, { strokeStyle: colour, lineWidth: width });
      ring(pen, px, py, 8);
    }
  }
  return frame;
}

function ring(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

function disc(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
  pen.stroke();
}

// The discriminator's opinion as a number from −1, fake, to 1, real. A critic's score has no middle of its own: the
// plane's own range is what is coloured.
function opinions(ctx, players) {
  const logits = new Float32Array(CELLS * CELLS);
  const at = (i) => ((i + 0.5) / CELLS) * 2 * HALF_PLANE - HALF_PLANE;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) logits[row * CELLS + column] = outputs(players.discriminator, [at(column), -at(row)])[0];
  }
  if (ctx.model.loss === "least-squares") return logits.map((value) => Math.max(-1, Math.min(1, 2 * value - 1)));
  if (ctx.model.loss !== "wasserstein-gp") return logits.map((value) => 2 * chance(value) - 1);
  const [low, high] = [Math.min(...logits), Math.max(...logits)];
  return logits.map((value) => (high > low ? (2 * (value - low)) / (high - low) - 1 : 0));
}

function paintMap(ctx, pen, players, side) {
  const image = imageOf(opinions(ctx, players), CELLS, CELLS, "signed", { low: -1, high: 1 }, ctx.theme);
  pen.imageSmoothingEnabled = true;
  pen.globalAlpha = 0.55;
  pen.drawImage(image, 0, 0, side, side);
  pen.globalAlpha = 1;
}

function paintArrows(ctx, pen, players, frame) {
  const cell = frame.side / ARROWS;
  Object.assign(pen, { strokeStyle: ctx.theme.text, fillStyle: ctx.theme.text, lineWidth: 1.2 });
  pen.globalAlpha = 0.8;
  for (let row = 0; row < ARROWS; row++) {
    for (let column = 0; column < ARROWS; column++) {
      const [px, py] = [(column + 0.5) * cell, (row + 0.5) * cell];
      const { pull } = pullAt(players.discriminator, ctx.model.loss, frame.at(px, py));
      const long = Math.hypot(...pull);
      if (!Number.isFinite(long)) continue;
      const length = Math.min(1, long / STRONG) * cell * 0.9;
      const [dx, dy] = long > 0 ? [pull[0] / long, -pull[1] / long] : [0, 0];
      const [tx, ty] = [px + (dx * length) / 2, py + (dy * length) / 2];
      if (length < 1.5) { // too small to be seen as a line: a dot says that nothing pulls here
        pen.fillRect(px - 0.7, py - 0.7, 1.4, 1.4);
        continue;
      }
      pen.beginPath();
      pen.moveTo(px - (dx * length) / 2, py - (dy * length) / 2);
      pen.lineTo(tx, ty);
      const head = Math.min(4.5, length * 0.4);
      pen.moveTo(tx - head * (dx - 0.6 * dy), ty - head * (dy + 0.6 * dx));
      pen.lineTo(tx, ty);
      pen.lineTo(tx - head * (dx + 0.6 * dy), ty - head * (dy - 0.6 * dx));
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
}

// What the generator makes of straight lines in the latent plane.
function paintFabric(ctx, pen, players, frame) {
  Object.assign(pen, { strokeStyle: FAKE, lineWidth: 1 });
  pen.globalAlpha = 0.9;
  for (const across of [true, false]) {
    for (const fixed of FABRIC) {
      pen.beginPath();
      for (let i = 0; i < THREAD; i++) {
        const moving = FABRIC[0] + (i / (THREAD - 1)) * (FABRIC.at(-1) - FABRIC[0]);
        const [x, y] = outputs(players.generator, across ? [moving, fixed] : [fixed, moving]);
        pen[i ? "lineTo" : "moveTo"](frame.x(x), frame.y(y));
      }
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
}
