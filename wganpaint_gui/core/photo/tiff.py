"""TIFF: reading 16 bits per channel, of which Pillow reads 8, and writing every depth with all metadata."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, TiffImagePlugin, TiffTags

from .metadata import Metadata

_MAGIC = (b"II*\0", b"MM\0*")
_BIG_MAGIC = (b"II+\0", b"MM\0+")  # BigTIFF, with 64-bit offsets
_MAX_BYTES = 2**32 - 2**20  # 32-bit offsets, less a margin for the metadata
_ICC, _ORIENTATION, _EXTRA, _FORMAT = 34675, 274, 338, 339
_DIRECTORIES = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
# The TIFF tags that describe the photo rather than the layout of the file.
_DESCRIPTIVE = (270, 271, 272, 305, 306, 315, 33432)  # description, maker, model, software, date, artist, copyright
_BLACK_IS_ZERO, _RGB = 1, 2
_ASSOCIATED, _STRAIGHT = 1, 2  # kinds of alpha
_UNIT_INCH, _UNIT_CENTIMETRE = 2, 3


@dataclass(frozen=True)
class DeepHeader:
    """What is needed to read the first image of a TIFF with 16 bits per channel."""

    width: int
    height: int
    orientation: int
    inverted: bool  # white is zero
    premultiplied: bool
    planes_apart: bool  # each channel is stored separately
    metadata: Metadata


def read_header(path: Path) -> DeepHeader | None:
    """Return None for a file that is no TIFF, or one that Pillow reads losslessly. Damage raises what Pillow raises."""
    with path.open("rb") as file:
        head = file.read(8)
        if not head.startswith(_MAGIC + _BIG_MAGIC):
            return None
        exif = Image.Exif()
        if head.startswith(_BIG_MAGIC):  # Pillow cannot read their EXIF
            head += file.read(8)
        else:
            file.seek(0)
            exif.load_from_fp(file)
        tags = TiffImagePlugin.ImageFileDirectory_v2(head)
        file.seek(tags.next)
        tags.load(file)
        bits, photometric = tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,)), tags.get(262, 0)
        whole_numbers = set(tags.get(_FORMAT, (1,))) == {1}
        if set(bits) != {16} or photometric not in (0, _BLACK_IS_ZERO, _RGB) or len(bits) > 4 or not whole_numbers:
            return None
        orientation = tags.get(_ORIENTATION, 1)
        layout = (photometric == 0, tags.get(_EXTRA, (0,))[0] == _ASSOCIATED, tags.get(284, 1) == 2)
        metadata = Metadata(tags.get(_ICC), as_exif(exif), {}, resolution(tags))
        return DeepHeader(tags[256], tags[257], orientation if orientation in range(1, 9) else 1, *layout, metadata)


def resolution(tags: TiffImagePlugin.ImageFileDirectory_v2) -> tuple[float, float] | None:
    """Return pixels per inch, horizontally and vertically; None where the file does not tell."""
    scale = {_UNIT_INCH: 1.0, _UNIT_CENTIMETRE: 2.54}.get(tags.get(296, _UNIT_INCH))
    if scale is None or 282 not in tags or 283 not in tags:
        return None
    across, down = float(tags[282]) * scale, float(tags[283]) * scale
    return (across, down) if across > 0 and down > 0 else None


def as_exif(exif: Image.Exif) -> bytes | None:
    """Return what a TIFF directory tells about the photo, as EXIF bytes for other formats; None where it is nothing."""
    try:
        kept = Image.Exif()
        for tag in _DESCRIPTIVE:
            if tag in exif:
                kept[tag] = exif[tag]
        for directory in _DIRECTORIES:
            nested = exif.get_ifd(directory)
            if nested:
                kept[directory] = dict(nested)
        return kept.tobytes() if len(kept) else None
    except Exception:  # tags may hold anything; the photo is opened without them
        return None


def read_pixels(path: Path, header: DeepHeader) -> NDArray[np.uint16]:
    """Read the first image, [H, W, C] as stored, except that inversion and premultiplied alpha are undone."""
    import tifffile

    try:
        with tifffile.TiffFile(path) as file:
            pixels = file.pages[0].asarray()
        if header.planes_apart:
            pixels = np.moveaxis(pixels.reshape(-1, header.height, header.width), 0, -1)
    except ValueError:  # compressions such as LZW need more than tifffile; OpenCV reads most of them
        pixels = _read_with_opencv(path)
    pixels = pixels.astype(np.uint16, copy=False).reshape(header.height, header.width, -1)
    if header.inverted:
        pixels[..., 0] = 65535 - pixels[..., 0]
    return _straight(pixels) if header.premultiplied and pixels.shape[2] in (2, 4) else pixels


def _read_with_opencv(path: Path) -> NDArray[Any]:
    import cv2

    pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype != np.uint16:
        raise OSError("its compression is not supported")
    if pixels.ndim == 2:
        return pixels
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)


def _straight(pixels: NDArray[np.uint16]) -> NDArray[np.uint16]:
    alpha = np.maximum(pixels[..., -1:], 1).astype(np.float32)
    colours = np.clip(pixels[..., :-1] * (np.float32(65535) / alpha) + np.float32(0.5), 0, 65535)
    return np.concatenate([colours.astype(np.uint16), pixels[..., -1:]], axis=2)


def encode(pixels: NDArray[np.uint8] | NDArray[np.uint16], metadata: Metadata) -> BytesIO:
    """Return the whole file, uncompressed, in one strip. pixels: [H, W, C]. Raises ValueError above 4 GB."""
    if pixels.nbytes > _MAX_BYTES:
        raise ValueError("it would be larger than 4 GB")
    try:
        return _encode(pixels, metadata, _tags_of(metadata.exif))
    except Exception:  # EXIF may hold anything; what cannot be written as TIFF tags is omitted
        return _encode(pixels, metadata, {})


def _tags_of(exif: bytes | None) -> dict[int, Any]:
    if not exif:
        return {}
    source = Image.Exif()
    source.load(exif)
    tags: dict[int, Any] = {tag: source[tag] for tag in _DESCRIPTIVE if tag in source}
    return tags | {directory: nested for directory in _DIRECTORIES if (nested := source.get_ifd(directory))}


def _encode(pixels: NDArray[Any], metadata: Metadata, tags: dict[int, Any]) -> BytesIO:
    height, width, channels = pixels.shape
    little = pixels.astype(pixels.dtype.newbyteorder("<"), copy=False)
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    layout = {
        TiffImagePlugin.IMAGEWIDTH: width,
        TiffImagePlugin.IMAGELENGTH: height,
        TiffImagePlugin.BITSPERSAMPLE: (pixels.dtype.itemsize * 8,) * channels,
        TiffImagePlugin.COMPRESSION: 1,  # none
        TiffImagePlugin.PHOTOMETRIC_INTERPRETATION: _BLACK_IS_ZERO if channels <= 2 else _RGB,
        TiffImagePlugin.STRIPOFFSETS: 0,  # from the end of the directory, whose place Pillow adds
        _ORIENTATION: 1,
        TiffImagePlugin.SAMPLESPERPIXEL: channels,
        TiffImagePlugin.ROWSPERSTRIP: height,
        TiffImagePlugin.STRIPBYTECOUNTS: pixels.nbytes,
        TiffImagePlugin.PLANAR_CONFIGURATION: 1,
    }
    if channels in (2, 4):
        layout[_EXTRA] = _STRAIGHT
    if metadata.icc:
        layout[_ICC] = metadata.icc
    if metadata.dpi:
        layout |= {282: metadata.dpi[0], 283: metadata.dpi[1], 296: _UNIT_INCH}
    for tag, value in (tags | layout).items():
        directory[tag] = value
    for tag in (TiffImagePlugin.STRIPOFFSETS, TiffImagePlugin.STRIPBYTECOUNTS):
        directory.tagtype[tag] = TiffTags.LONG
    file = BytesIO()
    directory.save(file)
    file.write(np.ascontiguousarray(little).data.cast("B"))
    return file
