"""Where the maths runs: CUDA, Apple's MPS or the CPU, decided once."""

from __future__ import annotations

import contextlib
import functools
import os
import platform
from typing import TypedDict

import torch


class Device(TypedDict):
    """What the badge in the app shows."""

    kind: str  # "cuda", "mps" or "cpu"
    name: str
    threads: int


def configure(threads: int | None = None) -> None:
    """Set torch's threads once, at start-up, before the first tensor operation.

    One thread by default: a small model decodes as fast with one as with two, and forty visitors share the
    cores better. ``GLASSBOX_THREADS`` overrides it.

    Raises:
        ValueError: ``GLASSBOX_THREADS`` is no whole number from 1 up.
    """
    torch.set_num_threads(threads or _threads_asked_for())
    # A second call of set_num_interop_threads, or one after torch has worked, raises; the first one counts.
    with contextlib.suppress(RuntimeError):
        torch.set_num_interop_threads(1)


@functools.cache
def best() -> torch.device:
    """The fastest device here; ``GLASSBOX_DEVICE`` (cpu, cuda, mps) overrides the choice.

    Raises:
        ValueError: ``GLASSBOX_DEVICE`` names no kind of device.
    """
    wanted = os.environ.get("GLASSBOX_DEVICE")
    if wanted:
        if wanted.partition(":")[0] not in ("cpu", "cuda", "mps"):
            raise ValueError(f"GLASSBOX_DEVICE is {wanted!r}; it must be cpu, cuda or mps")
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def bf16_is_faster() -> bool:
    """Whether this device multiplies matrices in bf16 by its own instructions; elsewhere autocast only slows."""
    if best().type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return best().type == "cpu" and bool(torch.cpu.get_capabilities().get("avx512_bf16", False))


def describe() -> Device:
    """The device in words, for people."""
    device = best()
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
    elif device.type == "mps":
        name = "Apple GPU"
    else:
        name = _processor_name()
    return Device(kind=device.type, name=name, threads=torch.get_num_threads())


def _threads_asked_for() -> int:
    wanted = os.environ.get("GLASSBOX_THREADS", "1")
    if not wanted.isdecimal() or int(wanted) < 1:
        raise ValueError(f"GLASSBOX_THREADS is {wanted!r}; it must be a whole number from 1 up")
    return int(wanted)


@functools.cache
def _processor_name() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
