"""Arrays as Qt's images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """An image of its own, in the format Qt paints fastest: [h, w, 3] RGB or [h, w, 4] straight RGBA, uint8."""
    pixels = np.ascontiguousarray(pixels)
    height, width, channels = pixels.shape
    alpha = channels == 4
    kind = QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888
    borrowed = QImage(pixels.data, width, height, pixels.strides[0], kind)
    # The conversion copies, so the array need not outlive the image.
    return borrowed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32)
