// The film of the timeline.

const TICK = 330; // ms between two parts while it plays

// One tick of the film: the parts of a step one after the other, then the next step; it ends at the last.
function nextOfFilm(state, steps) {
  const parts = PART_ORDER.filter((part) => part !== "encoder" || state.step === 0);
  const place = parts.indexOf(state.part);
  if (place < parts.length - 1) return { part: parts[place + 1] };
  return state.step + 1 < steps ? { step: state.step + 1, part: "embed" } : null;
}
