"""Face detection, and the square around each face for which the face model was trained."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo

_LONGER_SIDE = 640  # pixels of the reduced copy in which faces are detected
_SMALLEST_FACE = 40  # pixels of the reduced copy; smaller ones take most of the time and are mostly false
_SCALE_STEP = 1.1  # from one size of the search window to the next
# Windows that must agree on a face: chance patterns reached 14 in the photos tried, faces have 4 to 40.
_WITH_SKIN, _WITHOUT = 4, 16
_SKIN = 0.5  # share of skin-coloured pixels
# From the middle of the detector's windows to the model's framing (eyes near (0.30, 0.30) and (0.70, 0.30), mouth near
# y = 0.70), in window widths: medians over 100 faces whose framing is known.
_DOWN, _SIDE = 0.075, 0.99


@dataclass(frozen=True)
class _Find:
    """Windows of the detector that agree on one place in the reduced copy."""

    x: float
    y: float
    side: float
    windows: int


def detect_faces(photo: Photo, region: Box | None = None) -> list[Frame]:
    """Return the model's frame around each face, from left to right; [] where none is found.

    region: where to look, inside the photo; None: everywhere. Faces from about a sixteenth of its longer side are
    found. A frame may extend beyond the photo. Source: Liao et al. 2007, multi-block local binary patterns, as
    trained and shipped by scikit-image.
    """
    import cv2

    region = photo.box if region is None else region.intersect(photo.box)
    if region.empty:
        return []
    scale = max(1.0, max(region.width, region.height) / _LONGER_SIDE)
    size = (max(1, round(region.width / scale)), max(1, round(region.height / scale)))
    image: NDArray[np.uint8] = photo.rgb8(region)
    if scale > 1:
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    frames = []
    for find in _finds(image):
        if find.windows < _needed(image, find):
            continue
        side = max(1, round(find.side * _SIDE * scale))
        centre_x = region.x + (find.x + find.side / 2) * scale
        centre_y = region.y + (find.y + find.side * (0.5 + _DOWN)) * scale
        frames.append(Frame(round(centre_x - side / 2), round(centre_y - side / 2), side))
    return sorted(frames, key=lambda frame: (frame.x, frame.y, frame.size))


@cache
def _cascade() -> Any:
    from skimage import data
    from skimage.feature import Cascade

    return Cascade(data.lbp_frontal_face_cascade_filename())  # type: ignore[no-untyped-call]


def _finds(image: NDArray[np.uint8]) -> list[_Find]:
    """Return what the cascade takes for faces in the image [h, w, 3], the most certain first, none twice."""
    if min(image.shape[:2]) < _SMALLEST_FACE:
        return []
    windows = _windows(image)
    if not len(windows):
        return []
    finds: list[_Find] = []
    groups = _groups(windows)
    counts = np.bincount(groups)
    for group in np.argsort(-counts, kind="stable"):
        x, y, side = np.median(windows[groups == group], axis=0)
        find = _Find(float(x), float(y), float(side), int(counts[group]))
        if not any(_overlap(find, other) for other in finds):
            finds.append(find)
    return finds


def _windows(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return [n, 3]: left, top, side of every window that the cascade accepts, unmerged."""
    largest = min(image.shape[:2])
    found = _cascade().detect_multi_scale(
        img=image,
        scale_factor=_SCALE_STEP,
        step_ratio=1,
        min_size=(_SMALLEST_FACE, _SMALLEST_FACE),
        max_size=(largest, largest),
        min_neighbor_number=1,
        intersection_score_threshold=2,  # above 1 nothing is merged: its merging depends on the order of the windows
    )
    boxes = sorted((window["c"], window["r"], window["width"]) for window in found)
    return np.array(boxes, np.float64).reshape(-1, 3)


def _groups(windows: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return [n], the group of each window: windows of similar place and size are connected."""
    from scipy.sparse.csgraph import connected_components

    side = windows[:, 2]
    centre = windows[:, :2] + side[:, None] / 2
    smaller = np.minimum(side[:, None], side)
    apart = np.abs(centre[:, None] - centre).max(axis=2)
    near = (apart < 0.3 * smaller) & (np.maximum(side[:, None], side) < 1.6 * smaller)
    return np.asarray(connected_components(near, directed=False)[1], np.intp)


def _overlap(one: _Find, other: _Find) -> bool:
    """Return whether more than a quarter of the smaller lies on the other: they are one face."""
    width = min(one.x + one.side, other.x + other.side) - max(one.x, other.x)
    height = min(one.y + one.side, other.y + other.side) - max(one.y, other.y)
    return max(0.0, width) * max(0.0, height) > 0.25 * min(one.side, other.side) ** 2


def _needed(image: NDArray[np.uint8], find: _Find) -> int:
    """Return how many windows a face needs, by the colours in its middle."""
    skin = _skin_share(image, find.x + find.side / 2, find.y + find.side / 2, find.side)
    return _WITH_SKIN if skin >= _SKIN else _WITHOUT


def _skin_share(image: NDArray[np.uint8], x: float, y: float, side: float) -> float:
    """Return the share of skin-coloured pixels in the middle of a square: 0..1.

    image: [h, w, 3] sRGB. x, y: the square's middle. Source of the colours: Chai and Ngan 1999, bounds of Cb and Cr
    that hold for skin of any lightness.
    """
    reach = side * 0.3
    rows = slice(max(0, round(y - reach)), max(1, round(y + reach)))
    columns = slice(max(0, round(x - reach)), max(1, round(x + reach)))
    red, green, blue = np.moveaxis(image[rows, columns].astype(np.float32), 2, 0)
    cb = 128 - 0.169 * red - 0.331 * green + 0.5 * blue
    cr = 128 + 0.5 * red - 0.419 * green - 0.081 * blue
    skin = (cb >= 77) & (cb <= 127) & (cr >= 133) & (cr <= 173)
    return float(skin.mean()) if skin.size else 0.0
