"""Encodes pixels and metadata as the bytes of a file; refuses formats that cannot hold the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from wganpaint_gui.core.errors import SaveError

from . import png16, tiff
from .colours.profiles import profile_of
from .descriptions import XMP_TEXT, as_photoshop, fitting, left_out
from .metadata import Metadata


@dataclass(frozen=True)
class FileFormat:
    """What a format can hold, and the suffixes of its files."""

    name: str
    suffixes: tuple[str, ...]  # lower case; the usual one first
    lossless: bool
    deep: bool  # 16 bits a channel
    alpha: bool
    longest_side: int | None = None  # pixels


# The formats in which photos are saved, in the order in which they are offered.
FORMATS = (
    FileFormat("PNG", (".png",), lossless=True, deep=True, alpha=True),
    FileFormat("TIFF", (".tif", ".tiff"), lossless=True, deep=True, alpha=True),
    FileFormat("WebP", (".webp",), lossless=True, deep=False, alpha=True, longest_side=16383),
    FileFormat("JPEG", (".jpg", ".jpeg"), lossless=False, deep=False, alpha=False, longest_side=65500),
    FileFormat("BMP", (".bmp",), lossless=True, deep=False, alpha=False),
)
WRITABLE_SUFFIXES = tuple(suffix for kind in FORMATS for suffix in kind.suffixes)
_FULL_COLOUR = 90  # JPEG quality from which colours keep the full resolution, as in other editors
_HOLDS_ALL = "Save it as .png or .tif."


def format_of(path: Path) -> FileFormat | None:
    """Return the format of the suffix of `path`; None where the program cannot write it."""
    suffix = path.suffix.lower()
    return next((kind for kind in FORMATS if suffix in kind.suffixes), None)


def check_format(pixels: NDArray[Any], metadata: Metadata, path: Path) -> None:
    """Raise SaveError where the suffix of `path` is unknown, or its format would lose part of the picture."""
    kind = format_of(path)
    if kind is None:
        problem = f'the suffix "{path.suffix}" is unknown' if path.suffix else "the name has no suffix"
        raise SaveError(f"{path} was not saved: {problem}.", f"Choose one of: {', '.join(WRITABLE_SUFFIXES)}.")
    height, width, channels = pixels.shape
    if pixels.dtype == np.uint16 and not kind.deep:
        _refuse(path, kind, "16 bits per channel")
    if channels in (2, 4) and not kind.alpha:
        _refuse(path, kind, "transparency")
    # WebP allows only profiles for RGB images. Source: ICC.1:2022, 7.2.6.
    if metadata.icc and (kind.name == "BMP" or (kind.name == "WebP" and metadata.icc[16:20] == b"GRAY")):
        _refuse(path, kind, "the colour profile of this photo")
    if kind.longest_side is not None and max(height, width) > kind.longest_side:
        _refuse(path, kind, f"{width} × {height} pixels")


def missing_from(metadata: Metadata, path: Path) -> str:
    """Say in one sentence what the file of `path` will lack of a photo's metadata; "" where it will lack nothing."""
    kind = format_of(path)
    return left_out(metadata, kind.name) if kind is not None else ""


def _refuse(path: Path, kind: FileFormat, what: str) -> None:
    raise SaveError(f"{path} was not saved: {kind.name} cannot hold {what}.", _HOLDS_ALL)


def encode(pixels: NDArray[Any], metadata: Metadata, path: Path, quality: int | None = None) -> memoryview:
    """Return the bytes of the file. Call `check_format` first. Raises SaveError where the encoder fails.

    quality: of a lossy JPEG or WebP, 1 to 100; None: the highest that is sensible, and for WebP lossless.
    """
    kind = format_of(path)
    assert kind is not None
    metadata, _ = fitting(metadata, kind.name)
    if kind.name == "PNG" and metadata.icc == profile_of(metadata.chunks, pixels.shape[2] <= 2):
        metadata = replace(metadata, icc=None)  # the chunks say the same
    try:
        if kind.name == "TIFF":
            return tiff.encode(pixels, metadata).getbuffer()
        if kind.name == "PNG" and pixels.dtype == np.uint16:
            return png16.encode(pixels, metadata, _png_beside(metadata)).getbuffer()
        return _with_pillow(pixels, metadata, kind.name, quality).getbuffer()
    except (OSError, ValueError) as error:
        raise SaveError(f"{path} was not saved: it cannot be written as {kind.name} ({error}).", _HOLDS_ALL) from error


def _with_pillow(pixels: NDArray[np.uint8], metadata: Metadata, name: str, quality: int | None) -> BytesIO:
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    beside: dict[str, Any] = {"icc_profile": metadata.icc, "exif": metadata.exif, "dpi": metadata.dpi}
    if name != "PNG":  # which has it among its text
        beside |= {"xmp": metadata.xmp, "comment": metadata.comment}
    options: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": _png_beside(metadata), "compress_level": 4},  # twice as fast as 6, files 2% larger
        "JPEG": {"quality": 95, "subsampling": 0, "extra": as_photoshop(metadata.iptc) if metadata.iptc else b""},
        # exact: keeps colours under alpha 0. quality means effort here: the default of 80 takes seven times as long and
        # saves 0.4%.
        "WebP": {"lossless": True, "exact": True, "quality": 20},
        "BMP": {},
    }
    if quality is not None and name == "JPEG":
        options[name] |= {"quality": quality, "subsampling": 0 if quality >= _FULL_COLOUR else 2}
    elif quality is not None and name == "WebP":
        options[name] = {"lossless": False, "quality": quality, "method": 4}
    file = BytesIO()  # not the file itself: Pillow's own writes do not notice a disk that becomes full
    image.save(file, name.upper(), **options[name], **{key: value for key, value in beside.items() if value})
    return file


def _png_beside(metadata: Metadata) -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    for name, data in metadata.chunks:
        text.add(name, data)
    for keyword, value in metadata.text.items():
        text.add_text(keyword, value)  # values remember the kind of chunk they came from
    if metadata.comment and "Comment" not in metadata.text:
        text.add_text("Comment", metadata.comment.decode("utf-8", "replace"))
    if metadata.xmp:
        text.add_itxt(XMP_TEXT, metadata.xmp.decode("utf-8", "replace"))
    return text
