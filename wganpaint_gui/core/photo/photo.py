"""A photo: its pixels as they are in the file, upright, and what the file said beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import ExistsError
from wganpaint_gui.core.file_names import free_name
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.system.atomic import atomic_write

from . import colour
from .metadata import Metadata
from .photo_reader import read_photo
from .photo_writer import check_format, encode, format_of

Pixels = NDArray[Any]  # of uint8 or uint16; a union of the two would not pass through numpy's own types


@dataclass(eq=False)
class Photo:
    """pixels: [H, W, C] of 8 or 16 bits, C-contiguous. C: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA (straight alpha)."""

    pixels: Pixels
    metadata: Metadata = field(default_factory=Metadata)
    path: Path | None = None  # where it was opened from; None: it came from the clipboard

    def __post_init__(self) -> None:
        shape, dtype = self.pixels.shape, self.pixels.dtype
        if len(shape) != 3 or shape[2] not in (1, 2, 3, 4) or 0 in shape or dtype not in (np.uint8, np.uint16):
            raise ValueError(f"pixels of shape {shape} and type {dtype} are no photo")

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def has_alpha(self) -> bool:
        return int(self.pixels.shape[2]) in (2, 4)

    @property
    def is_grey(self) -> bool:
        return int(self.pixels.shape[2]) <= 2

    @property
    def depth(self) -> int:
        """Bits a channel: 8 or 16."""
        return self.pixels.dtype.itemsize * 8

    @property
    def max_value(self) -> int:
        return int(np.iinfo(self.pixels.dtype).max)

    def rgb8(self, box: Box) -> NDArray[np.uint8]:
        """[h, w, 3] of a region inside the photo, in the photo's own colours; grey repeated, 16 bits cut to 8."""
        return _repeat_grey(_cut_to_8(self._colour(box)))

    def shown8(self, box: Box) -> NDArray[np.uint8]:
        """As `rgb8`, with the alpha of a photo that has one: [h, w, 3] RGB or [h, w, 4] straight RGBA."""
        rgb = self.rgb8(box)
        return np.dstack([rgb, _cut_to_8(self.pixels[box.slices][..., -1])]) if self.has_alpha else rgb

    def transparent(self, box: Box) -> NDArray[np.bool_]:
        """[h, w] of a region inside the photo, True where alpha is 0: nobody sees the colours stored there."""
        if not self.has_alpha:
            return np.zeros((box.height, box.width), bool)
        return np.asarray(self.pixels[box.slices][..., -1] == 0)

    def srgb(self, box: Box) -> NDArray[np.float32]:
        """[h, w, 3] in 0..1 of a region inside the photo: what a model sees.

        Converted by the photo's ICC profile (in 8 bits); without a usable one the values are taken as sRGB.
        """
        pixels = self._colour(box)
        transform = colour.to_srgb(self.metadata.icc, "L" if self.is_grey else "RGB")
        if transform is None:
            return _repeat_grey(pixels).astype(np.float32) / np.float32(self.max_value)
        return colour.apply(transform, _cut_to_8(pixels)).astype(np.float32) / np.float32(255)

    def from_srgb(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The way back from sRGB [h, w, 3] to the photo's own colours, [h, w, 3] in 0..1; grey photos get grey."""
        transform = colour.from_srgb(self.metadata.icc, "L" if self.is_grey else "RGB")
        own = rgb if transform is None else _repeat_grey(colour.apply(transform, np.ascontiguousarray(rgb)))
        return own.astype(np.float32) / np.float32(255)

    def replaced(self, pixels: Pixels) -> Photo:
        """The same photo with other pixels."""
        return replace(self, pixels=pixels)

    def _colour(self, box: Box) -> Pixels:
        """The region without its alpha, [h, w, 1 or 3]; a view."""
        return self.pixels[box.slices][..., : 1 if self.is_grey else 3]


def load_photo(path: Path) -> Photo:
    """Read any image file Pillow can, 16 bits a channel in PNG and TIFF; upright, by its EXIF orientation.

    Palettes become RGB(A); CMYK and Lab become sRGB; of several frames the first counts. Raises PhotoError.
    """
    pixels, metadata = read_photo(path)
    return Photo(pixels, metadata, path)


def photo_from_pixels(pixels: Pixels) -> Photo:
    """A photo that came from no file, such as the clipboard's. pixels: [H, W] or [H, W, 1..4], copied."""
    return Photo(np.array(pixels if pixels.ndim == 3 else pixels[..., None], order="C"))


def save_photo(photo: Photo, path: Path, *, overwrite: bool = False) -> None:
    """Write in the format `path` ends in; without loss but for JPEG. What stood there survives any failure.

    Raises SaveError where the file exists, cannot be written, or its format cannot hold the photo's depth, alpha or
    colour profile: nothing of the picture is lost silently. EXIF and text are left out where a format has no place.
    """
    check_format(photo.pixels, photo.metadata, path)
    atomic_write(path, lambda file: file.write(encode(photo.pixels, photo.metadata, path)), overwrite=overwrite)


def save_beside(photo: Photo, original: Path) -> Path:
    """As `save_photo`, under the first free name beside `original`, which is returned. Raises SaveError.

    Another program may look for a name at the same moment: who comes second takes the next one.
    """
    while True:
        path = filled_name(original)
        with suppress(ExistsError):
            save_photo(photo, path)
            return path


def saved_difference(photo: Photo, path: Path, mask: NDArray[np.uint8] | None = None) -> int | None:
    """Read a saved photo back and count its pixels that differ from `photo` outside the mask; must be 0.

    mask: [H, W], above 127 = fill; None: every pixel counts. A format may keep grey as three equal colours, and leave
    out or add an alpha that is opaque everywhere: that is no difference. Returns None for a lossy format, where
    there is nothing to compare. Raises PhotoError where the file cannot be read.
    """
    kind = format_of(path)
    if kind is None or not kind.lossless:
        return None
    written = load_photo(path).pixels
    if written.shape[:2] != photo.pixels.shape[:2] or written.dtype != photo.pixels.dtype:
        differs = np.ones(photo.pixels.shape[:2], bool)
    else:
        differs = np.zeros(photo.pixels.shape[:2], bool)
        for before, after in zip(_planes(photo.pixels), _planes(written), strict=True):
            differs |= before != after
    if mask is not None:
        differs &= ~hole(mask)
    return int(np.count_nonzero(differs))


def _planes(pixels: Pixels) -> Iterator[Pixels]:
    """Red, green, blue and alpha of any photo, each [H, W]; an alpha that is not there is a single opaque value."""
    channels = pixels.shape[2]
    for index in range(3):
        yield pixels[..., index if channels >= 3 else 0]
    yield pixels[..., -1] if channels in (2, 4) else np.array(np.iinfo(pixels.dtype).max, pixels.dtype)


def filled_name(path: Path) -> Path:
    """Return the first free name beside a photo for its filled copy: photo-filled.png, photo-filled-2.png and so on.

    Formats that can be read but not written become .png.
    """
    suffix = path.suffix if format_of(path) else ".png"
    return free_name(path.with_name(f"{path.stem}-filled{suffix}"))


def _cut_to_8(pixels: Pixels) -> NDArray[np.uint8]:
    return (pixels >> 8).astype(np.uint8) if pixels.dtype == np.uint16 else np.ascontiguousarray(pixels, np.uint8)


def _repeat_grey(pixels: NDArray[Any]) -> NDArray[Any]:
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
