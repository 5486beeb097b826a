"""The shipped translator and its commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from core import checkpoints, evaluate
from core.text.tokenizer import END, START
from core.translator import TOKENIZER, TRANSLATOR, Translator, direction_of, load_translator


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def test_it_is_small_enough_to_ship(translator: Translator) -> None:
    assert TRANSLATOR.stat().st_size < 15 * 2**20
    assert translator.card["parameters"] == sum(p.numel() for p in translator.model.parameters())


def test_the_card_says_where_the_weights_come_from(translator: Translator) -> None:
    card = translator.card
    assert card["tokenizer"]["sha256"] == checkpoints.sha256(TOKENIZER)
    assert card["file"]["sha256"] == checkpoints.sha256(TRANSLATOR)
    for name in ("architecture", "data", "licence", "seed", "steps", "device", "seconds", "scores"):
        assert card[name]
    assert all(len(data["sha256"]) == 64 for data in card["data"].values())


@pytest.mark.parametrize(
    ("text", "direction"),
    [("오늘 날씨", "ko-en"), ("ㅋㅋ", "ko-en"), ("Hello 한국", "ko-en"), ("Hi", "en-ko"), ("", "en-ko")],
)
def test_direction_is_read_off_the_letters(text: str, direction: str) -> None:
    assert direction_of(text) == direction


@pytest.mark.parametrize("text", ["", "🦖", "a" * 500, "<script>alert(1)</script>", "שלום", "한 \x00 글"])
def test_any_text_is_translated_and_traced(translator: Translator, text: str) -> None:
    trace = translator.trace(text, "ko-en")
    assert isinstance(translator.translate(text, "ko-en"), str)
    rows = trace.encoder.blocks.self_attention.weights.sum(-1)
    assert torch.allclose(rows, torch.ones_like(rows), atol=1e-5)


def test_the_decoder_reads_what_it_is_given(translator: Translator) -> None:
    ids = translator.target_ids("안녕", "ko-en", "Good morning")
    assert ids[0] == START and END not in ids
    assert translator.tokenizer.decode(ids) == "Good morning"


def test_many_sentences_are_translated_as_each_alone(translator: Translator) -> None:
    texts = ["나는 학교에 갑니다.", "고마워.", "", "오늘 날씨가 어때요?"]
    together = translator.translate_all(texts, "ko-en", batch=2)
    assert together == [translator.translate(text, "ko-en") for text in texts]


def test_evaluation_scores_a_file(translator: Translator, tmp_path: Path) -> None:
    said = translator.translate("고마워.", "ko-en")
    (tmp_path / "own.tsv").write_text(f"{said}\t고마워.\n" * 3, encoding="utf-8")
    scores = evaluate.translation(translator, tmp_path / "own.tsv", "ko-en")
    assert scores["pairs"] == 3 and scores["chrf2"] == pytest.approx(100)
    (tmp_path / "other.tsv").write_text("qqqq zzzz xxxx vvvv\t고마워.\n", encoding="utf-8")
    assert evaluate.translation(translator, tmp_path / "other.tsv", "ko-en")["chrf2"] < 20


def test_the_evaluation_command_ends_with_json(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("Thank you.\t고마워.\n", encoding="utf-8")
    command = [sys.executable, "-m", "core.evaluate", "translation", "--data", str(tmp_path / "pairs.tsv")]
    done = subprocess.run([*command, "--direction", "en-ko"], capture_output=True, text=True, check=True)
    (row,) = json.loads(done.stdout.splitlines()[-1])
    assert {"bleu", "chrf2", "bleu_characters", "signature"} <= row.keys()


def test_the_translate_command_writes_a_line_for_a_line(translator: Translator) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "core.translate", "--direction", "ko-en"],
        input="고마워.\n\n안녕하세요.\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.split("\n")
    assert len(lines) == 4 and lines[1] == lines[3] == ""
    assert lines[0] == translator.translate("고마워.", "ko-en")


def test_a_changed_tokenizer_is_noticed(tmp_path: Path) -> None:
    other = tmp_path / "translation.model"
    other.write_bytes(TOKENIZER.read_bytes() + b" ")
    with pytest.raises(checkpoints.ModelFileError) as caught:
        load_translator(tokenizer=other)
    assert caught.value.kind == "altered"
