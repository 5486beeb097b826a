"""The page's presets, its sentences and its questions."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlencode

from ui import state
from ui.components.judges import JudgesState
from ui.frame import caption
from ui.i18n import N_, _
from ui.predict import predict
from ui.urls import SENTENCE


class Preset(NamedTuple):
    """One chip: a text, and the model whose contributions are shown first."""

    label: str
    text: str
    chosen: JudgesState


# Every text was written for this page. The first two say something else when two of their words change places.
PRESETS: Final = {
    "instead": Preset("지루한 ↔ 재미있는", "지루한 영화가 아니라 재미있는 영화", {"kind": "bigram"}),
    "moving": Preset("재미 ↔ 감동", "재미는 있고 감동은 없다", {"kind": "bigram"}),
    "expected": Preset("줄 알았는데", "재미없을 줄 알았는데 재미있다", {"kind": "lstm"}),
    "negation": Preset("나쁘지 않다", "이 영화 나쁘지 않다", {"kind": "unigram"}),
    "not": Preset("not bad ↔ not good", "not bad, it is good", {"kind": "bigram"}),
    "review": Preset(
        N_("A whole review"),
        "처음 삼십 분은 조금 느렸지만 뒤로 갈수록 이야기가 살아나고 배우들의 연기도 자연스러워서 "
        "끝까지 눈을 뗄 수 없었다 다만 음악이 장면과 어울리지 않을 때가 있어서 아쉬웠다",
        {"kind": "encoder"},
    ),
}
FIRST: Final = {"ko": "instead", "en": "not"}


def data_sentence() -> None:
    """What the models have learned from."""
    caption(
        _(
            "The Korean models learned from NSMC: film reviews that visitors of a portal wrote up to 2015, pleasant or "
            "not by the stars given. The English ones learned from GoEmotions: comments from a forum, pleasant or not "
            "by the emotions that readers marked. Both are real talk, with rough words and with wrong labels in them. "
            "Ask about other things and the models answer all the same."
        )
    )


def nothing_typed() -> str:
    """What stands in the picture's place."""
    return _("Type a review, or pick one above: there is nothing to judge yet.")


def too_long(characters: int, longest: int) -> str:
    """What is said to a text that is not read at all."""
    return _("This text has {characters} characters; at most {longest} are read.").format(
        characters=f"{characters:,}", longest=f"{longest:,}"
    )


def remarks(text: str, language: str, *, words: int, shown: int, pieces: int, longest: int) -> list[str]:
    """One sentence each about what is unusual with a text; ``longest``: the pieces a sequence model reads."""
    hangul = any("\uac00" <= letter <= "\ud7a3" or "\u3131" <= letter <= "\u318e" for letter in text)
    said = []
    if not any(letter.isalnum() for letter in text):
        said.append(
            _(
                "There is no letter in this text: the models have hardly met such signs, and their answer means "
                "little."
            )
        )
    elif language == "ko" and not hangul:
        said.append(
            _("There is no Hangul in this text: the Korean models know next to nothing of what stands here.")
        )
    elif language == "en" and hangul:
        said.append(_("The English models learned no Hangul: what they say of it means little."))
    if words == 1:
        said.append(_("One word has no order that could change."))
    if words > shown:
        said.append(
            _("{words} words: the picture shows the first {shown}, and only these can be moved.").format(
                words=f"{words:,}", shown=shown
            )
        )
    if pieces > longest:
        said.append(
            _(
                "{pieces} pieces: the bags read all of them, the LSTM and the encoders only the first {longest}."
            ).format(pieces=f"{pieces:,}", longest=longest)
        )
    return said


def _link(words: str, preset: str, **chosen: str) -> str:
    """A link to this page as Markdown: a preset's text with other choices."""
    query = urlencode({**state.sticky(), SENTENCE: PRESETS[preset].text, **chosen})
    return f"[{words}](sentiment?{query})"


def questions() -> None:
    """The questions to answer before looking."""
    predict(
        "sentiment-order",
        _(
            "지루한 영화가 아니라 재미있는 영화: 지루한 and 재미있는 change places. Which models cannot notice?"
        ),
        [
            _("All bags"),
            _("The bag of pieces and the encoder without positions"),
            _("None: all of them notice"),
        ],
        answer=1,
        explanation=_(
            "Both see which pieces there are, not where: attention alone is blind to order. Pairs of neighbours, an "
            "LSTM and positions are three ways to see it. {link}"
        ).format(link=_link(_("Look at it."), "instead", order="3-1-2-0-4")),
    )
    predict(
        "sentiment-negation",
        _("나쁘지 않다, “not bad”: how can a bag of words find out that this is praise?"),
        [
            _("It cannot"),
            _("By the pair of neighbours that stands for the negation"),
            _("By the order of all words"),
        ],
        answer=1,
        explanation=_(
            "A pair is an entry of its own with a weight of its own. What lies further apart than two neighbours it "
            "cannot join. Point at the words: each number’s n-grams are listed. {link}"
        ).format(link=_link(_("Look at it."), "negation", kind="bigram")),
    )
    predict(
        "sentiment-attention",
        _(
            "An encoder’s attention looks at 재미있다 more than at any other word. Is that why it judges as it does?"
        ),
        [_("Yes: attention is the reason"), _("That cannot be told from attention")],
        answer=1,
        explanation=_(
            "Attention says where vectors were mixed from, not what they did to the logit. Leaving a word out does "
            "something, and so do integrated gradients. The two can disagree: neither is the truth, both are "
            "named. {link}"
        ).format(link=_link(_("Compare them."), "expected", kind="encoder", method="gradients")),
    )
    predict(
        "sentiment-mask",
        _("The padding mask is switched off. Which lines move?"),
        [
            _("All of them"),
            _("The LSTM and both encoders"),
            _("Only the LSTM, which reads one piece after another"),
        ],
        answer=1,
        explanation=_(
            "The filling is read like words: the LSTM goes through it, attention looks at it, and the mean counts it. "
            "A bag only knows which n-grams are there, so it has nothing to mask. {link}"
        ).format(link=_link(_("Look at it."), "instead", mask="0", kind="encoder")),
    )
