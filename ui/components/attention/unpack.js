// Reads the payload: uint32 header length, JSON header, one float32 blob (little-endian).

function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const start = bytes.byteOffset + 4 + length;
  const count = (bytes.byteLength - 4 - length) / 4;
  // A Float32Array must start on a multiple of four; a message inside a larger buffer may not.
  const blob = start % 4 === 0
    ? new Float32Array(bytes.buffer, start, count)
    : new Float32Array(bytes.slice(4 + length).buffer, 0, count);
  const arrays = {};
  for (const [name, { shape, offset }] of Object.entries(header.arrays)) {
    const size = shape.reduce((product, side) => product * side, 1);
    arrays[name] = { shape, values: blob.subarray(offset, offset + size) };
  }
  return { ...header, arrays, derived: new Map() };
}

// The last `shape.length - index.length` dimensions of an array, as one run of numbers.
function part(model, name, ...index) {
  const { shape, values } = model.arrays[name];
  const size = shape.slice(index.length).reduce((product, side) => product * side, 1);
  let place = 0;
  index.forEach((i, axis) => { place = place * shape[axis] + i; });
  return values.subarray(place * size, (place + 1) * size);
}
