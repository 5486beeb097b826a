// Where the numbers of every format lie, from the smallest to the largest, and how far apart they are on the way.

const AXIS = { low: -50, high: 45 }; // powers of ten; double precision goes on beyond both ends
const NAMES = ["fp64", "fp32", "bf16", "fp16", "e5m2", "e4m3"];
const TINTS = Object.fromEntries(NAMES.map((name, i) => [name, ["#8C8C8C", "#0072B2", "#E69F00", "#D55E00", "#009E73", "#CC79A7"][i]]));
const ROW = 21; // px a format
const SPACING = { x: { low: -12, high: 6 }, y: { low: -20, high: 5 } }; // powers of ten

const barsHeight = () => NAMES.length * ROW + 26;

// Bars: normal numbers filled, subnormal ones hatched; the number on the screen is a line through all of them.
function paintBars(ctx, canvas, width) {
  const { theme } = ctx;
  const pen = setSize(canvas, width, barsHeight());
  const small = Math.round(theme.size * 0.8);
  const left = 48, right = width - 8, bottom = NAMES.length * ROW + 4;
  const x = (power) => left + ((Math.max(AXIS.low, Math.min(AXIS.high, power)) - AXIS.low) / (AXIS.high - AXIS.low)) * (right - left);
  Object.assign(pen, { font: fontOf(theme, small), textBaseline: "middle", lineWidth: 1, strokeStyle: theme.border, fillStyle: theme.text });
  pen.textAlign = "center";
  for (let power = -40; power <= 40; power += width < 500 ? 20 : 10) {
    pen.beginPath();
    pen.moveTo(x(power), 0);
    pen.lineTo(x(power), bottom);
    pen.stroke();
    pen.fillText(power ? `10${raised(power)}` : "1", x(power), bottom + 12);
  }
  NAMES.forEach((name, i) => {
    const form = FORMATS[name], y = i * ROW + 3, high = ROW - 6;
    const [from, normal, to] = [form.smallest, form.normal, form.largest].map((value) => x(Math.log10(value)));
    pen.globalAlpha = name === ctx.form.name ? 1 : 0.55;
    pen.fillStyle = TINTS[name];
    pen.fillRect(normal, y, to - normal, high);
    hatched(pen, from, y, normal - from, high, TINTS[name]);
    pen.globalAlpha = 1;
    Object.assign(pen, { textAlign: "right", fillStyle: theme.text, font: fontOf(theme, small, name === ctx.form.name ? 700 : 400) });
    pen.fillText(name, left - 6, y + high / 2);
    if (name === "fp64") { // beyond both ends
      Object.assign(pen, { fillStyle: "#ffffff", textAlign: "left" });
      pen.fillText(`◂ 10${raised(-324)}`, left + 4, y + high / 2);
      pen.textAlign = "right";
      pen.fillText(`10${raised(308)} ▸`, right - 4, y + high / 2);
    }
  });
  const value = Math.abs(decoded(ctx.form, ctx.pattern));
  if (value > 0 && Number.isFinite(value)) {
    Object.assign(pen, { strokeStyle: theme.text, lineWidth: 2 });
    pen.beginPath();
    pen.moveTo(x(Math.log10(value)), 0);
    pen.lineTo(x(Math.log10(value)), bottom);
    pen.stroke();
  }
}

function hatched(pen, x, y, width, height, colour) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, Math.max(width, 1), height);
  pen.clip();
  Object.assign(pen, { strokeStyle: colour, lineWidth: 1.4 });
  for (let at = x - height; at < x + width + height; at += 4) {
    pen.beginPath();
    pen.moveTo(at, y + height);
    pen.lineTo(at + height, y);
    pen.stroke();
  }
  pen.strokeRect(x, y, width, height);
  pen.restore();
}

