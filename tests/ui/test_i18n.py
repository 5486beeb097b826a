"""The Korean catalogue is whole, and a string is spoken in the language of the session that asks."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.ui.messages import called, extracted
from tools.messages import sources
from ui import i18n

PO = i18n.LOCALES / "ko" / "LC_MESSAGES" / "glassbox.po"
HANGUL = re.compile("[가-힣]")
WORD = re.compile("[A-Za-z]{3,}")
PLACEHOLDER = re.compile(r"\{[^}]*\}")
# Words that a Korean classroom says as they are.
ACCEPTED = {"PNG", "CSV", "softmax", "relu", "ReLU", "LayerNorm", "Keras", "NumPy", "PyTorch", "CPU", "GPU"}


def all_messages(root: Path) -> set[str]:
    return set().union(*(called(path) for path in sources(root)))


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_string_of_the_app_is_in_the_korean_catalogue(root: Path) -> None:
    missing = sorted(message for message in all_messages(root) if not i18n.catalogue("ko").get(message))
    assert not missing, f"untranslated or fuzzy in {PO.name}: {missing}"


def test_the_catalogue_holds_no_string_that_the_app_no_longer_says(root: Path) -> None:
    with PO.open("rb") as file:
        messages = read_po(file, locale="ko")
    assert not messages.obsolete
    stale = sorted(set(i18n.catalogue("ko")) - all_messages(root))
    assert not stale, f"no longer used: {stale}"


def test_the_extractor_sees_every_string(root: Path) -> None:
    """Babel does not look into f-strings: a ``_()`` there would silently stay English."""
    for path in sources(root):
        hidden = called(path) - extracted(path)
        assert not hidden, f"{path.name}: take these out of their f-string: {hidden}"


def test_no_entry_is_fuzzy() -> None:
    with PO.open("rb") as file:
        assert not [message.id for message in read_po(file, locale="ko") if message.id and message.fuzzy]


def test_translations_keep_their_placeholders() -> None:
    for message, (translation, *_) in i18n.catalogue("ko").items():
        if "{" in message:
            assert placeholders(message) == placeholders(translation), message


def test_translations_are_korean() -> None:
    english = [
        message
        for message, (translation, *_) in i18n.catalogue("ko").items()
        if not HANGUL.search(translation) and set(WORD.findall(PLACEHOLDER.sub("", translation))) - ACCEPTED
    ]
    assert not english, f"still English: {english}"


def test_component_scripts_hold_no_words(root: Path) -> None:
    """Text set from JavaScript comes from Python, translated; a literal of several words would not be."""
    spoken = re.compile(
        r"""(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*(["'`])(?=[^"'`]*[A-Za-z가-힣]{2})"""
        r"""|setAttribute\(\s*["'](?:aria-label|title|placeholder)["']\s*,\s*["'`](?=[^"'`$]*[A-Za-z가-힣]{2})"""
    )
    for path in sorted((root / "ui").rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            assert not spoken.search(line), f"{path.name}:{number}: {line.strip()}"


@pytest.mark.parametrize(
    ("asked", "kept", "browser", "spoken"),
    [
        ("en", "ko", "ko-KR", "en"),
        (None, "en", "ko-KR", "en"),
        (None, None, "en-GB", "en"),
        (None, None, "ko", "ko"),
        (None, None, "fr-FR", "ko"),
        (None, None, None, "ko"),
        ("xx", None, "en_US", "en"),
        ("xx", "ko", "en", "ko"),
    ],
)
def test_the_url_wins_then_the_session_then_the_browser(
    asked: str | None, kept: str | None, browser: str | None, spoken: str
) -> None:
    assert i18n.choose_language(asked, kept, browser) == spoken


def test_an_unknown_message_and_an_unknown_language_stay_english() -> None:
    assert i18n.translate("no such message", "ko") == "no such message"
    assert i18n.translate("Attention", "xx") == "Attention"
    assert i18n.translate("Attention", "ko") == "어텐션"


def test_a_particle_after_any_word_is_written_in_one_order() -> None:
    turned = [ko for (ko, *_) in i18n.catalogue("ko").values() if re.search(r"\((을|이|은|과)\)", ko)]
    assert not turned, "write 을(를), 이(가), 은(는), 과(와)"


@pytest.mark.parametrize(
    "name", ["ui/homonyms.py", "ui/homonym_words.py", "ui/lessons/homonyms.py", "ui/architectures.py"]
)
def test_questions_and_answers_of_a_lesson_are_in_one_register(root: Path, name: str) -> None:
    """합니다체 or a noun phrase: 다 at the end of a sentence only after 니."""
    for message in called(root / name):
        translation = i18n.catalogue("ko")[message][0]
        assert not re.search(r"(?<!니)다(?=[.:!?]|$)", translation), translation
