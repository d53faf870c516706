"""How a fill meets its photo: unchanged, feathered, or by Poisson's equation; never outside the hole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .factorisation import Factorisation
from .settings import Blend

DIRECT_LIMIT = 100_000  # unknowns one factorisation takes in about a second; above, a grid of half the size comes first
_SWEEPS = 10  # relaxations after each step to a finer grid; what they must remove is a pixel or two long
_DAMPING = 0.8  # of the relaxation; 1 would keep a checkerboard error alive
_CROSS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32)
_NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0))


class Blender:
    """Blends many fills into one hole; everything that depends on the mask alone is computed once.

    hole: bool [h, w], the pixels to fill. known: bool [h, w], the photo's pixels a blend may look at; a pixel that is
    neither (masked but outside the frame, or outside the photo) counts as absent. A pixel may be both: a cell of a
    preview that is masked in part. alpha: float32 [h, w] 0..1, the soft mask; only feather uses it. bare: float32
    [h, w] 0..1, how much of a pixel's hole is fully transparent in the photo: a feathered fill has nothing to fade into
    there. feather: pixels over which a feathered fill fades in. Safe to use from several threads.
    """

    def __init__(
        self,
        hole: NDArray[np.bool_],
        known: NDArray[np.bool_],
        alpha: NDArray[np.float32],
        kind: Blend,
        *,
        bare: NDArray[np.float32] | None = None,
        feather: float = 3.0,
        direct_limit: int = DIRECT_LIMIT,
    ) -> None:
        self._hole = hole
        self._known = known
        self._harmonic = HarmonicExtension(hole & ~known, known, direct_limit) if kind == "poisson" else None
        fade: NDArray[np.float32] | np.float32 = np.float32(1)
        if kind == "feather":
            fade = _feather(known, feather) * alpha
            fade = fade if bare is None else fade * (1 - bare) + bare  # exactly 1 where nothing is below
        # [h, w] float32 0..1: the fill's share; 0 outside the hole.
        self.weight: NDArray[np.float32] = np.where(hole, fade, np.float32(0)).astype(np.float32)

    def matched(self, photo: NDArray[np.float32], fill: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the fill with its colours fitted to the photo around the hole; meaningful in the hole only.

        photo, fill: float32 [C, h, w]. Poisson's equation with the fill's gradients as guidance and the photo's known
        pixels as boundary values: the fill plus the harmonic extension of photo - fill into the hole.
        """
        if self._harmonic is None:
            return fill
        return fill + self._harmonic.extend(photo - fill)

    def apply(self, photo: NDArray[np.float32], fill: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the photo with the fill in its hole, float32 [C, h, w]; all pixels outside keep their exact values."""
        result = photo.copy()
        np.copyto(result, photo + self.weight * (self.matched(photo, fill) - photo), where=self._hole)
        return result


def _feather(known: NDArray[np.bool_], width: float) -> NDArray[np.float32]:
    """Return [h, w] float32: 0 on known pixels, rising smoothly to 1 at `width` pixels from the nearest of them."""
    import cv2

    if not known.any():
        return np.ones(known.shape, np.float32)
    distance = cv2.distanceTransform((~known).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # The first pixel inside stands half a pixel from the edge, so even the narrowest feather shows the fill.
    share = np.clip((np.asarray(distance, np.float32) - 0.5) / max(width, 0.5), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


class HarmonicExtension:
    """Continues values smoothly from the known pixels into the unknown ones: Laplace(c) = 0, c = values on the known.

    unknown, known: bool [h, w], disjoint. At pixels that are neither, and at the array's edges, no flux passes
    (Neumann). A connected part of the unknown that touches nothing known gets 0. Up to direct_limit unknowns the sparse
    system is factored once (scipy splu); above, the solution of a grid of half the size is refined by relaxation, which
    is right to within what the eye can see because the correction is smooth.
    """

    def __init__(self, unknown: NDArray[np.bool_], known: NDArray[np.bool_], direct_limit: int = DIRECT_LIMIT) -> None:
        self._known = known
        self._unknown = unknown & _reached(unknown, known)
        self._direct: _Direct | None = None
        if np.count_nonzero(self._unknown) <= direct_limit:
            self._direct = _Direct(self._unknown, known)
            return
        counts = _pooled(known.astype(np.float32))
        coarse_known = counts > 0
        coarse_unknown = (_pooled(self._unknown.astype(np.float32)) > 0) & ~coarse_known
        self._coarse = HarmonicExtension(coarse_unknown, coarse_known, direct_limit)
        self._share = np.float32(1) / np.maximum(counts, 1)
        # Absent cells must not pull their neighbours towards 0: interpolate what is there, divide by how much it was.
        cover = _doubled((coarse_known | coarse_unknown).astype(np.float32), known.shape)
        self._cover = np.where(self._unknown, 1 / np.maximum(cover, np.float32(0.1)), np.float32(0))
        around = _around((self._unknown | known).astype(np.float32))
        self._step = np.where(self._unknown, np.float32(_DAMPING) / np.maximum(around, 1), np.float32(0))
        self._keep = np.where(self._unknown, np.float32(1 - _DAMPING), np.float32(1))

    def extend(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Fill in the unknown pixels, 0 elsewhere. values: float32 [C, h, w], read where known; not changed."""
        values = values * self._known
        if self._direct is not None:
            return self._direct.extend(values)
        coarse = self._coarse.extend(np.stack([_pooled(plane) * self._share for plane in values]))
        for plane, small in zip(values, coarse, strict=True):
            plane += _doubled(small, plane.shape) * self._cover
            for _ in range(_SWEEPS):
                around = _around(plane)
                around *= self._step
                plane *= self._keep
                plane += around
        return values


class _Direct:
    """The 5-point system of the unknown pixels, factored once."""

    def __init__(self, unknown: NDArray[np.bool_], known: NDArray[np.bool_]) -> None:
        self._unknown = unknown
        self._known = known
        self._system: Factorisation | None = None
        count = int(np.count_nonzero(unknown))
        if not count:
            return
        from scipy.sparse import coo_array, csc_array

        inner = _numbers(unknown)
        outer = _numbers(known)
        at = np.nonzero(unknown)
        degree = np.zeros(count)
        rows: list[NDArray[np.intp]] = []
        columns: list[NDArray[np.intp]] = []
        edge_rows: list[NDArray[np.intp]] = []
        edge_columns: list[NDArray[np.intp]] = []
        for dy, dx in _NEIGHBOURS:
            # The numbers are padded by one pixel of "none" on every side, hence the + 1.
            neighbour, border = inner[at[0] + 1 + dy, at[1] + 1 + dx], outer[at[0] + 1 + dy, at[1] + 1 + dx]
            linked, fixed = np.flatnonzero(neighbour >= 0), np.flatnonzero(border >= 0)
            degree[linked] += 1
            degree[fixed] += 1
            rows.append(linked)
            columns.append(neighbour[linked])
            edge_rows.append(fixed)
            edge_columns.append(border[fixed])
        own = np.arange(count)
        row, column = np.concatenate([*rows, own]), np.concatenate([*columns, own])
        entries = np.concatenate([np.full(len(row) - count, -1.0), degree])
        system = csc_array(coo_array((entries, (row, column)), shape=(count, count)))
        edge = (np.concatenate(edge_rows), np.concatenate(edge_columns))
        self._edge = coo_array((np.ones(len(edge[0])), edge), shape=(count, int(np.count_nonzero(known)))).tocsr()
        self._system = Factorisation(system)

    def extend(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Fill in the values in place, and return them. values: float32 [C, h, w], 0 where not known."""
        if self._system is not None:
            sums = self._edge @ values[:, self._known].T.astype(np.float64)
            values[:, self._unknown] = self._system.solve(sums).T
        return values


def _numbers(cells: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Number the True pixels: [h + 2, w + 2], -1 elsewhere and in a border of one pixel."""
    numbers = np.full((cells.shape[0] + 2, cells.shape[1] + 2), -1, np.intp)
    numbers[1:-1, 1:-1][cells] = np.arange(np.count_nonzero(cells))
    return numbers


def _reached(unknown: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the connected parts of the unknown that touch something known; only they have a solution."""
    from scipy.ndimage import binary_dilation, label

    parts, count = label(unknown)
    touching = np.zeros(count + 1, bool)
    touching[parts[binary_dilation(known)]] = True
    touching[0] = False
    return np.asarray(touching[parts])


def _pooled(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum blocks of 2 by 2; an odd last row or column stands alone."""
    even = np.pad(plane, [(0, side % 2) for side in plane.shape])
    tall = even[::2] + even[1::2]
    return np.asarray(tall[:, ::2] + tall[:, 1::2])


def _doubled(plane: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Double the size, linear between the centres of the blocks, cut to shape."""
    import cv2

    height, width = plane.shape
    result = cv2.resize(plane, (2 * width, 2 * height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(result[: shape[0], : shape[1]])


def _around(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum the four neighbours of each pixel; there are none beyond the edges."""
    import cv2

    return np.asarray(cv2.filter2D(plane, -1, _CROSS, borderType=cv2.BORDER_CONSTANT))
