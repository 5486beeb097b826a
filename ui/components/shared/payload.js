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
