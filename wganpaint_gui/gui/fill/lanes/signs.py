"""Small signs on pictures and the timeline, readable on any ground: what is suggested, the critic's, and locked."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from wganpaint_gui.gui.look.colours import CRITIC, SELECTION

Sign = Literal["star", "eye", "lock"]

RADIUS = 7.0  # of the dark disc under a sign, device-independent pixels


def paint_sign(painter: QPainter, sign: Sign, centre: QPointF, *, opacity: int = 150) -> None:
    """Draw a sign on a dark disc. opacity: of the disc, 0..255."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, opacity))
    painter.drawEllipse(centre, RADIUS, RADIUS)
    painter.translate(centre)
    {"star": _paint_star, "eye": _paint_eye, "lock": _paint_lock}[sign](painter)
    painter.restore()


def _paint_star(painter: QPainter) -> None:
    star = []
    for point in range(10):
        turn, size = math.tau * (point / 10 - 0.25), 5.0 if point % 2 == 0 else 2.2
        star.append(QPointF(size * math.cos(turn), size * math.sin(turn)))
    painter.setBrush(QColor(SELECTION))
    painter.drawPolygon(star)


def _paint_lock(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#ffffff"), 1.3))
    painter.drawArc(QRectF(-2.2, -4.6, 4.4, 5), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#ffffff"))
    painter.drawRoundedRect(QRectF(-3.4, -1.4, 6.8, 5), 1, 1)


def _paint_eye(painter: QPainter) -> None:
    lids = QPainterPath(QPointF(-5, 0))
    lids.quadTo(QPointF(0, -6), QPointF(5, 0))
    lids.quadTo(QPointF(0, 6), QPointF(-5, 0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(CRITIC), 1.2))
    painter.drawPath(lids)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(CRITIC))
    painter.drawEllipse(QPointF(0, 0), 1.7, 1.7)
