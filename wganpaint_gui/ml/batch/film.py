"""The search as a film: the photo around each frame, step by step, with the methods side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.core.photo.photo_source import Watch, unwatched
from wganpaint_gui.core.search.settings import METHOD_NAMES
from wganpaint_gui.core.system.atomic import atomic_write

from .backdrop import Backdrop, scaled
from .frame_filler import MethodFill

MAX_PICTURES = 120  # of the whole film
FRAME_SIDE = 256  # pixels, the frame's side in the film
_GAP = 6  # pixels between two methods
_CAPTION = 22  # pixels
_PICTURE_MS, _LAST_MS = 60, 2000
_SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    ".webp": {"format": "WEBP", "quality": 75, "method": 2},
    ".gif": {"format": "GIF", "optimize": True},
}


def check_animation_name(path: Path | None) -> None:
    """Check the film's format by its file name. Raises UsageError where it is not supported."""
    if path is not None and path.suffix.lower() not in _SAVE_OPTIONS:
        raise UsageError(f"{path}: unsupported film format.", "Use .webp or .gif.")


def write_animation(
    path: Path, fills: Sequence[Sequence[MethodFill]], *, overwrite: bool, watch: Watch = unwatched
) -> None:
    """Write the film of all frames one after another; each ends with the best candidates. Raises SaveError.

    fills: for each frame one per method, each with its backdrop. watch: called with the share that is drawn, from 0
    to 1; what it raises ends the work, and nothing is written.
    """
    pictures: list[Image.Image] = []
    durations: list[int] = []
    for found in fills:
        most = MAX_PICTURES // len(fills)
        for picture in _film(found, most):
            pictures.append(picture)
            durations.append(_PICTURE_MS)
            watch(min(1.0, len(pictures) / MAX_PICTURES))
        durations[-1] = _LAST_MS
    pictures = _same_size(pictures)
    options = _SAVE_OPTIONS[path.suffix.lower()]

    def save(file: BinaryIO) -> None:
        pictures[0].save(file, save_all=True, append_images=pictures[1:], duration=durations, loop=0, **options)

    atomic_write(path, save, overwrite=overwrite)


def shown_steps(steps: int, pictures: int) -> list[int]:
    """Return the steps that a film of at most that many pictures shows: evenly spaced, with the first and last."""
    return [int(step) for step in np.unique(np.linspace(0, steps - 1, min(steps, max(pictures, 1))).round())]


def _film(found: Sequence[MethodFill], pictures: int) -> Iterator[Image.Image]:
    """Draw the best candidate of each method at each shown step and at its best step."""
    steps = shown_steps(max(one.steps for one in found), pictures - 1)
    for step in (*steps, None):
        yield _beside([_panel(one, step) for one in found])


def _panel(one: MethodFill, step: int | None) -> Image.Image:
    """Draw a method's winner at a step; at its best for None, and while only the other method is refined."""
    assert one.backdrop is not None
    searched = one.fill.config.steps
    if step is not None and step >= searched and step not in one.refined_steps:
        step = None
    number = int(one.best_steps[one.winner]) if step is None else step
    time = f"step {number}" if number < searched else f"refinement step {number - searched}"
    overlay = one.fill.composer.overlay(one.image_at(step))
    best = "best, " if step is None else ""
    return _captioned(_filled(one.backdrop, overlay), f"{METHOD_NAMES[one.method]}: {best}{time}")


def _filled(behind: Backdrop, overlay: NDArray[np.uint8]) -> Image.Image:
    """Draw at the overlay's own size, then scale the whole: scaling the overlay alone would show its edge."""
    fill = Image.fromarray(overlay)
    picture = behind.image.copy()
    picture.paste(fill, behind.corner, fill)
    return scaled(picture, FRAME_SIDE / fill.width)


def _captioned(picture: Image.Image, text: str) -> Image.Image:
    result = Image.new("RGB", (picture.width, picture.height + _CAPTION), "black")
    result.paste(picture, (0, 0))
    ImageDraw.Draw(result).text((6, picture.height + 4), text, fill="white", font=ImageFont.load_default(13))
    return result


def _beside(pictures: Sequence[Image.Image]) -> Image.Image:
    width = sum(picture.width for picture in pictures) + _GAP * (len(pictures) - 1)
    result = Image.new("RGB", (width, pictures[0].height), "black")
    left = 0
    for picture in pictures:
        result.paste(picture, (left, 0))
        left += picture.width + _GAP
    return result


def _same_size(pictures: Sequence[Image.Image]) -> list[Image.Image]:
    """Pad smaller pictures with black: a film has one size, and frames near the photo's edge have a smaller one."""
    width, height = max(one.width for one in pictures), max(one.height for one in pictures)
    result = []
    for picture in pictures:
        canvas = Image.new("RGB", (width, height), "black")
        canvas.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
        result.append(canvas)
    return result
