"""A heat map over the photo, with its scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.gui.look.images import to_qimage

from .cursor import paint_label
from .view import View

_BAR = QRectF(0, 0, 128, 8)  # of the legend, logical pixels
_MARGIN = 10  # around the legend, and inside it
_GAP = 4  # between its lines


@dataclass(frozen=True, eq=False)
class HeatMap:
    """What to draw, ready to be drawn; made in a worker thread."""

    pixels: NDArray[np.uint8]  # [h, w, 4] straight RGBA; empty: nothing but the legend
    place: Box | Frame  # of the photo, which they cover
    title: str
    low: str  # the values at both ends of the scale
    high: str
    colours: NDArray[np.uint8]  # [256, 4] straight RGBA, of the scale
    dims: bool  # the rest of the photo gets the colour of the lowest value
    smooth: bool  # pixels are blended where they are enlarged

    @cached_property
    def image(self) -> QImage:
        return to_qimage(self.pixels) if self.pixels.size else QImage()

    @cached_property
    def scale(self) -> QImage:
        return to_qimage(np.ascontiguousarray(self.colours[None, :, :3]))


def paint_heat_map(painter: QPainter, view: View, heat: HeatMap, photo: QRectF) -> None:
    """Draw the map. photo: the part of the photo in sight, in logical pixels, as the painter's."""
    place = heat.place if isinstance(heat.place, Box) else heat.place.upright
    turn = heat.place.angle if isinstance(heat.place, Frame) else 0.0
    left, top = view.to_screen(place.x, place.y)
    target = QRectF(left, top, place.width * view.scale, place.height * view.scale)
    painter.save()
    painter.setClipRect(photo, Qt.ClipOperation.IntersectClip)
    if heat.dims:
        ground = QColor(*heat.colours[0].tolist())
        for part in _around(photo, target):
            painter.fillRect(part, ground)
    if not heat.image.isNull():
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, heat.smooth or view.smooth)
        painter.translate(target.center())
        painter.rotate(turn)
        painter.drawImage(target.translated(-target.center()), heat.image)
    painter.restore()


def _around(whole: QRectF, hole: QRectF) -> list[QRectF]:
    """Return the parts of a rectangle that surround a hole in it."""
    hole = hole.intersected(whole)
    if hole.isEmpty():
        return [whole]
    return [
        QRectF(whole.left(), whole.top(), whole.width(), hole.top() - whole.top()),
        QRectF(whole.left(), hole.bottom(), whole.width(), whole.bottom() - hole.bottom()),
        QRectF(whole.left(), hole.top(), hole.left() - whole.left(), hole.height()),
        QRectF(hole.right(), hole.top(), whole.right() - hole.right(), hole.height()),
    ]


def paint_legend(painter: QPainter, heat: HeatMap, photo: QRectF) -> None:
    """Draw title and scale in the upper right corner of the part of the photo in sight."""
    metrics = QFontMetricsF(painter.font())
    line = metrics.height()
    width = max(_BAR.width(), metrics.horizontalAdvance(heat.title), _ends(metrics, heat)) + 2 * _MARGIN
    box = QRectF(0, 0, width, 2 * line + _BAR.height() + 2 * _GAP + 2 * _MARGIN - 4)
    box.moveTopRight(photo.topRight() + QPointF(-_MARGIN, _MARGIN))
    painter.save()
    paint_label(painter, box, painter.font(), "")
    inside = box.adjusted(_MARGIN, _MARGIN - 2, -_MARGIN, -_MARGIN + 2)
    painter.setPen(QColor("#f2f3f5"))
    painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), line), Qt.AlignmentFlag.AlignLeft, heat.title)
    bar = QRectF(inside.left(), inside.top() + line + _GAP, inside.width(), _BAR.height())
    painter.drawImage(bar, heat.scale)
    ends = QRectF(inside.left(), bar.bottom() + _GAP, inside.width(), line)
    painter.setPen(QColor("#c3c6cc"))
    painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, heat.low)
    painter.drawText(ends, Qt.AlignmentFlag.AlignRight, heat.high)
    painter.restore()


def _ends(metrics: QFontMetricsF, heat: HeatMap) -> float:
    return metrics.horizontalAdvance(heat.low) + metrics.horizontalAdvance(heat.high) + 16
