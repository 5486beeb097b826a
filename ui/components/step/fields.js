// What can be set: two numbers on logarithmic sliders, each with a box for exact ones, and the weight in a box.

function boxField(ctx, name) {
  const wrong = make("span", { class: "wrong", role: "alert" });
  const box = make("input", { type: "text", class: "number-box short", maxlength: 40, "aria-label": ctx.t(`exact_${name}`), spellcheck: "false", autocomplete: "off",
    oninput: () => {
      const read = readNumber(box.value);
      const value = read.kind === "number" ? decoded(FORMATS.fp64, patternOf(FORMATS.fp64, read)) : NaN;
      wrong.textContent = Number.isFinite(value) ? "" : ctx.t(read.kind === "empty" ? "box_empty" : "box_wrong", { text: box.value });
      if (Number.isFinite(value)) ctx.act.number(name, value);
    },
    onkeydown: (event) => event.stopPropagation(),
  });
  // What was typed stays as it was typed while it means the number that is shown.
  const fill = () => {
    const read = readNumber(box.value);
    const means = read.kind === "number" ? decoded(FORMATS.fp64, patternOf(FORMATS.fp64, read)) : NaN;
    if (box.matches(":focus") || means === ctx.state[name]) return;
    wrong.textContent = "";
    box.value = typedNumber(ctx.state[name]);
  };
  return { root: make("label", { class: "field" }, make("span", { class: "label" }, ctx.t(`field_${name}`)), box, wrong), box, fill };
}

function slideField(ctx, name, range) {
  const field = boxField(ctx, name);
  const slide = make("input", { type: "range", class: "slide", min: range.low, max: range.high, step: 0.1, "aria-label": ctx.t(`field_${name}`),
    oninput: () => ctx.act.number(name, round2(10 ** Number(slide.value)) * (ctx.state[name] < 0 ? -1 : 1)), onkeydown: (event) => event.stopPropagation() });
  field.box.before(slide);
  return { ...field, fill: () => {
    field.fill();
    slide.value = Math.log10(Math.abs(ctx.state[name]) || 10 ** range.low);
    slide.setAttribute("aria-valuetext", typedNumber(ctx.state[name]));
  } };
}

// As somebody would type it, with all its digits.
const typedNumber = (value) => ((Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6) || value === 0 ? String(value) : value.toExponential().replace("e+", "e"));
