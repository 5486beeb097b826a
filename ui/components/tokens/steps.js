// How one word comes to be cut: the steps one below the other, or unigram's best ways with their probabilities.

const STEPPED = ["bpe", "bytelevel", "wordpiece"];

function methodOf(ctx) {
  return ctx.model.methods[ctx.state.method][ctx.state.size];
}

function chipOf(text, i, kind = "") {
  return make("span", { class: `chip tint${i % 5} ${kind}`, dir: "auto" }, text);
}

const LONE_BYTES = /^(<0x[0-9A-F]{2}>)+$/;

function stepLine(ctx, step, number) {
  const chips = step.parts.map((part, i) => {
    const kind = part === "[UNK]" ? "unknown" : LONE_BYTES.test(part) ? "byte" : "";
    const chip = chipOf(part, i, kind);
    if (i === step.new) chip.classList.add("new");
    return chip;
  });
  return make("li", { class: "step", "data-step": number },
    make("span", { class: "number" }, String(number)), make("span", { class: "chips" }, ...chips),
    make("span", { class: "said" }, stepWords(ctx, step, number)));
}

function stepWords({ t, state }, step, number) {
  if (!number) return t(`step_begin_${state.method}`);
  if (step.new < 0) return t("step_bytes");
  const token = step.parts[step.new];
  return t(state.method === "wordpiece" ? (token === "[UNK]" ? "step_unknown" : "step_longest") : "step_merge",
    { token, id: step.id.toLocaleString("en") });
}

function stepList(ctx) {
  const steps = methodOf(ctx);
  return make("ol", { class: "steps", start: 0 }, ...steps.slice(0, ctx.state.step + 1).map((step, i) => stepLine(ctx, step, i)));
}

// Each way: its pieces, ln p under each, the sum, and how much less likely it is than the best.
function wayList(ctx) {
  const { t } = ctx;
  const ways = methodOf(ctx);
  const total = (way) => way.log_probs.reduce((sum, value) => sum + (value ?? 0), 0);
  const best = total(ways[0]);
  const rows = ways.map((way, i) => make("li", { class: "way" },
    make("span", { class: "number" }, String(i + 1)),
    make("span", { class: "chips" }, ...way.pieces.map((piece, j) => {
      const chip = chipOf(piece, j, way.log_probs[j] === null ? "byte" : "");
      chip.append(make("small", {}, way.log_probs[j] === null ? t("no_probability") : minus(way.log_probs[j])));
      return chip;
    })),
    make("span", { class: "said" }, t("way_sum", { sum: minus(total(way)) }),
      i ? ` · ${t("way_less", { times: timesLess(best - total(way)) })}` : ` · ${t("way_best")}`)));
  return make("ol", { class: "steps ways" }, ...rows);
}

const minus = (value) => digits(value, 2);

function timesLess(difference) {
  const times = Math.exp(difference);
  return times < 1000 ? times.toLocaleString("en", { maximumSignificantDigits: 3 }) : `10^${(difference / Math.LN10).toFixed(1)}`;
}

function saveStepsCsv(ctx) {
  const { t, state, model } = ctx;
  const stepped = STEPPED.includes(state.method);
  const rows = methodOf(ctx).map((line, i) => (stepped
    ? { label: String(i), values: [stepWords(ctx, line, i), ...line.parts] }
    : { label: String(i + 1), values: line.pieces.flatMap((piece, j) => [piece, line.log_probs[j]]) }));
  const title = `${t(`method_${state.method}`)} ${state.size}: ${model.word}`;
  saveBlob(csvBlob([{ title, columns: null, rows }]), stepsFile(ctx, "csv"));
}

function stepsFile({ t, state, model }, ending) {
  return safeFileName([t("steps_file"), model.word, t(`method_${state.method}`), String(state.size)], ending);
}

// The lines as they stand, drawn from the places where the browser has put them.
async function saveStepsPng(ctx) {
  const { parts, t, model, state } = ctx;
  const look = themeOf(parts.root);
  const box = parts.list.getBoundingClientRect();
  const sheet = document.createElement("canvas");
  const context = setSize(sheet, box.width, parts.list.scrollHeight);
  context.textBaseline = "middle";
  const place = (node) => {
    const at = node.getBoundingClientRect();
    return { x: at.left - box.left, y: at.top - box.top + parts.list.scrollTop, wide: at.width, high: at.height };
  };
  for (const node of parts.list.querySelectorAll(".chip, .number, .said")) {
    const { x, y, wide, high } = place(node);
    if (node.matches(".chip")) {
      context.fillStyle = getComputedStyle(node).backgroundColor;
      context.fillRect(x, y, wide, high);
      if (node.matches(".new, .byte, .unknown")) {
        context.strokeStyle = look.text;
        context.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
      }
    }
    const small = node.querySelector("small");
    context.fillStyle = look.text;
    context.font = fontOf(look, parseFloat(getComputedStyle(node).fontSize));
    const words = small ? node.firstChild.textContent : node.textContent;
    context.fillText(words, x + (node.matches(".chip") ? 4 : 0), y + (small ? high * 0.3 : high / 2));
    if (small) {
      context.font = fontOf(look, parseFloat(getComputedStyle(small).fontSize));
      context.fillText(small.textContent, x + 4, y + high * 0.78);
    }
  }
  const title = t("steps_title", { word: model.word });
  saveBlob(await pngOfCanvas(sheet, look, [title, t(`about_${state.method}`)]), stepsFile(ctx, "png"));
}
