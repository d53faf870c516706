"""Turns pixels and metadata into the bytes of a file, refusing formats that cannot hold the picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from . import png16, tiff
from .errors import SaveError
from .metadata import Metadata

FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WebP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
}  # by suffix
_WEBP_SIDE = 16383
_JPEG_SIDE = 65500
_HOLDS_ALL = "Save it as .png or .tif."


def check_format(pixels: NDArray[Any], metadata: Metadata, path: Path) -> None:
    """Raise SaveError where the format that `path` ends in is unknown, or would lose part of the picture."""
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        ending = f'"{path.suffix}"' if path.suffix else "no ending"
        raise SaveError(f"{path} has {ending}, which names no format.", f"Choose one of: {', '.join(FORMATS)}.")
    height, width, channels = pixels.shape
    if pixels.dtype == np.uint16 and kind not in ("PNG", "TIFF"):
        _refuse(path, kind, "16 bits a channel")
    if channels in (2, 4) and kind in ("JPEG", "BMP"):
        _refuse(path, kind, "transparency")
    if metadata.icc and (kind == "BMP" or (kind == "WebP" and _is_grey(metadata.icc))):
        _refuse(path, kind, "the colour profile of this photo")
    limit = {"WebP": _WEBP_SIDE, "JPEG": _JPEG_SIDE}.get(kind)
    if limit and max(height, width) > limit:
        _refuse(path, kind, f"{width} x {height} pixels")


def _is_grey(icc: bytes) -> bool:
    """Whether the profile is of grey images; WebP knows only RGB. Source: ICC.1:2022, 7.2.6."""
    return icc[16:20] == b"GRAY"


def _refuse(path: Path, kind: str, what: str) -> None:
    raise SaveError(f"{path} was not saved: {kind} cannot hold {what}.", _HOLDS_ALL)


def encode(pixels: NDArray[Any], metadata: Metadata, path: Path) -> memoryview:
    """The bytes of the file. Call `check_format` first. Raises SaveError where the encoder gives up."""
    kind = FORMATS[path.suffix.lower()]
    try:
        if kind == "TIFF":
            return tiff.encode(pixels, metadata).getbuffer()
        if kind == "PNG" and pixels.dtype == np.uint16:
            return png16.encode(pixels, metadata, _png_text(metadata)).getbuffer()
        return _with_pillow(pixels, metadata, kind).getbuffer()
    except (OSError, ValueError) as error:
        raise SaveError(f"{path} was not saved: it cannot be written as {kind} ({error}).", _HOLDS_ALL) from error


def _with_pillow(pixels: NDArray[np.uint8], metadata: Metadata, kind: str) -> BytesIO:
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    beside: dict[str, Any] = {"icc_profile": metadata.icc, "exif": metadata.exif, "dpi": metadata.dpi}
    options: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": _png_text(metadata), "compress_level": 4},  # twice as fast as 6, files 2 % larger
        "JPEG": {"quality": 95, "subsampling": 0},
        # exact: colours under alpha 0 stay. quality is effort here: 80, the default, is seven times slower for 0.4 %.
        "WebP": {"lossless": True, "exact": True, "quality": 20},
        "BMP": {},
    }
    file = BytesIO()  # not the disk itself: Pillow's own writes do not notice a disk that fills up half-way
    image.save(file, kind.upper(), **options[kind], **{name: value for name, value in beside.items() if value})
    file.seek(0)
    return file


def _png_text(metadata: Metadata) -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    for keyword, value in metadata.text.items():
        text.add_text(keyword, value)  # values keep what kind of chunk they came from
    return text
