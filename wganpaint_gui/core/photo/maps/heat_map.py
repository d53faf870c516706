"""Colours of a heat map: dark and faint where a value is low, bright where it is high."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

FADING = 0.9  # opacity of the highest value of a map that fades out; the photo stays visible under it
GROUND = 0.72  # opacity of the value 0 of a map that does not: what is under it, and beside it, is dimmed
_FADES = 0.8  # power: a little more of the middle is seen than in proportion to its value
_SHARE_OPAQUE = 0.08  # from this value on, a map that does not fade is opaque


@cache
def colour_table(*, fading: bool) -> NDArray[np.uint8]:
    """Return the colours of the values 0 to 1: straight RGBA [256, 4]. They are those of inferno.

    fading: low values are transparent; otherwise they dim what is under them to `GROUND`.
    """
    import cv2

    levels = np.arange(256, dtype=np.uint8)
    colours = cv2.applyColorMap(levels[:, None], cv2.COLORMAP_INFERNO)[:, 0, ::-1]
    values = levels / np.float32(255)
    opacity = FADING * values**_FADES if fading else GROUND + (1 - GROUND) * np.minimum(values / _SHARE_OPAQUE, 1)
    table = np.concatenate([colours, np.rint(255 * opacity).astype(np.uint8)[:, None]], axis=1)
    table.flags.writeable = False
    return table


def heat_colours(values: NDArray[np.floating], *, fading: bool) -> NDArray[np.uint8]:
    """Colour values [h, w], clipped to 0..1: straight RGBA [h, w, 4]."""
    coloured: NDArray[np.uint8] = colour_table(fading=fading)[np.rint(255 * values.clip(0, 1)).astype(np.uint8)]
    return coloured


def brightest(values: NDArray[np.floating]) -> float:
    """Return the value that deserves the brightest colour: few are higher, so that no single one darkens all others.

    Never 0, so that one can divide by it.
    """
    return max(float(np.percentile(values, 99.5)), 1e-12)
