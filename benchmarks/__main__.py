"""Measure everything: ``python -m benchmarks [--json] [--only PART …]``, parts as in `PARTS`.

Nothing else should run meanwhile: a training in the background doubles most figures.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys

from benchmarks import attention_cost, continuations, decoding, gan, numerics, page, payload
from benchmarks.report import table
from core import device

PARTS = {
    "decoding": decoding.figures,
    "continuations": continuations.figures,
    "attention": attention_cost.figures,
    "payload": payload.figures,
    "gan": gan.figures,
    "numerics": numerics.figures,
    "page": page.figures,
}


def main() -> None:
    """Run the parts that were asked for; print a table, or JSON on the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    arguments = parser.parse_args()
    device.configure()
    measured = []
    for name in arguments.only:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        measured += list(PARTS[name]())
    print(table(measured))
    if arguments.json:
        rows = [{**dataclasses.asdict(figure), "verdict": figure.verdict} for figure in measured]
        print(json.dumps({"device": device.describe(), "figures": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
