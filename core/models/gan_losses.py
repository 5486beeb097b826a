"""What a generator and a discriminator want: four pairs of losses.

Goodfellow et al. 2014, section 3 (saturating; in its last paragraph non-saturating); Mao et al. 2017, equation 2 with
a = 0, b = c = 1 (least squares); Gulrajani et al. 2017, section 4 (Wasserstein with a gradient penalty). The
discriminator gives a logit; with Wasserstein it is a critic's score and no probability.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

SATURATING: Final = "saturating"
NON_SATURATING: Final = "non-saturating"
LEAST_SQUARES: Final = "least-squares"
WASSERSTEIN: Final = "wasserstein-gp"
NAMES: Final = (SATURATING, NON_SATURATING, LEAST_SQUARES, WASSERSTEIN)
PENALTY: Final = 10.0  # λ of the gradient penalty in the paper, for pictures
# The logit above which a sample counts as taken for real; a critic's score has no such place.
BOUNDARY: Final = {SATURATING: 0.0, NON_SATURATING: 0.0, LEAST_SQUARES: 0.5}
# The loss of a discriminator that says of every sample that it is as likely real as fake.
COIN: Final = {SATURATING: 2 * math.log(2), NON_SATURATING: 2 * math.log(2), LEAST_SQUARES: 0.25}

Critic = Callable[[Tensor], Tensor]  # (picture, …) → (picture,)


def discriminator_loss(name: str, real: Tensor, fake: Tensor, flipped: Tensor | None = None) -> Tensor:
    """Return the mean loss of a discriminator that gave ``real`` and ``fake`` their logits, (sample,) each.

    ``flipped`` (sample,): which of both labels are exchanged, for a discriminator that is to be less sure; Wasserstein
    has no labels, and knows nothing of it.
    """
    if name == WASSERSTEIN:
        return fake.mean() - real.mean()
    ones, zeros = torch.ones_like(real), torch.zeros_like(fake)
    if flipped is not None:
        ones, zeros = torch.where(flipped, 1 - ones, ones), torch.where(flipped, 1 - zeros, zeros)
    if name == LEAST_SQUARES:
        return ((real - ones) ** 2).mean() / 2 + ((fake - zeros) ** 2).mean() / 2
    return F.binary_cross_entropy_with_logits(real, ones) + F.binary_cross_entropy_with_logits(fake, zeros)


def generator_loss(name: str, fake: Tensor) -> Tensor:
    """Return the mean loss of a generator whose samples were given these logits, (sample,)."""
    if name == WASSERSTEIN:
        return -fake.mean()
    if name == LEAST_SQUARES:
        return ((fake - 1) ** 2).mean() / 2
    if name == NON_SATURATING:
        return F.softplus(-fake).mean()  # −log D(G(z))
    return -F.softplus(fake).mean()  # log(1 − D(G(z)))


def gradient_penalty(
    critic: Critic, real: Tensor, fake: Tensor, share: Tensor, weight: float = PENALTY
) -> Tensor:
    """Return λ · (‖∇ critic‖ − 1)², averaged over points between real and fake samples.

    ``real``, ``fake``: (sample, …); ``share`` (sample,): how far each point lies from the fake one to the real one;
    ``weight``: λ.
    """
    shape = (-1, *[1] * (real.dim() - 1))
    between = torch.lerp(fake, real, share.view(shape)).detach().requires_grad_(True)
    (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return weight * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
