"""Generator and discriminator: their losses, whose gradient reaches whom, steps taken back, and what cannot go on."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from core import shapes
from core.gan import BrokenError, Gan, Settings
from core.gan_points import latents
from core.models import gan_losses as losses
from core.models.gan import Discriminator, Generator

REAL, FAKE = torch.tensor([1.5, -0.4]), torch.tensor([0.3, -2.0])


def run(**settings: object) -> Gan:
    return Gan(Settings(**settings), shapes.shape_of("ring"))  # type: ignore[arg-type]


def copied(player: nn.Module) -> list[torch.Tensor]:
    return [parameter.detach().clone() for parameter in player.parameters()]


def same(player: nn.Module, before: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(player.parameters(), before, strict=True))


@pytest.mark.parametrize("name", [losses.SATURATING, losses.NON_SATURATING])
def test_the_discriminators_loss_is_the_cross_entropy_of_the_paper(name: str) -> None:
    wanted = -(REAL.sigmoid().log().mean() + (1 - FAKE.sigmoid()).log().mean())
    assert losses.discriminator_loss(name, REAL, FAKE) == pytest.approx(float(wanted))


def test_the_generators_losses_are_those_of_the_papers() -> None:
    p = FAKE.sigmoid()
    assert losses.generator_loss(losses.SATURATING, FAKE) == pytest.approx(float((1 - p).log().mean()))
    assert losses.generator_loss(losses.NON_SATURATING, FAKE) == pytest.approx(float(-p.log().mean()))
    assert losses.generator_loss(losses.LEAST_SQUARES, FAKE) == pytest.approx(
        float(((FAKE - 1) ** 2).mean() / 2)
    )
    assert losses.generator_loss(losses.WASSERSTEIN, FAKE) == pytest.approx(float(-FAKE.mean()))


def test_exchanged_labels_exchange_the_roles() -> None:
    all_of_them = torch.ones(2, dtype=torch.bool)
    for name in (losses.SATURATING, losses.LEAST_SQUARES):
        turned = losses.discriminator_loss(name, REAL, FAKE, all_of_them)
        assert turned == pytest.approx(float(losses.discriminator_loss(name, FAKE, REAL)))
        assert losses.discriminator_loss(name, REAL, FAKE, ~all_of_them) == losses.discriminator_loss(
            name, REAL, FAKE
        )


def test_a_sure_discriminator_leaves_the_saturating_generator_nothing() -> None:
    def slope(name: str) -> float:
        logit = torch.tensor([-20.0], requires_grad=True)
        losses.generator_loss(name, logit).backward()
        return float(logit.grad.abs())  # type: ignore[union-attr]

    assert slope(losses.SATURATING) < 1e-8 and slope(losses.NON_SATURATING) == pytest.approx(1.0)


def test_the_penalty_is_nothing_where_the_slope_is_one() -> None:
    real, fake, share = torch.rand(5, 2), torch.rand(5, 2), torch.rand(5)
    unit = torch.tensor([0.6, 0.8])
    assert losses.gradient_penalty(lambda x: x @ unit, real, fake, share) == pytest.approx(0.0, abs=1e-9)
    assert losses.gradient_penalty(lambda x: 3 * (x @ unit), real, fake, share) == pytest.approx(
        40.0, rel=1e-5
    )


@pytest.mark.parametrize("name", losses.NAMES)
def test_a_step_moves_one_player_alone(name: str) -> None:
    one = run(loss=name)
    g, d = copied(one.generator), copied(one.discriminator)
    one.take("discriminator")
    assert same(one.generator, g) and not same(one.discriminator, d)
    d = copied(one.discriminator)
    one.take("generator")
    assert same(one.discriminator, d) and not same(one.generator, g)


@pytest.mark.parametrize("name", losses.NAMES)
def test_nothing_reaches_the_generator_but_the_discriminators_slope(name: str) -> None:
    """Its gradient is Jᵀ · ∂loss/∂sample, and with another distribution of real samples it is the same."""
    one, other = run(loss=name), Gan(Settings(loss=name), shapes.shape_of("spiral"))
    one.take("generator")
    other.take("generator")
    for a, b in zip(one.generator.parameters(), other.generator.parameters(), strict=True):
        assert torch.equal(a.grad, b.grad)  # type: ignore[arg-type]
    noise = torch.randn(150, 2, generator=torch.Generator().manual_seed(1))
    samples = one.generator(noise)
    loose = samples.detach().requires_grad_(True)
    (slope,) = torch.autograd.grad(losses.generator_loss(name, one.discriminator(loose)), loose)
    by_hand = torch.autograd.grad((samples * slope).sum(), list(one.generator.parameters()))
    whole = torch.autograd.grad(
        losses.generator_loss(name, one.discriminator(one.generator(noise))), list(one.generator.parameters())
    )
    for a, b in zip(by_hand, whole, strict=True):
        assert torch.allclose(a, b, atol=1e-7)


def test_a_discriminator_that_has_learned_is_right_about_both() -> None:
    one = run(rate_d=5e-3, width_d=32, depth_d=2)
    for _step in range(300):
        told = one.take("discriminator")
    assert told.right_real > 0.95 and told.right_fake > 0.95


def test_real_samples_reach_the_discriminator() -> None:
    one, other = run(), Gan(Settings(), shapes.shape_of("spiral"))
    one.take("discriminator")
    other.take("discriminator")
    assert not same(one.discriminator, copied(other.discriminator))


def test_norms_are_those_of_the_gradient_layer_by_layer() -> None:
    one = run(depth_g=3)
    told = one.take("generator")
    assert len(told.norms) == 4
    first = one.generator.layers[0]
    wanted = math.sqrt(sum(float((p.grad**2).sum()) for p in first.parameters()))  # type: ignore[operator]
    assert told.norms[0] == pytest.approx(wanted, rel=1e-5)


def test_a_run_taken_back_goes_on_as_it_went() -> None:
    one = run(loss=losses.WASSERSTEIN)
    for _step in range(5):
        one.update()
    kept = one.keep()
    for _step in range(5):
        one.update()
    after, told = copied(one.generator), one.update()
    one.go_back(kept)
    assert one.step == 5
    for _step in range(5):
        one.update()
    assert same(one.generator, after) and str(one.update()) == str(told)


def test_seeds_decide() -> None:
    one, again, other = run(), run(), run(seed=7)
    for each in (one, again, other):
        each.update()
    assert same(one.generator, copied(again.generator)) and not same(one.generator, copied(other.generator))


def test_a_rate_without_measure_is_named_and_the_kept_state_is_good() -> None:
    one = run(rate_g=1e30, rate_d=1e30)
    kept = one.keep()
    with pytest.raises(BrokenError, match=r"generator|discriminator"):
        for _step in range(50):
            one.update()
    one.go_back(kept)
    assert torch.isfinite(one.generator(latents())).all()


def test_a_rate_of_nothing_changes_nothing() -> None:
    one = run(rate_g=0.0, rate_d=0.0)
    g, d = copied(one.generator), copied(one.discriminator)
    one.update()
    assert same(one.generator, g) and same(one.discriminator, d)


def test_its_samples_come_near_to_the_ring() -> None:
    one = Gan(
        Settings(width_g=32, width_d=32, depth_d=2, depth_g=2, rate_g=2e-3, rate_d=2e-3),
        shapes.shape_of("ring"),
    )

    def off_the_ring() -> float:
        return float((one.generator(latents()).detach().norm(dim=1) - 0.7).abs().mean())

    before = off_the_ring()
    for _step in range(600):
        one.update()
    assert off_the_ring() < before / 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", [42, 1])
def test_a_critic_with_the_usual_penalty_leads_to_all_modes(seed: int) -> None:
    one = run(loss=losses.WASSERSTEIN, width_g=32, depth_g=2, width_d=32, depth_d=2, rate_d=2e-3, seed=seed)
    for _step in range(1600):
        one.update()
    assert one.source.near(one.generator(latents()).detach())[1] >= 6  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", shapes.NAMES)
def test_shapes_lie_in_the_plane_and_cover_their_own_modes(name: str) -> None:
    shape = shapes.shape_of(name)
    found = shape.draw(4000, torch.Generator().manual_seed(1))
    assert found.shape == (4000, 2) and float(found.abs().max()) < 1
    if shape.modes:
        assert shape.near(found) == (pytest.approx(0.989, abs=0.01), len(shape.centres))
        assert shape.near(shape.centres[:1].expand(100, 2)) == (1.0, 1)
        assert shape.near(torch.full((100, 2), 5.0)) == (0.0, 0)
    else:
        assert shape.near(found)[1] is None and shape.near(found)[0] > 0.98


def test_a_drawing_is_a_shape_and_nonsense_is_refused() -> None:
    shape = shapes.drawn([(0.1, 0.2)])
    assert shape.draw(50, torch.Generator()).std() < 1
    for wrong in ([], [(1.0,)], [(float("nan"), 0.0)], [(2.0, 0.0)]):
        with pytest.raises(ValueError):
            shapes.drawn(wrong)  # type: ignore[arg-type]


def test_players_have_the_sizes_that_were_asked_for() -> None:
    assert Generator(3, 14, 1, 2)(torch.zeros(5, 3)).shape == (5, 2)
    assert Discriminator(2, 14, 2)(torch.zeros(5, 2)).shape == (5,)
    assert len(Discriminator(2, 14, 2).layers) == 3
