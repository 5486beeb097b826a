// A piece as a reader knows it: ▁ is the space before a word, tokens in <…> are signs of the model's own.
const OWN_SIGN = /^<(?!0x)[^>]*>$/;
function shownPiece(piece, labels) {
  if (piece === "</s>") return labels.sign_end;
  if (piece === "<s>") return labels.sign_start;
  if (OWN_SIGN.test(piece)) return `⟨${piece.slice(1, -1)}⟩`;
  if (piece === "▁") return "␣";
  return piece.startsWith("▁") ? piece.slice(1) : piece;
}
const isSign = (piece) => OWN_SIGN.test(piece);
const beginsWord = (piece) => piece.startsWith("▁") || isSign(piece);
