"""The meaning of wheel, touchpad, pinch and drop events."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputDevice, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from .view import View

_ZOOM_STEP = 1.2  # a notch of the wheel
_NOTCH = 120  # Qt's units of a wheel's notch, eighths of a degree


def notches(event: QWheelEvent) -> float:
    """Return how far the wheel turned, up positive. With Alt held some systems report it as horizontal."""
    delta = event.angleDelta()
    return (delta.y() or delta.x()) / _NOTCH


def wheel_factor(event: QWheelEvent) -> float:
    """Return the zoom factor of a turn of the wheel; a smooth wheel zooms in finer steps."""
    return float(_ZOOM_STEP ** notches(event))


def pan_distance(event: QWheelEvent) -> QPointF | None:
    """Return how far two fingers on a touchpad pan, in logical pixels; None for a wheel, or with Ctrl, which zooms."""
    touchpad = event.device().type() == QInputDevice.DeviceType.TouchPad
    if touchpad and not event.pixelDelta().isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return event.pixelDelta().toPointF()
    return None


def pinched(view: View, event: QEvent, widget: QWidget) -> View | None:
    """Return the view after a pinch on a touchpad or touch screen; None for any other event."""
    if isinstance(event, QNativeGestureEvent):
        at = event.position()
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            return view.scaled(max(0.1, 1 + event.value()), at.x(), at.y())
        if event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            return view.zoomed(1.0, at.x(), at.y()) if view.fits else view.fitted()
    if isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            centre = widget.mapFromGlobal(pinch.centerPoint())
            way = pinch.centerPoint() - pinch.lastCenterPoint()
            return view.panned(way.x(), way.y()).scaled(pinch.scaleFactor(), centre.x(), centre.y())
    return None


def dropped_files(event: QDropEvent) -> list[Path]:
    """Return the dropped files, without folders and web addresses."""
    local = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in local if os.path.isfile(path)]
