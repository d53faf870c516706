"""Random images of a model as one picture."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray

from .prepare import PreparedModel

GAP = 2  # pixels between two images
_BATCH = 64  # images at once, so that a large grid needs no more memory than a small one


def sample_grid(model: PreparedModel, count: int, seed: int) -> NDArray[np.uint8]:
    """Draw `count` images G(z), z ~ U[-1, 1] by `seed`, in a nearly square grid filled row by row.

    Returns uint8 [H, W, 3]; gaps and what is left of the last row are black. The images depend on seed and position
    alone: a larger grid begins with the images of a smaller one.
    """
    resolution = model.resolution
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    pitch = resolution + GAP
    grid = np.zeros((rows * pitch - GAP, columns * pitch - GAP, 3), np.uint8)
    for index, image in enumerate(_images(model, count, seed)):
        top, left = index // columns * pitch, index % columns * pitch
        grid[top : top + resolution, left : left + resolution] = image
    return grid


def _images(model: PreparedModel, count: int, seed: int) -> NDArray[np.uint8]:
    """uint8 [count, R, R, 3]."""
    # Drawn on the CPU: every device shows the same images for a seed.
    latents = torch.rand(count, model.latent_size, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    with torch.inference_mode():
        batches = [model.generate(batch.to(model.device)) for batch in torch.split(latents, _BATCH)]
        images = ((torch.cat(batches) + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
    return images.permute(0, 2, 3, 1).cpu().numpy()
