// A part of the page as a canvas, drawn from the places where the browser has put its boxes and letters.

// Lists that scroll on the page stand open in the file (.whole in the style sheets).
async function sheetOf(part, look) {
  part.classList.add("whole");
  const around = part.getBoundingClientRect();
  const sheet = document.createElement("canvas");
  const context = setSize(sheet, around.width, Math.max(1, around.height));
  const at = (box) => ({ x: box.left - around.left, y: box.top - around.top, wide: box.width, high: box.height });
  for (const node of part.querySelectorAll("*")) {
    if (node.closest("svg, [data-unsaved]") || !node.getClientRects().length) continue;
    const style = getComputedStyle(node);
    paintBox(context, at(node.getBoundingClientRect()), style, node.matches(".clipped, .cut"), look);
    if (node.matches(".lit, .also")) paintLine(context, at(node.getBoundingClientRect()), node.matches(".lit") ? look.text : look.faint);
    for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) paintText(context, child, style, at);
  }
  const svgs = Array.from(part.querySelectorAll("svg"), (svg) => ({ svg, ...at(svg.getBoundingClientRect()) }));
  part.classList.remove("whole");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  for (const { svg, x, y, wide, high } of svgs) {
    if (wide && high) context.drawImage(await imageOfSvg(svg, wide * ratio, high * ratio), x, y, wide, high);
  }
  return sheet;
}

function paintBox(context, { x, y, wide, high }, style, hatched, look) {
  const round = Math.min(parseFloat(style.borderTopLeftRadius) || 0, high / 2, wide / 2);
  context.beginPath();
  context.roundRect(x, y, wide, high, round);
  if (style.backgroundColor !== "rgba(0, 0, 0, 0)") {
    context.fillStyle = style.backgroundColor;
    context.fill();
  }
  if (hatched) paintHatch(context, x, y, wide, high, look);
  const line = parseFloat(style.borderTopWidth);
  if (!line || style.borderTopStyle === "none" || style.borderTopColor === "rgba(0, 0, 0, 0)") return;
  context.strokeStyle = style.borderTopColor;
  context.lineWidth = line;
  context.setLineDash(style.borderTopStyle === "solid" ? [] : [3, 2]);
  context.beginPath();
  if (parseFloat(style.borderLeftWidth)) context.roundRect(x + line / 2, y + line / 2, wide - line, high - line, round);
  else { // a fraction's line, a row's
    context.moveTo(x, y + line / 2);
    context.lineTo(x + wide, y + line / 2);
  }
  context.stroke();
  context.setLineDash([]);
}

// What is lit is underlined.
function paintLine(context, { x, y, wide, high }, colour) {
  context.fillStyle = colour;
  context.fillRect(x + 1, y + high - 3, wide - 2, 3);
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
