"""The main window as a whole: what it starts behind the first photo."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from tests.gui.conftest import Editor
from wganpaint_gui.gui.widgets import plot


def test_the_library_of_the_curves_is_imported_beside_the_fills(editor: Editor, monkeypatch: pytest.MonkeyPatch):
    threads: list[threading.Thread] = []
    monkeypatch.setattr(plot, "preload", lambda: threads.append(threading.current_thread()))
    rendering: list[threading.Thread] = []
    editor.controller.background.submit(
        lambda: rendering.append(threading.current_thread()), lambda _: None, lambda _: None
    )
    editor.window.open_sample()
    editor.wait(lambda: bool(threads) and bool(rendering))
    assert threads[0] not in (threading.main_thread(), rendering[0])


def test_a_worker_leaves_the_library_to_the_first_plot_until_qts_types_are_made():
    """PySide creates a type where it is first named; two threads that do so at once can crash."""
    probe = """
import sys, threading
from wganpaint_gui.gui.widgets import plot
def preloaded():
    thread = threading.Thread(target=plot.preload)
    thread.start()
    thread.join()
    return "pyqtgraph" in sys.modules
print(preloaded())
list(plot.qt_types())
print(preloaded())
"""
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["False", "True"]
