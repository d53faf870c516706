"""Conversion between arrays and Qt's images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

_RGB, _RGBA = QImage.Format.Format_RGB888, QImage.Format.Format_RGBA8888


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Copy [h, w, 3] RGB or [h, w, 4] straight RGBA, uint8, to an image in the format that Qt paints fastest."""
    pixels = np.ascontiguousarray(pixels)
    alpha = pixels.shape[2] == 4
    # The conversion copies the pixels, so the array need not outlive the image.
    fast = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    return _borrowed(pixels).convertToFormat(fast)


def to_exact_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Copy as `to_qimage` does, but keep every value exactly, colours under a low alpha included."""
    return _borrowed(np.ascontiguousarray(pixels)).copy()


def to_pixels(image: QImage) -> NDArray[np.uint8]:
    """Return an image's pixels: [H, W, 3] RGB or, with alpha, [H, W, 4] straight RGBA, uint8."""
    channels = 4 if image.hasAlphaChannel() else 3
    converted = image.convertToFormat(_RGBA if channels == 4 else _RGB)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    return rows[:, : converted.width() * channels].reshape(converted.height(), converted.width(), channels).copy()


def _borrowed(pixels: NDArray[np.uint8]) -> QImage:
    """Return an image that shares the array's memory. pixels: contiguous."""
    height, width, channels = pixels.shape
    return QImage(pixels.data, width, height, pixels.strides[0], _RGBA if channels == 4 else _RGB)
