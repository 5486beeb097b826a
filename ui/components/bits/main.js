// Numbers bit by bit: a number that can be typed or toggled, its neighbours, and all formats side by side.

const TELL_AFTER = 350; // ms without another change
const LEFT = new Map(); // what a page that is opened again stood at
const CHOSEN = ["form", "number"];
const SHOWN_DIGITS = 64; // of all digits of a number

function createBits(parent) {
  const ctx = { data: null, state: null, parts: null, send: null, theme: null, form: null, pattern: 0n, seen: "" };
  ctx.t = (name, values) => filled(ctx.data.labels[name] ?? name, values);
  const teller = newTeller((state) => ctx.send?.("state", state), TELL_AFTER);
  const worded = () => ({ form: ctx.state.form, number: ctx.state.number, restart: ctx.data.restart });

  // What was typed last and could be read is the number, rounded to the format that is chosen now.
  function settle() {
    ctx.form = FORMATS[ctx.state.form];
    ctx.pattern = patternOf(ctx.form, readNumber(ctx.state.number)) ?? 0n;
  }

  ctx.paint = () => {
    const began = performance.now();
    const { root, box, said, row, bars, spacing } = ctx.parts;
    ctx.theme = themeOf(root);
    settle();
    const { form, pattern } = ctx;
    press(ctx.parts.forms, form.name);
    fillBits(ctx, row, form, pattern);
    fillValue();
    if (!box.matches(":focus")) box.value = typedOf(ctx.state.number, form, pattern);
    said.replaceChildren(...saidOf(ctx, readNumber(box.value), box.value));
    paintBars(ctx, bars, bars.parentElement.clientWidth);
    paintSpacing(ctx, spacing, spacing.parentElement.clientWidth, barsHeight());
    for (const [name, cells] of Object.entries(ctx.parts.rows)) cells.dataset.here = name === form.name;
    Object.assign(root.dataset, { form: form.name, pattern: hexOf(form, pattern), kind: kindOf(form, pattern) });
    tellPainted(root, began);
  };

  function fillValue() {
    const { form, pattern, t } = ctx;
    const { value, kind, down, up } = ctx.parts;
    const digitsOf = allDigits(form, pattern);
    const long = digitsOf.length > SHOWN_DIGITS;
    value.replaceChildren(make("b", {}, shortest(form, pattern)), make("span", { class: "exactly", title: long ? digitsOf.slice(0, 1200) : null },
      ` = ${long ? `${digitsOf.slice(0, SHOWN_DIGITS)}… (${t("digits", { count: digitsOf.length - (digitsOf.includes(".") ? 1 : 0) })})` : digitsOf}`));
    kind.textContent = [t(`kind_${kindOf(form, pattern)}`), hexOf(form, pattern)].join(" · ");
    for (const [part, isUp] of [[down, false], [up, true]]) {
      const next = beside(form, pattern, isUp);
      part.button.disabled = next === null;
      part.words.textContent = next === null ? t("none_beyond") : shortest(form, next);
      const gap = next === null ? NaN : Math.abs(decoded(form, next) - decoded(form, pattern));
      part.gap.textContent = Number.isFinite(gap) ? t("gap", { gap: plainNumber(gap, 4) }) : "";
    }
  }

  function change(changes, typing = false) {
    Object.assign(ctx.state, changes);
    if (!typing) ctx.parts.box.blur();
    ctx.paint();
    teller.tell(worded());
  }
  const asPattern = (form, pattern) => ({ number: hexOf(form, pattern) });

  ctx.act = {
    // A pattern means another number in another format: the number stays, not the bits.
    form(name) {
      const bits = readNumber(ctx.state.number).kind === "pattern";
      const form = FORMATS[name];
      change({ form: name, ...(bits ? asPattern(form, encoded(form, decoded(ctx.form, ctx.pattern))) : {}) });
    },
    toggle: (place) => change(asPattern(ctx.form, ctx.pattern ^ (1n << BigInt(ctx.form.bits - 1 - place)))),
    type(text) {
      if (patternOf(ctx.form, readNumber(text)) !== null) change({ number: text }, true);
      else ctx.parts.said.replaceChildren(...saidOf(ctx, readNumber(text), text));
    },
    beside(up) {
      const next = beside(ctx.form, ctx.pattern, up);
      if (next !== null) change(asPattern(ctx.form, next));
    },
    special: (name) => change(asPattern(ctx.form, SPECIAL[name](ctx.form))),
  };

  function build() {
    ctx.parts?.root.remove();
    const { t } = ctx;
    const forms = segment("forms", t("format"), NAMES.map((name) => ({ value: name, words: name, title: t(`about_${name}`) })), (name) => ctx.act.form(name));
    const box = make("input", { type: "text", class: "number-box", maxlength: 80, "aria-label": t("number"), spellcheck: "false", autocomplete: "off",
      oninput: () => ctx.act.type(box.value), onkeydown: (event) => event.stopPropagation(), onblur: () => { if (ctx.parts) ctx.paint(); } });
    const specials = make("div", { class: "specials" }, ...Object.keys(SPECIAL).map((name) => make("button", { type: "button", class: "small", "data-special": name, title: t(`about_${name}`), onclick: () => ctx.act.special(name) }, t(`special_${name}`))));
    const said = make("p", { class: "said", "aria-live": "polite" });
    const row = bitRow(ctx);
    const value = make("p", { class: "value" }), kind = make("p", { class: "kind" });
    const neighbour = (isUp) => {
      const words = make("span", { class: "next-number" }), gap = make("span", { class: "next-gap" });
      const button = make("button", { type: "button", class: "small neighbour", title: t(isUp ? "up" : "down"), onclick: () => ctx.act.beside(isUp) }, isUp ? "" : "‹ ", words, isUp ? " ›" : "");
      return { button, words, gap, root: make("div", { class: "beside" }, button, gap) };
    };
    const down = neighbour(false), up = neighbour(true);
    const bars = make("canvas", { role: "img", "aria-label": t("bars") }), spacing = make("canvas", { role: "img", "aria-label": t("spacing") });
    const figure = (canvas, words) => make("figure", {}, make("figcaption", {}, words), canvas);
    const { table, rows } = formatTable(ctx);
    const tools = make("div", { class: "tools" }, make("button", { type: "button", title: t("save_png"), onclick: png }, "PNG"), make("button", { type: "button", title: t("save_csv"), onclick: () => saveFormats(ctx) }, "CSV"));
    const saved = make("div", { class: "bits-saved" }, row.root, make("div", { class: "reading" }, down.root, make("div", { class: "reading-middle" }, value, kind), up.root), make("div", { class: "bits-charts" }, figure(bars, t("bars_title")), figure(spacing, t("spacing_title"))));
    const root = make("section", { class: "picture bits-picture", "aria-label": t("component") },
      make("div", { class: "controls" }, forms, make("label", { class: "number-line" }, make("span", { class: "label" }, t("number")), box), specials, tools), said, saved, table, make("p", { class: "caption" }, t("caption")));
    ctx.parts = { root, forms, box, said, row, value, kind, down, up, bars, spacing, rows, saved };
    parent.append(root);
    resize.disconnect();
    resize.observe(root);
  }

  const resize = onNewWidth(() => ctx.parts?.root, () => ctx.theme, () => ctx.paint());

  async function png() {
    saveBlob(await pngOfElement(ctx.parts.saved, themeOf(ctx.parts.root), [`${ctx.form.name}: ${shortest(ctx.form, ctx.pattern)}`]), safeFileName([ctx.t("file")], "png"));
  }

  // In projector mode: left and right to the neighbours, up and down through the formats.
  function onStep(event) {
    if (!ctx.parts?.root.isConnected) return;
    const { delta = 1, axis = "x" } = event.detail ?? {};
    nearestSteps(event, ctx.parts.root, () => {
      if (axis === "x") ctx.act.beside(delta > 0);
      else ctx.act.form(NAMES[(NAMES.indexOf(ctx.form.name) + delta + NAMES.length) % NAMES.length]);
    });
  }
  document.addEventListener("glassbox:step", onStep);

  return {
    update: whenNew((data, send) => {
      ctx.send = send;
      const before = ctx.data;
      ctx.data = data;
      if (before?.restart !== data.restart) {
        ctx.state = { ...data.initial, ...LEFT.get(data.restart) };
        teller.knows(worded());
        if (before) ctx.parts.box.blur();
      }
      if (JSON.stringify(before?.labels) !== JSON.stringify(data.labels)) build();
      ctx.paint();
      ctx.parts.root.dataset.ready = "true";
    }),
    destroy() {
      LEFT.set(ctx.data.restart, { ...ctx.state });
      teller.end();
      resize.disconnect();
      document.removeEventListener("glassbox:step", onStep);
      ctx.parts?.root.remove();
    },
  };
}

