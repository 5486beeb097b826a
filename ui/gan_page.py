"""The page's own widgets, and its choices in the URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from ui import state
from ui.components.gan import GanState
from ui.folded import folded
from ui.i18n import N_, _
from ui.switch import switch

SHAPES: Final = {
    "line": N_("Line"),
    "ring": N_("Ring"),
    "grid": N_("Grid"),
    "spiral": N_("Spiral"),
    "drawn": N_("Draw"),
}
LOSSES: Final = {
    "saturating": N_("Saturating"),
    "non-saturating": N_("Non-saturating"),
    "least-squares": N_("Least squares"),
    "wasserstein-gp": "WGAN-GP",
}
DIAL: Final = ("1:10", "1:5", "1:2", "1:1", "2:1", "5:1", "10:1", "20:1")  # steps of D : steps of G
WIDTHS: Final = (2, 4, 8, 14, 32, 64)
DEPTHS: Final = (1, 2, 3)
LARGEST_RATE: Final = 1e6
SIDE: Final = 64  # places along a drawing
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LONGEST: Final = 150  # points of a drawing
FARTHEST: Final = 2.5  # of a point of the walk
TURNS: Final = ("discriminator", "generator")
_VALUES: Final = "gan-values"
_PICKED: Final = "gan-picked"


@dataclass(frozen=True)
class Choice:
    """What is to be trained, and how."""

    shape: str = "ring"
    drawn: str = ""  # two letters a point
    loss: str = "non-saturating"
    rate_g: float = 1e-3
    rate_d: float = 2e-3
    dial: str = "1:1"
    flipped: float = 0.0
    width_g: int = 32
    depth_g: int = 2
    width_d: int = 32
    depth_d: int = 2
    plain: bool = False
    seed: int = state.SEED
    second: int = 0  # another seed, trained beside the first; 0: none

    @property
    def steps(self) -> tuple[int, int]:
        """The discriminator's steps of a round, and the generator's."""
        of_d, of_g = self.dial.split(":")
        return int(of_d), int(of_g)

    @property
    def seeds(self) -> tuple[int, ...]:
        """One seed, or both."""
        return (self.seed, self.second) if self.second else (self.seed,)


PLAIN: Final = Choice()
_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "shape": state.choices(SHAPES),
    "drawn": lambda text: text if points_of(text) is not None else _refuse(text),
    "loss": state.choices(LOSSES),
    "rate_g": state.numbers(0.0, LARGEST_RATE),
    "rate_d": state.numbers(0.0, LARGEST_RATE),
    "dial": state.choices(DIAL),
    "flipped": state.numbers(0.0, 0.5),
    "width_g": lambda text: int(state.choices([str(one) for one in WIDTHS])(text)),
    "depth_g": lambda text: int(state.choices([str(one) for one in DEPTHS])(text)),
    "width_d": lambda text: int(state.choices([str(one) for one in WIDTHS])(text)),
    "depth_d": lambda text: int(state.choices([str(one) for one in DEPTHS])(text)),
    "plain": state.flag,
    "seed": state.integers(0, 2**31 - 1),
    "second": state.integers(0, 2**31 - 1),
}


def points_of(code: str) -> list[tuple[float, float]] | None:
    """Return the points of a drawing, from −1 to 1; none for no drawing, ``None`` for what is no drawing at all."""
    if len(code) % 2 or len(code) > 2 * LONGEST or set(code) - set(LETTERS):
        return None
    places = [(LETTERS.index(letter) + 0.5) / SIDE * 2 - 1 for letter in code]
    return list(zip(places[::2], places[1::2], strict=True))


def _refuse(text: str) -> str:
    raise ValueError(text)


def pick(choice: Choice) -> None:
    """Set the page up for a preset (from a callback)."""
    st.session_state[_VALUES] = asdict(choice)
    st.session_state[_PICKED] = st.session_state.get(_PICKED, 0) + 1


def restart() -> str:
    """Return the name of the present beginning, which another preset changes."""
    return f"gan-{st.session_state.get(_PICKED, 0)}"


def _key(name: str) -> str:
    """A widget's key. After a preset all have others: a browser may not have heard of it yet, and send old values."""
    return f"{restart()}-{name}"


def choose(drawn: str | None) -> Choice:
    """Draw what can be chosen and return it; ``drawn``: the drawing that the browser has told of, if it has."""
    if _VALUES not in st.session_state:
        st.session_state[_VALUES] = {
            name: state.param(name, usual, _PARSERS[name]) for name, usual in asdict(PLAIN).items()
        }
    values: dict[str, Any] = st.session_state[_VALUES]
    if drawn is not None:
        values["drawn"] = drawn
    for name, value in values.items():  # a widget that is not drawn is forgotten by Streamlit, not by us
        values[name] = st.session_state.get(_key(name), value)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        values["shape"] = switch(_("Distribution"), SHAPES, list(SHAPES), _key("shape"), values["shape"])
        values["loss"] = switch(_("Loss"), LOSSES, list(LOSSES), _key("loss"), values["loss"])
    choice = Choice(**values)
    usual = asdict(PLAIN)
    state.put_all({name: (value, usual[name]) for name, value in asdict(choice).items()})
    return choice


