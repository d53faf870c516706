"""A second view of the photo beside the canvas: it shows the same part at the same zoom, and edits nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look.translation import tr

from .canvas import Canvas
from .viewer import PhotoViewer


class BesideViewer(PhotoViewer):
    """Follows the canvas; to drag or zoom here moves both. Holds the photo only while it is shown."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("besideViewer")
        self.setAccessibleName(tr("Compared candidate"))
        self.setAccessibleDescription(tr("The photo with another candidate, at the same place and zoom."))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._canvas = canvas
        self._following = False
        self._held: QPointF | None = None  # where the mouse was last, while it drags
        canvas.shown_changed.connect(self._follow)
        canvas.document_shown.connect(self._show_same)
        self.shown_changed.connect(self._lead)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_same()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.show_document(None, None)

    @Slot()
    def _show_same(self) -> None:
        if self.isVisible():
            self.show_document(self._canvas.document, self._canvas.pyramid)
            self._follow()

    @Slot()
    def _follow(self) -> None:
        if self.isVisible() and not self._following:
            self._following = True
            self.look_as(self._canvas)
            self._following = False

    @Slot()
    def _lead(self) -> None:
        """Move the canvas along with what the user does here."""
        if self.isVisible() and not self._following and self.document is self._canvas.document:
            self._following = True
            self._canvas.look_as(self)
            self._following = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            way = event.position() - self._held
            self._held = event.position()
            self._pan(way.x(), way.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
