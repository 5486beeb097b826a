// Reads what Python packed: a uint32 length and that much JSON, then float32 numbers, all little-endian.

// The JSON that begins at `place`, and where it ends.
function jsonAt(bytes, place) {
  const begin = place + 4;
  const end = begin + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(place, true);
  return [JSON.parse(new TextDecoder().decode(bytes.subarray(begin, end))), end];
}

// Everything from `place` on. A Float32Array must start on a multiple of four; a message inside a larger buffer
// may not, and is copied then.
function floatsFrom(bytes, place) {
  const start = bytes.byteOffset + place;
  const count = (bytes.byteLength - place) / 4;
  return start % 4 === 0
    ? new Float32Array(bytes.buffer, start, count)
    : new Float32Array(bytes.slice(place).buffer, 0, count);
}

// IEEE 754 half precision, as written by NumPy.
function halves(words) {
  return Float32Array.from(words, (word) => {
    const sign = word & 0x8000 ? -1 : 1, power = (word >> 10) & 31, fraction = word & 1023;
    if (power === 31) return fraction ? NaN : sign * Infinity;
    return sign * (power ? 2 ** (power - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
  });
}

// Whether two messages hold the same.
function sameBytes(a, b) {
  if (a?.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
