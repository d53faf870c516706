"""Judge a hundred frames around one in a single pass: how well the encoder's guess explains what each of them shows."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.faces.leaning import settled_frame, thinned
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.memory import in_parts

from .prepared_model import PreparedModel

COUNT = 100
# How far the frame itself may be wrong: right and down in shares of its side, logarithm of the side, degrees. Those are
# the errors of the face detector; the frames judged are drawn with this spread.
_SPREAD = np.array([0.025, 0.02, 0.045, 3.0])
# Differences from the known pixels, 0..2, by which a frame becomes e times less likely. Measured, like the choice of a
# mean: the frame with the least difference shows smooth skin rather than a face.
_TEMPERATURE = 0.04
_AROUND = 0.25  # of the frame's side, that is looked at around it
_FINER = 1.5  # pixels of the reduced photo a model pixel
_ALL = 0.999  # of a pixel must be known


def judged_frame(model: PreparedModel, photo: Photo, mask: NDArray[np.uint8], frame: Frame) -> Frame:
    """Return the mean of the frames around this one, weighted by how well the model's first guess explains them.

    mask: uint8 [H, W], above 127 = fill; photo pixels under it have no effect. The model must have an encoder. Raises
    DeviceError where the memory has no room for a single frame.
    """
    area = frame.box.grown(round(_AROUND * frame.size)).intersect(photo.box)
    shown = _reduced(photo, mask, area, min(1.0, _FINER * model.resolution / frame.size))
    moves = np.random.default_rng(0).normal(size=(COUNT, 4)) * _SPREAD  # the same for every photo
    moves[0] = 0
    grids = torch.from_numpy(np.stack([_grid(frame, move, area, model.resolution) for move in moves]))

    def judge(some: slice) -> Tensor:
        with torch.no_grad(), denormals_flushed():
            return _difference(model, shown.to(model.device), grids[some].to(model.device))

    parts, _ = in_parts(judge, COUNT, COUNT, model.device)
    differences = torch.cat(parts).double().cpu().numpy()
    differences = np.where(np.isfinite(differences), differences, np.inf)
    if not np.isfinite(differences).any():
        return frame
    weights = np.exp(-(differences - differences.min()) / _TEMPERATURE)
    right, down, growth, turned = weights @ moves / weights.sum()
    x, y = frame.to_photo(0.5 + right, 0.5 + down)
    return settled_frame(x, y, frame.size * math.exp(growth), frame.angle + turned)


def _reduced(photo: Photo, mask: NDArray[np.uint8], area: Box, scale: float) -> Tensor:
    """Return a part of the photo, smaller: [1, 4, h, w], colours in [-1, 1], 0 where hidden, and the known share."""
    import cv2

    some = thinned(1 / scale)
    known = ~(hole(mask[area.slices]) | photo.transparent(area))[some]
    rgb, shown = np.ascontiguousarray(photo.rgb8(area)[some]), known * np.uint8(255)
    parts = [cv2.bitwise_and(rgb, rgb, mask=shown), shown]
    if scale < 1:  # in 8 bits: a frame may be most of a large photo
        size = (max(1, round(area.width * scale)), max(1, round(area.height * scale)))
        parts = [cv2.resize(part, size, interpolation=cv2.INTER_AREA) for part in parts]
    both = np.dstack(parts).astype(np.float32) / 255
    both[..., :3] = 2 * both[..., :3] - both[..., 3:]
    return torch.from_numpy(np.ascontiguousarray(both.transpose(2, 0, 1)))[None]


def _grid(frame: Frame, move: NDArray[np.float64], area: Box, resolution: int) -> NDArray[np.float32]:
    """Return [R, R, 2], where in the area, -1..1, the model pixels of a frame lie that is moved, grown and turned."""
    right, down, growth, turned = move
    shares = (np.arange(resolution) + 0.5) / resolution - 0.5
    cos, sin = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    across, below = shares[None, :] * math.exp(growth), shares[:, None] * math.exp(growth)
    x, y = frame.to_photo(
        0.5 + right + across * cos - below * sin,
        0.5 + down + across * sin + below * cos,
    )
    return np.stack([(x - area.x) / area.width, (y - area.y) / area.height], axis=2).astype(np.float32) * 2 - 1


def _difference(model: PreparedModel, shown: Tensor, grids: Tensor) -> Tensor:
    """Return [N], how far the images of the first guesses are from what is known in each frame, a value, 0..2."""
    seen = F.grid_sample(shown.expand(len(grids), -1, -1, -1), grids, align_corners=False)
    known = seen[:, 3:] > _ALL
    image = torch.where(known, seen[:, :3], 0.0)
    guessed = model.generate(model.guess(image, known))
    return ((guessed - image).abs() * known).sum((1, 2, 3)) / (3 * known.sum((1, 2, 3)))
