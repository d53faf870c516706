"""Memory that training frees stays with the process: else every layer faults the same pages in again."""

from __future__ import annotations

import subprocess
import sys

import pytest

_COUNT_FAULTS = """
import resource, sys, torch
from wganpaint_gui.ml.device import keep_allocations

if sys.argv[1] == "keep":
    keep_allocations()


def work() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        some = torch.empty(48 << 20, dtype=torch.uint8).fill_(1)
        del some
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


work()  # the heap finds its size
print(work())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
def test_what_is_freed_is_not_faulted_in_again():
    faults = {
        how: int(subprocess.check_output([sys.executable, "-c", _COUNT_FAULTS, how], text=True))
        for how in ("default", "keep")
    }
    pages = 20 * (48 << 20) // 4096
    assert faults["keep"] < pages / 100
    assert faults["default"] > pages / 2, "else the setting is needless here"
