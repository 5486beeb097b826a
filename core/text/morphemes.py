"""Korean cut into morphemes by Kiwi, where it is installed: the app goes on without it.

Kiwi and its model (Apache-2.0) weigh about 145 MB installed, so they are no dependency of the app:
``requirements-morphemes.txt`` has them. A newer version may cut differently; `name` says which one did.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Literal

PACKAGE: Final = "kiwipiepy"
_LOCK: Final = threading.Lock()  # one analysis at a time: sessions share the analyser


class MorphemesMissingError(ImportError):
    """The library that knows Korean morphemes is not installed, or cannot be loaded."""


def available() -> bool:
    """Return whether the library is installed; nothing is loaded."""
    return importlib.util.find_spec(PACKAGE) is not None


def state() -> Literal["missing", "loading", "ready"]:
    """Return how far it is; the first call begins to load it in the background, which takes seconds."""
    if not available():
        return "missing"
    loading = _analyser()
    if not loading.done():
        return "loading"
    return "missing" if loading.exception() else "ready"


def name() -> str:
    """Return the library's name and version, as a signature names a tokenizer."""
    return f"kiwi-{importlib.metadata.version(PACKAGE)}"


def morphemes(text: str) -> list[str]:
    """Return the morphemes of a text in order, as they are spelled: 갔다 is 가 + 었 + 다. Waits until it is loaded.

    Raises:
        MorphemesMissingError: the library is not installed, or its model cannot be loaded.
    """
    analyser = _analyser().result()
    with _LOCK:
        # A user's own white space inside a form would make two tokens of one.
        return [part for token in analyser.tokenize(text) for part in token.form.split()]


@functools.cache
def _analyser() -> Future[Any]:
    """The analyser, loaded once in a process."""
    return ThreadPoolExecutor(1, thread_name_prefix="morphemes").submit(_load)


def _load() -> Any:
    try:
        from kiwipiepy import Kiwi

        return Kiwi(num_workers=1)
    except Exception as error:  # a half-installed library raises whatever it likes
        raise MorphemesMissingError(f"{PACKAGE} cannot be used: {error}") from error
