"""Standard normal numbers of a seed, the same ones in the browser (`ui/components/latent/gauss.js`)."""

from __future__ import annotations

import math

from core.decoding.sampling import uniform


def normals(seed: int, count: int) -> list[float]:
    """Return ``count`` draws from N(0, 1), two from each two uniform numbers (Box and Muller 1958)."""
    found = []
    for place in range(count):
        pair = place - place % 2
        far = math.sqrt(-2 * math.log(1 - uniform(seed, pair)))
        turn = 2 * math.pi * uniform(seed, pair + 1)
        found.append(far * (math.sin(turn) if place % 2 else math.cos(turn)))
    return found
