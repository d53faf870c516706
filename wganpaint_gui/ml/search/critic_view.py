"""What the critic makes of a composite: its score, and where it would change it to make it look more real."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from .images import from_uint8
from .prepared_model import PreparedModel


@torch.no_grad()
def critic_scores(model: PreparedModel, composites: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Score composites [N, R, R, 3] RGB; higher = more real. Returns [N]."""
    scores: NDArray[np.float32] = model.score(from_uint8(composites, model.device)).cpu().numpy()
    return scores


def critic_gradient(model: PreparedModel, composite: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how strongly each pixel of a composite [R, R, 3] RGB could change the critic's score: float32 [R, R].

    That is the length of the gradient over the pixel's channels, of values in [-1, 1]: where it is long, the critic
    would change the picture first to make it look more real. A value that is not finite counts as 0.
    """
    x = from_uint8(composite[None], model.device).requires_grad_()
    (gradient,) = torch.autograd.grad(model.score(x).sum(), x)
    strength: NDArray[np.float32] = gradient[0].norm(dim=0).nan_to_num(0.0, 0.0, 0.0).cpu().numpy()
    return strength
