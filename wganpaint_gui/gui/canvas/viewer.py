"""A widget that shows a photo: zoom, pan and fit, dropped files; no tools."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import SELECTION
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from . import navigation
from .heat_map import HeatMap
from .scene import Scene, Shown
from .view import View


class PhotoViewer(QWidget):
    """Shows a document under a view. Its subclass `Canvas` adds everything that edits."""

    cursor_moved = Signal(object)  # (x, y) ints in photo pixels, None outside the photo
    zoom_changed = Signal(float)  # 1.0: one photo pixel is one device pixel
    files_dropped = Signal(object)  # list[Path]
    document_shown = Signal()  # another document, or none
    shown_changed = Signal()  # the view, the fill in hand or pixels of the photo

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAcceptDrops(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMinimumSize(240, 180)
        self._scene = Scene()
        self._subscription = DocumentSubscription(self._changed)
        self._mouse: QPointF | None = None  # logical pixels; None: not over the canvas
        self._hot = False  # files are being dragged over
        self._dirty = QRect()  # to be repainted, logical pixels

    def show_document(self, document: Document | None, pyramid: Pyramid | None) -> None:
        """Show a document fitted to the window, or none. pyramid: built here if None."""
        self._scene.show(document, pyramid)
        self._subscription.follow(document)
        self.zoom_fit()
        self.update()
        self.document_shown.emit()
        self.shown_changed.emit()

    def set_fill(self, frame: Frame | None, rgba: NDArray[np.uint8] | None) -> None:
        """Show a fill in place, [s, s, 4] straight RGBA over the frame's square; None removes it."""
        self._repaint(self._scene.set_fill(frame, rgba))
        self.shown_changed.emit()

    @property
    def shown(self) -> Shown | None:
        """What is in sight; None without a photo."""
        return self._scene.shown

    @property
    def heat_map(self) -> HeatMap | None:
        """The map that is drawn over the photo."""
        return self._scene.heat_map

    def set_heat_map(self, heat: HeatMap | None) -> None:
        """Draw a heat map over the photo, with its scale, or none."""
        self._scene.heat_map = heat
        self.update()

    def set_mask_visible(self, visible: bool) -> None:
        self._scene.mask_visible = visible
        self.update()
        self.shown_changed.emit()

    def set_mask_opacity(self, opacity: float) -> None:
        """Set the opacity of the tint, 0..1; the outline stays."""
        self._scene.set_mask_opacity(opacity)
        self.update()
        self.shown_changed.emit()

    def set_mask_colour(self, colour: QColor) -> None:
        """Set the colour in which the mask is shown."""
        self._scene.set_mask_colour(colour)
        self.update()
        self.shown_changed.emit()

    def preview_mask(self, mask: Mask | None) -> None:
        """Show another mask, [H, W] of the photo's size, in place of the document's; None: the document's again."""
        self._scene.preview_mask(mask)
        self.update()

    def show_original(self, shown: bool) -> None:
        """Show only the photo as it was opened, or everything again."""
        self._scene.original = shown
        self.update()

    @property
    def caption(self) -> str:
        """The name of what is shown."""
        return self._scene.caption

    def set_caption(self, caption: str) -> None:
        """Name what is shown, in the lower left corner of the photo; "" removes the name."""
        if caption != self._scene.caption:
            self._scene.caption = caption
            self.update()

    def look_as(self, other: PhotoViewer) -> None:
        """Show the same part of the photo as another viewer, at the same zoom, with the same layers."""
        self._scene.look_as(other._scene)
        self._set_view(self.view.resized(*self._device_size()).like(other.view))
        self.update()

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._scene.document

    @property
    def pyramid(self) -> Pyramid | None:
        """What the photo is drawn from."""
        return self._scene.pyramid

    def set_split(self, split: bool) -> None:
        """Show the photo as it was opened to the left of a divider that can be dragged."""
        self._scene.split = split
        self.update()

    def set_pixel_grid(self, shown: bool) -> None:
        """Draw lines between the photo's pixels at high zoom, or never."""
        self._scene.grid_visible = shown
        self.update()
        self.shown_changed.emit()

    @property
    def view(self) -> View:
        """Where the photo is on the screen, and how large."""
        return self._scene.view

    def zoom_in(self) -> None:
        self._zoom_to(self.view.next_stop(+1))

    def zoom_out(self) -> None:
        self._zoom_to(self.view.next_stop(-1))

    def zoom_actual(self) -> None:
        """Zoom to 100%: one photo pixel per device pixel."""
        self._zoom_to(1.0)

    def zoom_fit(self) -> None:
        self._set_view(self.view.resized(*self._device_size()).fitted())

    def zoom_box(self, box: Box, share: float = 0.8) -> None:
        """Centre a part of the photo, as large as this share of the canvas."""
        self._set_view(self.view.resized(*self._device_size()).showing(box, share))

    def _zoom_to(self, zoom: float) -> None:
        self._set_view(self.view.zoomed(zoom, self.width() / 2, self.height() / 2))

    def _pan(self, dx: float, dy: float) -> None:
        self._set_view(self.view.panned(dx, dy))

    def _set_view(self, view: View) -> None:
        before, self._scene.view = self._scene.view, view
        if view == before:
            return
        self.update()
        self.shown_changed.emit()
        if view.zoom != before.zoom:
            self.zoom_changed.emit(view.zoom)
        self._report_position()

    def _device_size(self) -> tuple[tuple[int, int], float]:
        ratio = self.devicePixelRatioF()
        return (max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))), ratio

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._scene.document is None:
            return
        if (way := navigation.pan_distance(event)) is not None:
            self._pan(way.x(), way.y())
        else:
            at = event.position()
            self._set_view(self.view.scaled(navigation.wheel_factor(event), at.x(), at.y()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.NativeGesture, QEvent.Type.Gesture) and self._scene.document is not None:
            view = navigation.pinched(self.view, event, self)
            if view is not None:
                self._set_view(view)
                event.accept()
                return True
        elif kind == QEvent.Type.DevicePixelRatioChange:
            self._set_view(self.view.resized(*self._device_size()))
        elif kind == QEvent.Type.PaletteChange:
            self._scene.invalidate()
            self.update()
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_view(self.view.resized(*self._device_size()))
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if navigation.dropped_files(event):
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hot(False)
        paths: list[Path] = navigation.dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def _changed(self, change: Change) -> None:
        """Repaint what shows the changed part of the document."""
        if not change.mask.empty:
            self._repaint(self._scene.mask_changed(change.mask_parts or (change.mask,)))
        if not change.photo.empty:
            self._repaint(self._scene.photo_changed(change.photo))
            self.shown_changed.emit()

    def _report_position(self) -> None:
        if self._mouse is None or self._scene.document is None:
            return
        x, y = self.view.to_photo(self._mouse.x(), self._mouse.y())
        width, height = self.view.photo
        inside = 0 <= x < width and 0 <= y < height
        self.cursor_moved.emit((int(x), int(y)) if inside else None)

    def _repaint(self, part: QRect) -> None:
        """Request one rectangle around everything dirty: Qt paints several rectangles many times slower."""
        self._dirty = self._dirty.united(part)
        self.update(self._dirty)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._dirty = QRect()
        painter = QPainter(self)
        if self._scene.document is None:
            painter.fillRect(event.rect(), QColor(theme.colours().surround))
        else:
            self._scene.paint(painter)
            self._paint_over(painter)
            self._scene.paint_legend(painter)
            if self._hot:
                self._paint_drop(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        """Draw what tools show over the photo, in logical pixels."""

    def _paint_drop(self, painter: QPainter) -> None:
        ground = QColor(SELECTION)
        ground.setAlphaF(0.16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(SELECTION), 2.0))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 8, -8, -8), 10, 10)
