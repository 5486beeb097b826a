// The rows: a name, the tokens as chips, and how many there are. Only text nodes: a token is never markup.

const TINTS = 5;

function rowsOf(ctx) {
  return ctx.model.rows.map((row, place) => {
    const chips = make("div", { class: "chips", role: "presentation" });
    const count = make("b", { class: "count" });
    const more = make("span", { class: "more" });
    const bar = make("i", { class: "bar", "aria-hidden": "true" });
    const back = make("p", { class: "back", hidden: true });
    const name = make("div", { class: "name", role: "rowheader" },
      make("b", {}, ctx.t(`kind_${row.kind}`)), make("span", {}, ctx.t(`about_${row.kind}`)));
    const figures = make("div", { class: "figures", role: "presentation" }, count, more,
      make("span", { class: "track", "aria-hidden": "true" }, bar));
    const element = make("div", { class: "row", role: "row", "data-kind": row.kind }, name,
      make("div", { class: "tokens", role: "presentation" }, chips, back), figures);
    return { row, place, element, chips, count, more, bar, back, shown: null };
  });
}

// The chips of each cut are made once and kept: the slider goes back and forth.
const MADE = new WeakMap();

function chipsOf(cut) {
  let chips = MADE.get(cut);
  if (chips) return chips;
  chips = document.createElement("div");
  chips.className = "chips";
  chips.setAttribute("role", "presentation");
  for (let i = 0; i < cut.ids.length; i++) {
    const chip = document.createElement("span");
    const mark = KIND_MARKS[cut.marks[i]];
    chip.className = `chip tint${i % TINTS}${mark ? ` ${mark}` : ""}`;
    chip.setAttribute("role", "gridcell");
    chip.dataset.i = i;
    chip.dataset.id = cut.ids[i];
    chip.textContent = cut.shown[i];
    chips.append(chip);
  }
  MADE.set(cut, chips);
  return chips;
}

function fillRow(ctx, part) {
  const cut = cutOf(part.row, ctx.state.size);
  if (part.shown === cut) return;
  part.shown = cut;
  const chips = chipsOf(cut);
  part.chips.replaceWith(chips);
  part.chips = chips;
  const { t, model } = ctx;
  part.count.textContent = cut.ids.length.toLocaleString("en");
  const words = [t("per_word", { number: (cut.ids.length / Math.max(1, model.words)).toFixed(2) })];
  for (const [letter, label] of [["u", "count_unknown"], ["b", "count_byte"], ["n", "count_unseen"]]) {
    const count = countMarks(cut, letter);
    if (count) words.push(t(label, { count }));
  }
  part.more.replaceChildren(...words.map((word) => make("span", {}, word)));
  // Rows that may lose something always say what comes back, so that the slider does not move the rows below.
  part.back.hidden = !model.exempt.includes(part.row.kind) && cut.back === undefined;
  part.back.replaceChildren(make("span", {}, `${t("decoded")} `),
    cut.back === undefined ? make("span", {}, t("decoded_same")) : make("bdi", {}, cut.back));
  part.element.setAttribute("aria-label", `${t(`kind_${part.row.kind}`)}: ${t("count_tokens", { count: cut.ids.length })}, ${words.join(", ")}`);
}

function fillRows(ctx) {
  for (const part of ctx.parts.rows) fillRow(ctx, part);
  const longest = Math.max(1, ...ctx.parts.rows.map((part) => part.shown.ids.length));
  for (const part of ctx.parts.rows) part.bar.style.width = `${(100 * part.shown.ids.length) / longest}%`;
}
