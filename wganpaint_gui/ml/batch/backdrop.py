"""The photo around a frame, which a film shows behind the fills."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.compose import PREVIEW_SIZE

_MARGIN = 0.15  # of the frame's side, shown around it


@dataclass(frozen=True, eq=False)
class Backdrop:
    """Holds the photo around a frame, scaled like the fill, and the position of the corner of the frame's box in it."""

    image: Image.Image
    corner: tuple[int, int]  # x, y


def backdrop(photo: Photo, frame: Frame) -> Backdrop:
    """Copy the current photo around a frame, at the size in which fills are shown."""
    square = frame.box
    shown = square.grown(round(_MARGIN * frame.size)).intersect(photo.box)
    scale = min(square.width, PREVIEW_SIZE) / square.width
    corner = (round((square.x - shown.x) * scale), round((square.y - shown.y) * scale))
    picture = Image.fromarray(photo.shown8(shown))
    if photo.has_alpha:  # a film is opaque, and hidden colours must not appear in it
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return Backdrop(scaled(picture, scale), corner)


def scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0) if size != image.size else image
