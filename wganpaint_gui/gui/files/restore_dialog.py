"""The question at a start after a crash: whether unsaved work is restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import ElidedLabel, set_tone

from .unsaved import summary

_WIDTH = 460  # device-independent pixels, like all lengths here
_PICTURE, _ROW_PICTURE = QSize(428, 240), QSize(96, 72)  # of one document alone; of each of several
_MOST_ROWS = 4  # in view without scrolling
_RADIUS = 6


@dataclass(frozen=True, eq=False)
class LostWork:
    """An autosave that an ended program left."""

    path: Path
    note: WorkNote
    time: float  # seconds since the epoch, when it was written
    picture: QImage


class RestoreDialog(QDialog):
    """Shows what can be restored; Esc or Later leaves it. Signals: restore_requested(); discard_requested()."""

    restore_requested = Signal()
    discard_requested = Signal()

    def __init__(self, works: list[LostWork], parent: QWidget | None = None) -> None:
        """works: at least one, the newest first."""
        super().__init__(parent)
        self.setObjectName("restoreDialog")
        self.setWindowTitle(tr("Restore work"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        question = QLabel(tr("Restore your work from {when}?").format(when=when(works[0].time)))
        question.setObjectName("question")
        font = question.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        question.setFont(font)
        reason = QLabel(tr("WganPaint ended before it was saved."))
        set_tone(reason, "muted")
        column.addWidget(question)
        column.addWidget(reason)
        column.addWidget(_Single(works[0]) if len(works) == 1 else _rows(works))
        column.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        box = QDialogButtonBox()
        restore = box.addButton(tr("Restore"), roles.AcceptRole)
        restore.setDefault(True)
        later = box.addButton(tr("Later"), roles.RejectRole)
        later.setToolTip(tr("Ask again at the next start."))
        discard = box.addButton(tr("Discard"), roles.DestructiveRole)
        discard.setToolTip(tr("Delete this work."))
        restore.clicked.connect(self._on_restore)
        discard.clicked.connect(self._on_discard)
        later.clicked.connect(self.reject)
        return box

    def _on_restore(self) -> None:
        self.restore_requested.emit()
        self.accept()

    def _on_discard(self) -> None:
        self.discard_requested.emit()
        self.accept()


def when(time: float) -> str:
    """Return the time of day, with its date where that is not today."""
    then = datetime.fromtimestamp(time)
    return f"{then:%H:%M}" if then.date() == datetime.now().date() else f"{then:%Y-%m-%d, %H:%M}"


class _Single(QWidget):
    """One document: its picture, large, above its name."""

    def __init__(self, work: LostWork) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_Picture(work.picture, _PICTURE, "pictureLarge"))
        column.addLayout(_words(work, time=False))


def _rows(works: list[LostWork]) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for work in works:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_Picture(work.picture, _ROW_PICTURE, "picture"))
        row.addLayout(_words(work, time=True), 1)
        column.addLayout(row)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for part in (area, inside):
        part.setProperty("role", "clear")
    shown = min(len(works), _MOST_ROWS)
    area.setFixedHeight(shown * _ROW_PICTURE.height() + (shown - 1) * 8)
    return area


def _words(work: LostWork, *, time: bool) -> QVBoxLayout:
    name, rest = ElidedLabel(work.note.name), QLabel(summary(work.note))
    if time:
        rest.setText(f"{when(work.time)}  ·  {rest.text()}")
    name.setToolTip(str(work.note.file or work.note.name))
    set_tone(rest, "muted")
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addStretch(1)
    column.addWidget(name)
    column.addWidget(rest)
    column.addStretch(1)
    return column


class _Picture(QWidget):
    """A picture in the middle of a fixed room, with round corners."""

    def __init__(self, image: QImage, room: QSize, name: str) -> None:
        super().__init__()
        self._image = image
        self.setObjectName(name)
        self.setFixedSize(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().control))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        brush = QBrush(self._image)
        scale = size.width() / self._image.width()
        transform = brush.transform()
        transform.translate(target.x(), target.y())
        transform.scale(scale, scale)
        brush.setTransform(transform)
        painter.setBrush(brush)
        painter.drawRoundedRect(target, _RADIUS, _RADIUS)
