"""Helpers for tests of files: dialogs, questions and a slow disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from tests.core.documents import keep_fill
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui.fill.fill_state import FillState

if TYPE_CHECKING:
    from tests.gui.conftest import Editor

HEIGHT, WIDTH = 60, 80
BOX = Box(10, 20, 8, 6)


def noise(channels: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH, channels), dtype=np.uint8)


@contextmanager
def writing_takes_long(editor: Editor) -> Iterator[None]:
    """Whatever is asked for inside is read or written after the end of the block."""
    release, failed = threading.Event(), list[BaseException]()
    editor.window.files.files.background.submit(lambda: release.wait(30), lambda _: None, failed.append)
    try:
        yield
    finally:
        release.set()
    assert not failed


def keep_a_fill(document: Document, value: int = 7) -> np.ndarray:
    """Fill a rectangle, as a search would; returns the photo as it is then."""
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)
    keep_fill(document, BOX, np.full_like(document.photo.pixels[BOX.slices], value))
    return document.photo.pixels.copy()


def settle(editor: Editor) -> None:
    editor.wait(lambda: editor.window.files.files.background.pending == 0)


def found(editor: Editor, kind: type[QObject], name: str) -> QObject:
    editor.wait(lambda: editor.window.findChild(kind, name) is not None)
    return editor.window.findChild(kind, name)


def type_name(editor: Editor, path: Path, name_filter: str | None = None) -> QFileDialog:
    """Type a name into the open dialog and press its button."""
    name = "saveDialog" if editor.window.findChild(QFileDialog, "saveDialog") else "openDialog"
    dialog = found(editor, QFileDialog, name)
    if name_filter is not None:
        dialog.selectNameFilter(name_filter)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    return dialog


def save_project_as(editor: Editor, path: Path) -> Path:
    editor.act("save_project_as")
    type_name(editor, path)
    settle(editor)
    return path


def asked(editor: Editor) -> list[QMessageBox]:
    return [box for box in editor.window.findChildren(QMessageBox, "unsavedBox") if box.isVisible()]


def click(box: QMessageBox, button: QMessageBox.StandardButton) -> None:
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def is_dirty(editor: Editor) -> bool:
    return editor.window.isWindowModified() and not editor.document.history.is_saved


def search(editor: Editor, **settings: object) -> None:
    """Two candidates of each method, found in the sample portrait and not decided about."""
    editor.ready_to_fill(methods=("yeh", "critic"), **settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
