"""A photo: its pixels as they are in the file, upright, and the metadata of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.ImageCms import ImageCmsTransform

from wganpaint_gui.core.errors import ExistsError
from wganpaint_gui.core.file_names import free_name
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.system.atomic import atomic_write

from .colours import transforms
from .colours.matrix_profile import MatrixProfile, matrix_profile
from .metadata import Metadata
from .photo_reader import read_photo
from .photo_source import Watch, unwatched
from .photo_writer import check_format, encode, format_of

Pixels = NDArray[Any]  # of uint8 or uint16; a union of the two would not pass through numpy's own types


@dataclass(eq=False)
class Photo:
    """A photo. pixels: [H, W, C], 8 or 16 bits, C-contiguous. C: 1 grey, 2 grey + alpha, 3 RGB, 4 straight RGBA."""

    pixels: Pixels
    metadata: Metadata = field(default_factory=Metadata)
    path: Path | None = None  # of its file; None: it came from the clipboard

    def __post_init__(self) -> None:
        shape, dtype = self.pixels.shape, self.pixels.dtype
        if len(shape) != 3 or shape[2] not in (1, 2, 3, 4) or 0 in shape or dtype not in (np.uint8, np.uint16):
            raise ValueError(f"pixels of shape {shape} and type {dtype} are not a photo")

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

    @property
    def is_srgb(self) -> bool:
        """Whether its own colours are sRGB, or count as that for want of a usable profile."""
        return self._to_srgb() is None

    def rgb8(self, box: Box) -> NDArray[np.uint8]:
        """Return a region inside the photo, sRGB [h, w, 3]; grey is repeated, 16 bits are cut to 8."""
        return self.shown_colours(self._colour(box))

    def shown_colours(self, own: Pixels) -> NDArray[np.uint8]:
        """Convert [h, w, 1 or 3], uint8 or uint16, from the photo's own colours to sRGB [h, w, 3]."""
        transform = self._to_srgb()
        if transform is None:
            return _repeat_grey(_cut_to_8(own))
        if own.dtype == np.uint16 and (profile := self._matrix_profile()) is not None:
            return (profile.to_srgb(own) * np.float32(255) + np.float32(0.5)).astype(np.uint8)
        return transforms.apply(transform, _cut_to_8(own))

    def shown8(self, box: Box) -> NDArray[np.uint8]:
        """Return a region as `rgb8` does, with the photo's alpha: [h, w, 4] straight RGBA, else [h, w, 3]."""
        rgb = self.rgb8(box)
        return np.dstack([rgb, _cut_to_8(self.pixels[box.slices][..., -1])]) if self.has_alpha else rgb

    def transparent(self, box: Box) -> NDArray[np.bool_]:
        """Return [h, w] of a region inside the photo, True where alpha is 0: the colours stored there are invisible."""
        if not self.has_alpha:
            return np.zeros((box.height, box.width), bool)
        return np.asarray(self.pixels[box.slices][..., -1] == 0)

    def srgb(self, box: Box) -> NDArray[np.float32]:
        """Return a region inside the photo as a model sees it: sRGB [h, w, 3] in 0..1.

        The photo's ICC profile converts it, in 8 bits where the photo has 8 or the profile holds tables of colours;
        without a usable one the values count as sRGB.
        """
        pixels, transform = self._colour(box), self._to_srgb()
        if transform is None:
            return _repeat_grey(pixels).astype(np.float32) / np.float32(self.max_value)
        if pixels.dtype == np.uint16 and (profile := self._matrix_profile()) is not None:
            return profile.to_srgb(pixels)
        return transforms.apply(transform, _cut_to_8(pixels)).astype(np.float32) / np.float32(255)

    def from_srgb(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Convert sRGB [h, w, 3] to the photo's own colours, [h, w, 3] in 0..1; a grey photo gets grey."""
        transform = self._to_srgb(inverse=True)
        if transform is not None and (profile := self._matrix_profile()) is not None:
            return _repeat_grey(profile.from_srgb(rgb))
        own = rgb if transform is None else _repeat_grey(transforms.apply(transform, np.ascontiguousarray(rgb)))
        return own.astype(np.float32) / np.float32(255)

    def replaced(self, pixels: Pixels) -> Photo:
        """Return the same photo with other pixels."""
        return replace(self, pixels=pixels)

    def _to_srgb(self, *, inverse: bool = False) -> ImageCmsTransform | None:
        return transforms.to_srgb(self.metadata.icc, "L" if self.is_grey else "RGB", inverse=inverse)

    def _matrix_profile(self) -> MatrixProfile | None:
        return matrix_profile(self.metadata.icc, grey=self.is_grey)

    def _colour(self, box: Box) -> Pixels:
        """Return a view of the region without its alpha, [h, w, 1 or 3]."""
        return self.pixels[box.slices][..., : 1 if self.is_grey else 3]


def load_photo(path: Path, watch: Watch = unwatched) -> Photo:
    """Read any image file that Pillow can, PNG and TIFF with up to 16 bits a channel; EXIF turns it upright.

    Palettes become RGB(A), CMYK and Lab become sRGB; of several frames the first is read. watch: see `read_photo`.
    Raises PhotoError.
    """
    pixels, metadata = read_photo(path, watch)
    return Photo(pixels, metadata, path)


def photo_from_pixels(pixels: Pixels) -> Photo:
    """Make a photo without a file, such as one from the clipboard. pixels: [H, W] or [H, W, 1..4], copied."""
    return Photo(np.array(pixels if pixels.ndim == 3 else pixels[..., None], order="C"))


def save_photo(photo: Photo, path: Path, *, overwrite: bool = False, quality: int | None = None) -> None:
    """Write the photo in the format of the suffix, lossless except for JPEG; a failure leaves an old file untouched.

    Raises SaveError where the file exists or cannot be written, or where its format cannot hold the photo's depth,
    alpha or colour profile: nothing of the picture is lost silently. EXIF and text are omitted where a format has no
    place for them. quality: of a lossy file, see `encode`.
    """
    check_format(photo.pixels, photo.metadata, path)
    atomic_write(
        path, lambda file: file.write(encode(photo.pixels, photo.metadata, path, quality)), overwrite=overwrite
    )


def save_beside(photo: Photo, original: Path) -> Path:
    """Save as `save_photo` does, under the first free name beside `original`; returns it. Raises SaveError.

    Where another program takes that name at the same moment, the next one is used.
    """
    while True:
        path = filled_name(original)
        with suppress(ExistsError):
            save_photo(photo, path)
            return path


def saved_difference(photo: Photo, path: Path, mask: NDArray[np.uint8] | None = None) -> int | None:
    """Read a saved photo again and count the pixels that differ from `photo` outside the mask; must be 0.

    mask: [H, W], above 127 = fill; None: every pixel counts. A format may store grey as three equal colours, and drop
    or add an alpha that is opaque everywhere: that is no difference. Returns None for a lossy format, which cannot be
    compared. Raises PhotoError where the file cannot be read.
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
    """Yield red, green, blue and alpha, each [H, W]; for a photo without alpha a single opaque value."""
    channels = pixels.shape[2]
    for index in range(3):
        yield pixels[..., index if channels >= 3 else 0]
    yield pixels[..., -1] if channels in (2, 4) else np.array(np.iinfo(pixels.dtype).max, pixels.dtype)


def filled_name(path: Path) -> Path:
    """Return the first free name beside a photo for its filled copy: photo-filled.png, photo-filled-2.png and so on.

    Formats that can be read but not written become .png.
    """
    suffix = path.suffix if format_of(path) else ".png"
    return free_name(path.with_name(f"{path.stem}{suffix}"), "-filled")


def _cut_to_8(pixels: Pixels) -> NDArray[np.uint8]:
    return (pixels >> 8).astype(np.uint8) if pixels.dtype == np.uint16 else np.ascontiguousarray(pixels, np.uint8)


def _repeat_grey(pixels: NDArray[Any]) -> NDArray[Any]:
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels
