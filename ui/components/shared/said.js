// What a decoder has said, token by token, and how sure it was of each.
// `ctx.timeline`: {steps, pieces, said (ln p of each token), rank, entropy (bits), given, ending}.

const ENTROPY_SCALE = 8; // bits: as unsure as among 256 equal tokens fills the bar
const UNSURE = 0.5; // a chosen token below this is marked

const logOfChosen = (timeline, step) => timeline.said[step];

function targetLine(ctx) {
  const { timeline, t } = ctx;
  const start = make("span", { class: "token sign", title: t("start_title") }, make("bdi", {}, t("sign_start")));
  const chips = timeline.pieces.map((piece, step) => {
    const p = Math.exp(logOfChosen(timeline, step));
    const words = t("token_title", { token: shownPiece(piece, ctx.header.labels), percent: percent(p), rank: timeline.rank[step], entropy: digits(timeline.entropy[step], 2) });
    return make("button", {
      type: "button", title: words, "aria-label": `${step + 1}. ${words}`, "data-step": step, onclick: () => ctx.act.step(step),
      class: `token${isSign(piece) ? " sign" : ""}${beginsWord(piece) ? " word" : ""}${p < UNSURE ? " unsure" : ""}${timeline.given.includes(step) ? " forced" : ""}`,
    },
    make("bdi", {}, shownPiece(piece, ctx.header.labels)),
    make("i", { class: "sure" }, make("i", { style: `width:${(100 * p).toFixed(2)}%` })),
    make("i", { class: "entropy" }, make("i", { style: `height:${Math.min(100, (100 * timeline.entropy[step]) / ENTROPY_SCALE).toFixed(1)}%` })));
  });
  return { line: make("div", { class: "line target", role: "group", "aria-label": t("decoder") }, start, ...chips), chips };
}

// The step in view is marked, what comes later is faint; `hidden`: its token is not yet said.
function showTarget(target, now, hidden = false) {
  target.chips.forEach((chip, step) => {
    chip.classList.toggle("now", step === now);
    chip.classList.toggle("later", step > now);
    chip.classList.toggle("open", step === now && hidden);
    if (step === now) chip.setAttribute("aria-current", "step");
    else chip.removeAttribute("aria-current");
  });
  keepInView(target.line, target.chips[now]);
}

function keepInView(room, chip) {
  if (!chip || room.scrollHeight <= room.clientHeight) return;
  const above = chip.offsetTop - room.offsetTop;
  if (above < room.scrollTop || above + chip.offsetHeight > room.scrollTop + room.clientHeight) room.scrollTop = above - 4;
}

function percent(p) {
  if (p >= 0.9995) return p === 1 ? "100%" : ">99.9%";
  if (p > 0 && p < 0.0005) return "<0.1%";
  return `${(100 * p).toFixed(1)}%`;
}

// How sure the model was of what it said, in a sentence.
function confidenceWords(ctx) {
  const { timeline, t } = ctx;
  const steps = timeline.pieces.map((_, step) => step).filter((step) => !timeline.given.includes(step));
  const log = (step) => logOfChosen(timeline, step);
  const words = [];
  if (steps.length) {
    const mean = steps.reduce((sum, step) => sum + log(step), 0) / steps.length;
    const lowest = steps.reduce((found, step) => (log(step) < log(found) ? step : found));
    words.push(t(Math.exp(mean) < UNSURE ? "unsure" : "sure", { mean: percent(Math.exp(mean)), log: digits(mean, 2) }));
    words.push(t("lowest", { token: shownPiece(timeline.pieces[lowest], ctx.header.labels), step: lowest + 1, percent: percent(Math.exp(log(lowest))) }));
  }
  if (timeline.given.length) words.push(t("forced", { count: timeline.given.length }));
  if (timeline.ending !== "end") words.push(t(`ending_${timeline.ending}`, { count: timeline.steps }));
  return words.join(" ");
}

function legendOf({ t }) {
  return make("p", { class: "legend" }, make("span", {}, make("i", { class: "sample-sure" }, make("i")), t("legend_sure")), make("span", {}, make("i", { class: "sample-entropy" }, make("i")), t("legend_entropy")));
}
