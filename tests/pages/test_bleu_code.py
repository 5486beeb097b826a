"""The code on the BLEU page prints the numbers on the screen."""

from __future__ import annotations

import pytest

from core import bleu
from pages.parts import bleu as bleu_part
from ui.lessons import bleu as lesson

TEXTS = [
    *(preset.texts(language) for preset in lesson.PRESETS.values() for language in ("ko", "en")),
    ("x", ("y",)),
    ("'a' \"b\" \\n {c}", ("'a' {c}", "a b", "")),
    ("<skipped>", ("a",)),
]


@pytest.mark.parametrize("texts", TEXTS, ids=[text[0][:12] for text in TEXTS])
@pytest.mark.parametrize("smooth", bleu.SMOOTHINGS)
def test_it_prints_the_bleu_on_the_screen(
    texts: lesson.Texts, smooth: str, capsys: pytest.CaptureFixture[str]
) -> None:
    view = bleu_part.compared(*texts, bleu_part.tokenizers(wait=True))
    for tok, cut in view.cuts.items():
        exec(lesson.snippet(cut.tokens, cut.references, tok, smooth), {})
        counts, result = capsys.readouterr().out.splitlines()
        assert counts == f"{[o['matches'] for o in cut.orders]} {[o['total'] for o in cut.orders]}"
        score = cut.scores[smooth]
        assert result.startswith(f"BLEU = {score['value']:.2f}, BP = {score['brevity']:.4f}")


@pytest.mark.parametrize("texts", TEXTS[:4], ids=[text[0][:12] for text in TEXTS[:4]])
def test_sacrebleus_call_gives_it_too(texts: lesson.Texts, capsys: pytest.CaptureFixture[str]) -> None:
    view = bleu_part.compared(*texts, bleu_part.tokenizers(wait=True))
    for tok, cut in view.cuts.items():
        exec(lesson.sacrebleu_call(view, tok, "exp"), {})
        score, signature, chrf = capsys.readouterr().out.splitlines()
        assert score.startswith(f"BLEU = {cut.scores['exp']['value']:.2f} ")
        assert tok == "morpheme" or signature == cut.scores["exp"]["signature"]
        assert chrf == f"chrF2 = {view.chrf:.2f}"
