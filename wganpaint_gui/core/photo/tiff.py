"""TIFF: reading 16 bits per channel, of which Pillow reads 8, and writing every depth with all metadata."""

from __future__ import annotations

import math
import struct
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, TiffImagePlugin, TiffTags

from .colours import tiff_colours
from .colours.tiff_colours import Tags
from .descriptions import unread_parts, upright_xmp
from .metadata import Metadata

_MAGIC = (b"II*\0", b"MM\0*")
_BIG_MAGIC = (b"II+\0", b"MM\0+")  # BigTIFF, with 64-bit offsets
_MAX_BYTES = 2**32 - 2**20  # 32-bit offsets, less a margin for the metadata
_ICC, _PHOTOMETRIC, _ORIENTATION, _EXTRA, _FORMAT = 34675, 262, 274, 338, 339
_DIRECTORIES = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
# The TIFF tags that describe the photo rather than the layout of the file: description, maker, model, software, date,
# artist, copyright; rating twice; Windows' title, comment, author, keywords and subject.
_DESCRIPTIVE = (270, 271, 272, 305, 306, 315, 33432, 18246, 18249, 40091, 40092, 40093, 40094, 40095)
_XMP, _IPTC = 700, 33723
_BLACK_IS_ZERO, _RGB = 1, 2
_ASSOCIATED, _STRAIGHT = 1, 2  # kinds of alpha
_UNIT_INCH, _UNIT_CENTIMETRE = 2, 3
_SUBFILE, _THUMBNAIL = 254, 1  # NewSubfileType, and the bit of a reduced image
_ZSTD = 50000  # the compression
_YCBCR_BY_OPENCV = 8  # bits
_MOST_THUMBNAILS = 16  # a damaged file may hold a circle of pages


@dataclass(frozen=True)
class DeepHeader:
    """What is needed to read the first image of a TIFF."""

    width: int
    height: int
    orientation: int
    page: int  # the first that is no thumbnail, 0-based
    channels: tuple[int, ...]  # colours, then alpha if there is one; those stored beside them are of unknown meaning
    inverted: bool  # white is zero
    premultiplied: bool
    planes_apart: bool  # each channel is stored separately
    depth: int  # bits a channel: 8 or 16
    foreign: Tags | None  # the page's tags, where its colours are still to be converted to RGB
    metadata: Metadata


def read_header(file: BinaryIO, depth: int = 16) -> DeepHeader | None:
    """Return None for a file that is no TIFF of grey or RGB with that depth, or of colours that are converted here.

    Damage raises what Pillow raises.
    """
    found = _read_tags(file)
    if found is None:
        return None
    tags, page, exif = found
    bits, photometric = tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,)), tags.get(_PHOTOMETRIC, 0)
    if set(tags.get(_FORMAT, (1,))) != {1} or len(set(bits)) != 1:
        return None
    foreign = tiff_colours.is_converted(tags, bits[0])
    if not foreign and (bits[0] != depth or photometric not in (0, _BLACK_IS_ZERO, _RGB)):
        return None
    colours = 1 if photometric in (0, _BLACK_IS_ZERO, tiff_colours.PALETTE) else 3
    if len(bits) < colours:
        return None
    # What the other channels are; some programs write alpha without saying so.
    beside = (*tags.get(_EXTRA, (_STRAIGHT,)), *(0,) * len(bits))[: len(bits) - colours]
    alpha = [colours + index for index, kind in enumerate(beside) if kind in (_ASSOCIATED, _STRAIGHT)][:1]
    channels = (*range(colours), *alpha)
    orientation = tags.get(_ORIENTATION, 1)
    premultiplied = bool(alpha) and beside[alpha[0] - colours] == _ASSOCIATED
    xmp, iptc = descriptions(tags)
    is_lab = photometric in (tiff_colours.CIE_LAB, tiff_colours.ICC_LAB)  # which becomes sRGB, not what a profile says
    unread = unread_parts(len(bits) - len(channels), None if tags.next else 0)
    return DeepHeader(
        width=tags[256],
        height=tags[257],
        orientation=orientation if orientation in range(1, 9) else 1,
        page=page,
        channels=channels,
        inverted=photometric == 0,
        premultiplied=premultiplied,
        planes_apart=tags.get(284, 1) == 2,
        depth=bits[0],
        foreign=tags if foreign else None,
        metadata=Metadata(
            None if is_lab else _as_bytes(tags, _ICC),
            *(as_exif(exif), {}, resolution(tags), xmp and upright_xmp(xmp), iptc),
            remarks=unread,
        ),
    )


