"""Write the last weights of a translator's training, not their average, so that the two can be compared.

    python -m tools.unaveraged RUN OUT.safetensors

``RUN`` is a folder of `core.training`, with ``state.safetensors`` and the averaged weights beside it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import load_file

from core import checkpoints

_OWN = "model."


def main() -> None:
    """Parse the command line, and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    state = load_file(arguments.run / "state.safetensors")
    weights = {name.removeprefix(_OWN): tensor for name, tensor in state.items() if name.startswith(_OWN)}
    checkpoints.save(arguments.out, weights, checkpoints.read_card(arguments.run / "translator.safetensors"))


if __name__ == "__main__":
    main()
