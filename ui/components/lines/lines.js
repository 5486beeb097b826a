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

function download(href, name) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

function asCsv({ queries, keys, weights }) {
  const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
  const lines = [["", ...keys].map(quoted).join(",")];
  queries.forEach((query, i) => lines.push([quoted(query), ...weights[i]].join(",")));
  return new Blob(["\ufeff" + lines.join("\r\n")], { type: "text/csv" }); // the mark makes Excel read UTF-8
}

// A copy with its colours written out: outside the page the theme's variables mean nothing.
function savePng(svg, labels) {
  const copy = svg.cloneNode(true), scale = 3, extra = 36;
  const look = getComputedStyle(svg.querySelector("text"));
  const stroke = getComputedStyle(svg).getPropertyValue("--st-primary-color");
  const paper = getComputedStyle(svg).getPropertyValue("--st-background-color");
  copy.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT + extra}`);
  copy.setAttribute("width", WIDTH * scale);
  copy.setAttribute("height", (HEIGHT + extra) * scale);
  copy.prepend(element("rect", { width: WIDTH, height: HEIGHT + extra, fill: paper }));
  copy.append(element("text", { x: WIDTH / 2, y: HEIGHT + 22, "font-size": 14 }, labels.title));
  copy.querySelectorAll("path").forEach((line) => line.setAttribute("style", `fill:none;stroke:${stroke};stroke-linecap:round`));
  copy.querySelectorAll("text").forEach((text) =>
    text.setAttribute("style", `fill:${look.fill};font-family:${look.fontFamily.replaceAll('"', "'")};text-anchor:middle`));
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * scale;
    canvas.height = (HEIGHT + extra) * scale;
    canvas.getContext("2d").drawImage(image, 0, 0);
    download(canvas.toDataURL("image/png"), "attention.png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
}

export default function ({ parentElement, data }) {
  const figure = parentElement.querySelector("figure");
  const svg = draw(data), caption = document.createElement("figcaption"), words = document.createElement("span");
  words.textContent = data.labels.caption;
  const button = (label, act) => {
    const node = document.createElement("button");
    node.type = "button";
    node.textContent = label;
    node.onclick = act;
    return node;
  };
  const saves = document.createElement("div");
  caption.append(words, saves);
  saves.append(
    button(data.labels.png, () => savePng(svg, data.labels)),
    button(data.labels.csv, () => {
      const address = URL.createObjectURL(asCsv(data));
      download(address, "attention.csv");
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    }),
  );
  figure.replaceChildren(svg, caption);
  figure.dataset.ready = "true";
}
