"""The course: its pages in the order of the lessons. The frame and the home page read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ui.i18n import N_
from ui.urls import PAGES_FOLDER


@dataclass(frozen=True)
class CoursePage:
    """One page of the course. Titles, questions and sections are msgids: translate them with ``_``."""

    url: str
    title: str
    question: str
    section: str
    icon: str

    @property
    def file(self) -> Path:
        """The page's script; ``home`` stands at the server's root."""
        return PAGES_FOLDER / f"{self.url or 'home'}.py"

    @property
    def built(self) -> bool:
        """A page appears once its script exists."""
        return self.file.is_file()


HOME: Final = CoursePage(
    url="",
    title=N_("Glassbox"),
    question=N_("What happens inside a model?"),
    section=N_("Course map"),
    icon=":material/map:",
)

COURSE: Final[tuple[CoursePage, ...]] = (
    CoursePage(
        url="attention",
        title=N_("Attention"),
        question=N_("Where does each word look?"),
        section=N_("Attention and Transformers"),
        icon=":material/center_focus_strong:",
    ),
    CoursePage(
        url="positions",
        title=N_("Positions"),
        question=N_("How does the model know the order of the words?"),
        section=N_("Attention and Transformers"),
        icon=":material/format_list_numbered:",
    ),
    CoursePage(
        url="tokens",
        title=N_("Tokens"),
        question=N_("What does the model read: letters, pieces or words?"),
        section=N_("Attention and Transformers"),
        icon=":material/content_cut:",
    ),
    CoursePage(
        url="sentiment",
        title=N_("Words or sequence"),
        question=N_("Do the words suffice, or does their order count?"),
        section=N_("Attention and Transformers"),
        icon=":material/balance:",
    ),
    CoursePage(
        url="seq2seq",
        title=N_("Seq2seq with attention"),
        question=N_("What does the decoder look at?"),
        section=N_("Sequence to sequence"),
        icon=":material/merge:",
    ),
    CoursePage(
        url="translate",
        title=N_("Translate"),
        question=N_("How does a model say a sentence, token by token?"),
        section=N_("Sequence to sequence"),
        icon=":material/translate:",
    ),
    CoursePage(
        url="bleu",
        title="BLEU",
        question=N_("How is a translation scored?"),
        section=N_("Sequence to sequence"),
        icon=":material/grading:",
    ),
    CoursePage(
        url="temperature",
        title=N_("Temperature"),
        question=N_("What comes next, and who decides?"),
        section=N_("Text generation"),
        icon=":material/thermostat:",
    ),
    CoursePage(
        url="vae",
        title=N_("Latent space"),
        question=N_("What lies between a 9 and an 8?"),
        section=N_("Making pictures"),
        icon=":material/scatter_plot:",
    ),
    CoursePage(
        url="gan",
        title="GAN",
        question=N_("What does a forger learn from a judge?"),
        section=N_("Making pictures"),
        icon=":material/swords:",
    ),
    CoursePage(
        url="precision",
        title=N_("Precision"),
        question=N_("When does a learning step vanish?"),
        section=N_("Numbers and size"),
        icon=":material/decimal_increase:",
    ),
    CoursePage(
        url="compress",
        title=N_("Compression"),
        question=N_("How small can a model be and still translate?"),
        section=N_("Numbers and size"),
        icon=":material/compress:",
    ),
)


def built_pages() -> list[CoursePage]:
    """The pages of the course that exist, in course order, without the home page."""
    return [page for page in COURSE if page.built]


def find(url: str) -> CoursePage | None:
    """The built page with this URL, or None."""
    return next((page for page in built_pages() if page.url == url), None)


def after(url: str) -> CoursePage | None:
    """The next built page in course order; None after the last one."""
    pages = built_pages()
    urls = [page.url for page in pages]
    if url == HOME.url:
        return pages[0] if pages else None
    if url not in urls or url == urls[-1]:
        return None
    return pages[urls.index(url) + 1]


def sections() -> dict[str, list[CoursePage]]:
    """Built pages by section, both in course order."""
    grouped: dict[str, list[CoursePage]] = {}
    for page in built_pages():
        grouped.setdefault(page.section, []).append(page)
    return grouped