def dial() -> bool:
    """Draw how many steps the discriminator takes for each of the generator; return whether that has just changed."""
    before = st.session_state[_VALUES]["dial"]
    _kept("dial", lambda key: st.select_slider(
        _("Strictness: steps of D to steps of G"), DIAL, key=key, width=300,
        help=_("The discriminator is the teacher: the more steps it takes for each of the generator’s, the stricter."),
    ))  # fmt: skip
    return bool(st.session_state[_VALUES]["dial"] != before)


def settings() -> None:
    """Draw everything else that can be set, in a fold."""
    panel = folded("settings", _("All settings"), ":material/tune:")
    if panel is None:
        return
    with panel:
        columns = st.columns(4)
        with columns[0]:
            _rate("rate_g", _("Learning rate of G"))
            _rate("rate_d", _("Learning rate of D"))
        with columns[1]:
            _one_of("width_g", _("Width of G"), WIDTHS)
            _one_of("width_d", _("Width of D"), WIDTHS)
        with columns[2]:
            _one_of("depth_g", _("Hidden layers of G"), DEPTHS)
            _one_of("depth_d", _("Hidden layers of D"), DEPTHS)
        with columns[3]:
            _kept("flipped", lambda key: st.slider(_("Labels that are wrong"), 0.0, 0.5, step=0.05, key=key))
            _kept("plain", lambda key: st.toggle(_("G learns without Adam"), key=key, help=_(
                "Plain gradient descent: its steps are as long as the gradient. Adam divides a gradient by its own "
                "usual length, and so hides that it vanishes."
            )))  # fmt: skip
        seeds = st.columns(4)
        with seeds[0]:
            _seed("seed", _("Seed"))
        with seeds[1]:
            _seed("second", _("A second seed beside it (0: none)"))
        st.caption(
            _(
                "Rates, loss, wrong labels and the teacher’s strictness change a training that runs; sizes and seeds "
                "begin a new one."
            )
        )


@dataclass(frozen=True)
class PictureSettings:
    """What can be chosen of a training on pictures."""

    dial: str
    flipped: float
    rate_g: float
    rate_d: float
    width_g: int
    width_d: int

    @property
    def steps(self) -> tuple[int, int]:
        """The discriminator's steps of a round, and the generator's."""
        of_d, of_g = self.dial.split(":")
        return int(of_d), int(of_g)


PICTURE_WIDTHS: Final = (8, 16, 24)


def picture_settings(usual: PictureSettings) -> PictureSettings:
    """Draw what can be set for pictures and return it."""
    columns = st.columns(3)
    with columns[0]:
        dial = st.select_slider(
            _("Strictness: steps of D to steps of G"), DIAL, usual.dial, key="gan-pictures-dial"
        )
        flipped = st.slider(
            _("Labels that are wrong"), 0.0, 0.5, usual.flipped, step=0.05, key="gan-pictures-flipped"
        )
    rates: list[float] = []
    widths: list[int] = []
    for words, rate in ((_("Learning rate of G"), usual.rate_g), (_("Learning rate of D"), usual.rate_d)):
        with columns[1]:
            rates.append(
                st.number_input(
                    words,
                    0.0,
                    LARGEST_RATE,
                    rate,
                    step=1e-4,
                    format="%g",
                    key=f"gan-pictures-rate-{len(rates)}",
                )
            )
    for words, width in ((_("Width of G"), usual.width_g), (_("Width of D"), usual.width_d)):
        with columns[2]:
            widths.append(
                st.select_slider(words, PICTURE_WIDTHS, width, key=f"gan-pictures-width-{len(widths)}")
            )
    return PictureSettings(dial, flipped, rates[0], rates[1], widths[0], widths[1])


def initial(first: bool) -> GanState:
    """Return what the picture begins with; the address may name a moment, a point of the walk, and a turn.

    ``first``: the visit has just begun. Another run's moments are others than those that the address names.
    """
    return {
        "moment": state.param("moment", None, state.integers(0, 10**7)) if first else None,
        "z": state.param("z", None, _place),
        "turn": state.param("turn", "generator", state.choices(TURNS)),
        "map": True,
        "arrows": True,
        "fabric": False,
    }


def to_url(told: GanState) -> None:
    """Keep what the browser has told; what is usual leaves no trace."""
    z = told.get("z")
    moment = told.get("moment")
    state.put_all(
        {
            "moment": ("" if moment is None else moment, ""),
            "z": (",".join(f"{value:.3g}" for value in z) if z else "", ""),
            "turn": (told.get("turn", "generator"), "generator"),
        }
    )


def _place(text: str) -> list[float] | None:
    parts = [state.numbers(-FARTHEST, FARTHEST)(part) for part in text.split(",")]
    if len(parts) != 2:
        raise ValueError(text)
    return parts


def _rate(name: str, label: str) -> None:
    _kept(
        name,
        lambda key: st.number_input(label, 0.0, LARGEST_RATE, step=1e-4, format="%g", key=key),
    )


def _seed(name: str, label: str) -> None:
    _kept(name, lambda key: st.number_input(label, 0, 2**31 - 1, step=1, key=key))


def _one_of(name: str, label: str, offered: Sequence[int]) -> None:
    _kept(name, lambda key: st.select_slider(label, offered, key=key))


def _kept(name: str, draw: Callable[[str], Any]) -> None:
    """Draw a widget that begins as the value that is kept, and keep what it says."""
    values = st.session_state[_VALUES]
    st.session_state.setdefault(_key(name), values[name])
    values[name] = draw(_key(name))
