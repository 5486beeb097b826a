// The words as chips in their order, each with what it adds; between two of them what pairs over the gap add.

function wordsOf(ctx) {
  const { model, t } = ctx;
  ctx.chips = model.words.map((word, i) => {
    const number = make("small", { class: "number" });
    const chip = make("span", { class: "word", role: "option", id: `word-${i}`, "data-word": i }, make("bdi", {}, word), number);
    return { chip, number, i };
  });
  ctx.gaps = model.words.slice(1).map((_, place) => {
    const bar = make("i", { class: "gap-bar" });
    const number = make("small", { class: "number" });
    return { gap: make("span", { class: "gap", "data-gap": place, "aria-hidden": "true" }, bar, number), bar, number };
  });
  const several = model.words.length > 1;
  return make("div", { class: `words${model.words.length > 24 ? " many" : ""}`, role: "listbox", tabindex: 0, "aria-label": t("words"), "aria-orientation": "horizontal", "data-several": several });
}

// What a model's words add belongs to the order that Python knows; of another order it is faded.
function fillWords(ctx) {
  const { model, theme, parts } = ctx;
  const order = ctx.shownOrder();
  const line = ctx.chosenLine();
  const known = sameOrder(order, model.order) && ctx.isExplained(line);
  const range = line && scaleOf(line);
  const stands = [];
  order.forEach((word, place) => {
    if (place) stands.push(ctx.gaps[place - 1].gap);
    const { chip, number } = ctx.chips[word];
    stands.push(chip);
    const value = line ? line.words[model.order.indexOf(word)] : null;
    const colours = value === null ? null : colourOf(theme, value, range);
    chip.style.background = colours?.fill ?? "";
    chip.style.color = colours?.ink ?? "";
    number.textContent = value === null ? "–" : signed(value);
    chip.dataset.place = place;
    chip.classList.toggle("held", ctx.drag?.word === word);
    const chosen = ctx.at === place && !ctx.drag;
    chip.classList.toggle("chosen", chosen);
    chip.setAttribute("aria-selected", String(chosen));
    if (chosen) parts.words.setAttribute("aria-activedescendant", chip.id);
  });
  ctx.gaps.forEach(({ gap, bar, number }, place) => {
    const value = line?.gaps[place] ?? 0;
    const pairs = Boolean(line?.exact && !line.blind);
    gap.classList.toggle("pairs", pairs);
    bar.style.height = pairs && value ? `${Math.max(4, (100 * Math.abs(value)) / range.high)}%` : "0";
    bar.style.background = value < 0 ? theme.below : theme.above;
    number.textContent = pairs ? signed(value) : "";
  });
  const now = Array.from(parts.words.children);
  // Moved only where they stand elsewhere: a chip that is taken out loses the pointer.
  if (now.length !== stands.length || now.some((node, i) => node !== stands[i])) parts.words.replaceChildren(...stands);
  parts.words.classList.toggle("waiting", !known);
}
