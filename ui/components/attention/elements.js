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

function setSize(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.max(1, Math.round(width * ratio));
  const high = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// The text cut to a width with an ellipsis. Cut by characters, so that no surrogate pair is halved.
function fitted(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

function fillToken(context, token, x, y, width) {
  const direction = context.direction;
  if (RIGHT_TO_LEFT.test(token)) {
    // Left-aligned stays left-aligned: only the order inside the token turns.
    context.direction = "rtl";
  }
  context.fillText(fitted(context, token, width), x, y);
  context.direction = direction;
}
