"""Brings every catalogue up to date with the strings in the code: new ones empty, unused ones gone.

The order is the alphabet's and there are no line numbers, so that a change of code does not stir the file.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Babel writes these with times and addresses that would change with every run.
LEFT_OUT = ('"Report-Msgid', '"Last-Translator', '"POT-Creation', '"PO-Revision', '"Generated-By')


def sources(root: Path = ROOT) -> list[Path]:
    """The files whose strings a visitor can see."""
    return [root / "app.py", *sorted((root / "ui").rglob("*.py")), *sorted((root / "pages").rglob("*.py"))]


def update(path: Path) -> int:
    """Rewrite one catalogue and return how many of its strings still lack a translation."""
    locale = path.parent.parent.name
    with path.open("rb") as file:
        known = {message.id: message.string for message in read_po(file, locale=locale) if message.id}
    catalogue = Catalog(locale=locale, project="Glassbox", version="1", language_team="Glassbox", fuzzy=False)
    catalogue.header_comment = "# Strings of Glassbox; `make messages` keeps this file in step with the code."
    for source in sources():
        for _line, message, _comments, _context in extract_from_file("python", source, keywords=KEYWORDS):
            key = message if isinstance(message, str) else tuple(message)
            catalogue.add(key, known.get(key, ""))
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=110, no_location=True)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(LEFT_OUT)), encoding="utf-8")
    return sum(1 for message in catalogue if message.id and not any(message.string or ""))


if __name__ == "__main__":
    for po in sorted(ROOT.glob("assets/locale/*/LC_MESSAGES/*.po")):
        print(f"{po.relative_to(ROOT)}: {update(po)} to translate")
