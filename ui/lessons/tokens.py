"""The tokens page's presets, its code and its questions."""

from __future__ import annotations

from typing import Final, NamedTuple

from ui.frame import caption
from ui.i18n import N_, _
from ui.predict import predict


class Preset(NamedTuple):
    """One chip: a sentence, and the vocabulary size that its lesson begins with."""

    label: str
    sentence: str
    size: int


PRESETS: Final = {
    "particles": Preset(N_("Particles"), "기차가 제시간에 역을 떠났다", 8000),
    "english": Preset(N_("In English"), "The train left the station on time", 8000),
    "unseen": Preset(N_("Never seen"), "뷁 🦥 ꙮ", 8000),
    "madeup": Preset(N_("New words"), "초거대언어모델맛집을 unfriendliestly 검색했다", 8000),
    "numbers": Preset(N_("Numbers"), "2026년 11월 21일 15:30, 3.14159", 8000),
}
FIRST: Final = {"ko": PRESETS["particles"].sentence, "en": PRESETS["english"].sentence}
PAIR: Final = (PRESETS["particles"].sentence, PRESETS["english"].sentence)

KERAS: Final = """# Keras: a vocabulary of words is a layer, and adapt() counts them
import keras

words = keras.layers.TextVectorization(max_tokens=8000, standardize=None, split="whitespace")
words.adapt(sentences)
words(["기차가 역을 떠났다"])  # 1 is [UNK], 0 fills a batch's shorter rows

# Keras Hub: pieces
import keras_hub

unigram = keras_hub.tokenizers.SentencePieceTokenizer(proto="unigram-8000.model")
wordpiece = keras_hub.tokenizers.WordPieceTokenizer(vocabulary=["[UNK]", ...], lowercase=True)
byte_level = keras_hub.tokenizers.BytePairTokenizer(vocabulary={...}, merges=[...])
unigram("기차가 역을 떠났다")
unigram.detokenize(unigram("기차가 역을 떠났다"))
"""


def snippet(text: str, size: int) -> str:
    """Return code that loads the shipped vocabularies and prints the pieces and ids on the screen."""
    return f"""import sentencepiece
import tokenizers

folder = "assets/tokenizers"
text = {text!r}

for kind in ("unigram", "bpe"):
    model = sentencepiece.SentencePieceProcessor(model_file=f"{{folder}}/{{kind}}-{size}.model")
    ids = model.encode(text)
    print(kind, len(ids), [model.id_to_piece(i) for i in ids], ids)
    print(model.decode(ids) == text)

for kind in ("bytelevel", "wordpiece"):
    model = tokenizers.Tokenizer.from_file(f"{{folder}}/{{kind}}-{size}.json")
    encoding = model.encode(text)
    print(kind, len(encoding.ids), encoding.tokens, encoding.ids)
    print(model.decode(encoding.ids) == text)
"""


def pairs_note() -> None:
    """What to take from the picture of Korean against English."""
    caption(
        _(
            "A Korean word carries particles and endings, so it needs more pieces than an English word; the same "
            "meaning needs fewer words, and so, here, fewer pieces. These vocabularies were counted on as many Korean "
            "as English sentences. Where a vocabulary was counted on mostly English text, Korean falls into bytes and "
            "needs far more: slide to 1,000 and see how that begins. Words and WordPiece look "
            "thrifty where they lose something: an unknown word is one token."
        )
    )


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "tokens-language",
        _("BPE, 8,000 entries, the same meaning in both languages: which needs more tokens?"),
        [_("Korean"), _("English")],
        answer=1,
        explanation=_(
            "A word of Korean needs more tokens than a word of English, but a Korean sentence has fewer words. Switch "
            "“Korean against English” between the two ways to count."
        ),
    )
    predict(
        "tokens-emoji",
        _("WordPiece meets a sloth emoji (🦥), which its training never showed. What does the model get?"),
        [_("The four bytes of the character"), "[UNK]", _("Nothing: the character is left out")],
        answer=1,
        explanation=_(
            "WordPiece has no bytes to fall back on: the whole word becomes [UNK], and decoding cannot bring it back. "
            "SentencePiece with byte fallback and byte-level BPE spell its bytes."
        ),
    )
    predict(
        "tokens-words",
        _("A vocabulary of words grows from 1,000 to 16,000 entries. What happens to the number of tokens?"),
        [_("It falls"), _("It stays the same"), _("It rises")],
        answer=1,
        explanation=_(
            "A word is one token, known or not; only the unknown ones become fewer. Pieces behave otherwise: a bigger "
            "vocabulary has longer pieces, so there are fewer of them."
        ),
    )
    predict(
        "tokens-back",
        _("뷁 never stood in the training data. How many of the seven tokenizers can give it back?"),
        ["2", "5", "7"],
        answer=1,
        explanation=_(
            "Unigram, BPE and byte-level BPE spell it in bytes; characters and jamo have a number for every letter. "
            "Words and WordPiece answer unknown. But what gives a text back need not have learned anything about it."
        ),
    )
