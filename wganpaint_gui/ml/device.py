"""Where the networks run, and how many threads they may take."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from ..core.errors import DeviceError

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's numbers for mallopt
_THREADS_AT_START = torch.get_num_threads()  # torch's own choice: the cores it may use, or OMP_NUM_THREADS


def pick_device(name: str = "auto") -> torch.device:
    """The device of that name: auto, cpu, cuda, cuda:N or mps; auto takes a GPU where there is one.

    Raises DeviceError, saying what is missing, where the device does not exist here.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    kind, colon, number = name.partition(":")
    if kind not in ("cpu", "cuda", "mps") or (colon and (kind != "cuda" or not number.isdecimal())):
        raise DeviceError(f"{name!r} is no device.", "Choose auto, cpu, cuda, cuda:N or mps.")
    if kind == "mps" and not torch.backends.mps.is_available():
        raise DeviceError("This machine has no Apple GPU that torch can use (mps).", "Choose cpu.")
    if kind != "cuda":
        return torch.device(kind)
    if not torch.cuda.is_available():
        raise DeviceError("This machine has no NVIDIA GPU that torch can use (cuda).", "Choose cpu.")
    index, count = int(number or 0), torch.cuda.device_count()
    if index >= count:
        raise DeviceError(f"There is no device cuda:{index}: this machine has {count}, counted from 0.")
    return torch.device("cuda", index)


def describe(device: torch.device) -> str:
    """The device in words for the status bar, for example "CPU, 2 threads"."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} (cuda:{device.index or 0})"
    if device.type == "mps":
        return "Apple GPU"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'' if threads == 1 else 's'}"


def quiet_threads(window_open: bool) -> None:
    """Leave one core to the window while it is open: two busy threads on two cores stall everything else."""
    torch.set_num_threads(max(1, _THREADS_AT_START - 1) if window_open else _THREADS_AT_START)


@contextmanager
def denormals_flushed() -> Iterator[None]:
    """Take tiny floats as zero in this thread while inside: on a CPU each costs a hundred ordinary ones.

    The processor's switch is per thread, and numpy warns when it finds it on, so it goes back off.
    """
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


def keep_allocations() -> None:
    """Let glibc keep freed memory: by default it hands large pieces back to the system after every layer.

    Every training step would then fault the same pages in again. For the whole process; elsewhere than on Linux with
    glibc nothing happens.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 1 << 30)
        mallopt(_TRIM_THRESHOLD, (1 << 31) - 1)
