"""The probe, on toys whose answer is known."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
import torch

from core import probe as probing
from core.models.recurrent import KINDS, RecurrentConfig, Seq2Seq
from core.models.transformer import padding_mask
from core.probe import (
    PLACES,
    Sentence,
    balanced,
    best_steps,
    fit,
    probe_models,
    read,
    scored,
    sentences_of,
    word_beginnings,
)
from core.text.corpora import Pair
from core.text.tokenizer import END, START, Tokenizer
from core.training.pairs import collate
from core.translator import TOKENIZER
from tests.core.test_recurrent_alignment import write_model


def test_what_is_linear_is_read_and_noise_is_not() -> None:
    torch.manual_seed(0)
    words = torch.randint(0, 6, (1200,))
    code = torch.randn(6, 20)
    known, noise = code[words] + 0.1 * torch.randn(1200, 20), torch.randn(1200, 20)
    for x, least, most in ((known, 0.99, 1.0), (noise, 0.05, 0.32)):
        found = fit(x[:600], words[:600], 6)
        right = (found.guess(x[600:]) == words[600:]).float().mean().item()
        assert least <= right <= most
    again = fit(known[:600] * 1000 + 5, words[:600], 6)  # neither size nor origin matters
    assert (again.guess(known[600:] * 1000 + 5) == words[600:]).float().mean() > 0.99


def test_rows_have_chance_and_band_by_length() -> None:
    torch.manual_seed(1)
    said = ([7] * 3 + [9]) * 200  # the usual word stands three times in four
    noise = torch.randn(800, 5)
    lengths = [4 if place < 400 else 12 for place in range(800)]
    rows = scored((noise, said), (torch.randn(800, 5), said), lengths, [7, 9])
    assert [(row["from"], row["sentences"]) for row in rows] == [(3, 400), (11, 400)]
    for row in rows:
        assert row["chance"] == 0.75 and row["right"] == pytest.approx(0.75, abs=0.05)
        assert row["band"][0] <= row["right"] <= row["band"][1]
    unknown = scored((noise, said), (noise, [5] * 800), lengths, [7, 9])
    assert unknown == []  # a word that is not asked for is in no row


def test_the_three_words_are_where_they_stand() -> None:
    tokenizer = Tokenizer(TOKENIZER)
    beginnings = word_beginnings(tokenizer)
    ids = [tokenizer.direction("en-ko"), *tokenizer.encode("Good morning, how are you?"), END]
    (found,) = sentences_of([(ids, [START, 50, END])], beginnings)
    assert tokenizer.pieces(found.words) == ["▁Good", "▁how", "▁you"]
    assert found.length == len(ids) - 2
    two = [tokenizer.direction("en-ko"), *tokenizer.encode("Good morning."), END]
    assert sentences_of([(two, [START, END])], beginnings) == []


def sentences(count: int, rng: torch.Generator) -> list[Sentence]:
    """Sources of pieces 10–15, their words the first, the middle and the last one; a target that means nothing."""
    found = []
    for _ in range(count):
        length = int(torch.randint(3, 9, (1,), generator=rng))
        pieces = torch.randint(10, 16, (length,), generator=rng).tolist()
        target = torch.randint(
            20, 40, (int(torch.randint(2, 7, (1,), generator=rng)),), generator=rng
        ).tolist()
        found.append(Sentence([4, *pieces, END], [START, *target, END], (1, 1 + length // 2, length)))
    return found


def tiny(kind: str) -> Seq2Seq:
    torch.manual_seed(5)
    config = RecurrentConfig(vocabulary=40, d_model=24, hidden=32, attention=kind, dropout=0.0)
    return Seq2Seq(config).eval().requires_grad_(False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_is_the_models_own(kind: str) -> None:
    some = sentences(40, torch.Generator().manual_seed(0))
    with mock.patch.object(probing, "TOGETHER", 7):
        found = read(tiny(kind), some)
    model = tiny(kind)
    for number, sentence in enumerate(some):
        trace = model.record(torch.tensor([sentence.source]), torch.tensor([sentence.target[:-1]]))
        assert torch.allclose(found.last[number], trace.encoder.hidden[-1], atol=1e-5)
        assert torch.allclose(found.cell[number], trace.encoder.cell[-1], atol=1e-5)
        if found.contexts is None:
            assert kind == "none"
            continue
        for place, position in enumerate(sentence.places):
            step = trace.weights[:, position].argmax()
            assert torch.allclose(found.contexts[number, place], trace.contexts[step], atol=1e-5)


def test_the_best_step_is_none_behind_the_end() -> None:
    model = tiny("dot")
    some = [
        Sentence([4, 10, 11, 12, END], [START, *said, END], (1, 2, 3)) for said in ([20], [20, 21, 22, 23])
    ]
    source, target = collate([(s.source, s.target) for s in some], torch.device("cpu"))
    looked = model.look(target, model.encode(source)[0], padding_mask(source))
    assert looked.weights is not None
    steps = best_steps(
        looked.weights, torch.tensor([s.places for s in some]), (target == 0) | (target == END)
    )
    assert steps.shape == (2, 3) and (steps[0] <= 1).all() and (steps[1] <= 4).all()


def test_a_last_state_holds_the_last_word_best() -> None:
    """Of an untrained LSTM: what came last is fresh, what came first is nearly gone."""
    rng = torch.Generator().manual_seed(3)
    rows = probe_models({"none": tiny("none")}, sentences(1500, rng), sentences(700, rng))
    right = {
        place: [row["right"] for row in rows if row["place"] == place and row["read"] == "last"][-1]
        for place in PLACES
    }
    assert right["last"] > 0.9 and right["first"] < right["last"] - 0.2
    assert {row["read"] for row in rows} == {"last", "last and cell"}


def test_long_sentences_are_drawn_as_often_as_short_ones() -> None:
    many = [
        Sentence([4] + [10] * n + [END], [START, END], (1, 2, 3)) for n in [4] * 50 + [8] * 500 + [25] * 20
    ]
    drawn = balanced(many, 20)
    assert [sum(s.length == n for s in drawn) for n in (4, 8, 25)] == [20, 20, 20]
    assert balanced(many, 20) == drawn


def test_the_whole_of_it_runs_on_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        ("I like red apples.", "나는 빨간 사과를 좋아해요."),
        ("Where is my old book?", "내 오래된 책은 어디 있어요?"),
    ]
    some = [Pair(*text, "tatoeba") for text in texts * 20]
    monkeypatch.setattr(probing, "load_split", lambda data: {"train": some, "dev": some[:1], "test": some})
    write_model(tmp_path, "none")
    write_model(tmp_path, "general")
    found = probing.probe(tmp_path, tmp_path, sentences=30)
    assert set(found["models"]) == {"none", "general"}
    assert {(row["kind"], row["read"]) for row in found["rows"]} == {
        ("none", "last"), ("none", "last and cell"), ("general", "context")
    }  # fmt: skip
    assert {row["direction"] for row in found["rows"]} == {"ko-en", "en-ko"}
    assert all(row["right"] == 1 for row in found["rows"])  # two sentences, seen before, are told apart
    assert probing.probe(tmp_path, tmp_path / "nothing")["rows"] == []
