"""Korean word forms: particles by the final consonant, endings from a verb's principal parts."""

from __future__ import annotations

import re
from typing import Final

FIRST: Final = ord("가")
NIEUN, RIEUL, BIEUP, SSANGSIOS = 4, 8, 17, 20  # places among the 28 finals of a syllable; 0 is none

# A particle as a frame writes it: after a final consonant, after a vowel.
PARTICLES: Final[dict[str, tuple[str, str]]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이나": ("이나", "나"),
    "이에요": ("이에요", "예요"),
    "이었어요": ("이었어요", "였어요"),
    "이다": ("이다", "다"),
    "이었다": ("이었다", "였다"),
    "이네요": ("이네요", "네요"),
    "이라고": ("이라고", "라고"),
}
_MARK = re.compile(rf"([가-힣])\(({'|'.join(PARTICLES)})\)")


def final(text: str) -> int:
    """Return the place of the last syllable's final consonant among the 28 finals; 0 for a vowel."""
    return (ord(text[-1]) - FIRST) % 28


def with_final(text: str, place: int) -> str:
    """Return ``text`` with another final consonant in its last syllable."""
    return text[:-1] + chr(ord(text[-1]) - final(text) + place)


def attach(text: str) -> str:
    """Put the fitting form in place of each particle in brackets: ``사과(을)`` becomes ``사과를``."""

    def fitting(match: re.Match[str]) -> str:
        noun, particle = match.groups()
        closed = final(noun) != 0 and not (particle == "으로" and final(noun) == RIEUL)
        return noun + PARTICLES[particle][0 if closed else 1]

    return _MARK.sub(fitting, text)


def forms(parts: str) -> dict[str, str]:
    """Return what every ending is put on, from the principal parts of a verb or an adjective.

    ``parts`` are listed by hand: the stem (먹, 듣, 만들), its form with 아/어 (먹어, 들어, 만들어), its form before
    endings in 으 (먹으, 들으, 만들), and, where it is not made with 시, the stem that honours the subject (드시).
    From these the rest follows without an exception.
    """
    stem, infinitive, open_, *honorific = parts.split()
    liquid = final(stem) == RIEUL and open_ == stem  # ㄹ falls before ㄴ, ㅂ, 시
    bare = with_final(stem, 0) if liquid else open_
    had = with_final(infinitive, SSANGSIOS)
    honour = (honorific[0] if honorific else bare + "시")[:-1]
    polite_stem = honorific[0] if honorific else stem
    ends_open = liquid or final(stem) == 0
    future = stem if liquid else with_final(open_, RIEUL)
    return {
        "stem": stem,
        "inf": infinitive,
        "l": future,
        "n": with_final(bare, NIEUN),
        "b": with_final(bare, BIEUP),
        "had": had,
        "eu": open_,
        "neun": (bare if liquid else stem) + "는",
        "se": bare + "세요",
        "if": (stem if liquid else open_) + "면",
        "plan": (stem if liquid else open_) + "려고 해요",
        "purpose": (stem if liquid else open_) + "러",
        "quote": (stem if liquid else open_) + "라고",
        # What agrees with an honoured subject stands beside its plain twin; what does not end a sentence
        # agrees only where the honouring verb is another one (드시고, but 읽고).
        "stem-hon": polite_stem,
        "n-hon": with_final(polite_stem, NIEUN) if honorific else with_final(bare, NIEUN),
        "purpose-hon": (polite_stem if honorific else stem if liquid else open_) + "러",
        "yo": infinitive + "요",
        "yo-hon": honour + "세요",
        "past": had + "어요",
        "past-hon": honour + "셨어요",
        "fut": future + " 거예요",
        "fut-hon": honour + "실 거예요",
        "prog": stem + "고 있어요",
        "prog-hon": polite_stem + "고 계세요",
        "progpast": stem + "고 있었어요",
        "progpast-hon": polite_stem + "고 계셨어요",
        "da": (with_final(bare, NIEUN) if ends_open else stem + "는") + "다",
        "da-hon": honour + "신다",
        "pastda": had + "다",
        "pastda-hon": honour + "셨다",
        "futda": future + " 것이다",
        "futda-hon": honour + "실 것이다",
        "progda": stem + "고 있다",
        "progda-hon": polite_stem + "고 계시다",
        "progpastda": stem + "고 있었다",
        "progpastda-hon": polite_stem + "고 계셨다",
        "nopastda": stem + "지 않았다",
        "nopastda-hon": polite_stem + "지 않으셨다",
        "seo": infinitive + "서",
        "seo-hon": honour + "셔서",
        "hadbut": had + "지만",
        "hadbut-hon": honour + "셨지만",
        "must": infinitive + "야 해요",
        "must-hon": honour + "셔야 해요",
        "no": stem + "지 않아요",
        "no-hon": polite_stem + "지 않으세요",
        "nopast": stem + "지 않았어요",
        "nopast-hon": polite_stem + "지 않으셨어요",
    }
