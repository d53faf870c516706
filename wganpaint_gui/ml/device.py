"""Where the networks run, in which precision, and how many threads they may use."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.core.wording import quoted

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # glibc's numbers for mallopt
_PAUSE_SOFT = 1  # OpenMP's number for omp_pause_resource_all: end the idle workers, keep the settings
_PARALLEL = 1 << 16  # elements: twice as many as torch leaves to one thread
_THREADS_AT_START = torch.get_num_threads()  # torch's own choice: the cores it may use, or OMP_NUM_THREADS
# flushing: how many threads this thread's pool had when its workers were started with the switch on
_workers = threading.local()


def pick_device(name: str = "auto") -> torch.device:
    """Return the device of that name: auto, cpu, cuda, cuda:N or mps; auto takes a GPU where there is one.

    Raises DeviceError, saying what is missing, where the device does not exist here.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    kind, colon, number = name.partition(":")
    if kind not in ("cpu", "cuda", "mps") or (colon and (kind != "cuda" or not number.isdecimal())):
        raise DeviceError(f"Unknown device {quoted(name)}.", "Choose auto, cpu, cuda, cuda:N or mps.")
    if kind == "mps" and not torch.backends.mps.is_available():
        raise DeviceError("This machine has no Apple GPU that torch can use (mps).", "Choose cpu.")
    if kind != "cuda":
        return torch.device(kind)
    if not torch.cuda.is_available():
        raise DeviceError("This machine has no NVIDIA GPU that torch can use (cuda).", "Choose cpu.")
    index, count = int(number or 0), torch.cuda.device_count()
    if index >= count:
        raise DeviceError(
            f"There is no device cuda:{index}: this machine has {count}, counted from 0.",
            f"Choose cuda:{count - 1}{' or a lower number' if count > 1 else ''}.",
        )
    return torch.device("cuda", index)


def describe(device: torch.device) -> str:
    """Return the device in words, for example "CPU, 2 threads"."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} (cuda:{device.index or 0})"
    if device.type == "mps":
        return "Apple GPU"
    return f"CPU, {counted(torch.get_num_threads(), 'thread')}"


def bfloat16_unit() -> str:
    """Name what multiplies bfloat16 in this processor; "" where nothing does: float32 is many times as fast then."""
    if torch.cpu._is_amx_tile_supported():
        return "AMX"
    return "AVX-512 BF16" if torch.cpu._is_avx512_bf16_supported() else ""


def fast_precision(device: torch.device, unit: str) -> tuple[Precision, str]:
    """Choose for a run whose precision is `auto`; with a sentence that says what was chosen, and why.

    unit: what `bfloat16_unit` found, "" where one of several machines has none.
    """
    if device.type != "cpu":
        return "float32", "Convolutions are computed in float32, which is what auto means on a graphics card."
    if unit:
        return "bfloat16", f"Convolutions are computed in bfloat16, because this processor has {unit}."
    return "float32", "Convolutions are computed in float32, because the processor has no unit for bfloat16."


def resumed_elsewhere(precision: Precision, device: torch.device, unit: str) -> str:
    """Warn where a run goes on in bfloat16 on a processor without a unit for it; "" where there is nothing to say."""
    if precision != "bfloat16" or device.type != "cpu" or unit:
        return ""
    return (
        "This run uses bfloat16, which this processor does not support in hardware. It continues slowly, and results "
        "will differ in the last bits."
    )


def quiet_threads(window_open: bool) -> None:
    """Leave one core to the window while it is open: two busy threads on two cores stall everything else."""
    torch.set_num_threads(max(1, _THREADS_AT_START - 1) if window_open else _THREADS_AT_START)


@contextmanager
def denormals_flushed() -> Iterator[None]:
    """Treat tiny floats as zero while inside, in this thread: on a CPU each costs as much as a hundred ordinary ones.

    The processor's switch is per thread, and numpy warns when it finds it on, so it is switched off again at the end.
    In torch's worker threads, which see no numbers but torch's, it stays on.
    """
    torch.set_flush_denormal(True)
    try:
        _flush_in_workers()
        yield
    finally:
        torch.set_flush_denormal(False)


def _flush_in_workers() -> None:
    """Start this thread's workers again with the switch on, unless that was done.

    With GNU's OpenMP, which torch uses on Linux, a worker keeps the switch as it was when the worker started, and the
    first large operation starts them. Intel's and LLVM's OpenMP pass the switch on at every operation.
    """
    threads = torch.get_num_threads()
    if threads == getattr(_workers, "flushing", 1):
        return
    _workers.flushing = threads
    pause = _c_function("omp_pause_resource_all")
    if pause is not None:
        pause(_PAUSE_SOFT)
    torch.zeros(_PARALLEL)  # the first operation that needs workers makes them


@contextmanager
def exact_convolutions(device: torch.device) -> Iterator[None]:
    """Make convolutions in float32 multiply in float32 while inside: on NVIDIA cards torch lets them round to TF32.

    This holds for graphs captured inside when they are replayed, and for other threads too, since torch's setting is
    global. On other devices nothing changes.
    """
    if device.type != "cuda":
        yield
        return
    before = torch.backends.cudnn.allow_tf32
    torch.backends.cudnn.allow_tf32 = False
    try:
        yield
    finally:
        torch.backends.cudnn.allow_tf32 = before


def keep_allocations() -> None:
    """Make glibc keep freed memory: by default it returns large pieces to the system after every layer.

    Every training step would then fault the same pages in again. Applies to the whole process, and only on Linux with
    glibc.
    """
    mallopt = _c_function("mallopt")
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 1 << 30)
        mallopt(_TRIM_THRESHOLD, (1 << 31) - 1)


def _c_function(name: str) -> Callable[..., int] | None:
    """Return a function of the C libraries that this process has loaded; None on systems other than Linux."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
