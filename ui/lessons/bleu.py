"""The BLEU page's presets, its code, its facts and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ui.components.bleu import BleuState, BleuView
from ui.frame import caption
from ui.i18n import N_, _
from ui.predict import predict

Texts = tuple[str, tuple[str, ...]]  # a translation and its references


class Preset(NamedTuple):
    """One chip: the texts by the reader's language, and what the picture begins with."""

    label: str
    korean: Texts
    english: Texts
    choices: BleuState

    def texts(self, language: str) -> Texts:
        """The texts for a reader of this language."""
        return self.korean if language == "ko" else self.english


_ORDER: Final[Texts] = ("날씨가 오늘 어때?", ("오늘 날씨가 어때?",))
_SAID_OFTEN: Final[Texts] = (
    "the the the the the the the",  # the example of Papineni et al. 2002, section 2.1
    ("the cat is on the mat", "there is a cat on the mat"),
)
FIRST: Final = "order"
PRESETS: Final = {
    "order": Preset(N_("Word order"), _ORDER, _ORDER, {"n": 2, "at": 2}),
    "paraphrase": Preset(
        N_("Good, but low"),
        ("아무래도 곧 비 오겠네요.", ("조금 있으면 비가 내릴 것 같아요.",)),
        ("Could you tell me when the train departs?", ("I would like to know what time the train leaves.",)),
        {"n": 1},
    ),
    "salad": Preset(
        N_("Nonsense, but high"),
        (
            "옆집에 사는 내 동생에게 기차의 역사에 관한 선생님이 어제 오후에 재미있는 책을 주었다.",
            ("선생님이 어제 오후에 옆집에 사는 내 동생에게 기차의 역사에 관한 재미있는 책을 주었다.",),
        ),
        (
            "An interesting book about the history of trains yesterday afternoon gave my younger brother "
            "the teacher who lives next door.",
            (
                "The teacher who lives next door gave my younger brother an interesting book about the history "
                "of trains yesterday afternoon.",
            ),
        ),
        {"n": 2},
    ),
    "clipping": Preset(N_("Clipping"), _SAID_OFTEN, _SAID_OFTEN, {"n": 1, "at": 2}),
    "brevity": Preset(
        N_("Too short"),
        ("기차가 제시간에", ("기차가 제시간에 역을 떠났다",)),
        ("The train left", ("The train left the station on time.",)),
        {"n": 1},
    ),
    "several": Preset(
        N_("Several references"),
        ("오늘 날씨 어때요?", ("오늘은 날씨가 어때요?", "날씨 어때요, 오늘?", "오늘 날씨 좀 알려 줄래요?")),
        (
            "How is the weather today?",
            (
                "What is the weather like today?",
                "How is today's weather?",
                "Tell me how the weather is today.",
            ),
        ),
        {"n": 2},
    ),
}

_COUNT: Final = """import math
from collections import Counter

# Cut by {tok}; every token is a string of its own
hypothesis = {hypothesis!r}
references = {references!r}


def count(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


matches, totals = [], []
for n in range(1, 5):
    own, there = count(hypothesis, n), [count(reference, n) for reference in references]
    # clipped: no n-gram counts more often than in one reference
    matches.append(sum(min(k, max(other[gram] for other in there)) for gram, k in own.items()))
    totals.append(sum(own.values()))
print(matches, totals)

c = len(hypothesis)
r = min((len(reference) for reference in references), key=lambda length: (abs(length - c), length))  # the closest
bp = 1.0 if c >= r else math.exp(1 - r / c) if c else 0.0

{smoothing}
bleu = 0.0
if matches[0] and all(precisions):
    bleu = 100 * bp * math.exp(sum(map(math.log, precisions)) / len(precisions))
print(f"BLEU = {{bleu:.2f}}, BP = {{bp:.4f}}, precisions {{[round(p, 4) for p in precisions]}}")
"""
_SMOOTHINGS: Final = {
    "none": "precisions = [m / t for m, t in zip(matches, totals) if t]  # no smoothing\n",
    "floor": "precisions = [(m or 0.1) / t for m, t in zip(matches, totals) if t]  # floor: 0.1 in place of 0\n",
    "add-k": (
        "# add-k: from bigrams on, 1 is added above and below\n"
        "added = [(m + (n > 0), t + (n > 0)) for n, (m, t) in enumerate(zip(matches, totals))]\n"
        "precisions = [m / t for m, t in added if t]\n"
    ),
    "exp": (
        "precisions, halvings = [], 1  # exp: 0 matches count as 1/2, the next 0 as 1/4, and so on\n"
        "for m, t in zip(matches, totals):\n"
        "    if t:\n"
        "        halvings *= 1 if m else 2\n"
        "        precisions.append(m / t if m else 1 / (halvings * t))\n"
    ),
}
_CUT_BY: Final = {
    "13a": "sacreBLEU's 13a",
    "none": "spaces",
    "char": "characters",
    "morpheme": "Kiwi into morphemes",
}


