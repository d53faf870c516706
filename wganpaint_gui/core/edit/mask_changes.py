"""What the Mask menu does to a whole mask, uint8 [H, W] with values above 127 to be filled."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.mask import Mask, bounding_box, hole, whole

Fit = Literal["scale", "centre"]  # how a mask of another size is put on a photo


def invert(mask: Mask) -> Mask:
    """Return the inverted mask: what was kept is filled and the other way round; soft edges stay soft."""
    return 255 - mask


def clear(mask: Mask) -> Mask:
    """Return an empty mask of the same size."""
    return np.zeros_like(mask)


def grow(mask: Mask, pixels: int) -> Mask:
    """Return a mask whose hole is grown by a disc of this radius; nothing of the mask is lost."""
    grown = mask.copy()
    near = bounding_box(mask).grown(pixels).intersect(whole(mask))
    if near.empty:
        return grown
    part = grown[near.slices]
    part[_distance(~hole(part)) <= pixels] = 255
    return grown


def shrink(mask: Mask, pixels: int) -> Mask:
    """Return a mask that keeps what lies deeper in the hole than `pixels`; nothing is removed at the photo's border."""
    shrunk = np.zeros_like(mask)
    box = bounding_box(mask)
    near = box.grown(1).intersect(whole(mask))  # with the pixels around the hole, from which distance counts
    inside = hole(mask[near.slices])
    # Where everything is hole there is nothing to measure from, and nothing to shrink away from.
    deep = inside if inside.all() else inside & (_distance(inside) > pixels)
    np.copyto(shrunk[near.slices], mask[near.slices], where=deep)
    return shrunk


def feather(mask: Mask, pixels: int) -> Mask:
    """Return a mask with the same hole whose values rise over this many pixels on either side of the hole's edge.

    They rise as those of a soft brush do; 0 makes the edge hard. The hole stays as it is, pixel for pixel: what the
    values change is how strongly a feathered fill covers the photo.
    """
    soft = np.zeros_like(mask)
    near = bounding_box(mask).grown(max(1, pixels)).intersect(whole(mask))
    inside = hole(mask[near.slices])
    if not inside.any():
        return soft
    part = soft[near.slices]
    np.multiply(inside, np.uint8(255), out=part)
    if pixels and not inside.all():
        # From the edge, half a pixel from the centres on either side of it: above 0 inside, below outside. All in one
        # array, because masks of large photos are as slow as the memory.
        depth = _distance(inside)
        depth -= _distance(~inside)
        depth -= np.where(inside, np.float32(0.5), np.float32(-0.5))
        depth *= 1 / (2 * pixels)
        depth += 0.5
        np.clip(depth, 0, 1, out=depth)
        rise = depth * -2  # smoothstep, 3 t^2 - 2 t^3
        rise += 3
        rise *= depth
        rise *= depth
        rise *= 255
        rise += 0.5
        values = rise.astype(np.uint8)
        part[...] = np.where(inside, np.maximum(values, 128), np.minimum(values, 127))
    return soft


def smooth(mask: Mask, pixels: int) -> Mask:
    """Return a mask whose outline is rounded: a pixel goes with the majority around it.

    What is much narrower than `pixels` vanishes, in the hole as specks and around it as gaps.
    """
    smoothed = mask.copy()
    near = bounding_box(mask).grown(2 * pixels).intersect(whole(mask))
    if near.empty or not pixels:
        return smoothed
    import cv2

    part = smoothed[near.slices]
    before = hole(part)
    # Near pixels count more, as in a Gaussian blur; this one takes the same time whatever its size.
    around = cv2.stackBlur(before.view(np.uint8) * np.uint8(255), (2 * pixels + 1, 2 * pixels + 1))
    after = np.asarray(around) > 127
    part[after & ~before] = 255
    part[before & ~after] = 0
    return smoothed


def fitted(mask: Mask, size: tuple[int, int], fit: Fit) -> Mask:
    """Return a mask put on a photo of another size, (width, height): scaled to it, or centred and cut at its edges.

    Raises MaskError for a mask without pixels.
    """
    width, height = size
    if not mask.size:
        raise MaskError("The mask has no pixels.", "Use a mask of the photo's size.")
    if fit == "scale":
        import cv2

        smaller = width * height < mask.size
        return np.asarray(
            cv2.resize(mask, size, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR), np.uint8
        )
    result = np.zeros((height, width), np.uint8)
    x, y = (width - mask.shape[1]) // 2, (height - mask.shape[0]) // 2  # of the mask's corner on the photo
    shown = whole(mask).moved(x, y).intersect(whole(result))
    result[shown.slices] = mask[shown.moved(-x, -y).slices]
    return result


def _distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return [h, w]: each True pixel's distance to the nearest False one, between centres; 0 where False."""
    import cv2

    return np.asarray(cv2.distanceTransform(inside.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
