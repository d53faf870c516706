"""Memory that training frees stays with the process: else every layer faults the same pages in again."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Begins where every large piece is mapped anew, whatever this system's glibc does by itself.
_COUNT_FAULTS = """
import ctypes, resource, torch
from wganpaint_gui.ml.device import keep_allocations

M_MMAP_THRESHOLD = -3
if not ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 128 << 10):
    raise SystemExit("this is not glibc")


def count() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(8):
        some = torch.empty(48 << 20, dtype=torch.uint8).fill_(1)
        del some
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


mapped = count()
keep_allocations()
count()  # the heap finds its size
print(mapped, count())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_what_is_freed_is_not_faulted_in_again():
    said = subprocess.check_output([sys.executable, "-c", _COUNT_FAULTS], text=True)
    mapped, kept = (int(faults) for faults in said.split())
    pages = 8 * (48 << 20) // 4096
    assert kept < pages / 100
    assert mapped > pages / 2, "else nothing is proven here"