def snippet(hypothesis: Sequence[str], references: Sequence[Sequence[str]], tok: str, smooth: str) -> str:
    """Return code that counts the n-grams of these tokens, and prints the numbers on the screen."""
    return _COUNT.format(
        tok=_CUT_BY[tok],
        hypothesis=list(hypothesis),
        references=[list(tokens) for tokens in references],
        smoothing=_SMOOTHINGS[smooth],
    )


def sacrebleu_call(view: BleuView, tok: str, smooth: str) -> str:
    """Return sacreBLEU's own call for the same number; it has no Kiwi, so morphemes go in ready cut."""
    cut = view.cuts[tok]
    score = cut.scores[smooth]
    ready = tok == "morpheme"
    hypothesis = " ".join(cut.tokens) if ready else view.hypothesis
    references = [" ".join(tokens) for tokens in cut.references] if ready else list(view.references)
    note = "  # Kiwi's morphemes, joined by spaces" if ready else ""
    own = "none" if ready else tok
    signature = "" if ready else f"  # {score['signature']}"
    return f"""import sacrebleu

metric = sacrebleu.metrics.BLEU(tokenize={own!r}, smooth_method={smooth!r}, effective_order=True)
hypothesis = {hypothesis!r}{note}
references = {references!r}
print(metric.sentence_score(hypothesis, references))  # {score["value"]:.2f} on this page
print(metric.get_signature()){signature}

# A whole test set: the counts of all sentences are added up first, and no order is left out
metric = sacrebleu.metrics.BLEU(tokenize={own!r})
metric.corpus_score([hypothesis], [[reference] for reference in references])

# chrF2: overlaps of 1 to 6 characters, no tokenizer needed
print(sacrebleu.sentence_chrf(hypothesis, references))
"""


def about() -> None:
    """What BLEU is, and what it is not."""
    caption(
        _(
            "BLEU: Bilingual Evaluation Understudy (Papineni et al. 2002). It stands in for a person who would judge "
            "the translation. It is exact and repeatable: the same texts get the same number anywhere. It is often "
            "wrong about quality, since it compares strings and not meaning. Asking people is best."
        )
    )


def cuts_sentence(view: BleuView) -> str:
    """What stands above the picture of four cuts."""
    said = _(
        "Every way to cut the sentence has a BLEU of its own, and only scores with one signature can be compared."
    )
    if view.waiting or "morpheme" in view.cuts:
        return said
    missing = _(
        "Morphemes need a library that is not installed here (about 145 MB): pip install -r "
        "requirements-morphemes.txt. Everything else works without it."
    )
    return f"{said} {missing}"


def rate_sentence() -> str:
    """What the class is to do."""
    return _(
        "Some of these translations come from the translator, computed here now; the others were written for this "
        "page, good and bad. Rate each from 1 to 5: one vote a press, as many as there are hands. The "
        "votes stay in this browser tab and are written nowhere. BLEU is by words (13a), smoothing exp."
    )


def corpus_sentence(own: float, others: float) -> str:
    """What corpus BLEU says of the two halves of the list."""
    return _(
        "Corpus BLEU adds up the counts of all sentences first: {own} for the translator’s translations, {others} for "
        "those written for the page, among which are right ones in other words and wrong ones in nearly the same "
        "words."
    ).format(own=f"{own:.1f}", others=f"{others:.1f}")


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "bleu-order",
        _(
            "날씨가 오늘 어때? against 오늘 날씨가 어때?: the same words in another order. What stays at 100 %?"
        ),
        [_("p₁, single words"), _("p₂, pairs of words"), _("BLEU itself")],
        answer=0,
        explanation=_(
            "Single words do not know their order: all four tokens count. Of the three pairs only “어때 ?” is left. In "
            "Korean both sentences are fine, and BLEU falls to less than half all the same."
        ),
    )
    predict(
        "bleu-clipping",
        _("“the” seven times, and the best reference says “the” twice. What is p₁?"),
        ["7/7", "2/7", "1/7"],
        answer=1,
        explanation=_(
            "Without clipping every “the” would count: 7/7 for nonsense. An n-gram counts no more often than it stands "
            "in one reference, so 2 of 7 (press “Clipping” above)."
        ),
    )
    predict(
        "bleu-short",
        _("The translation is the first half of the reference, word for word. What keeps BLEU from 100?"),
        [_("The precisions"), _("The brevity penalty"), _("Nothing: BLEU is 100")],
        answer=1,
        explanation=_(
            "Everything that is said is right, so every precision is 1. What is missing no precision sees; the brevity "
            "penalty exp(1 − r/c) does: half the length gives exp(−1), about 0.37."
        ),
    )
    predict(
        "bleu-quality",
        _(
            "A paper reports BLEU 38 and another 41 for the same language pair. Which system translates better?"
        ),
        [_("The second one"), _("That cannot be said yet")],
        answer=1,
        explanation=_(
            "Only with one test set and one signature do the numbers compare: another tokenizer alone moves BLEU by "
            "many points, as the four cuts above show. And whether readers like it better only readers can say."
        ),
    )
