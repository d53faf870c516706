"""PNG with 16 bits per channel: Pillow reads only 8 of them, and cannot write them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import PngImagePlugin

from .metadata import EXIF_PREFIX, Metadata
from .png_chunks import SIGNATURE

_COLOUR_TYPE = {1: 0, 2: 4, 3: 2, 4: 6}  # by channels
_SUB = 1  # the filter: each byte minus the same byte of the pixel before
_INCH = 0.0254  # metres
_STRIP_BYTES = 1 << 22


def is_png16(file: BinaryIO) -> bool:
    file.seek(0)
    header = file.read(25)
    return header.startswith(SIGNATURE) and header[24] == 16


def decode(file: BinaryIO, transparent_grey: object = None) -> NDArray[np.uint16]:
    """Read the pixels, [H, W, C] as stored. transparent_grey: the grey value that the file declares transparent.

    Raises OSError for damaged data.
    """
    import cv2

    file.seek(0)
    data = np.frombuffer(file.read(), np.uint8)
    pixels: NDArray[Any] | None = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.dtype != np.uint16:
        raise OSError("its pixels cannot be decoded")
    if pixels.ndim == 2:
        grey: NDArray[np.uint16] = pixels[..., None]
        if not isinstance(transparent_grey, int):
            return grey
        return np.concatenate([grey, np.where(grey == transparent_grey, 0, 65535).astype(np.uint16)], axis=2)
    if data[25] == _COLOUR_TYPE[2]:
        return np.ascontiguousarray(pixels[..., [0, 3]])  # OpenCV repeats grey three times
    pixels[..., [0, 2]] = pixels[..., [2, 0]]  # OpenCV has blue first
    return pixels


def encode(pixels: NDArray[np.uint16], metadata: Metadata, text: PngImagePlugin.PngInfo) -> BytesIO:
    """Return the whole file. pixels: [H, W, C]. Source: PNG specification, third edition; filter type 1."""
    height, width, channels = pixels.shape
    file = BytesIO()
    file.write(SIGNATURE)
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, 16, _COLOUR_TYPE[channels], 0, 0, 0))
    if metadata.icc:
        _chunk(file, b"iCCP", b"ICC Profile\0\0" + zlib.compress(metadata.icc))
    if metadata.dpi:
        _chunk(file, b"pHYs", struct.pack(">IIB", *(round(value / _INCH) for value in metadata.dpi), 1))
    for name, data, *_ in text.chunks:
        _chunk(file, name, data)
    if metadata.exif:
        _chunk(file, b"eXIf", metadata.exif.removeprefix(EXIF_PREFIX))
    packer = zlib.compressobj(4)
    rows = max(1, _STRIP_BYTES // (width * channels * 2))
    for top in range(0, height, rows):
        _chunk(file, b"IDAT", packer.compress(_filtered(pixels[top : top + rows])))
    _chunk(file, b"IDAT", packer.flush())
    _chunk(file, b"IEND", b"")
    return file


def _chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name))))


def _filtered(pixels: NDArray[np.uint16]) -> bytes:
    rows = pixels.astype(">u2").reshape(len(pixels), -1).view(np.uint8)
    step = pixels.shape[2] * 2
    out = np.empty((len(rows), 1 + rows.shape[1]), np.uint8)
    out[:, 0] = _SUB
    out[:, 1 : 1 + step] = rows[:, :step]
    np.subtract(rows[:, step:], rows[:, :-step], out=out[:, 1 + step :])
    return out.tobytes()
