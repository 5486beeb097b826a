// Reads the payload: twice a uint32 length and that much JSON (words and choices; the sentence), then one
// float32 blob (little-endian).

function unpack(bytes) {
  const [choices, afterChoices] = jsonAt(bytes, 0);
  const [header, afterHeader] = jsonAt(bytes, afterChoices);
  const blob = floatsFrom(bytes, afterHeader);
  const arrays = {};
  for (const [name, { shape, offset }] of Object.entries(header.arrays)) {
    const size = shape.reduce((product, side) => product * side, 1);
    arrays[name] = { shape, values: blob.subarray(offset, offset + size) };
  }
  return { ...header, ...choices, ...wholeMade(header), arrays, derived: new Map() };
}

// What the numbers were computed with; nothing changed where the payload does not say.
function wholeMade({ made = {} }) {
  return { made: { edits: [], off: [], random: false, syllable: false, syllables_fit: true, ...made } };
}

// The last `shape.length - index.length` dimensions of an array, as one run of numbers.
function part(model, name, ...index) {
  const { shape, values } = model.arrays[name];
  const size = shape.slice(index.length).reduce((product, side) => product * side, 1);
  let place = 0;
  index.forEach((i, axis) => { place = place * shape[axis] + i; });
  return values.subarray(place * size, (place + 1) * size);
}
