"""Drawing at the mouse: the true-size brush circle, and a readout while the brush changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from wganpaint_gui.core.mask import Brush
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr

TINY = 5.0  # logical pixels; a smaller circle cannot be seen and is replaced by a crosshair
_LIGHT, _DARK = QColor(255, 255, 255, 235), QColor(0, 0, 0, 200)
_FAINT = QColor(255, 255, 255, 120)
_TEXT, _MUTED_TEXT = QColor("#f2f3f5"), QColor("#c3c6cc")


def circle_box(centre: QPointF, diameter: float) -> QRect:
    """Return the rectangle that the circle may touch. Everything in logical pixels."""
    radius = max(diameter, 2 * 12.0) / 2 + 3
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius).toAlignedRect()


def paint_circle(painter: QPainter, centre: QPointF, diameter: float, *, erase: bool, hardness: float = 1.0) -> None:
    """Draw the edge of the brush: light just outside, dark just inside, so that it shows on any photo.

    diameter: logical pixels on the screen. hardness below 1: a faint inner ring where the soft edge begins.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if diameter < TINY:
        _paint_cross(painter, centre, 9.0, gap=3.0)
    else:
        radius = diameter / 2
        for line in range(max(1, round(painter.device().devicePixelRatio()))):
            _paint_ring(painter, centre, radius, _DARK, -line - 0.5)
            _paint_ring(painter, centre, radius, _LIGHT, line + 0.5)
        if hardness < 0.98 and radius * hardness > TINY:
            _paint_ring(painter, centre, radius * hardness, _FAINT, 0)
        if erase and diameter > 4 * TINY:
            _paint_minus(painter, centre)
    painter.restore()


def _paint_ring(painter: QPainter, centre: QPointF, radius: float, colour: QColor, offset: float) -> None:
    """Draw a circle one device pixel wide, `offset` device pixels outside the radius.

    Qt draws such circles a hundred times faster than wider ones, so wide rings consist of several.
    """
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    radius += offset / painter.device().devicePixelRatio()
    painter.drawEllipse(centre, radius, radius)


def _paint_cross(painter: QPainter, centre: QPointF, reach: float, *, gap: float) -> None:
    for colour, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
        painter.setPen(QPen(colour, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(centre + QPointF(dx, dy) * gap, centre + QPointF(dx, dy) * reach)


def _paint_minus(painter: QPainter, centre: QPointF) -> None:
    for colour, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(centre - QPointF(4, 0), centre + QPointF(4, 0))


def readout_text(brush: Brush) -> str:
    return tr("{size:.0f} px  ·  hardness {percent:.0f}%").format(size=brush.diameter, percent=100 * brush.hardness)


def label_box(font: QFont, text: str, corner: QPointF) -> QRectF:
    """Return the box that `paint_label` fills, its top left at corner; logical pixels."""
    metrics = QFontMetricsF(font)
    return QRectF(corner.x(), corner.y(), metrics.horizontalAdvance(text) + 16, metrics.height() + 8)


def paint_pill(painter: QPainter, middle: QPointF, lines: Sequence[str]) -> None:
    """Draw centred lines as a label, the first one bold. middle: of its lower edge, logical pixels."""
    fonts = [theme.heading(painter.font()) if line == lines[0] else painter.font() for line in lines]
    heights = [QFontMetricsF(font).height() for font in fonts]
    width = max(QFontMetricsF(font).horizontalAdvance(line) for font, line in zip(fonts, lines, strict=True)) + 32
    height = sum(heights) + 2 * (len(lines) - 1) + 16
    box = QRectF(middle.x() - width / 2, middle.y() - height, width, height)
    painter.save()
    _paint_ground(painter, box, 8)
    top = box.top() + 8
    for line, font, tall in zip(lines, fonts, heights, strict=True):
        painter.setFont(font)
        painter.setPen(_TEXT if line == lines[0] else _MUTED_TEXT)
        painter.drawText(QRectF(box.left(), top, width, tall), Qt.AlignmentFlag.AlignCenter, line)
        top += tall + 2
    painter.restore()


def paint_label(painter: QPainter, box: QRectF, font: QFont, text: str) -> None:
    """Draw white text on a dark rounded box, readable on any photo."""
    painter.save()
    _paint_ground(painter, box, 4)
    painter.setFont(font)
    painter.setPen(_TEXT)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _paint_ground(painter: QPainter, box: QRectF, radius: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(18, 19, 21, 215))
    painter.drawRoundedRect(box, radius, radius)
