// The text so far, what is drawn next, and the buttons that say it or take it back.

function textLine(ctx) {
  const { t } = ctx;
  const { prompt, said, cut } = ctx.next.header;
  const chip = (piece, mine) => make("span", { class: `token${beginsWord(piece) ? " word" : ""}${isSign(piece) ? " sign" : ""}${mine ? " mine" : ""}` }, make("bdi", {}, shownPiece(piece, ctx.next.header.labels)));
  const drawn = make("span", { class: "token next" });
  const line = make("div", { class: "line" }, cut ? make("span", { class: "token sign" }, "…") : null, ...prompt.map((piece) => chip(piece, false)), ...said.map((id) => chip(ctx.next.header.pieces[id], true)), drawn);
  const button = (name, act, disabled = false) => make("button", { type: "button", class: name, disabled, title: t(`${name}_title`), onclick: act }, t(name));
  const say = button("say-drawn", () => ctx.act.say(ctx.next.order[ctx.fallen]));
  const tools = make("span", { class: "tools" }, say, button("undo", ctx.act.undo, !said.length), button("anew", ctx.act.anew, !said.length),
    make("button", { type: "button", class: "save-png", title: t("save_png"), onclick: ctx.act.png }, t("png")), make("button", { type: "button", class: "save-csv", title: t("save_csv"), onclick: ctx.act.csv }, t("csv")));
  return { root: make("div", { class: "text-row" }, line, tools), drawn, say };
}

function showText(ctx) {
  const { drawn } = ctx.parts.text;
  const piece = ctx.next.header.pieces[ctx.next.order[ctx.fallen]];
  drawn.classList.toggle("word", beginsWord(piece));
  drawn.replaceChildren(make("bdi", {}, shownPiece(piece, ctx.next.header.labels)));
}
