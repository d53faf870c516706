"""Fit a frame to what the model knows: framing decides the result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from ..core.config import InpaintConfig
from ..core.errors import FrameError, MaskError
from ..core.frame import check_frame, model_view
from ..core.geometry import Frame
from ..core.mask import hole
from ..core.photo import Photo
from .device import denormals_flushed
from .inpainting import initial_latents, mean_distance
from .losses import Target, make_target, search_losses
from .optimisers import Adam
from .prepare import PreparedModel

_STEPS = 40  # updates of the trial search
_RATE = 0.05  # a little faster than the search proper: only the order of the frames matters
# Trials around the detection: scale of the side, then shift of the centre right and down, as shares of the side.
_TRIALS = (
    *((scale, 0.0, down) for scale in (0.9, 0.96, 1.03, 1.1) for down in (-0.04, 0.03, 0.09)),
    *((1.0, right, 0.03) for right in (-0.05, 0.05)),
)


def refine_frame(
    model: PreparedModel,
    photo: Photo,
    mask: NDArray[np.uint8],
    frame: Frame,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Frame:
    """The frame near this one whose known region the model can match best; the frame itself where none is better.

    Searches from the same latent through every trial frame at once, as one batch for a few dozen steps. Trials that
    lose a masked pixel the given frame holds, or that reach farther beyond the photo, do not count. stopped: asked
    once a step; when it says so, the best so far is returned. mask: uint8 [H, W], above 127 = fill. Raises
    FrameError or MaskError as core.frame.check_frame does.
    """
    check_frame(photo, mask, frame, model.resolution)
    frames = [frame, *(trial for trial in _trials(frame) if _as_good(trial, frame, photo, mask, model.resolution))]
    config = InpaintConfig(methods=("yeh",))
    views = [model_view(photo, mask, one, model.resolution) for one in frames]
    targets = [make_target(view, config, model.device) for view in views]
    target = Target(*(torch.cat([getattr(t, name) for t in targets]) for name in ("image", "known", "weights")))
    start = torch.tensor(initial_latents(0, 1, model.latent_size), device=model.device)
    z = start.expand(1, len(frames), -1).contiguous()
    optimiser = Adam(z, torch.tensor(_RATE, device=model.device))
    closest = torch.full((len(frames),), torch.inf, device=model.device)
    for _ in range(_STEPS):
        with denormals_flushed():
            z = z.detach().requires_grad_()
            losses, images = search_losses(model, z, config.methods, target, config.context_weight)
            (gradient,) = torch.autograd.grad(losses.sum(), z)
            closest = closest.minimum(mean_distance(images[0].detach(), target))
            z = optimiser.step(z.detach(), gradient).clamp_(-1, 1)
        if stopped():
            break
    return frames[int(closest.argmin())]


def _trials(frame: Frame) -> list[Frame]:
    trials = []
    for scale, right, down in _TRIALS:
        size = max(1, round(frame.size * scale))
        grown = (frame.size - size) / 2
        trials.append(Frame(round(frame.x + grown + right * size), round(frame.y + grown + down * size), size))
    return trials


def _as_good(trial: Frame, frame: Frame, photo: Photo, mask: NDArray[np.uint8], resolution: int) -> bool:
    """Whether the trial holds as much of the mask, and sees as little beyond the photo's edge, as the frame."""

    def held(one: Frame) -> int:
        return int(hole(mask[one.box.intersect(photo.box).slices]).sum())

    def beyond(one: Frame) -> float:
        return 1 - one.box.intersect(photo.box).area / one.box.area

    try:
        check_frame(photo, mask, trial, resolution)
    except (FrameError, MaskError):
        return False
    return held(trial) >= held(frame) and beyond(trial) <= beyond(frame)