const hexOf = (form, pattern) => `0x${pattern.toString(16).padStart(Math.ceil(form.bits / 4), "0")}`;

// Patterns worth a look.
const SPECIAL = {
  one: (form) => encoded(form, 1),
  tenth: (form) => encoded(form, 0.1),
  smallest: () => 1n,
  normal: (form) => 1n << BigInt(form.mantissa),
  largest: (form) => form.over - 1n,
  infinite: (form) => form.over,
  nan: (form) => form.nan,
};

// What stands in the box while nobody types there: what was typed, or the number that the bits mean.
const typedOf = (number, form, pattern) => (readNumber(number).kind === "pattern" ? shortest(form, pattern) : number);

// How what was typed became what is shown.
function saidOf(ctx, read, text) {
  const { t, form, pattern } = ctx;
  if (read.kind === "empty") return [t("read_empty")];
  if (read.kind === "unread") return [t("read_not", { text })];
  if (read.kind === "pattern") return [t(patternOf(form, read) === null ? "read_too_long" : "read_pattern", { form: form.name, bits: form.bits })];
  if (read.kind === "nan") return [t("read_nan")];
  if (read.kind === "infinite") return [t(form.infinities ? "read_infinite" : "read_no_infinity", { form: form.name })];
  const comma = read.comma ? [`${t("read_comma")} `] : [];
  const kind = kindOf(form, pattern);
  if (kind === "infinite" || kind === "nan") return [...comma, t(kind === "nan" ? "read_over_nan" : "read_over", { form: form.name, largest: shortest(form, form.over - 1n) })];
  if (kind === "zero" && read.numerator) return [...comma, t("read_under", { form: form.name, smallest: shortest(form, 1n) })];
  const { whole, power } = wholeOf(form, pattern);
  const [up, down] = power >= 0 ? [whole << BigInt(power), 1n] : [whole, 1n << BigInt(-power)];
  const off = up * read.denominator - read.numerator * down;
  if (!off) return [...comma, t("read_exact", { form: form.name })];
  const share = ratio(off < 0n ? -off : off, read.numerator * down);
  return [...comma, t("read_rounded", { form: form.name, stored: plainNumber(decoded(form, pattern), 8), share: percentWords(share) })];
}

// A quotient of large whole numbers as a double.
const ratio = (a, b) => {
  const far = bitLength(b) - bitLength(a) + 60;
  return Number(far > 0 ? (a << BigInt(far)) / b : a / (b << BigInt(-far))) * 2 ** -far;
};
const percentWords = (share) => `${share < 1e-4 ? scientific(share * 100, 1) : String(Number((share * 100).toPrecision(2)))} %`;

export default livingBy(createBits, { goneAfter: 300, accepts: (data) => Boolean(data?.labels) });
