"""Which errors mean that the memory does not suffice; few libraries raise MemoryError for it."""

from __future__ import annotations

import mmap
import sys

from wganpaint_gui.core.errors import LibraryError

_TORCH = 512 << 20  # bytes of addresses that importing torch takes, about, without CUDA
_SAYINGS = (
    "out of memory",  # CUDA
    "not enough memory",  # torch on Windows
    "can't allocate memory",  # torch elsewhere
    "cannot allocate memory",  # the system
    "insufficient memory",  # OpenCV
    "failed to map segment",  # Linux, of a shared library
    "can't start new thread",  # Python, whose thread needs a stack
)
_NO_PAGING_FILE = 1455  # Windows' number, of a library that it cannot load


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error means that the memory does not suffice."""
    if isinstance(error, MemoryError) or getattr(error, "winerror", None) == _NO_PAGING_FILE:
        return True
    text = str(error).lower()
    return any(saying in text for saying in _SAYINGS)


def check_room_for_torch() -> None:
    """Raise LibraryError where torch is not imported yet and cannot be: without memory its import aborts from C++."""
    if "torch" in sys.modules:
        return
    try:
        mmap.mmap(-1, _TORCH).close()  # only reserved, never touched
    except OSError as error:
        raise LibraryError("There is not enough memory to load PyTorch.", "Close other programs.") from error
