"""Draw the pictures that the app ships from the data: python -m core.training.examples --data FOLDER."""

from __future__ import annotations

import argparse

from core.examples import COUNTS, drawn_from, path_of, save_examples
from core.images import load_images
from core.text.corpora import add_data_argument


def main() -> None:
    """Parse the command line and write ``assets/images``."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_data_argument(parser)
    arguments = parser.parse_args()
    for name in COUNTS:
        save_examples(name, drawn_from(load_images(arguments.data, name)))
        print(path_of(name), path_of(name).stat().st_size)


if __name__ == "__main__":
    main()
