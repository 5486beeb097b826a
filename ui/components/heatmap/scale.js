// The colour bar: from the scale's low end to its high end, with ticks.

const BAR_WIDTH = 240; // px
const BAR_HEIGHT = 9;

function drawScale(canvas, panel, theme, room) {
  const size = Math.max(SMALLEST_FONT, theme.size * 0.85);
  const edge = size * 1.6; // half of the end ticks' numbers stands outside of the bar
  const width = Math.max(80, Math.min(BAR_WIDTH, room - 2 * edge));
  const context = setSize(canvas, width + 2 * edge, BAR_HEIGHT + size + 8);
  const table = tableOf(panel.kind, theme);
  for (let i = 0; i < width; i++) {
    const step = Math.round((i / (width - 1)) * (STEPS - 1)) * 3;
    context.fillStyle = `rgb(${table[step]}, ${table[step + 1]}, ${table[step + 2]})`;
    context.fillRect(edge + i, 0, 1.5, BAR_HEIGHT);
  }
  const { low, high } = panel.range;
  context.font = fontOf(theme, size);
  context.fillStyle = theme.text;
  context.textBaseline = "top";
  context.textAlign = "center";
  const ticks = fittingTicks(context, panel.range, width);
  for (const value of ticks.values) {
    const x = edge + ((value - low) / (high - low)) * width;
    context.fillRect(x - 0.5, BAR_HEIGHT, 1, 4);
    context.fillText(tickText(value, ticks.step), x, BAR_HEIGHT + 5);
  }
  return ticks;
}

// As many ticks as their numbers leave room for.
function fittingTicks(context, range, width) {
  for (let count = 6; count > 1; count--) {
    const ticks = ticksOf(range, count);
    const widths = ticks.values.reduce((sum, value) => sum + context.measureText(tickText(value, ticks.step)).width + 8, 0);
    if (widths <= width) return ticks;
  }
  return ticksOf(range, 1);
}
