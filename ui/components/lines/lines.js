// The line view of one attention, as SVG built node by node: tokens are a visitor's text and never markup.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 720, HEIGHT = 260, EDGE = 16;
const ABOVE = 30, BELOW = 244; // baselines of the two rows of tokens
const FAINTEST = 0.03; // a thinner line cannot be seen

function element(name, attributes, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

// Full-width letters (Hangul, kanji, emoji) take twice the room of Latin ones.
const room = (token) => 1.5 + [...token].reduce((sum, letter) => sum + (letter > "\u10ff" ? 2 : 1.15), 0);

function places(tokens) {
  const total = tokens.reduce((sum, token) => sum + room(token), 0);
  let before = 0;
  return tokens.map((token) => {
    const middle = EDGE + ((before + room(token) / 2) / total) * (WIDTH - 2 * EDGE);
    before += room(token);
    return middle;
  });
}

const letterSize = (tokens) => Math.min(22, (1.8 * WIDTH) / tokens.reduce((sum, token) => sum + room(token), 0));

function draw({ queries, keys, weights, labels }) {
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": labels.title });
  const above = places(queries), below = places(keys);
  weights.forEach((row, i) => row.forEach((weight, j) => {
    if (weight < FAINTEST) return;
    const bend = `M${above[i]} 42 C${above[i]} 130 ${below[j]} 130 ${below[j]} 218`;
    const line = element("path", { d: bend, "stroke-width": 1 + 10 * weight, opacity: Math.min(1, 0.15 + weight) });
    line.append(element("title", {}, `${queries[i]} → ${keys[j]}: ${weight.toFixed(3)}`));
    svg.append(line);
  }));
  for (const [tokens, middles, y] of [[queries, above, ABOVE], [keys, below, BELOW]]) {
    const size = letterSize(tokens);
    tokens.forEach((token, i) => svg.append(element("text", { x: middles[i], y, "font-size": size }, token)));
  }
  return svg;
}

function table({ queries, keys, weights, labels }) {
  return { title: labels.title, columns: keys, rows: queries.map((label, i) => ({ label, values: weights[i] })) };
}

export default function ({ parentElement, data }) {
  const { labels } = data;
  const figure = parentElement.querySelector("figure");
  const svg = draw(data);
  const named = (ending) => safeFileName([labels.title], ending);
  const png = async () => saveBlob(await pngOfSvg(svg, themeOf(figure), [labels.caption]), named("png"));
  const csv = () => saveBlob(csvBlob([table(data)]), named("csv"));
  const button = (words, title, onclick) => make("button", { type: "button", title, onclick }, words);
  figure.replaceChildren(svg, make("figcaption", {}, make("span", {}, labels.caption),
    make("div", {}, button(labels.png, labels.save_png, png), button(labels.csv, labels.save_csv, csv))));
  figure.dataset.ready = "true";
}
