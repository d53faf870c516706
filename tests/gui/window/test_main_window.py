"""The main window as a whole: what it starts behind the first photo."""

from __future__ import annotations

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
