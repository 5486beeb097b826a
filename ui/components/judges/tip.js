// What a word's number, or a gap's, is made of: shown where the pointer or the keyboard is.

const LISTED = 8;

function listOf(ctx, grams) {
  const largest = [...grams].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const rows = largest.slice(0, LISTED).map(([text, value]) =>
    make("li", {}, make("bdi", {}, text), " ", make("b", {}, signed(value))));
  if (largest.length > LISTED) rows.push(make("li", {}, ctx.t("tip_more", { count: largest.length - LISTED })));
  return make("ul", {}, ...rows);
}

function tipOfWord(ctx, word) {
  const { model, state, t } = ctx;
  const line = ctx.chosenLine();
  const place = model.order.indexOf(word);
  if (!line || place < 0) return null;
  const value = line.words[place];
  const values = { word: model.words[word], value: signed(value), without: digits(line.logit - value, PLACES) };
  if (!line.exact) return [t(`tip_${model.method}`, values)];
  const grams = line.grams[place];
  return grams.length ? [t("tip_word", values), listOf(ctx, grams)] : [t("tip_none", values)];
}

function tipOfGap(ctx, place) {
  const { model, t } = ctx;
  const line = ctx.chosenLine();
  if (!line?.gap_grams[place]?.length) return null;
  const [first, second] = [place, place + 1].map((at) => model.words[model.order[at]]);
  return [t("tip_gap", { first, second, value: signed(line.gaps[place]) }), listOf(ctx, line.gap_grams[place])];
}

function showTip(ctx, node) {
  const { tip, root } = ctx.parts;
  const settled = sameOrder(ctx.shownOrder(), ctx.model.order);
  const content = !node || ctx.drag || !settled ? null
    : node.dataset.word !== undefined ? tipOfWord(ctx, Number(node.dataset.word)) : tipOfGap(ctx, Number(node.dataset.gap));
  tip.hidden = !content;
  if (!content) return;
  tip.replaceChildren(...content.map((part) => (typeof part === "string" ? make("p", {}, part) : part)));
  const around = root.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  tip.style.left = `${Math.max(0, Math.min(box.left - around.left, around.width - tip.offsetWidth))}px`;
  tip.style.top = `${box.bottom - around.top + 4}px`;
}
