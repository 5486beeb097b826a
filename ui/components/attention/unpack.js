// Reads the payload: twice a uint32 length and that much JSON (words and choices; the sentence), then one
// float32 blob (little-endian).

function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let place = 0;
  const json = () => {
    const begin = place + 4;
    place = begin + view.getUint32(place, true);
    return JSON.parse(new TextDecoder().decode(bytes.subarray(begin, place)));
  };
  const choices = json();
  const header = json();
  const start = bytes.byteOffset + place;
  const count = (bytes.byteLength - place) / 4;
  // A Float32Array must start on a multiple of four; a message inside a larger buffer may not.
  const blob = start % 4 === 0
    ? new Float32Array(bytes.buffer, start, count)
    : new Float32Array(bytes.slice(place).buffer, 0, count);
  const arrays = {};
  for (const [name, { shape, offset }] of Object.entries(header.arrays)) {
    const size = shape.reduce((product, side) => product * side, 1);
    arrays[name] = { shape, values: blob.subarray(offset, offset + size) };
  }
  return { ...header, ...choices, ...wholeMade(header), arrays, derived: new Map() };
}

// What the numbers were computed with; nothing changed where the payload does not say.
function wholeMade({ made = {} }) {
  return { made: { edits: [], off: [], random: false, syllable: false, ...made } };
}

// The last `shape.length - index.length` dimensions of an array, as one run of numbers.
function part(model, name, ...index) {
  const { shape, values } = model.arrays[name];
  const size = shape.slice(index.length).reduce((product, side) => product * side, 1);
  let place = 0;
  index.forEach((i, axis) => { place = place * shape[axis] + i; });
  return values.subarray(place * size, (place + 1) * size);
}
