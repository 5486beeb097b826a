"""Translate lines: ``python -m core.translate --direction ko-en|en-ko < lines > translations``."""

from __future__ import annotations

import argparse
import sys

from core import device
from core.checkpoints import ModelFileError
from core.text.tokenizer import DIRECTIONS
from core.translator import load_translator


def main() -> None:
    """Read lines from standard input and write one translation a line; an empty line stays empty."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--direction", choices=list(DIRECTIONS), required=True)
    direction = parser.parse_args().direction
    device.configure()
    try:
        translator = load_translator()
    except ModelFileError as error:
        sys.exit(str(error))
    for number, line in enumerate(sys.stdin, start=1):
        try:
            print(translator.translate(line, direction) if line.strip() else "", flush=True)
        except ValueError as error:
            sys.exit(f"line {number}: {error}")


if __name__ == "__main__":
    main()
