"""Pages without the frame around them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.recurrent import Recurrent, load_recurrent
from tests.recurrent_models import write_models


@pytest.fixture(autouse=True)
def no_links_to_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link needs the frame's navigation, which a page that runs alone does not have."""
    monkeypatch.setattr("ui.frame.next_page", lambda _url: None)
    monkeypatch.setattr("ui.bleu_link.bleu_link", lambda *_texts: None)


@pytest.fixture(scope="session")
def untrained_lstms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of a small untrained LSTM translator of each kind."""
    return write_models(tmp_path_factory.mktemp("recurrent"))


@pytest.fixture
def lstms(untrained_lstms: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Path]]:
    """Pages find these in the place of the trained ones; a kind that is taken out of the dictionary is missing."""
    import pages.loading
    import pages.parts.alignment as part

    paths = dict(untrained_lstms)

    def load(name: str) -> Recurrent:
        written = untrained_lstms[name]
        return load_recurrent(name, paths.get(name, written.parent / "nowhere" / written.name))

    monkeypatch.setattr("pages.loading.load_recurrent", load)
    for cached in (pages.loading.recurrent, part.looked):
        cached.clear()
    yield paths
    for cached in (pages.loading.recurrent, part.looked):
        cached.clear()
