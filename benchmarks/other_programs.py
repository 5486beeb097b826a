"""The peers that run by an interpreter of their own: started once, asked by lines over a pipe."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, cast

HERE = Path(__file__).parent
PYTHON = HERE.parent / ".venv-bench" / "bin" / "python"
HOW_TO_INSTALL = (
    "Marian and CTranslate2 are missing; `make bench` installs them (benchmarks/requirements.txt)"
)


def installed() -> bool:
    """Whether the peers can be run here."""
    wanted = "import ctranslate2, torch, transformers"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", wanted], capture_output=True).returncode == 0


class OtherProgram:
    """`benchmarks.peers`, or another program of this folder, running for the time of a ``with`` block."""

    def __init__(self, shape: Mapping[str, object], program: str = "peers.py") -> None:
        self._program = program
        command = [str(PYTHON), str(HERE / program), json.dumps(dict(shape))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.versions = self._line().removeprefix("ready ")

    def __enter__(self) -> OtherProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def milliseconds(self, name: str) -> float:
        """Return the time of one run of what ``name`` stands for in the program.

        Raises:
            RuntimeError: the program has ended.
        """
        pipe = cast(IO[str], self._process.stdin)
        pipe.write(f"{name}\n")
        pipe.flush()
        return float(self._line())

    def _line(self) -> str:
        line = cast(IO[str], self._process.stdout).readline().strip()
        if not line:
            raise RuntimeError(f"benchmarks/{self._program} ended; what it printed stands above")
        return line
