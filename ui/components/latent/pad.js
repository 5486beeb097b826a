// The drawing pad: mouse and finger draw on a large canvas; what the encoder sees is small, and lies as its training
// pictures do: as large as they are, its weight in the middle (LeCun et al. 1998, section on MNIST's making).

const PAD = 196; // px inside
const LEVELS = 15; // greys of a drawing, so that it fits into an address

function padOf(ctx) {
  const canvas = make("canvas", { class: "pad", width: PAD, height: PAD, tabindex: 0, role: "img", "aria-label": ctx.t("pad") });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  Object.assign(pen, { lineCap: "round", lineJoin: "round", lineWidth: 16, strokeStyle: "#fff", fillStyle: "#fff" });
  let last = null;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * PAD, ((event.clientY - box.top) / box.height) * PAD];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    pen.beginPath();
    pen.arc(...last, 8, 0, 2 * Math.PI);
    pen.fill();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = at(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  });
  const end = () => {
    if (!last) return;
    last = null;
    ctx.act.drawn(packedDrawing(normalised(pen.getImageData(0, 0, PAD, PAD), ctx.model.shape, ctx.model.margin)));
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  return { canvas, clear() { pen.clearRect(0, 0, PAD, PAD); } };
}

// White ink on nothing, as pixels from 0 to 1 of the training pictures' size; null where nothing is drawn.
function normalised({ data, width, height }, [rows, columns], margin) {
  let left = width, right = -1, top = height, bottom = -1, sum = 0, across = 0, down = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = data[(y * width + x) * 4 + 3];
      if (!ink) continue;
      left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
      sum += ink; across += ink * (x + 0.5); down += ink * (y + 0.5);
    }
  }
  if (!sum) return null;
  const scale = (Math.min(rows, columns) - 2 * margin) / Math.max(right - left + 1, bottom - top + 1);
  const pixels = new Float32Array(rows * columns);
  const weight = new Float32Array(rows * columns);
  // Each small pixel is the mean of what it covers, looked at on a grid of four by four.
  const fine = 4;
  for (let y = 0; y < rows * fine; y++) {
    for (let x = 0; x < columns * fine; x++) {
      const fromX = Math.floor(((x + 0.5) / fine - columns / 2) / scale + across / sum);
      const fromY = Math.floor(((y + 0.5) / fine - rows / 2) / scale + down / sum);
      const place = Math.floor(y / fine) * columns + Math.floor(x / fine);
      weight[place] += 1;
      if (fromX >= 0 && fromY >= 0 && fromX < width && fromY < height) pixels[place] += data[(fromY * width + fromX) * 4 + 3] / 255;
    }
  }
  return pixels.map((value, i) => value / weight[i]);
}

// A hexadecimal digit a pixel; "" for nothing drawn.
function packedDrawing(pixels) {
  return pixels ? Array.from(pixels, (value) => Math.round(value * LEVELS).toString(16)).join("") : "";
}

function unpackedDrawing(code, count) {
  return code.length === count ? Float32Array.from(code, (digit) => parseInt(digit, 16) / LEVELS) : null;
}
