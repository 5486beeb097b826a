// A pattern as a row of bits that can be toggled, and what each part of it says.

const PARTS = ["sign", "exponent", "mantissa"];

// The parts of a pattern: how many bits each has, and the first bit's place from the left.
function partsOf(form) {
  return [{ name: "sign", first: 0, count: 1 }, { name: "exponent", first: 1, count: form.exponent }, { name: "mantissa", first: 1 + form.exponent, count: form.mantissa }];
}

function bitRow(ctx) {
  const root = make("div", { class: "bit-row", role: "group", "aria-label": ctx.t("bits") });
  return { root, form: "", buttons: [], told: {} };
}

function fillBits(ctx, row, form, pattern) {
  if (row.form !== form.name) buildBits(ctx, row, form);
  row.buttons.forEach((button, i) => {
    const bit = (pattern >> BigInt(form.bits - 1 - i)) & 1n;
    button.textContent = String(bit);
    button.setAttribute("aria-pressed", String(bit === 1n));
  });
  for (const [name, words] of Object.entries(partWords(ctx, form, pattern))) row.told[name].textContent = words;
}

function buildBits(ctx, row, form) {
  row.form = form.name;
  row.buttons = [];
  row.told = {};
  row.root.dataset.form = form.name;
  row.root.replaceChildren(...partsOf(form).map(({ name, first, count }) => {
    const buttons = Array.from({ length: count }, (_, i) => make("button", {
      type: "button", class: "bit", "aria-pressed": "false", "aria-label": ctx.t("bit_of", { part: ctx.t(name), place: i + 1 }), onclick: () => ctx.act.toggle(first + i),
      onkeydown: (event) => stepAlong(row, first + i, event),
    }));
    row.buttons.push(...buttons);
    row.told[name] = make("span", { class: "part-told" });
    return make("div", { class: `bit-part ${name}` }, make("div", { class: "bit-cells" }, ...buttons), row.told[name]);
  }));
}

// The arrow keys go from bit to bit.
function stepAlong(row, place, event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  row.buttons[place + by]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

function partWords(ctx, form, pattern) {
  const { t } = ctx;
  const exponent = Number(magnitudeOf(form, pattern) >> BigInt(form.mantissa)), mantissa = magnitudeOf(form, pattern) & form.fraction;
  const kind = kindOf(form, pattern);
  const special = kind === "infinite" || kind === "nan";
  return {
    sign: isNegative(form, pattern) ? "−" : "+",
    exponent: special ? t("exponent_full") : exponent
      ? t("exponent_told", { stored: exponent, bias: form.bias, power: `2${raised(exponent - form.bias)}` })
      : t("exponent_zero", { power: `2${raised(form.lowest)}` }),
    mantissa: special ? t(kind === "nan" ? "mantissa_nan" : "mantissa_infinite") : t("mantissa_told", { lead: exponent ? 1 : 0, whole: mantissa.toString(), count: `2${raised(form.mantissa)}`, value: significand(form, mantissa, exponent) }),
  };
}

// 1.m or, of a subnormal number, 0.m: all digits where there are few.
function significand(form, mantissa, exponent) {
  const value = (exponent ? 1 : 0) + Number(mantissa) / 2 ** form.mantissa;
  return String(Number(value.toPrecision(form.mantissa > 23 ? 17 : 12)));
}