// From a number to the next one, both logarithmic: steps, because each power of two has its own; a floor below the
// normal numbers.
function paintSpacing(ctx, canvas, width, height) {
  const { theme } = ctx;
  const pen = setSize(canvas, width, height);
  const small = Math.round(theme.size * 0.8);
  const left = 46, right = width - 52, top = 6, bottom = height - 22;
  const along = (axis, power, from, to) => from + ((power - axis.low) / (axis.high - axis.low)) * (to - from);
  const x = (power) => along(SPACING.x, power, left, right), y = (power) => along(SPACING.y, power, bottom, top);
  Object.assign(pen, { font: fontOf(theme, small), strokeStyle: theme.border, fillStyle: theme.text, lineWidth: 1, textBaseline: "middle", textAlign: "right" });
  for (let power = SPACING.y.low; power <= SPACING.y.high; power += 5) {
    line(pen, left, y(power), right, y(power));
    pen.fillText(power ? `10${raised(power)}` : "1", left - 4, y(power));
  }
  pen.textAlign = "center";
  for (let power = SPACING.x.low; power <= SPACING.x.high; power += 3) pen.fillText(power ? `10${raised(power)}` : "1", x(power), bottom + 12);
  pen.setLineDash([4, 3]);
  line(pen, x(0), top, x(0), bottom);
  pen.setLineDash([]);
  const ends = NAMES.map((name) => ({ name, colour: TINTS[name], at: paintStairs(ctx, pen, FORMATS[name], { x, y, left, right, top, bottom }) }));
  pen.font = fontOf(theme, small);
  nameEnds(pen, ends, right, { top, bottom, gap: small * 1.1 }, theme);
  // The lesson's three: what is next to 1.
  for (const name of ["fp16", "fp32", "fp64"]) {
    const gap = 2 ** -FORMATS[name].mantissa;
    Object.assign(pen, { fillStyle: TINTS[name], strokeStyle: theme.background, lineWidth: 1.5 });
    pen.beginPath();
    pen.arc(x(0), y(Math.log10(gap)), 4.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    Object.assign(pen, { fillStyle: theme.text, textAlign: "left" });
    pen.fillText(`2${raised(-FORMATS[name].mantissa)}`, x(0) + 8, y(Math.log10(gap)) + small * 0.75);
  }
  const value = Math.abs(decoded(ctx.form, ctx.pattern));
  if (value > 0 && Number.isFinite(value)) {
    const here = Math.log10(value), gap = Math.log10(spacingAt(ctx.form, value));
    if (here >= SPACING.x.low && here <= SPACING.x.high && gap >= SPACING.y.low) {
      Object.assign(pen, { strokeStyle: theme.text, lineWidth: 2.5 });
      pen.beginPath();
      pen.arc(x(here), y(gap), 7, 0, 2 * Math.PI);
      pen.stroke();
    }
  }
}

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

// Answers how high the line ends.
function paintStairs(ctx, pen, form, { x, y, left, right, top, bottom }) {
  const chosen = form.name === ctx.form.name;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  Object.assign(pen, { strokeStyle: TINTS[form.name], lineWidth: chosen ? 3 : 1.5 });
  pen.globalAlpha = chosen ? 1 : 0.75;
  pen.beginPath();
  const first = Math.max(exponentOf(form.smallest), Math.floor(SPACING.x.low / Math.log10(2)) - 1);
  const last = Math.min(exponentOf(form.largest), Math.ceil(SPACING.x.high / Math.log10(2)));
  let end = bottom;
  for (let exponent = first; exponent <= last; exponent++) {
    const height = y(Math.log10(2) * (Math.max(exponent, form.lowest) - form.mantissa));
    const [from, to] = [exponent, exponent + 1].map((one) => x(one * Math.log10(2)));
    pen[exponent === first ? "moveTo" : "lineTo"](from, height);
    pen.lineTo(to, height);
    if (to <= right) end = height;
  }
  pen.stroke();
  pen.restore();
  return end;
}

// From a positive number to the next larger one.
function spacingAt(form, value) {
  return powerOfTwo(Math.max(exponentOf(value), form.lowest) - form.mantissa);
}
