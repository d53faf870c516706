"""Exports one after another: each has a Cancel of its own."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from tests.gui.conftest import PATIENCE, Editor
from wganpaint_gui.core.photo.photo_source import Watch
from wganpaint_gui.gui.export import export_task
from wganpaint_gui.gui.export.export_task import ExportTasks


@pytest.mark.usefixtures("without_engine")
def test_cancel_is_about_the_file_that_is_named(editor: Editor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(export_task, "_PATIENCE", 0.0)
    answered, ended = threading.Event(), []
    tasks = ExportTasks(editor.window.messages, editor.window)

    def film(watch: Watch) -> None:
        watch(0.5)
        answered.wait(PATIENCE / 1000)
        try:
            watch(0.9)
        except CancelledError:
            ended.append("film cancelled")
            raise
        ended.append("film written")

    def region(watch: Watch) -> None:
        watch(0.5)
        ended.append("region written")

    tasks.run("film.webp", film, "Exported as film.webp.")
    tasks.run("region.png", region, "Exported as region.png.")
    editor.wait(lambda: bool(editor.choices))
    editor.choose("Cancel")
    answered.set()
    editor.wait(lambda: len(ended) == 2)
    assert ended == ["film cancelled", "region written"]
    editor.wait(lambda: tasks.background.pending == 0)
    tasks.close()
