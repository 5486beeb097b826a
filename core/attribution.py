"""What each word adds to a judgement, by methods that are named. Attention is none of them.

- Of a bag the answer is exact: the logit is a sum (`core.models.bags.by_word`).
- ``deletion``: how the logit falls when a word is left out (Li et al. 2016). Nothing makes the effects add up to it.
- ``gradients``: integrated gradients (Sundararajan et al. 2017, equation 1) along the straight line from a text all of
  whose pieces are hidden (`core.sentiment.MASK`, which the models meet in training) to the text's own vectors. They
  add up to the difference of the two logits, but for the error of the sum over steps. Vectors of 0 would be no place
  to begin: layer normalisation makes of the smallest step away from them a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.models.bags import Bag, by_word
from core.sentiment import Judge, length_of, padded
from core.text.tokenizer import PAD

STEPS = 64  # of the integral


@dataclass(frozen=True)
class Attribution:
    """What the words of a text add to its logit."""

    words: NDArray[np.float64]  # (word,)
    gaps: NDArray[
        np.float64
    ]  # (word − 1,): what pairs of neighbours add over a space; 0 but for bags of pairs
    base: float  # a bag's bias, or the logit of a text all of whose pieces are hidden
    logit: float

    @property
    def unexplained(self) -> float:
        """What is missing between the sum and the logit: 0 for a bag, the integral's error, or of deletion anything."""
        return self.logit - self.base - float(self.words.sum()) - float(self.gaps.sum())


def word_at(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the word of each place, for words that take up places from 0 on."""
    return [word for word, (first, end) in enumerate(spans) for _ in range(first, end)]


def of_bag(bag: Bag, ids: Sequence[int], spans: Sequence[tuple[int, int]]) -> Attribution:
    """Return what words (first place, last + 1) and the gaps between them add to a bag's logit: exact."""
    words, gaps = by_word(bag.parts(ids), word_at(spans))
    return Attribution(words, gaps, bag.bias, bag.logit(ids))


def deletion(
    judge: Judge, ids: Sequence[int], spans: Sequence[tuple[int, int]], masked: bool = True
) -> Attribution:
    """Return how far the logit falls without each word; the other words keep their pieces.

    ``masked`` as in `Judge.logits`.
    """
    without = [[*ids[:first], *ids[end:]] for first, end in spans]
    logit, *others = judge.logits([ids, *without], masked)
    effects = logit - np.array(others, dtype=np.float64)
    return Attribution(effects, np.zeros(max(0, len(spans) - 1)), 0.0, logit)


def gradients(
    judge: Judge,
    ids: Sequence[int],
    spans: Sequence[tuple[int, int]],
    steps: int = STEPS,
    masked: bool = True,
) -> Attribution:
    """Return integrated gradients by word, over ``steps`` midpoints of the line.

    ``masked`` as in `Judge.logits`; padding stays padding on the whole line.

    Raises:
        TypeError: a bag has no vectors.
    """
    model = judge.model
    if isinstance(model, Bag):
        raise TypeError("a bag has no vectors to move along a line")
    batch = padded([ids], length_of(masked)).to(judge.device)
    own, hidden = model.vectors(batch), model.vectors(torch.where(batch == PAD, PAD, judge.mask))
    along = (torch.arange(steps, device=judge.device) + 0.5) / steps
    points = torch.lerp(hidden, own, along[:, None, None]).requires_grad_()
    logits = model.classify(points, batch.expand(steps, -1), masked)
    (slopes,) = torch.autograd.grad(logits.sum(), points)
    by_piece = ((own - hidden)[0] * slopes.mean(0)).sum(-1).double().cpu().numpy()
    with torch.inference_mode():
        base, logit = (float(model.classify(v, batch, masked)) for v in (hidden, own))
    words = np.array([by_piece[first:end].sum() for first, end in spans])
    return Attribution(words, np.zeros(max(0, len(spans) - 1)), base, logit)
