"""A grid of pictures uses its room."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from tests.gui.seen import seen_cells
from wganpaint_gui.gui.widgets.image_grid import ImageGrid


@pytest.mark.parametrize(("width", "height", "columns"), [(400, 400, 8), (800, 210, 16), (210, 800, 4)])
def test_the_image_grid_uses_its_room(shown, width: int, height: int, columns: int) -> None:
    grid = ImageGrid("Samples")
    shown(grid, width, height)
    grid.show_pictures(np.full((64, 8, 8, 3), 200, np.uint8))
    grid.resize(width, height)
    assert abs(seen_cells(grid, QColor(200, 200, 200)).columns - columns) <= 1


def test_captions_stand_over_columns_of_threes(shown) -> None:
    grid = ImageGrid("Fills")
    shown(grid, 500, 300)
    grid.show_pictures(np.zeros((54, 8, 8, 3), np.uint8), captions=("photo", "hole", "fill"))
    seen = seen_cells(grid, QColor(0, 0, 0))
    assert seen.columns % 3 == 0
    above = grid.grab().toImage().copy(0, 0, 500, seen.top)
    written = [x for x in range(500) for y in range(seen.top) if above.pixelColor(x, y) != above.pixelColor(0, 0)]
    assert {x // (seen.side + 3) for x in written} == set(range(seen.columns)), "over every column"
