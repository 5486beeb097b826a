"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# One thread, as in the app: figures and results do not depend on how many cores a machine has.
os.environ.setdefault("GLASSBOX_THREADS", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: they take longest, and Playwright keeps an event loop in the tests' own thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT
