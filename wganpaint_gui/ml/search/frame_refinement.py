"""Move a frame to where the model can explain its known pixels best: framing decides the result."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.errors import DeviceError, FrameError, MaskError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import bounding_box, hole
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.frame import check_frame, model_view
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.device import denormals_flushed

from .descent import Descent
from .frame_judgement import judged_frame
from .latent_optimisers import make_optimiser
from .losses import Target, context_distance, make_target
from .prepared_model import PreparedModel
from .start import initial_latents

_SAMPLES = (np.arange(64) + 0.5) / 64  # points a side, by which the part of a turned frame in the photo is measured
TRIAL_STEPS = 40  # updates of the trial search
_RATE = 0.05  # of Adam; fast, for only the order of the frames matters
_LEAST_CONTRAST = 1e-3  # mean absolute difference a known pixel and channel, of 0..2
# Trials around the detection: scale of the side, then shift of the centre right and down, as shares of the side.
_TRIALS = (
    *((scale, 0.0, down) for scale in (0.93, 1.0, 1.07) for down in (-0.05, 0.0, 0.05)),
    *((scale, right, 0.0) for scale in (0.97, 1.04) for right in (-0.04, 0.04)),
)


def refine_frame(
    model: PreparedModel,
    photo: Photo,
    mask: NDArray[np.uint8],
    frame: Frame,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Frame:
    """Return the frame near this one whose known region the model can explain best; itself where none is better.

    A model with an encoder judges a hundred frames in one pass, see `judged_frame`. Without one this searches from the
    same latent through every trial frame at once, as one batch for a few dozen steps, for the known pixels alone. What
    counts is the share of their contrast that is left over: the bare distance would favour ever smaller frames, which
    show smooth skin and no longer a face. Frames that lose a masked pixel the given one holds, or that reach farther
    beyond the photo, do not count. stopped: asked once a step; when it says so, the best so far is returned. Where the
    memory has no room for a single trial, the frame stays as it is.
    mask: uint8 [H, W], above 127 = fill. Raises FrameError or MaskError as core.search.frame.check_frame does.
    """
    check_frame(photo, mask, frame, model.resolution)
    if model.has_encoder:
        try:
            judged = judged_frame(model, photo, mask, frame)
        except DeviceError:
            return frame
        return judged if _as_good(judged, frame, photo, mask, model.resolution) else frame
    trials = [trial for trial in _trials(frame) if _as_good(trial, frame, photo, mask, model.resolution)]
    frames = list(dict.fromkeys([frame, *trials]))
    views = (model_view(photo, mask, one, model.resolution) for one in frames)
    target = Target.joined(make_target(view, InpaintConfig(), model.device) for view in views)
    z = torch.tensor(initial_latents(0, 1, model.latent_size), device=model.device).repeat(len(frames), 1)
    descent = Descent(z, make_optimiser("adam", z, torch.tensor(_RATE, device=model.device)))
    for _ in range(TRIAL_STEPS):
        try:
            with denormals_flushed():
                descent.step(partial(_evaluate, model, target))
        except DeviceError:
            return frame
        if stopped():
            break
    return frames[int((descent.best_losses / _contrast(target)).argmin())]


def _evaluate(model: PreparedModel, target: Target, z: Tensor, some: slice) -> tuple[Tensor, ...]:
    """Measure the distance [b] of some trials' images from what their frames show. z: [b, Z]."""
    return (context_distance(model.generate_in_step(z), target.at(some)),)


def _contrast(target: Target) -> Tensor:
    """Measure the distance [B] of what each frame shows from its mean colour, in the same unit; never quite zero."""
    count = target.known.sum((2, 3), keepdim=True).clamp(min=1)  # [B, 1, 1, 1]
    mean = target.image.sum((2, 3), keepdim=True) / count
    return context_distance(mean, target).clamp(min=_LEAST_CONTRAST * 3 * count.flatten())


def _trials(frame: Frame) -> list[Frame]:
    trials = []
    for scale, right, down in _TRIALS:
        size = max(1, round(frame.size * scale))
        x, y = frame.to_photo(0.5 + right * size / frame.size, 0.5 + down * size / frame.size)
        trials.append(Frame(round(x - size / 2), round(y - size / 2), size, frame.angle))
    return trials


def _as_good(trial: Frame, frame: Frame, photo: Photo, mask: NDArray[np.uint8], resolution: int) -> bool:
    """Return whether the trial holds as much of the mask, and reaches as little beyond the photo, as the frame."""

    def held(one: Frame) -> int:
        part = one.box.intersect(masked)
        return int(np.count_nonzero(hole(mask[part.slices]) & one.holds(part)))

    def beyond(one: Frame) -> float:
        if not one.angle:
            return 1 - one.box.intersect(photo.box).area / one.box.area
        x, y = one.to_photo(*np.meshgrid(_SAMPLES, _SAMPLES))
        return 1 - float(((x >= 0) & (x <= photo.width) & (y >= 0) & (y <= photo.height)).mean())

    masked = bounding_box(mask)
    try:
        check_frame(photo, mask, trial, resolution)
    except (FrameError, MaskError):
        return False
    return held(trial) >= held(frame) and beyond(trial) <= beyond(frame)
