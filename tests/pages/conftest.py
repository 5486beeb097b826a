"""Pages without the frame around them."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_links_to_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link needs the frame's navigation, which a page that runs alone does not have."""
    monkeypatch.setattr("ui.frame.next_page", lambda _url: None)
    monkeypatch.setattr("ui.bleu_link.bleu_link", lambda *_texts: None)
