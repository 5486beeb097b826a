"""What the controls of sampling stand at, in the URL."""

from __future__ import annotations

from ui import state
from ui.components.sampling import LARGEST_SEED, LARGEST_TEMPERATURE, USUAL, SamplerState


def sampler_from_url() -> SamplerState:
    """What the controls of sampling begin with."""
    return {
        "temperature": state.param("t", USUAL["temperature"], state.numbers(0.0, LARGEST_TEMPERATURE)),
        "top_k": state.param("k", USUAL["top_k"], state.integers(0, 999_999)),
        "top_p": state.param("p", USUAL["top_p"], state.numbers(0.0, 1.0)),
        "min_p": state.param("m", USUAL["min_p"], state.numbers(0.0, 1.0)),
        "seed": state.param("seed", USUAL["seed"], state.integers(0, LARGEST_SEED)),
    }


def sampler_to_url(chosen: SamplerState) -> None:
    """Keep what the controls of sampling stand at."""
    names = {"t": "temperature", "k": "top_k", "p": "top_p", "m": "min_p", "seed": "seed"}
    state.put_all({name: (chosen[field], USUAL[field]) for name, field in names.items()})  # type: ignore[literal-required]
