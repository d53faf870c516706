"""Fits the light of copied patches to each other and to the photo around them, and leaves their texture as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .interpolation import Colours

_ALIKE = 0.06  # of the full scale: neighbours that differ less should join; where they differ more, an edge was cut
_LEAST = 0.02  # weight of a pair that should not

_Pixels = NDArray[np.float64]  # [n, C]


def harmonise(colours: Colours, known: NDArray[np.bool_], filled: NDArray[np.bool_], origin: NDArray[np.int64]) -> None:
    """Add to the filled pixels, in place, what makes patches join: constant inside a patch as far as possible.

    colours: [h, w, C] with the copied values; known: [h, w], what was copied from; filled: [h, w]; origin: [h, w], the
    flat index that each filled pixel was copied from. A least-squares form of Poisson blending (Pérez et al. 2003):
    two neighbours should differ as their originals do, and less so the more the photo contradicts it.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import splu

    count = int(np.count_nonzero(filled))
    if not count:
        return
    number = np.full(filled.shape, -1)
    number[filled] = np.arange(count)
    pairs = [_pairs(colours, known, filled, origin, number, axis) for axis in (0, 1)]
    first, second, wanted, weight = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    # The normal equations of sum weight * (c[second] - c[first] - wanted)^2, where c of a known pixel is 0.
    both = (first >= 0) & (second >= 0)
    rows = [first[first >= 0], second[second >= 0], first[both], second[both]]
    columns = [first[first >= 0], second[second >= 0], second[both], first[both]]
    values = [weight[first >= 0], weight[second >= 0], -weight[both], -weight[both]]
    where = np.concatenate(rows), np.concatenate(columns)
    matrix = coo_matrix((np.concatenate(values), where), (count, count)).tocsc()
    right = np.zeros((count, colours.shape[2]))
    np.add.at(right, first[first >= 0], -(weight[:, None] * wanted)[first >= 0])
    np.add.at(right, second[second >= 0], (weight[:, None] * wanted)[second >= 0])
    matrix.setdiag(matrix.diagonal() + 1e-6)  # a patch that touches nothing known stays as it is
    # 40,000 pixels take a third of a second; conjugate gradients take ten times that.
    change = splu(matrix).solve(right)
    most = np.iinfo(colours.dtype).max
    colours[filled] = np.rint(np.clip(colours[filled] + change, 0, most)).astype(colours.dtype)


def _pairs(
    colours: Colours,
    known: NDArray[np.bool_],
    filled: NDArray[np.bool_],
    origin: NDArray[np.int64],
    number: NDArray[np.int64],
    axis: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], _Pixels, _Pixels]:
    """Return (first, second, wanted, weight) of all neighbours along an axis of which one at least is filled.

    first, second: their numbers, -1 where known. wanted: [n, C], what should be added to the second less the first.
    """
    height, width = filled.shape
    head, tail = [slice(None)] * 2, [slice(None)] * 2
    head[axis], tail[axis] = slice(None, -1), slice(1, None)
    p, q = tuple(head), tuple(tail)
    seen = known | filled
    chosen = (filled[p] | filled[q]) & seen[p] & seen[q]
    flat = colours.reshape(height * width, -1)
    now_p, now_q = (colours[side][chosen].astype(np.float64) for side in (p, q))
    beyond, beyond_valid = _neighbour(origin[p][chosen], known, axis, +1)  # the second as the first's patch has it
    before, before_valid = _neighbour(origin[q][chosen], known, axis, -1)  # the first as the second's patch has it
    from_first = flat[beyond].astype(np.float64) - now_q
    from_second = now_p - flat[before].astype(np.float64)
    says_first = (filled[p][chosen] & beyond_valid)[:, None]
    says_second = (filled[q][chosen] & before_valid)[:, None]
    says = says_first.astype(np.float64) + says_second
    wanted = (np.where(says_first, from_first, 0) + np.where(says_second, from_second, 0)) / np.maximum(says, 1)
    apart = np.abs(wanted).max(axis=1) / (_ALIKE * np.iinfo(colours.dtype).max)
    weight = np.where(says[:, 0] > 0, np.maximum(np.exp(-np.square(apart)), _LEAST), _LEAST)
    return number[p][chosen], number[q][chosen], wanted, weight


def _neighbour(
    at: NDArray[np.int64], known: NDArray[np.bool_], axis: int, way: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the flat indices beside `at`, and whether each exists and is known."""
    height, width = known.shape
    y, x = at // width, at % width
    y, x = (y + way, x) if axis == 0 else (y, x + way)
    inside = (y >= 0) & (y < height) & (x >= 0) & (x < width)
    beside = np.where(inside, y * width + x, at)
    return beside, inside & known.reshape(-1)[beside]
