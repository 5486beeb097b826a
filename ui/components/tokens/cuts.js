// The cuts of the text as they came, and what can be read off them.

const KIND_MARKS = { b: "byte", u: "unknown", n: "unseen" };

// A segmenter without sizes has one cut, which stands for every size.
function cutOf(row, size) {
  return row.cuts[size] ?? row.cuts[0];
}

function hasSizes(row) {
  return !("0" in row.cuts);
}

function countMarks(cut, letter) {
  let count = 0;
  for (const mark of cut.marks) if (mark === letter) count += 1;
  return count;
}

// The places of the tokens that touch the characters from `start` to `end`.
function touching(cut, start, end) {
  const found = [];
  for (let i = 0; i < cut.ids.length; i++) {
    if (cut.starts[i] < end && cut.ends[i] > start) found.push(i);
  }
  return found;
}

const HEX = (byte) => byte.toString(16).toUpperCase().padStart(2, "0");

function bytesOf(text) {
  return Array.from(new TextEncoder().encode(text), HEX).join(" ");
}

function codePoint(letter) {
  return `U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

// One sentence about a token: its id, the characters it stands for, and what is peculiar to it.
function tokenWords(ctx, row, index) {
  const { t, letters, state } = ctx;
  const cut = cutOf(row, state.size);
  const start = cut.starts[index], end = cut.ends[index];
  const meant = letters.slice(start, end).join("");
  const parts = [
    t(`kind_${row.kind}`),
    t("token_id", { token: cut.shown[index], id: cut.ids[index].toLocaleString("en") }),
  ];
  if (end === start) parts.push(t("token_empty"));
  else if (end === start + 1) parts.push(t("token_character", { place: start + 1, text: meant, code: codePoint(meant) }));
  else parts.push(t("token_characters", { first: start + 1, last: end, text: meant }));
  const mark = KIND_MARKS[cut.marks[index]];
  if (mark) parts.push(t(`token_${mark}`, { text: meant, bytes: bytesOf(meant) }));
  if (cut.stored && cut.stored[index] !== cut.shown[index]) {
    const stored = row.kind === "jamo" ? codePoint(cut.stored[index]) : cut.stored[index];
    parts.push(t("token_stored", { stored }));
  }
  return parts.join(" · ");
}
