"""Record the runs in several precisions that the page shows at first: ``python -m core.training.mixed``, a minute."""

from __future__ import annotations

import time

from tqdm import tqdm

from core import device
from core.live_mixed import PRESETS, record, save_recorded
from core.training.run import configure


def main() -> None:
    """Run every preset and write them all."""
    configure(1)
    began = time.monotonic()
    runs = {name: record(preset) for name, preset in tqdm(PRESETS.items())}
    card = {
        "name": "Mixed precision",
        "device": device.describe()["name"],
        "seconds": round(time.monotonic() - began),
        "licence": {"numbers": "CC BY-SA 4.0", "data": "none: the curve is computed"},
    }
    save_recorded(runs, card)


if __name__ == "__main__":
    main()
