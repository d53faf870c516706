"""Sparse systems are solved in one thread, which is gone before Python ends."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from scipy.sparse import diags_array

from wganpaint_gui.core.search.factorisation import Factorisation

PROBE = """
import atexit, threading
import numpy as np
from scipy.sparse import diags_array
from wganpaint_gui.core.search.factorisation import Factorisation
atexit.register(lambda: print([one.name for one in threading.enumerate()]))
print(Factorisation(diags_array(np.full(3, 2.0)).tocsc()).solve(np.ones((3, 1))).ravel())
"""


def test_the_solution_is_numpys() -> None:
    source = np.random.default_rng(0)
    below = source.uniform(-1, 0, 39)
    system = diags_array([below, np.full(40, 3.0), below], offsets=[-1, 0, 1])
    sides = source.normal(size=(40, 2))
    expected = np.linalg.solve(system.toarray(), sides)
    np.testing.assert_allclose(Factorisation(system.tocsc()).solve(sides), expected, atol=1e-12)


def test_its_thread_ends_before_python_does() -> None:
    """Where Python ended it, scipy left an exception behind, and one `inpaint` of three exited with 120."""
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["[0.5 0.5 0.5]", "['MainThread']"]
