"""Record the runs of points that the page shows at first: ``python -m core.training.gan_points``, half a minute."""

from __future__ import annotations

import time

from tqdm import tqdm

from core import device
from core.gan_points import PRESETS, record, save_recorded
from core.training.run import configure


def main() -> None:
    """Run every preset and write them all."""
    configure(1)
    began = time.monotonic()
    runs = {name: record(preset) for name, preset in tqdm(PRESETS.items())}
    card = {
        "name": "GAN, points",
        "device": device.describe()["name"],
        "seconds": round(time.monotonic() - began),
        "licence": {"weights": "CC BY-SA 4.0", "data": "none: points are drawn"},
    }
    save_recorded(runs, card)


if __name__ == "__main__":
    main()
