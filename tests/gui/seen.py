"""What is on the screen, read back pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui.widgets.image_grid import ImageGrid


def pixels_of(shown: QWidget | QPixmap) -> NDArray[np.uint8]:
    """[H, W, 3] RGB of a widget's device pixels, painted anew, or of a picture's."""
    picture = shown.grab() if isinstance(shown, QWidget) else shown
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, : image.width(), 2::-1].copy()


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Box:
    """The smallest box around all pixels in which two pictures differ; raises ValueError where they do not."""
    rows, columns = np.nonzero((one != other).any(axis=2))
    return Box(columns.min(), rows.min(), columns.max() - columns.min() + 1, rows.max() - rows.min() + 1)


@dataclass(frozen=True)
class SeenCells:
    """Device-independent pixels."""

    columns: int
    side: int
    top: int  # above the first row


def seen_cells(grid: ImageGrid, colour: QColor) -> SeenCells:
    """Measure the first row of a grid whose cells all have this colour."""
    of_cell = (pixels_of(grid) == colour.getRgb()[:3]).all(axis=2)
    rows = of_cell.any(axis=1)
    top = int(rows.argmax())
    side = int(np.append(rows[top:], False).argmin())
    middle = of_cell[top + side // 2]
    columns = np.count_nonzero(middle[1:] & ~middle[:-1]) + int(middle[0])
    return SeenCells(columns, side, top)
