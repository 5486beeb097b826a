"""Opens a browser window once the server answers; on a machine without a screen it does nothing."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import urllib.request
import webbrowser

PATIENCE = 120  # seconds


def main(address: str) -> None:
    """Wait for the server's health answer, then open ``address``."""
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_screen:
        return
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address + "/_stcore/health", timeout=2):
            webbrowser.open(address)
            return
        time.sleep(0.5)


if __name__ == "__main__":
    main(sys.argv[1])
