// p₁ to p₄ as bars: what counts, what was clipped (hatched), and what smoothing put there (dashed).

const ORDERS = [1, 2, 3, 4];
const LOW = "₀₁₂₃₄";
const percent = (share) => `${(100 * share).toFixed(1)}%`;

// A numerator or denominator: whole as it is, else without needless zeros (0.1, 1.5).
const plainNumber = (value) => String(Number(value.toFixed(4)));

function barLine(ctx, n) {
  const track = make("span", { class: "track", "aria-hidden": "true" },
    make("i", { class: "bar" }), make("i", { class: "cut" }), make("i", { class: "smooth" }));
  return make("button", { type: "button", class: "bar-line", "data-n": n, onclick: () => ctx.act.order(n) },
    make("span", { class: "bar-name" }, `p${LOW[n]}`), track, make("span", { class: "bar-words" }));
}

// The precision as counted, and as smoothed where that is another number.
function precisionWords(order, [top, bottom]) {
  const counted = `${order.matches}/${order.total}`;
  const smoothed = `${plainNumber(top)}/${plainNumber(bottom)}`;
  if (!order.total && !bottom) return counted;
  if (counted === smoothed || !bottom) return `${counted} = ${percent(order.matches / order.total)}`;
  return `${counted} → ${smoothed} = ${percent(top / bottom)}`;
}

function fillBars(ctx) {
  const { parts, state, t } = ctx;
  const cut = cutNow(ctx);
  const { fractions } = scoreNow(ctx);
  for (const line of parts.bars.children) {
    const n = Number(line.dataset.n);
    const order = cut.orders[n - 1];
    const [top, bottom] = fractions[n - 1];
    const share = order.total ? order.matches / order.total : 0;
    const smoothed = bottom ? top / bottom : share;
    const [bar, clipped, dashed] = line.querySelector(".track").children;
    bar.style.width = `${100 * share}%`;
    clipped.style.left = `${100 * share}%`;
    clipped.style.width = `${order.total ? (100 * order.clipped) / order.total : 0}%`;
    dashed.style.width = `${100 * Math.min(1, smoothed)}%`;
    dashed.hidden = Math.abs(smoothed - share) < 1e-12;
    const said = [precisionWords(order, fractions[n - 1])];
    if (order.clipped) said.push(t("count_clipped", { count: order.clipped }));
    line.querySelector(".bar-words").textContent = said.join(" · ");
    line.setAttribute("aria-pressed", String(n === state.n));
    line.title = t("precision", { n, matches: order.matches, total: order.total });
  }
}
