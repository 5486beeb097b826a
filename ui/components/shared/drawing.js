// Small helpers to draw on a canvas: its size on a dense screen, fonts, and texts that must fit.

const SMALLEST_FONT = 9; // px: smaller is not legible

function fontOf(theme, size, weight = 400) {
  return `${weight} ${size}px ${theme.font}`;
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
