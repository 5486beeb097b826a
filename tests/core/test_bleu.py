"""BLEU: equal to sacreBLEU on whatever comes, and its parts add up to it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import pytest
import sacrebleu
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU

from core import bleu
from core.text import morphemes

HYPOTHESIS = "날씨가 오늘 어때?"
REFERENCE = "오늘 날씨가 어때?"
CUT_BY_SACREBLEU = [name for name in bleu.TOKENIZERS if name != "morpheme"]

# Few words, so that they come again; some that tokenizers take apart, some with two spellings of one place.
WORDS = [
    "the",
    "The",
    "cat",
    "on",
    "3.5%",
    "오늘",
    "날씨가",
    "날씨",
    "어때?",
    "했다.",
    "<b>",
    "&amp;",
    "🦥",
    "don't",
    "-",
]
sentences = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
any_text = sentences | st.text(st.characters(codec="utf-8"), max_size=20)
several = st.lists(any_text, min_size=1, max_size=4)
smoothings = st.sampled_from(
    [
        ("none", None),
        ("exp", None),
        ("floor", None),
        ("floor", 0.01),
        ("add-k", None),
        ("add-k", 0.5),
        ("add-k", 2.0),
    ]
)
near = pytest.approx
unhurried = settings(max_examples=300, deadline=None)  # other work on the machine is no failure


def tokens(text: str) -> list[str]:
    return bleu.tokenize(text, "none")


def same(ours: float, theirs: float) -> None:
    assert ours == near(theirs, rel=1e-9, abs=1e-9)


@unhurried
@example("the cat on the mat", ["mat on cat the"], "none", ("exp", None), True)  # two zeros in a row
@example("a-\n", ["a"], "13a", ("exp", None), True)
@given(any_text, several, st.sampled_from(CUT_BY_SACREBLEU), smoothings, st.booleans())
def test_a_sentences_score_is_sacrebleus(
    hypothesis: str,
    references: list[str],
    tokenizer: str,
    smoothing: tuple[str, float | None],
    effective: bool,
) -> None:
    how, value = smoothing
    ours = bleu.sentence_bleu(hypothesis, references, tokenizer, how, value, effective=effective)
    metric = BLEU(tokenize=tokenizer, smooth_method=how, smooth_value=value, effective_order=effective)
    theirs = metric.sentence_score(hypothesis, references)
    same(ours.value, theirs.score)
    same(ours.brevity, theirs.bp)
    for n in range(ours.used):
        same(100 * ours.precisions[n], theirs.precisions[n])
    written = bleu.signature(len(references), tokenizer, how, value, effective=effective)
    assert written == str(metric.get_signature())


@unhurried
@given(
    st.integers(1, 3).flatmap(
        lambda count: st.lists(
            st.tuples(any_text, st.lists(any_text, min_size=count, max_size=count)), min_size=1, max_size=5
        )
    ),
    st.sampled_from(CUT_BY_SACREBLEU),
    smoothings,
)
def test_a_corpus_score_is_sacrebleus(
    pairs: list[tuple[str, list[str]]], tokenizer: str, smoothing: tuple[str, float | None]
) -> None:
    how, value = smoothing
    hypotheses, references = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ours = bleu.corpus_bleu(hypotheses, references, tokenizer, how, value)
    streams = [list(stream) for stream in zip(*references, strict=True)]
    theirs = BLEU(tokenize=tokenizer, smooth_method=how, smooth_value=value).corpus_score(hypotheses, streams)
    same(ours.value, theirs.score)


@unhurried
@given(any_text, several, st.sampled_from(CUT_BY_SACREBLEU), smoothings)
def test_the_parts_give_the_score(
    hypothesis: str, references: list[str], tokenizer: str, smoothing: tuple[str, float | None]
) -> None:
    """BP times the geometric mean of the fractions on the screen is the score on the screen."""
    ours = bleu.sentence_bleu(hypothesis, references, tokenizer, *smoothing)
    product = math.prod(ours.precisions[: ours.used])
    mean = product ** (1 / ours.used) if ours.used else 0.0
    assert ours.value == near(100 * ours.brevity * mean, rel=1e-9, abs=1e-9)
    assert 0 <= ours.value <= 100 + 1e-9 or smoothing[0] != "none"


@unhurried
@given(sentences, st.lists(sentences, min_size=1, max_size=3))
def test_every_ngram_is_matched_clipped_or_absent(hypothesis: str, references: list[str]) -> None:
    compared = bleu.compare(hypothesis.split(), [one.split() for one in references])
    for order in compared.orders:
        absent = sum(len(gram.places) for gram in order.grams if gram.limit == 0)
        assert order.matches + order.clipped + absent == order.total
        assert order.total == max(0, len(compared.hypothesis) - order.n + 1)
        for gram in order.grams:
            for reference, places in zip(compared.references, gram.found, strict=True):
                assert all(reference[place : place + order.n] == gram.tokens for place in places)
            assert gram.matches <= gram.limit and gram.matches <= len(gram.places)


@unhurried
@given(sentences)
def test_a_copy_of_the_reference_scores_100(text: str) -> None:
    for smoothing in bleu.SMOOTHINGS:
        value = bleu.sentence_bleu(text, [text, "something else"], smoothing=smoothing).value
        assert value == near(100.0 if text.split() else 0.0)


@unhurried
@given(sentences, sentences)
def test_one_word_less_never_has_the_smaller_brevity_penalty(hypothesis: str, reference: str) -> None:
    shorter = " ".join(hypothesis.split()[:-1])
    both = [bleu.sentence_bleu(text, [reference], "none").brevity for text in (shorter, hypothesis)]
    assert both[0] <= both[1]


def test_order_of_words_leaves_p1_alone() -> None:
    score = bleu.sentence_bleu(HYPOTHESIS, [REFERENCE], smoothing="none")
    assert score.fractions[0] == (4, 4)
    assert score.fractions[1] == (1, 3)
    assert score.value == 0


def test_the_papers_own_example_is_clipped() -> None:
    """Seven times "the": a reference says it twice at the most, so 2/7 (section 2.1)."""
    compared = bleu.compare(
        ["the"] * 7, [tokens("the cat is on the mat"), tokens("there is a cat on the mat")]
    )
    unigram = compared.orders[0]
    assert (unigram.matches, unigram.total, unigram.clipped) == (2, 7, 5)
    assert unigram.grams[0].reference == 0 and unigram.grams[0].found == ((0, 4), (5,))


def test_the_closest_reference_sets_the_length_and_of_two_the_shorter() -> None:
    compared = bleu.compare(["a"] * 5, [["a"] * 9, ["a"] * 6, ["a"] * 4])
    assert compared.closest == 2
    assert compared.statistics.reference_length == 4


def test_clipping_looks_at_one_reference_at_a_time() -> None:
    """Two references with one "a" each do not allow two."""
    (gram,) = bleu.compare(["a", "a"], [["a", "b"], ["c", "a"]]).orders[0].grams
    assert (gram.limit, gram.matches, gram.clipped) == (1, 1, 1)


def test_a_corpus_is_not_the_mean_of_its_sentences() -> None:
    hypotheses, references = ["the cat sat", "a dog"], [["the cat sat"], ["one dog ran away"]]
    corpus = bleu.corpus_bleu(hypotheses, references, smoothing="exp")
    mean = sum(bleu.sentence_bleu(h, r).value for h, r in zip(hypotheses, references, strict=True)) / 2
    assert abs(corpus.value - mean) > 1


def test_chrf_is_sacrebleus() -> None:
    value, signature = bleu.chrf(HYPOTHESIS, [REFERENCE])
    assert value == sacrebleu.sentence_chrf(HYPOTHESIS, [REFERENCE]).score
    assert signature.endswith(sacrebleu.__version__) and "nc:6" in signature


@pytest.mark.parametrize(
    "call",
    [
        lambda: bleu.tokenize("a", "guess"),
        lambda: bleu.compare(["a"], []),
        lambda: bleu.corpus_bleu(["a"], []),
        lambda: bleu.score(bleu.Statistics((1,) * 4, (1,) * 4, 1, 1), "guess"),
    ],
)
def test_nonsense_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        call()


def test_without_its_library_morphemes_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morphemes, "PACKAGE", "no_such_package_at_all")
    assert not morphemes.available()


with_library = pytest.mark.skipif(
    not morphemes.available(), reason="kiwipiepy is not installed (requirements-morphemes.txt)"
)


@with_library
@unhurried
@given(
    st.sampled_from([HYPOTHESIS, "나는 학교에 갔다.", "", " ", "the cat 🦥", "ㅋㅋㅋ 뷁"]),
    st.just([REFERENCE]),
)
def test_morphemes_give_the_score_that_sacrebleu_gives_for_them(
    hypothesis: str, references: list[str]
) -> None:
    ours = bleu.sentence_bleu(hypothesis, references, "morpheme")
    cut = [" ".join(bleu.tokenize(text, "morpheme")) for text in (hypothesis, *references)]
    theirs = BLEU(tokenize="none", effective_order=True).sentence_score(cut[0], cut[1:])
    same(ours.value, theirs.score)
    assert "|tok:kiwi-" in bleu.signature(1, "morpheme")


@with_library
def test_a_particle_and_an_ending_are_morphemes_of_their_own() -> None:
    assert bleu.tokenize("날씨가", "morpheme") == ["날씨", "가"]
    assert len(Counter(bleu.tokenize("나는 학교에 갔다.", "morpheme"))) >= 6