def stored_as(path: Path) -> str | None:
    """Return how the first image of a TIFF stores its colours, such as "16-bit YCbCr"; None where it is no TIFF."""
    try:
        with path.open("rb") as file:
            found = _read_tags(file)
            return None if found is None else tiff_colours.layout(found[0])
    except Exception:  # damaged
        return None


def _read_tags(file: BinaryIO) -> tuple[Tags, int, Image.Exif] | None:
    """Return the tags of the first page that is no thumbnail, its number, and EXIF; None where it is no TIFF."""
    file.seek(0)
    head = file.read(8)
    if not head.startswith(_MAGIC + _BIG_MAGIC):
        return None
    exif = Image.Exif()
    if head.startswith(_BIG_MAGIC):
        head += file.read(8)
    else:
        file.seek(0)
        exif.load_from_fp(file)
    start = head
    if head.startswith(_BIG_MAGIC):  # Pillow takes only those of little-endian files for BigTIFF, whatever the prefix
        start = _BIG_MAGIC[0] + head[4:]
    tags, page = Tags(start, prefix=head[:2]), 0
    file.seek(tags.next)
    tags.load(file)
    if head.startswith(_BIG_MAGIC):  # whose EXIF Pillow cannot read
        exif.update({tag: tags[tag] for tag in _DESCRIPTIVE if tag in tags})
    while is_thumbnail(tags) and tags.next and page < _MOST_THUMBNAILS:
        page += 1
        file.seek(tags.next)
        tags.load(file)
    return tags, page, exif


def is_thumbnail(tags: Tags) -> bool:
    """Return whether a page is a reduced picture of another one."""
    kind = tags.get(_SUBFILE, 0)
    return isinstance(kind, int) and bool(kind & _THUMBNAIL)


def resolution(tags: Tags) -> tuple[float, float] | None:
    """Return pixels per inch, horizontally and vertically; None where the file does not tell."""
    scale = {_UNIT_INCH: 1.0, _UNIT_CENTIMETRE: 2.54}.get(tags.get(296, _UNIT_INCH))
    if scale is None or 282 not in tags or 283 not in tags:
        return None
    across, down = float(tags[282]) * scale, float(tags[283]) * scale
    return (across, down) if across > 0 and down > 0 else None


def descriptions(tags: Tags) -> tuple[bytes | None, bytes | None]:
    """Return XMP and IPTC; None for each that is not there."""
    return _as_bytes(tags, _XMP), _as_bytes(tags, _IPTC)


def _as_bytes(tags: Tags, tag: int) -> bytes | None:
    """Return a tag's bytes; some programs store them as text, or IPTC as 32-bit numbers in the file's order."""
    try:
        value = tags[tag]
        if isinstance(value, int):  # a tuple of one, as Pillow has it; `bytes` would make so many zeros of it
            value = (value,)
        if isinstance(value, tuple):
            order = "<" if tags.prefix.startswith(b"II") else ">"
            value = struct.pack(f"{order}{len(value)}I", *value)
        found = value.encode() if isinstance(value, str) else bytes(value)
    except Exception:  # tags may hold anything; the photo is opened without them
        return None
    return found or None


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


def read_pixels(file: BinaryIO, header: DeepHeader) -> NDArray[Any]:
    """Read the header's page, [H, W, C] as stored, except that inversion and premultiplied alpha are undone.

    Colours other than grey and RGB become RGB.
    """
    dtype = np.uint8 if header.depth == 8 else np.uint16
    if _is_left_to_opencv(header):
        pixels = _read_with_opencv(_as_plain(file, header), dtype, header.page)
        return pixels.reshape(header.height, header.width, -1)[..., :3]
    import tifffile

    cut = False
    try:
        file.seek(0)
        with tifffile.TiffFile(file) as pages:
            page = pages.pages[header.page]
            if len(page.dataoffsets) < math.prod(page.chunked) or 0 in page.databytecounts:  # else black there
                raise OSError("parts of the picture are missing")
            size = page.parent.filehandle.size
            cut = any(map(lambda start, count: start + count > size, page.dataoffsets, page.databytecounts))
            pixels = _decoded(page)
        if header.planes_apart:
            pixels = np.moveaxis(pixels.reshape(-1, header.height, header.width), 0, -1)
    except ValueError:  # compressions such as LZW need more than tifffile; OpenCV reads most of them
        pixels = _read_with_opencv(_as_plain(file, header), dtype, header.page, cut=cut)
    pixels = pixels.astype(dtype, copy=False).reshape(header.height, header.width, -1)
    if pixels.shape[2] > len(header.channels):
        pixels = np.ascontiguousarray(pixels[..., header.channels])
    if header.inverted:
        pixels[..., 0] = np.iinfo(dtype).max - pixels[..., 0]
    if header.foreign is not None:
        pixels = tiff_colours.converted(pixels, header.foreign)
    return _straight(pixels) if header.premultiplied and pixels.shape[2] in (2, 4) else pixels


