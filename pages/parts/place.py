"""What one visitor trains at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from core.live_gan import Desk


class Place:
    """What one visitor trains: another training, or the visitor's leaving, ends the one before."""

    def __init__(self) -> None:
        self._held: tuple[Hashable, Desk] | None = None

    def desk(self, name: Hashable, make: Callable[[], Desk]) -> Desk:
        """Return the desk of this name; one of another name is stopped."""
        if self._held is None or self._held[0] != name:
            self.stop()
            self._held = name, make()
        return self._held[1]

    def stop(self) -> None:
        """End what is there."""
        if self._held:
            self._held[1].stop()
            self._held = None
