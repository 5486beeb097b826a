// Words are dragged by mouse and finger, and moved by keys. Python hears of an order when it has been made.

// The place whose chip is nearest, as the chips stood when the hand took hold: rows count more than columns.
function placeUnder(boxes, x, y) {
  const far = boxes.map(({ left, right, top, bottom }) =>
    Math.max(left - x, 0, x - right) + 3 * Math.max(top - y, 0, y - bottom));
  return far.indexOf(Math.min(...far));
}

function listenToWords(ctx) {
  const { words } = ctx.parts;
  const end = (keep) => {
    const { drag } = ctx;
    if (!drag) return;
    ctx.drag = null;
    words.classList.remove("dragging");
    if (keep && drag.to !== drag.from) ctx.act.order(moved(ctx.state.order, drag.from, drag.to), drag.to);
    else { ctx.at = drag.from; ctx.paint(); showTip(ctx, ctx.chips[drag.word].chip); }
  };
  words.addEventListener("pointerdown", (event) => {
    const chip = event.target.closest?.(".word");
    if (!chip || event.button) return;
    words.setPointerCapture(event.pointerId);
    const from = Number(chip.dataset.place);
    const boxes = ctx.state.order.map((word) => ctx.chips[word].chip.getBoundingClientRect());
    ctx.drag = { from, to: from, word: Number(chip.dataset.word), boxes, scroll: words.getBoundingClientRect().top };
    words.classList.add("dragging");
    showTip(ctx, null);
    ctx.paint();
  });
  words.addEventListener("pointermove", (event) => {
    const { drag } = ctx;
    if (!drag) {
      // Where a word was let go the pointer is over it already.
      if (ctx.parts.tip.hidden) showTip(ctx, event.target.closest?.(".word, .gap.pairs"));
      return;
    }
    const scrolled = words.getBoundingClientRect().top - drag.scroll;
    const to = placeUnder(drag.boxes, event.clientX, event.clientY - scrolled);
    if (to === drag.to) return;
    drag.to = to;
    ctx.paint();
  });
  words.addEventListener("pointerup", () => end(true));
  words.addEventListener("pointercancel", () => end(false));
  words.addEventListener("pointerover", (event) => showTip(ctx, event.target.closest?.(".word, .gap.pairs")));
  words.addEventListener("pointerleave", () => showTip(ctx, null));
  words.addEventListener("blur", () => { showTip(ctx, null); ctx.at = -1; ctx.paint(); });
  words.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upwards = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape") end(false);
    else if (sideways && event.shiftKey) ctx.act.shift(sideways);
    else if (sideways) ctx.act.step(sideways);
    else if (upwards) ctx.act.line(upwards);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
