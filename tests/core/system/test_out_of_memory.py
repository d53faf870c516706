"""With too little memory to load torch, the program says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 << 20,) * 2)
sys.argv = ["wganpaint", "samples", "faces-64", "-o", sys.argv[1]]
from wganpaint_gui.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory as Linux does")
def test_too_little_memory_to_load_torch_is_a_sentence(tmp_path: Path) -> None:
    """Below the limit torch's import would end the process with std::bad_alloc."""
    ran = subprocess.run([sys.executable, "-c", LIMITED, tmp_path / "a.png"], capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr == "wganpaint: There is not enough memory to load PyTorch. Close other programs.\n"
