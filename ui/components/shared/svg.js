// SVG built node by node: sentences are a visitor's text and never markup.

const SVG_NAMES = "http://www.w3.org/2000/svg";

function svgNode(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG_NAMES, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const WRITER = document.createElement("canvas").getContext("2d");

function textWidth(theme, text, size) {
  WRITER.font = fontOf(theme, size);
  return WRITER.measureText(text).width;
}
