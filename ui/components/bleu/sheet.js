// A part of the page as a canvas, drawn from the places where the browser has put its boxes and letters.

async function sheetOf(part, look) {
  const around = part.getBoundingClientRect();
  const sheet = document.createElement("canvas");
  const context = setSize(sheet, around.width, Math.max(1, part.scrollHeight));
  const at = (box) => ({ x: box.left - around.left, y: box.top - around.top, wide: box.width, high: box.height });
  for (const node of part.querySelectorAll("*")) {
    if (node.closest("svg, [data-unsaved]") || !node.getClientRects().length) continue;
    const style = getComputedStyle(node);
    paintBox(context, at(node.getBoundingClientRect()), style, node.matches("[data-hatched], .clipped, .cut"), look);
    for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) paintText(context, child, style, at);
  }
  for (const svg of part.querySelectorAll("svg")) {
    const { x, y, wide, high } = at(svg.getBoundingClientRect());
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    if (wide && high) context.drawImage(await imageOfSvg(svg, wide * ratio, high * ratio), x, y, wide, high);
  }
  return sheet;
}

function paintBox(context, { x, y, wide, high }, style, hatched, look) {
  if (style.backgroundColor !== "rgba(0, 0, 0, 0)") {
    context.fillStyle = style.backgroundColor;
    context.fillRect(x, y, wide, high);
  }
  if (hatched) paintHatch(context, x, y, wide, high, look);
  const line = parseFloat(style.borderTopWidth);
  if (line && style.borderTopStyle !== "none" && style.borderTopColor !== "rgba(0, 0, 0, 0)" && parseFloat(style.borderLeftWidth)) {
    context.strokeStyle = style.borderTopColor;
    context.lineWidth = line;
    context.setLineDash(style.borderTopStyle === "solid" ? [] : [3, 2]);
    context.strokeRect(x + line / 2, y + line / 2, wide - line, high - line);
    context.setLineDash([]);
  }
}

function paintHatch(context, x, y, wide, high, look) {
  context.save();
  context.beginPath();
  context.rect(x, y, wide, high);
  context.clip();
  context.strokeStyle = look.faint;
  context.lineWidth = 1;
  context.beginPath();
  for (let start = x - high; start < x + wide; start += 6) {
    context.moveTo(start, y + high);
    context.lineTo(start + high, y);
  }
  context.stroke();
  context.restore();
}

// A text may run over several lines: letters that stand at one height are one of them.
function paintText(context, text, style, at) {
  const lines = [];
  const range = document.createRange();
  let place = 0;
  for (const letter of text.data) {
    range.setStart(text, place);
    range.setEnd(text, place + letter.length);
    place += letter.length;
    const box = range.getClientRects()[0];
    if (!box) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.words += letter;
    else lines.push({ top: box.top, box, words: letter });
  }
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = "middle";
  context.globalAlpha = Number(style.opacity);
  for (const { box, words } of lines) {
    const { x, y, high } = at(box);
    context.fillText(words, x, y + high / 2);
  }
  context.globalAlpha = 1;
}
