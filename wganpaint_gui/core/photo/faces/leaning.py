"""Faces that lean: a cascade looks for them in the photo turned by several angles, the aligner frames what it finds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame, normal_angle
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.photo import Photo

from .aligner import Aligner, Squares

_LONGER_SIDE = 640  # pixels of the reduced copy in which faces are looked for
_SMALLEST_FACE = 40  # pixels of the reduced copy; smaller ones are mostly false
_LEAST_KNOWN = 0.2  # of the photo pixels under a pixel of the copy; below, it is unknown
_ANGLES = (0, 20, -20, 40, -40)  # degrees
_SIZE_STEP = 1.1  # from one size of the search window to the next
_MOST_WINDOWS = 256
_PROMISING, _MOST_GROUPS = 2.5, 8  # how certain the aligner must be to look again, and at how many places
# How certain it must be then, where one window agrees; each e times as many count like 1 more. Of 120 pasted faces that
# the benchmark does not use, 3 % are below; about 20 chance patterns in their photos are above.
_CERTAIN = 4.2
# From the middle of the windows to the model's framing, in window widths: medians over 50 pasted faces.
_RIGHT, _DOWN, _SIDE = 0.008, 0.083, 0.995
# How far squares may lie apart to be of one face: middle in sides, logarithm of the side, degrees.
_SPREAD = np.array([0.25, 0.25, 0.3, 20.0])
_APART = 0.6  # sides between the middles of two faces
_UPRIGHT = 3.0  # degrees


@dataclass(frozen=True)
class _Image:
    """A smaller copy of a part of a photo, from its known pixels alone."""

    rgb: NDArray[np.uint8]  # [h, w, 3], 0 where unknown
    known: NDArray[np.bool_]  # [h, w]
    part: Box  # of the photo

    @property
    def scale(self) -> float:
        """Photo pixels a pixel is wide."""
        return float(self.part.width / self.known.shape[1])


def find_faces(photo: Photo, mask: NDArray[np.uint8] | None = None, region: Box | None = None) -> list[Frame]:
    """Return the model's frame around each face, turned as the face leans, from left to right; [] where none is found.

    mask: uint8 [H, W], above 127 = fill; photo pixels under it have no effect, bit for bit. region: where to look,
    inside the photo; None: everywhere. Faces from about a sixteenth of its longer side that lean by up to about 45
    degrees are found. A frame may extend beyond the photo. Source of the cascade: Liao et al. 2007, multi-block local
    binary patterns, as trained and shipped by scikit-image.
    """
    region = photo.box if region is None else region.intersect(photo.box)
    if region.empty:
        return []
    image = _reduced(photo, mask, region)
    if min(image.known.shape) < _SMALLEST_FACE:
        return []
    frames = []
    for x, y, log_side, angle in map(np.ndarray.tolist, _faces(image)):
        side = math.exp(log_side) * image.scale
        frames.append(settled_frame(region.x + x * image.scale, region.y + y * image.scale, side, angle))
    return sorted(frames, key=lambda frame: (frame.x, frame.y, frame.size))


def largest_face(photo: Photo) -> Frame:
    """Return the frame of the largest detected face, or the largest centred square where there is none."""
    faces = find_faces(photo)
    if faces:
        return max(faces, key=lambda frame: frame.size)
    size = min(photo.width, photo.height)
    return Frame((photo.width - size) // 2, (photo.height - size) // 2, size)


def _reduced(photo: Photo, mask: NDArray[np.uint8] | None, part: Box) -> _Image:
    """Average the known photo pixels under each pixel of the copy."""
    import cv2

    scale = max(1.0, max(part.width, part.height) / _LONGER_SIDE)
    some = thinned(scale)
    rgb, known = np.ascontiguousarray(photo.rgb8(part)[some]), ~photo.transparent(part)[some]
    if mask is not None:
        known &= ~hole(mask[part.slices][some])
    size = (max(1, round(part.width / scale)), max(1, round(part.height / scale)))
    if known.all():
        rgb = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        return _Image(rgb, np.ones(rgb.shape[:2], bool), part)
    shown = known.view(np.uint8) * np.uint8(255)
    sums = cv2.resize(cv2.bitwise_and(rgb, rgb, mask=shown), size, interpolation=cv2.INTER_AREA).astype(np.float32)
    share = cv2.resize(shown, size, interpolation=cv2.INTER_AREA)[..., None]
    seen = share >= _LEAST_KNOWN * 255
    means = np.where(seen, np.minimum(sums * 255 / np.maximum(share, 1), 255), 0)
    return _Image(np.rint(means).astype(np.uint8), seen[..., 0], part)


def thinned(scale: float) -> tuple[slice, slice]:
    """Return an index of the rows and columns that are enough to average: at least four under each averaged pixel.

    scale: pixels that an averaged one is wide. All pixels of a large photo would take longer than to find the faces.
    """
    every = slice(None, None, max(1, int(scale / 4)))
    return every, every


def _windows(image: _Image) -> Squares:
    """Return what the cascade takes for faces, as the model frames them, in pixels of the image."""
    import cv2

    grey = np.asarray(cv2.cvtColor(image.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    if not image.known.all():
        grey = np.asarray(cv2.inpaint(grey, (~image.known).astype(np.uint8), 3, cv2.INPAINT_TELEA), np.uint8)
    cascade = _cascade()
    windows = np.concatenate([_at_angle(cascade, grey, angle) for angle in _ANGLES])
    some = np.linspace(0, len(windows) - 1, min(len(windows), _MOST_WINDOWS)).astype(int)
    return np.asarray(windows[some])


def _cascade() -> Any:
    """Return a new cascade: one must not be used by two threads."""
    import cv2
    from skimage import data

    # OpenCV does not read the file as it is, for a slip in the name of one element.
    text = Path(data.lbp_frontal_face_cascade_filename()).read_text().replace("featuhreParams", "featureParams")  # type: ignore[no-untyped-call]
    storage = cv2.FileStorage(text, cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY)
    cascade = cv2.CascadeClassifier()
    cascade.read(storage.getFirstTopLevelNode())
    return cascade


def _at_angle(cascade: Any, grey: NDArray[np.uint8], angle: float) -> Squares:
    """Return every window that the cascade accepts in the image [h, w] turned by an angle in degrees, unmerged."""
    import cv2

    height, width = grey.shape
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across = math.ceil(width * abs(cos) + height * abs(sin))
    down = math.ceil(width * abs(sin) + height * abs(cos))
    back = np.array([[cos, sin], [-sin, cos]])
    offset = np.array([across, down]) / 2 - back @ (width / 2, height / 2)
    if angle:
        matrix = np.column_stack([back, offset])
        grey = np.asarray(cv2.warpAffine(grey, matrix, (across, down), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    least, most = (_SMALLEST_FACE,) * 2, (min(height, width),) * 2
    boxes = cascade.detectMultiScale(grey, scaleFactor=_SIZE_STEP, minNeighbors=0, minSize=least, maxSize=most)
    found = np.array(boxes, np.float64).reshape(-1, 4)
    side = found[:, 2:3]
    middle = found[:, :2] + side / 2 + side * (_RIGHT, _DOWN)
    return np.column_stack([(middle - offset) @ back, np.log(side * _SIDE), np.full_like(side, angle)])


def _faces(image: _Image) -> list[NDArray[np.float64]]:
    """Return (x, y, log side, angle) of each face in pixels of the image, the most certain first, none twice."""
    aligner = Aligner(image.rgb, image.known)
    found = []
    for square, agreeing in _groups(*aligner.align(_windows(image))):
        settled, certain = aligner.settle(square)
        found.append((certain + math.log(agreeing), settled))
    faces: list[NDArray[np.float64]] = []
    for certain, face in sorted(found, key=lambda one: -one[0]):
        if certain > _CERTAIN and not any(_same(face, other) for other in faces):
            faces.append(face)
    return faces


def _groups(squares: Squares, certain: NDArray[np.float64]) -> list[tuple[NDArray[np.float64], int]]:
    """Return the most certain squares, each with how many agree on it; one for each place."""
    groups: list[tuple[NDArray[np.float64], int]] = []
    while len(squares) and len(groups) < _MOST_GROUPS and certain.max() > _PROMISING:
        best = squares[int(certain.argmax())]
        side = math.exp(best[2])
        near = (np.abs(squares - best) < _SPREAD * (side, side, 1, 1)).all(axis=1)
        groups.append((best, int(near.sum())))
        left = ~near & [not _same(square, best) for square in squares]
        squares, certain = squares[left], certain[left]
    return groups


def _same(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Return whether two squares lie on one face."""
    return bool(math.dist(one[:2], other[:2]) < _APART * math.exp(max(one[2], other[2])))


def settled_frame(x: float, y: float, side: float, angle: float) -> Frame:
    """Return the frame around a point in whole pixels and degrees.

    That of a face that hardly leans is upright, which is what people mean, and exact to see.
    """
    size, turned = max(1, round(side)), round(angle)
    upright = abs(angle) < _UPRIGHT
    return Frame(round(x - size / 2), round(y - size / 2), size, 0.0 if upright else normal_angle(turned))
