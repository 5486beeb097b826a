// The tree of forks: every branch a line of tokens that leaves its parent where another token was taken.

const FORK_ROW = 30, FORK_GAP = 9, FORK_PAD = 8;

function forksPanel(ctx) {
  const { t } = ctx;
  const undo = make("button", { type: "button", class: "undo", onclick: () => ctx.act.undo() }, `↶ ${t("undo")}`);
  const room = make("div", { class: "forks-room wide", tabindex: -1 });
  const words = make("p", { class: "forks-words" });
  const root = make("section", { class: "forks", "aria-label": t("forks_title") },
    make("div", { class: "panel-head" }, make("h4", {}, t("forks_title")), words, undo), room);
  return { root, room, undo, words, shown: "" };
}

function showForks(ctx) {
  const { header, state, parts, t } = ctx;
  const { root, room, undo, words } = parts.forks;
  const { branches } = header;
  undo.hidden = branches.length < 2;
  root.classList.toggle("empty", branches.length < 2);
  words.textContent = branches.length < 2 ? t("forks_none") : "";
  const name = JSON.stringify([branches, ctx.theme.size, header.labels.forks_title]);
  if (parts.forks.shown !== name) {
    parts.forks.shown = name;
    room.replaceChildren(branches.length < 2 ? "" : forkTree(ctx));
  }
  for (const node of room.querySelectorAll("g[data-branch]")) {
    const here = Number(node.dataset.branch) === state.branch;
    node.classList.toggle("here", here);
    node.classList.toggle("now", here && Number(node.dataset.step) === state.step);
  }
}

// A column is as wide as the widest token of its step.
function forkColumns(ctx) {
  const { header, theme } = ctx;
  const steps = Math.max(...header.branches.map((branch) => branch.pieces.length));
  const widths = Array.from({ length: steps }, (_, step) => Math.max(16, ...header.branches.map((branch) =>
    (branch.pieces[step] === undefined ? 0 : Math.min(110, textWidth(theme, clipped(shownPiece(branch.pieces[step], header.labels)), theme.size))))));
  let x = FORK_PAD + textWidth(theme, header.labels.sign_start, theme.size) + 2 * FORK_PAD;
  return widths.map((width) => {
    const column = { x, width: width + 2 * FORK_PAD };
    x += column.width + FORK_GAP;
    return column;
  });
}

function forkTree(ctx) {
  const { header, theme, t } = ctx;
  const columns = forkColumns(ctx);
  const last = columns.at(-1);
  const score = Math.max(...header.branches.map((branch) => textWidth(theme, logWords(t, branch), theme.size * 0.9)));
  const width = last.x + last.width + score + 24;
  const height = header.branches.length * FORK_ROW + 4;
  const middle = (branch) => branch * FORK_ROW + FORK_ROW / 2 + 2;
  const svg = svgNode("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": t("forks_title"), class: "fork-tree", "font-size": theme.size });
  svg.append(svgNode("text", { x: FORK_PAD, y: middle(0) }, header.labels.sign_start));
  header.branches.forEach((branch, index) => {
    const first = branch.parent < 0 ? 0 : branch.step;
    const from = first === 0 ? columns[0].x - FORK_GAP : columns[first - 1].x + columns[first - 1].width;
    const origin = branch.parent < 0 ? index : ownerAt(header.branches, branch.parent, first - 1);
    if (columns[first]) svg.append(svgNode("path", { class: "twig", d: `M${from} ${middle(origin)} C${from + FORK_GAP} ${middle(origin)} ${from} ${middle(index)} ${columns[first].x} ${middle(index)}` }));
    branch.pieces.forEach((piece, step) => {
      if (step < first) return;
      const { x, width: wide } = columns[step];
      svg.append(svgNode("g", { class: "fork-node", "data-branch": index, "data-step": step, tabindex: 0, role: "button", onclick: () => ctx.act.walk(index, step),
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); ctx.act.walk(index, step); } } },
      svgNode("title", {}, branch.text),
      svgNode("rect", { x, y: middle(index) - 11, width: wide, height: 22, rx: 6 }),
      svgNode("text", { x: x + wide / 2, y: middle(index), "text-anchor": "middle" }, clipped(shownPiece(piece, header.labels)))));
    });
    const end = columns[branch.pieces.length - 1];
    if (end) svg.append(svgNode("text", { class: "score", x: end.x + end.width + 10, y: middle(index), "font-size": theme.size * 0.9 }, logWords(t, branch)));
  });
  return svg;
}

const logWords = (t, branch) => t("branch_log", { log: digits(branch.logp, 2) });

// Which branch draws the token at a step: a fork shares its beginning with its parent.
function ownerAt(branches, index, step) {
  let at = index;
  while (branches[at].parent >= 0 && step < branches[at].step) at = branches[at].parent;
  return at;
}
