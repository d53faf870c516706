"""Random images from a model as one picture."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.measure.picture_grid import picture_grid
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.training.batches import draw_latents

_BATCH = 64  # images at once, so that a large grid needs no more memory than a small one


def draw_sample_grid(model: PreparedModel, count: int, seed: int) -> NDArray[np.uint8]:
    """Draw `count` images G(z), z ~ U[-1, 1] by `seed`, in a nearly square grid filled row by row.

    Returns uint8 [H, W, 3]; gaps and the rest of the last row are black. The images depend on seed and position
    alone: a larger grid begins with the images of a smaller one.
    """
    return picture_grid(_images(model, count, seed))


def _images(model: PreparedModel, count: int, seed: int) -> NDArray[np.uint8]:
    """Return uint8 [count, R, R, 3]."""
    # Drawn on the CPU: every device shows the same images for a seed.
    latents = draw_latents(count, model.latent_size, torch.Generator().manual_seed(seed))
    with torch.inference_mode():
        batches = [model.generate(batch.to(model.device)) for batch in torch.split(latents, _BATCH)]
        images: NDArray[np.uint8] = to_uint8(torch.cat(batches)).cpu().numpy()
    return images
