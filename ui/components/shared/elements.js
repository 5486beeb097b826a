// Small helpers to build the page part. Text is only ever set as text: a token is never read as markup.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// A user's token as its own piece of text, so that a right-to-left word does not turn its neighbours round.
function tokenText(token) {
  return make("bdi", { class: "token", title: token }, token);
}

// "{name}" in a label is replaced; names the label does not use are ignored.
function filled(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A label with elements in place of some of its names: the parts between are plain text.
function filledWith(template, elements) {
  return template.split(/(\{\w+\})/).filter(Boolean).map((piece) => {
    const name = piece.startsWith("{") ? piece.slice(1, -1) : "";
    return name in elements ? elements[name] : piece;
  });
}

// Minus signs as wide as plus signs, so that columns of numbers stand in line.
function digits(value, places = 4) {
  if (value === -Infinity) return "−∞";
  if (!Number.isFinite(value)) return "–";
  const shown = Math.abs(value).toFixed(places);
  return value < 0 && Number(shown) !== 0 ? `−${shown}` : shown;
}
