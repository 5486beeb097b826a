"""Scores on files and beside the n-gram model, the cards' figures, and what is said behind listed prompts."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest
import torch

from core import checkpoints, language_table
from core.decoding.sampling import Sampler
from core.language import Language, load_language, path_of
from core.language_table import beside_ngram, language_scores, of_file, prompts_of, said_after
from core.text.texts import END_OF_TEXT, LANGUAGES, WEIGHTS
from core.text.tokenizer import END, START

SAMPLES = checkpoints.ASSETS / "language"


@pytest.fixture(scope="module", params=LANGUAGES)
def model(request: pytest.FixtureRequest) -> Language:
    return load_language(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_is_measured_again(language: str) -> None:
    path = SAMPLES / f"test-{language}.txt"
    found = of_file(path)
    assert list(found) == [language]
    kept = checkpoints.read_card(path_of(language))["scores"][f"{path.stem}, model"]["all"]
    again = found[language]["model"]["all"]
    for name in ("nats", "perplexity", "bits_per_byte"):
        assert again[name] == pytest.approx(kept[name], rel=2e-3)
    assert {n: again[n] for n in ("pieces", "bytes", "texts")} == {
        n: kept[n] for n in ("pieces", "bytes", "texts")
    }


@torch.inference_mode()
def test_bits_a_byte_are_the_nats_of_every_next_piece(tmp_path: Path) -> None:
    text = "The sun was warm. A bird sang in the tree."
    path = tmp_path / "one.txt"
    path.write_text(text, encoding="utf-8")
    english = load_language("en")
    ids = [*english.ids(text), END]
    logs = torch.log_softmax(english.model(torch.tensor([ids[:-1]]))[0][0].double(), -1)
    nats = -sum(float(logs[i, wanted]) for i, wanted in enumerate(ids[1:]))
    found = of_file(path)["en"]["model"]["all"]
    assert found["bits_per_byte"] == pytest.approx(nats / math.log(2) / len(text), abs=2e-4)
    assert found["perplexity"] == pytest.approx(math.exp(nats / (len(ids) - 1)), rel=1e-3)
    assert found["pieces"] == len(ids) - 1 and found["bytes"] == len(text)


def test_most_of_a_files_documents_say_which_model_reads_it(tmp_path: Path) -> None:
    korean, english = "비가 온다.", "It rains."
    for number, texts in enumerate(([korean], [english], [korean, korean, english])):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"\n{END_OF_TEXT}\n".join(texts), encoding="utf-8")
        assert list(of_file(path)) == ["en" if texts == [english] else "ko"]
    empty = tmp_path / "empty.txt"
    empty.write_text(f"\n{END_OF_TEXT}\n\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no text"):
        of_file(empty)


def test_a_files_scores_go_into_the_card_of_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (path_of("en"), path_of("en").with_suffix(".json")):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(
        language_table, "path_of", lambda language: tmp_path / f"language-{language}.safetensors"
    )
    text = tmp_path / "some.txt"
    text.write_text("Once upon a time there was a dog.", encoding="utf-8")
    found = language_scores(text, write_card=True)
    card = json.loads((tmp_path / "language-en.json").read_text(encoding="utf-8"))
    assert card["scores"]["some, model"] == found["en"]["model"]


def test_the_n_gram_model_reads_what_the_model_was_trained_on(tmp_path: Path) -> None:
    folder = tmp_path / "text" / "en"
    folder.mkdir(parents=True)
    stories = [f"The {animal} number {i} ran home." for i in range(90) for animal in ("dog", "cat")]
    for name in WEIGHTS["en"]:
        (folder / f"{name}.txt").write_text(f"\n{END_OF_TEXT}\n".join(stories), encoding="utf-8")
    found = beside_ngram(tmp_path, "en")
    model, counted = found["model"]["all"], found["5-gram"]["all"]
    assert {n: model[n] for n in ("pieces", "bytes", "texts")} == {
        n: counted[n] for n in ("pieces", "bytes", "texts")
    }
    assert counted["bits_per_byte"] < model["bits_per_byte"]  # it has read these very sentences' siblings


def test_what_is_said_behind_a_prompt(model: Language) -> None:
    prompt = "The cat" if model.card["name"].endswith("en") else "고양이가"
    greedy, drawn = said_after(model, prompt, [Sampler(0), Sampler()], seed=1)
    ids = model.ids(prompt)
    for _ in range(language_table.LONGEST):
        token = int(model.logits(ids).argmax())
        if token == END:
            break
        ids.append(token)
    assert greedy == model.tokenizer.decode([token for token in ids if token != START])
    assert drawn != greedy
    assert greedy.startswith(prompt) and drawn.startswith(prompt)


def test_behind_an_end_the_next_text_starts_as_in_training(model: Language) -> None:
    text = "The dog ran." if model.card["name"].endswith("en") else "비가 온다."
    ids = model.ids(text, [END])
    assert ids == [*model.ids(text), END, START] and model.ids(text, [9, 8]) == [*model.ids(text), 9, 8]
    # What begins a text is likely there, and without the start token it would not be.
    first = int(model.logits([START]).argmax())
    logs = [torch.log_softmax(torch.from_numpy(model.logits(read)), -1)[first] for read in (ids, ids[:-1])]
    assert logs[0] > logs[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_twenty_prompts(language: str) -> None:
    listed = prompts_of(language)
    assert len(listed) == len(set(listed)) == 20 and all(prompt.strip() for prompt in listed)
