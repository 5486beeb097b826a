"""Some of many values in every run, all of them in `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], keep: int) -> list[Any]:
    """Return the first ``keep`` values as they are, and the others marked as slow."""
    found = list(values)
    later = [
        pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.slow)
        for one in found[keep:]
    ]
    return [*found[:keep], *later]
