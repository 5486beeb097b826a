// A part of the page that is made of elements, as a picture: boxes, texts, canvases and inline SVGs where the browser has put them.

async function pngOfElement(element, look, lines) {
  const around = element.getBoundingClientRect();
  const sheet = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  // A drawing or a table that scrolls sideways is in the picture whole.
  const edges = Array.from(element.querySelectorAll("svg, table"), (node) => leftOf(node, element) + node.getBoundingClientRect().width);
  const context = setSize(sheet, Math.ceil(Math.max(around.width, ...edges)), Math.ceil(around.height));
  context.textBaseline = "middle";
  for (const node of element.querySelectorAll("*")) {
    if (node.closest("[data-unsaved]") || (node.closest("svg") && node.tagName !== "svg")) continue;
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (!box.width || !box.height || style.visibility === "hidden" || !isSeen(node, element)) continue;
    const [x, y] = [leftOf(node, element), box.top - around.top];
    context.globalAlpha = opacityOf(node, element);
    if (node.tagName === "svg") context.drawImage(await imageOfSvg(node, box.width * ratio, box.height * ratio), x, y, box.width, box.height);
    else if (node instanceof HTMLCanvasElement) context.drawImage(node, x, y, box.width, box.height);
    else paintBox(context, node, style, x, y, box);
  }
  return pngOfCanvas(sheet, look, lines);
}

function leftOf(node, element) {
  let left = node.getBoundingClientRect().left - element.getBoundingClientRect().left;
  for (let at = node.parentElement; at && at !== element; at = at.parentElement) left += at.scrollLeft;
  return left;
}

// What a scrolled list hides is not in the picture either.
function isSeen(node, element) {
  const box = node.getBoundingClientRect();
  for (let at = node.parentElement; at && at !== element; at = at.parentElement) {
    if (getComputedStyle(at).overflowY === "visible") continue;
    const frame = at.getBoundingClientRect();
    if (box.bottom < frame.top + 2 || box.top > frame.bottom - 2) return false;
  }
  return true;
}

function opacityOf(node, element) {
  let opacity = 1;
  for (let at = node; at && at !== element; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
}

function paintBox(context, node, style, x, y, box) {
  if (["INPUT", "SELECT", "OPTION"].includes(node.tagName)) {
    if (node.type === "text") paintText(context, node.value, style, x + parseFloat(style.paddingLeft) + 1, y + box.height / 2, box.width);
    if (node.tagName === "SELECT") paintText(context, node.selectedOptions[0]?.textContent ?? "", style, x + 3, y + box.height / 2, box.width);
    return;
  }
  if (style.backgroundImage.includes("repeating")) hatch(context, style, x, y, box);
  else if (style.backgroundColor !== "rgba(0, 0, 0, 0)") {
    context.fillStyle = style.backgroundColor;
    context.fillRect(x, y, box.width, box.height);
  }
  if (parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none") {
    context.strokeStyle = style.borderTopColor;
    context.lineWidth = parseFloat(style.borderTopWidth);
    const around = parseFloat(style.borderLeftWidth) > 0 || parseFloat(style.borderBottomWidth) > 0;
    context.strokeRect(x + 0.5, y + 0.5, box.width - 1, around ? box.height - 1 : 0); // else a rule above
  }
  for (const child of node.childNodes) {
    if (child.nodeType !== Node.TEXT_NODE || !child.textContent.trim()) continue;
    for (const { text, line } of textLines(child)) {
      paintText(context, text, style, x + line.left - box.left, y + line.top + line.height / 2 - box.top, line.width + 12); // a canvas measures a little wider than the page
    }
  }
}

// A text node's lines as the browser has broken them.
function textLines(node) {
  const range = document.createRange();
  const lines = [];
  Array.from(node.textContent).reduce((at, letter) => {
    range.setStart(node, at);
    range.setEnd(node, at + letter.length);
    const line = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (last && Math.abs(last.line.top - line.top) < 3) {
      last.text += letter;
      last.line = { left: last.line.left, top: last.line.top, height: last.line.height, width: line.right - last.line.left };
    } else if (line.width) lines.push({ text: letter, line });
    return at + letter.length;
  }, 0);
  return lines;
}

function paintText(context, text, style, x, y, width) {
  context.fillStyle = style.color;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  fillToken(context, text, x, y, width);
}

function hatch(context, style, x, y, box) {
  context.save();
  context.beginPath();
  context.rect(x, y, box.width, box.height);
  context.clip();
  context.strokeStyle = style.color;
  context.globalAlpha *= 0.6;
  for (let at = -box.height; at < box.width; at += 5) {
    context.beginPath();
    context.moveTo(x + at, y + box.height);
    context.lineTo(x + at + box.height, y);
    context.stroke();
  }
  context.restore();
}
