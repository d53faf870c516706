"""The cells of an image grid, as they are seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage

from wganpaint_gui.gui.widgets.image_grid import ImageGrid


@dataclass(frozen=True)
class SeenCells:
    """Device-independent pixels."""

    columns: int
    side: int
    top: int  # above the first row


def seen_cells(grid: ImageGrid, colour: QColor) -> SeenCells:
    """Measure the first row of a grid whose cells all have this colour."""
    image = grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    of_cell = pixels[:, : image.width()] == colour.rgb()
    rows = np.flatnonzero(of_cell.any(axis=1))
    top = int(rows[0])
    side = int(np.argmin(np.append(np.isin(np.arange(top, image.height()), rows), False)))
    middle = of_cell[top + side // 2]
    columns = np.count_nonzero(middle[1:] & ~middle[:-1]) + bool(middle[0])
    return SeenCells(int(columns), side, top)
