"""Finds every string that the app shows: what ``make messages`` sees, and what the code really calls."""

from __future__ import annotations

import ast
from pathlib import Path

from babel.messages.extract import extract_from_file

from tools.messages import KEYWORDS

MARKERS = {"_", "N_", "ngettext"}


def extracted(path: Path) -> set[str]:
    """The msgids that Babel extracts from a file."""
    found = extract_from_file("python", path, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, message, _, _ in found}


def called(path: Path) -> set[str]:
    """The msgids in the file's calls of the markers, f-strings included, which Babel does not look into.

    Raises AssertionError for a marker that is called with something other than a literal and is not
    translating a marked string later (a plain name, an attribute, an index or a call).
    """
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.add(first.value)
        elif isinstance(first, ast.JoinedStr | ast.BinOp):
            raise AssertionError(f"{path.name}:{node.lineno}: mark a literal and format it afterwards")
    return found
