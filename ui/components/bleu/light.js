// One n-gram is looked at: its tokens light up in the translation and wherever a reference has it.

function light(ctx, place) {
  for (const node of ctx.lit) node.classList.remove("lit", "also", "chosen", "clipped");
  ctx.lit = [];
  const found = ctx.grams[place];
  ctx.parts.root.dataset.lit = found ? place : "";
  ctx.parts.info.textContent = found ? gramWords(ctx, found) : ctx.t("hint");
  if (!found) return;
  const { gram, nth, verdict } = found;
  const pill = ctx.parts.grams.children[place];
  mark(ctx, [pill], "chosen");
  mark(ctx, tokensAt(ctx, -1, place), verdict === "clipped" ? "clipped" : "lit");
  // What it matched is lit, another place of the same n-gram is only underlined. One reference sets the limit.
  gram.found.forEach((places, reference) => places.forEach((start, i) => {
    const own = verdict === "counted" && reference === gram.by && i === nth;
    mark(ctx, tokensAt(ctx, reference, start), own ? "lit" : "also");
  }));
  intoView(ctx.parts.grams, pill);
  for (const chips of ctx.parts.sentences.querySelectorAll(".chips")) {
    const first = chips.querySelector(".lit, .chip.clipped");
    if (first) intoView(chips, first);
  }
}

function mark(ctx, nodes, kind) {
  for (const node of nodes) {
    node.classList.add(kind);
    ctx.lit.push(node);
  }
}

function tokensAt(ctx, line, start) {
  const chips = ctx.parts.sentences.querySelector(`[data-line="${line}"]`);
  return Array.from(chips.children).slice(start, start + ctx.state.n);
}

function gramWords(ctx, { gram, place, nth, verdict }) {
  return ctx.t(`info_${verdict}`, {
    gram: gramText(ctx, place), nth: nth + 1, count: gram.places.length, limit: gram.limit,
    reference: gram.by < 0 ? "" : referenceName(ctx, gram.by),
  });
}

// Within the list only: the page must not move under the pointer.
function intoView(box, node) {
  const top = node.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top + node.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top;
}

// The n-gram that a pill or a token stands for: a token of a reference stands for the one that matched it there.
function placeUnder(ctx, target) {
  const node = target instanceof Element ? target.closest(".gram, .token") : null;
  if (!node || node.dataset.i === undefined) return -1;
  const i = Number(node.dataset.i);
  if (node.classList.contains("gram")) return i;
  const line = Number(node.parentElement.dataset.line);
  if (line < 0) return Math.min(i, ctx.grams.length - 1);
  const match = ctx.grams.find(({ gram, nth }) => gram.found[line].includes(i) && (gram.by !== line || gram.found[line][nth] === i));
  return match ? match.place : -1;
}

function listen(ctx) {
  const { board, grams } = ctx.parts;
  board.addEventListener("pointerover", (event) => {
    const place = placeUnder(ctx, event.target);
    if (place >= 0) light(ctx, place);
  });
  board.addEventListener("pointerleave", () => light(ctx, ctx.state.at));
  board.addEventListener("click", (event) => {
    const place = placeUnder(ctx, event.target);
    if (place >= 0) ctx.act.pin(place === ctx.state.at ? -1 : place);
  });
  grams.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upwards = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (sideways) ctx.act.step(sideways);
    else if (upwards) ctx.act.order(ctx.state.n + upwards);
    else if (event.key === "Escape") ctx.act.pin(-1);
    else return;
    event.preventDefault();
  });
}
