// Sums that add up as they stand: every term is rounded first, the result is the exact number, and what
// rounding left over is written out as a term of its own.

const PLACES = 4; // terms and results
const FACTOR_PLACES = 5; // what is multiplied
const LISTED_WHOLE = 64; // longer sums show their largest terms first
const LARGEST_TERMS = 10;

function fixed(value, places = PLACES) {
  return Number(value.toFixed(places));
}

function operand(value, places = PLACES, label = "") {
  return make("span", { class: "operand", "data-label": label || null }, digits(value, places));
}

// The remainder between what the shown digits give and what they should give, as an element or null.
function roundingOf(ctx, given, exact) {
  const left = fixed(fixed(exact) - given);
  if (left === 0 || !Number.isFinite(left)) return null;
  const shown = left > 0 ? `+${digits(left)}` : digits(left);
  return make("span", { class: "rounding-line" },
    ` ${ctx.t("rounding")} `, make("span", { class: "rounding" }, shown));
}

// One line: an expression whose shown digits give `given`, and the exact result.
function equation(ctx, operation, nodes, given, exact) {
  return make("p", { class: "equation", "data-operation": operation },
    ...nodes, roundingOf(ctx, given, exact), " = ", make("strong", { class: "result" }, digits(exact)));
}

// a × b with its shown digits; the product is what these digits give.
function productTerm(name, a, b, token = false) {
  const left = fixed(a, FACTOR_PLACES);
  const right = fixed(b, FACTOR_PLACES);
  return { name, token, left, right, value: fixed(left * right) };
}

function plainTerm(name, value) {
  return { name, value: fixed(value) };
}

function termLine(term, largest) {
  const share = largest ? (Math.abs(term.value) / largest) * 100 : 0;
  const name = term.token ? tokenText(term.name) : term.name;
  const factors = term.left === undefined ? [] : [
    make("span", { class: "operand" }, digits(term.left, FACTOR_PLACES)), " × ",
    make("span", { class: "operand" }, digits(term.right, FACTOR_PLACES)), " = ",
  ];
  const bar = make("span", { class: term.value < 0 ? "bar below" : "bar above", "aria-hidden": "true" });
  bar.style.width = `${share}%`;
  return make("li", { class: "term-line" },
    make("span", { class: "term-name" }, name),
    make("span", { class: "term-sum" }, ...factors, make("span", { class: "term" }, digits(term.value))),
    make("span", { class: "bar-room", "aria-hidden": "true" }, bar));
}

// A sum as a list: all terms in order, or (from 65 on) the largest and the rest in one line, until asked.
function sumOf(ctx, terms, exact, { always = [], heading = null } = {}) {
  const block = make("div", { class: "sum" });
  const show = (all) => {
    const cut = !all && terms.length > LISTED_WHOLE;
    const order = cut ? [...terms].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)) : terms;
    const listed = cut ? order.slice(0, LARGEST_TERMS) : order;
    const rest = cut ? order.slice(LARGEST_TERMS) : [];
    const others = rest.reduce((sum, term) => sum + term.value, 0);
    const lines = [...listed];
    if (cut) lines.push(plainTerm(ctx.t("others", { count: rest.length }), others));
    lines.push(...always);
    const largest = Math.max(...lines.map((term) => Math.abs(term.value)));
    const given = lines.reduce((sum, term) => sum + term.value, 0);
    const button = terms.length > LISTED_WHOLE
      ? make("button", { type: "button", class: "quiet all-terms", onclick: () => show(!all) },
        ctx.t(all ? "largest_terms" : "all_terms", { count: terms.length }))
      : null;
    block.replaceChildren(
      ...(heading ? [heading] : []),
      make("p", { class: "equation total-line", "data-operation": "list" },
        `${ctx.t("sum_of", { count: terms.length + always.length })} `, roundingOf(ctx, given, exact), " = ",
        make("strong", { class: "total" }, digits(exact))),
      stripOf(ctx, terms),
      make("ol", { class: lines.length > 12 && lines.every((term) => !term.token) ? "terms narrow" : "terms" },
        ...lines.map((term) => termLine(term, largest))),
      button ?? "",
    );
  };
  show(false);
  return block;
}

// Which terms contribute: one upright bar a term, above or below the line.
function stripOf(ctx, terms) {
  if (terms.length < 4) return "";
  const height = 34;
  const canvas = make("canvas", { class: "strip-bars", "aria-hidden": "true" });
  const width = ctx.panelWidth();
  const context = setSize(canvas, width, height);
  const largest = Math.max(...terms.map((term) => Math.abs(term.value))) || 1;
  const step = width / terms.length;
  terms.forEach((term, i) => {
    const tall = (Math.abs(term.value) / largest) * (height / 2 - 1);
    context.fillStyle = term.value < 0 ? ctx.theme.below : ctx.theme.above;
    context.fillRect(i * step, term.value < 0 ? height / 2 : height / 2 - tall, Math.max(step - 1, 0.6), tall);
  });
  context.fillStyle = ctx.theme.border;
  context.fillRect(0, height / 2 - 0.5, width, 1);
  return canvas;
}
