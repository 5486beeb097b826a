// Where numbers go and where gradients go, in each player's turn. Measured lengths stand at the arrows.

const BOX = { width: 92, height: 34 };
const ROWS = { fake: 56, real: 132 }; // y of the two ways to the discriminator
const HIGH = 190;

function pathPart(ctx) {
  const { t } = ctx;
  const turn = segment("turn", t("turn"), ["discriminator", "generator"].map((value) => ({ value, words: t(`turn_${value}`), title: t(`about_${value}`) })), (value) => ctx.act.turn(value));
  const drawing = make("div", { class: "path-drawing" });
  const told = make("p", { class: "path-told", "aria-live": "polite" });
  return { turn, drawing, told, root: make("section", { class: "path" }, make("div", { class: "path-head" }, make("h4", {}, t("path")), turn), drawing, told) };
}

function paintPath(ctx) {
  const { turn, drawing, told } = ctx.parts.path;
  const { state, t, theme } = ctx;
  const of_g = state.turn === "generator";
  press(turn, state.turn);
  const width = Math.max(520, Math.min(760, drawing.clientWidth));
  const now = momentOf(ctx).told[0];
  const at = (share) => Math.round(BOX.width / 2 + share * (width - BOX.width));
  const x = { noise: at(0), g: at(0.25), fake: at(0.5), d: at(0.75), loss: at(1) };
  const middle = (ROWS.fake + ROWS.real) / 2;
  const size = Math.round(theme.size * 0.85);
  const svg = svgNode("svg", { viewBox: `0 0 ${width} ${HIGH}`, width, height: HIGH, role: "img", "aria-label": t(of_g ? "path_generator" : "path_discriminator"), class: "path-svg", "font-family": theme.font, "font-size": size });
  const quiet = (of) => (of ? 1 : 0.28);
  const box = (cx, cy, words, { learns = false, shown = true, round = false } = {}) => svg.append(
    svgNode("rect", { x: cx - BOX.width / 2, y: cy - BOX.height / 2, width: BOX.width, height: BOX.height, rx: round ? 17 : 5, fill: learns ? theme.accent : theme.background, stroke: learns ? theme.accent : theme.faint, "stroke-width": learns ? 2 : 1.2, opacity: quiet(shown) }),
    svgNode("text", { x: cx, y: cy, fill: learns ? theme.background : theme.text, "text-anchor": "middle", "dominant-baseline": "central", "font-weight": learns ? 700 : 400, opacity: quiet(shown) }, words));
  const forward = (from, to, shown = true) => arrow(svg, from, to, { colour: theme.faint, opacity: quiet(shown) });
  const back = (from, to, words, above = true) => {
    arrow(svg, from, to, { colour: theme.above, width: 3, mark: "gradient" });
    if (words) svg.append(svgNode("text", { x: (from[0] + to[0]) / 2, y: Math.min(from[1], to[1]) + (above ? -9 : 16), fill: theme.above, "text-anchor": "middle", "font-weight": 600 }, words));
  };
  const edge = BOX.width / 2 + 2;
  // Forward: what is computed of what.
  forward([x.noise + edge, ROWS.fake + 5], [x.g - edge, ROWS.fake + 5]);
  forward([x.g + edge, ROWS.fake + 5], [x.fake - edge, ROWS.fake + 5]);
  forward([x.fake + edge, ROWS.fake + 5], [x.d - edge, middle - 6]);
  forward([x.fake + edge, ROWS.real], [x.d - edge, middle + 8], !of_g);
  forward([x.d + edge, middle + 5], [x.loss - edge, middle + 5]);
  // Back: where the gradient of the loss goes.
  back([x.loss - edge, middle - 6], [x.d + edge, middle - 6], "");
  if (of_g) {
    back([x.d - edge, middle - 16], [x.fake + edge, ROWS.fake - 6], "");
    back([x.fake - edge, ROWS.fake - 6], [x.g + edge, ROWS.fake - 6], "");
    for (const [name, value, cx] of [["path_pull", now.pull, (x.fake + x.d) / 2], ["path_norm", now.norm, (x.g + x.fake) / 2]]) {
      svg.append(svgNode("text", { x: cx, y: ROWS.fake - 30, fill: theme.above, "text-anchor": "middle", "font-weight": 600, class: name }, t(name, { value: lengthWords(value) })));
    }
  } else {
    // The fake samples are taken as numbers: the gradient ends at the discriminator.
    const [cx, cy] = [(x.fake + x.d) / 2, (ROWS.fake + middle) / 2 - 2];
    svg.append(svgNode("path", { d: `M${cx - 6} ${cy - 11}L${cx + 6} ${cy + 11}M${cx} ${cy - 13}L${cx + 12} ${cy + 9}`, stroke: theme.above, "stroke-width": 2.5, class: "cut" }),
      svgNode("text", { x: cx, y: ROWS.fake - 30, fill: theme.above, "text-anchor": "middle", class: "path-cut" }, t("path_cut")));
  }
  box(x.noise, ROWS.fake, t("noise"), { round: true });
  box(x.g, ROWS.fake, "G", { learns: of_g });
  box(x.fake, ROWS.fake, t("fake_samples"), { round: true });
  box(x.fake, ROWS.real, t("real_samples"), { round: true, shown: !of_g });
  box(x.d, middle, "D", { learns: !of_g });
  box(x.loss, middle, t(of_g ? "loss_of_g" : "loss_of_d", { value: lengthWords(of_g ? now.loss_g : now.loss_d) }));
  drawing.replaceChildren(svg);
  told.textContent = t(of_g ? "path_told_generator" : "path_told_discriminator");
}

// A length that may be very small.
function lengthWords(value) {
  if (!Number.isFinite(value)) return "–";
  return value !== 0 && Math.abs(value) < 0.01 ? scientific(value, 1) : digits(value, Math.abs(value) < 10 ? 2 : 0);
}

function arrow(svg, [x1, y1], [x2, y2], { colour, width = 1.5, opacity = 1, mark = "" }) {
  const long = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [(x2 - x1) / long, (y2 - y1) / long];
  const head = 4 + 2 * width;
  const point = (along, aside) => `${(x2 - along * dx - aside * dy).toFixed(1)} ${(y2 - along * dy + aside * dx).toFixed(1)}`;
  svg.append(svgNode("path", { d: `M${x1} ${y1}L${point(head * 0.8, 0)}`, stroke: colour, "stroke-width": width, opacity, class: mark }),
    svgNode("path", { d: `M${x2} ${y2}L${point(head, head / 2)}L${point(head, -head / 2)}Z`, fill: colour, opacity }));
}
