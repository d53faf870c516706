"""Many small images as one picture."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.system.atomic import atomic_write

GAP = 2  # pixels between two images


def picture_grid(images: NDArray[np.uint8], columns: int | None = None) -> NDArray[np.uint8]:
    """Arrange images row by row; nearly square without `columns`. Gaps, and the rest of the last row, are black.

    images: [N, R, R, 3], N at least 1. Returns [H, W, 3].
    """
    count, side = images.shape[:2]
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    pitch = side + GAP
    grid = np.zeros((rows * pitch - GAP, columns * pitch - GAP, 3), np.uint8)
    for index, image in enumerate(images):
        top, left = index // columns * pitch, index % columns * pitch
        grid[top : top + side, left : left + side] = image
    return grid


def cut_grid(grid: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Cut a grid into its images: [H, W, 3] to [N, side, side, 3], with the black rest of the last row."""
    pitch = side + GAP
    rows, columns = ((length + GAP) // pitch for length in grid.shape[:2])
    images = [
        grid[y * pitch : y * pitch + side, x * pitch : x * pitch + side] for y in range(rows) for x in range(columns)
    ]
    return np.stack(images)


def write_grid(path: Path, images: NDArray[np.uint8], columns: int | None = None) -> None:
    """Write the grid as a PNG, replacing an existing file. Raises SaveError."""
    picture = Image.fromarray(picture_grid(images, columns))
    atomic_write(path, lambda file: picture.save(file, "PNG"), overwrite=True)