def _decoded(page: Any) -> NDArray[Any]:
    """Return a page of tifffile's as its `asarray` does, also with Zstandard, which it reads only from Python 3.14."""
    if page.compression != _ZSTD or sys.version_info >= (3, 14):
        return np.asarray(page.asarray())
    from backports import zstd

    page.compression = 1  # none: it gets what is unpacked here
    pixels = np.zeros(page.shaped, page.dtype)  # separate planes, depth, height, width, channels
    for index, (offset, count) in enumerate(zip(page.dataoffsets, page.databytecounts, strict=True)):
        page.parent.filehandle.seek(offset)
        part, (plane, _, top, left, _), _ = page.decode(zstd.decompress(page.parent.filehandle.read(count)), index)
        target = pixels[plane, 0, top : top + part.shape[1], left : left + part.shape[2]]
        target[:] = part[0, : target.shape[0], : target.shape[1]]
    return pixels.reshape(page.shape)


def _as_plain(file: BinaryIO, header: DeepHeader) -> bytes:
    """Return the file as one that OpenCV neither turns nor converts: foreign colours are called grey or RGB.

    It keeps YCbCr of 8 bits, which OpenCV converts as we would.
    """
    import tifffile

    file.seek(0)
    data = bytearray(file.read())
    said = {_ORIENTATION: 1}
    if header.foreign is not None and not _is_left_to_opencv(header):
        said[_PHOTOMETRIC] = _RGB if len(header.channels) >= 3 else _BLACK_IS_ZERO
    with tifffile.TiffFile(BytesIO(data)) as pages:
        page: Any = pages.pages[header.page]
        for tag in page.tags:
            if tag.code in said:
                struct.pack_into(f"{pages.byteorder}H", data, tag.valueoffset, said[tag.code])
    return bytes(data)


def _is_left_to_opencv(header: DeepHeader) -> bool:
    tags = header.foreign
    return tags is not None and tags[_PHOTOMETRIC] == tiff_colours.YCBCR and header.depth == _YCBCR_BY_OPENCV


def _read_with_opencv(
    data: bytes, dtype: type[np.unsignedinteger[Any]], page: int, *, cut: bool = False
) -> NDArray[Any]:
    """Read a page. cut: whether the file ends before its data do, which OpenCV may survive."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what it says on stderr helps no user
    read, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED, range=(page, page + 1))
    if not read or pages[0].dtype != dtype:
        raise OSError("its end is missing" if cut else "its compression is not supported")
    pixels = np.asarray(pages[0])
    if pixels.ndim == 2:
        return pixels
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)


def _straight(pixels: NDArray[Any]) -> NDArray[Any]:
    most = np.float32(np.iinfo(pixels.dtype).max)
    alpha = np.maximum(pixels[..., -1:], 1).astype(np.float32)
    colours = np.clip(pixels[..., :-1] * (most / alpha) + np.float32(0.5), 0, most)
    return np.concatenate([colours.astype(pixels.dtype), pixels[..., -1:]], axis=2)


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
    directory = Tags()
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
    if metadata.xmp:
        layout[_XMP] = metadata.xmp
    if metadata.iptc:
        layout[_IPTC] = metadata.iptc
    if metadata.dpi:
        layout |= {282: metadata.dpi[0], 283: metadata.dpi[1], 296: _UNIT_INCH}
    for tag, value in (tags | layout).items():
        directory[tag] = value
    for tag in (TiffImagePlugin.STRIPOFFSETS, TiffImagePlugin.STRIPBYTECOUNTS):
        directory.tagtype[tag] = TiffTags.LONG
    directory.tagtype[_IPTC] = TiffTags.UNDEFINED
    file = BytesIO()
    directory.save(file)
    file.write(np.ascontiguousarray(little).data.cast("B"))
    return file
