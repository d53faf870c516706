"""Arrays as Qt's images, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_RGB, _RGBA = QImage.Format.Format_RGB888, QImage.Format.Format_RGBA8888


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """An image of its own, in the format Qt paints fastest: [h, w, 3] RGB or [h, w, 4] straight RGBA, uint8."""
    pixels = np.ascontiguousarray(pixels)
    alpha = pixels.shape[2] == 4
    # The conversion copies, so the array need not outlive the image.
    fast = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    return _borrowed(pixels).convertToFormat(fast)


def to_exact_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """An image of its own that keeps every value, colours under a low alpha too; as `to_qimage` otherwise."""
    return _borrowed(np.ascontiguousarray(pixels)).copy()


def to_pixels(image: QImage) -> NDArray[np.uint8]:
    """[H, W, 3] or, where the image has alpha, [H, W, 4], uint8."""
    channels = 4 if image.hasAlphaChannel() else 3
    converted = image.convertToFormat(_RGBA if channels == 4 else _RGB)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    return rows[:, : converted.width() * channels].reshape(converted.height(), converted.width(), channels).copy()


def _borrowed(pixels: NDArray[np.uint8]) -> QImage:
    """Over the array's own memory. pixels: contiguous."""
    height, width, channels = pixels.shape
    return QImage(pixels.data, width, height, pixels.strides[0], _RGBA if channels == 4 else _RGB)
