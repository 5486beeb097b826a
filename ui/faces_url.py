"""What is chosen of the faces, in the URL."""

from __future__ import annotations

from ui import state
from ui.components.faces import FacesState

MOST = 2.5  # times a direction


def present(told: FacesState | None, faces: int, concepts: int) -> FacesState:
    """Return what is chosen: what the browser has told, else what the address has, else the first face as it is."""
    found = told or FacesState(
        face=state.param("face", 0, state.integers(0, faces - 1)),
        weights=state.param("concepts", [0.0] * concepts, _weights(concepts)),
        last=0,
    )
    text = ",".join(f"{value:g}" for value in found["weights"])
    state.put_all({"face": (found["face"], 0), "concepts": (text if any(found["weights"]) else "", "")})
    return found


def forget() -> None:
    """Take the choices out of the address once the panel is folded away."""
    state.put_all({"face": ("", ""), "concepts": ("", "")})


def _weights(count: int) -> state.Parser[list[float]]:
    def parse(text: str) -> list[float]:
        found = [state.numbers(-MOST, MOST)(part) for part in text.split(",")]
        if len(found) != count:
            raise ValueError(text)
        return found

    return parse
