"""File > Open recent: the photos and projects opened last, each with a small picture; what is gone is grey."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from wganpaint_gui.gui.commands.actions import in_lines
from wganpaint_gui.gui.commands.menus import fill_menu
from wganpaint_gui.gui.look.images import to_qimage
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background

from .thumbnails import SIDE, read_thumbnail

_ICON = 40  # device-independent pixels


class RecentFiles(QObject):
    """Fills the menu; looks for the files, off the GUI thread, when it is opened. Signal: chosen(Path)."""

    chosen = Signal(object)

    def __init__(self, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self.menu = menu
        self.background = Background("recent files", self)
        self._icons: dict[Path, tuple[int, QIcon]] = {}  # with when the file was changed last, see `_found`
        self._blank = _icon(QImage())  # of the same size, so that the menu does not grow while it is open
        menu.setStyleSheet(f"QMenu {{ icon-size: {_ICON}px; }}")
        menu.aboutToShow.connect(self._look)

    def show(self, paths: Sequence[Path]) -> None:
        """List the files, the latest first."""
        fill_menu(self.menu, [(path.name, str(path), path) for path in paths], self.chosen.emit)
        self._icons = {path: icon for path, icon in self._icons.items() if path in paths}
        for path, action in zip(paths, self.menu.actions(), strict=True):
            action.setData(path)
            action.setIcon(self._icon_of(path))

    def _icon_of(self, path: Path) -> QIcon:
        return self._icons[path][1] if path in self._icons else self._blank

    @Slot()
    def _look(self) -> None:
        if self.background.pending:
            return
        for action in self.menu.actions():
            path = action.data()
            known = self._icons[path][0] if path in self._icons else None
            self.background.submit(partial(_found, path, known), partial(self._on_found, action, path), lambda _: None)

    def _on_found(self, action: QAction, path: Path, found: tuple[int | None, QImage | None]) -> None:
        changed, image = found
        if changed is not None and image is not None:
            self._icons[path] = changed, _icon(image)
        if action not in self.menu.actions():  # another file has been opened
            return
        there = changed is not None
        action.setEnabled(there)
        action.setIcon(self._icon_of(path))
        action.setToolTip(in_lines(str(path) if there else tr("{path} is no longer there.").format(path=path)))


def _found(path: Path, known: int | None) -> tuple[int | None, QImage | None]:
    """Return when a file was changed last, in nanoseconds, and its picture; None where it is gone or has no picture.

    known: when it was changed, as of the picture there is, which is not read again.
    """
    if not os.path.isfile(path):
        return None, None
    changed = path.stat().st_mtime_ns
    pixels = None if changed == known else read_thumbnail(path, SIDE)
    return changed, None if pixels is None else to_qimage(pixels)


def _icon(image: QImage) -> QIcon:
    """Return an icon for screens of 1x and 2x with the picture in the middle of a square; empty without one."""
    icon = QIcon()
    for scale in (1, 2):
        square = QPixmap(_ICON * scale, _ICON * scale)
        square.fill(Qt.GlobalColor.transparent)
        square.setDevicePixelRatio(scale)
        if not image.isNull():
            fitting = image.size().scaled(QSize(square.width(), square.height()), Qt.AspectRatioMode.KeepAspectRatio)
            small = image.scaled(fitting, mode=Qt.TransformationMode.SmoothTransformation)
            small.setDevicePixelRatio(scale)
            painter = QPainter(square)
            left, top = ((_ICON - side / scale) / 2 for side in (small.width(), small.height()))
            painter.drawImage(round(left), round(top), small)
            painter.end()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active):
            icon.addPixmap(square, mode)
    return icon
