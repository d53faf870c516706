"""Decode one picture to the image a model trains on: upright, sRGB, framed, reduced by area averaging."""

from __future__ import annotations

import threading
from contextlib import nullcontext, suppress
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.colours import transforms
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.photo_reader import read_deep_tiff, read_plain_tiff
from wganpaint_gui.core.photo.picture_file import open_picture

from .data_options import FixedFraming
from .data_report import Fault

MAX_PIXELS = 150_000_000
CELEBA_SIZE = (178, 218)  # width, height of CelebA's aligned pictures
_CELEBA_FRAME = Frame(39, 81, 100)  # in them: eyes at (0.30, 0.30) and (0.70, 0.30)
_LARGE = 24_000_000  # pixels; such pictures are decoded one at a time, to save memory
_one_large = threading.Lock()
# Pillow reads more, but for some formats it starts other programs, and for others it accepts any bytes.
_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "TIFF", "BMP", "DIB", "GIF", "PPM", "JPEG2000", "AVIF")


class _Refused(Exception):  # noqa: N818 -- not an error: an answer
    """The picture gives no image."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def model_image(data: bytes, framing: FixedFraming, resolution: int) -> NDArray[np.uint8] | Fault:
    """Return the image [R, R, 3] RGB, or why there is none. data: a picture file's bytes.

    Of several frames the first counts. Transparent parts are shown over white. 16 bits are cut to 8. A frame that has
    exactly the model's resolution passes unchanged, a smaller one is never enlarged.
    """
    try:
        with _one_large if len(data) > 2 * _LARGE else nullcontext():
            deep = read_deep_tiff(BytesIO(data), MAX_PIXELS)
            if deep is not None:
                return _reduced_photo(Photo(*deep), framing, resolution)
        with open_picture(BytesIO(data), _formats()) as picture:
            image = picture.image
            image.info["icc_profile"] = picture.icc
            pixels = image.width * image.height
            if pixels > MAX_PIXELS:
                return Fault.UNREADABLE
            with _one_large if pixels > _LARGE else nullcontext():
                return reduced(_framed(image, framing, resolution), resolution)
    except _Refused as refused:
        return refused.fault
    except Exception:  # decoders raise anything from KeyError to SyntaxError on damaged data
        plain = read_plain_tiff(BytesIO(data), MAX_PIXELS)
        return Fault.UNREADABLE if plain is None else _reduced_photo(Photo(*plain), framing, resolution)


def _reduced_photo(photo: Photo, framing: FixedFraming, resolution: int) -> NDArray[np.uint8] | Fault:
    """Return the image [R, R, 3] of a photo, or why there is none."""
    try:
        return reduced(_framed_of(_shown(photo), framing, resolution), resolution)
    except _Refused as refused:
        return refused.fault


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return (width, height) from the file's header, not turned upright; None where it is not a picture."""
    try:
        with open_picture(BytesIO(data), _formats()) as picture:
            return picture.image.size
    except Exception:
        return None


def reduced(pixels: NDArray[np.uint8], resolution: int) -> NDArray[np.uint8]:
    """Reduce [S, S, 3] to [R, R, 3] by area averaging, S >= R; unchanged where S = R."""
    import cv2

    if len(pixels) == resolution:
        return np.ascontiguousarray(pixels)
    small = cv2.resize(np.ascontiguousarray(pixels), (resolution, resolution), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


@cache
def _formats() -> tuple[str, ...]:
    Image.init()
    return tuple(name for name in _FORMATS if name in Image.OPEN)


def _framed(image: Image.Image, framing: FixedFraming, resolution: int) -> NDArray[np.uint8]:
    """Return the framed part [S, S, 3], S >= resolution. Raises _Refused."""
    if framing == "faces":
        image.load()
        _turn_upright(image)
        return _face(_rgb(image), resolution)
    width, height = image.size  # perhaps not upright yet
    # JPEG is quickly decoded at a half, quarter or eighth; at twice the resolution or more no difference is visible.
    share = 2 * resolution / min(_fixed_frame(width, height, framing).size, _fixed_frame(height, width, framing).size)
    if share < 1:
        image.draft(None, (int(width * share) + 1, int(height * share) + 1))
    image.load()
    _turn_upright(image)
    frame = _fixed_frame(*image.size, framing)
    if frame.size < resolution:
        raise _Refused(Fault.TOO_SMALL)
    return _rgb(image.crop((frame.x, frame.y, frame.x + frame.size, frame.y + frame.size)))


def _framed_of(pixels: NDArray[np.uint8], framing: FixedFraming, resolution: int) -> NDArray[np.uint8]:
    """Return the framed part [S, S, 3] of a picture [H, W, 3]. Raises _Refused."""
    if framing == "faces":
        return _face(pixels, resolution)
    height, width, _ = pixels.shape
    frame = _fixed_frame(width, height, framing)
    if frame.size < resolution:
        raise _Refused(Fault.TOO_SMALL)
    return pixels[frame.y : frame.y + frame.size, frame.x : frame.x + frame.size]


def _shown(photo: Photo) -> NDArray[np.uint8]:
    """Return a photo as a model sees it, [H, W, 3] sRGB, transparent parts over white."""
    colours = photo.srgb(photo.box)
    if photo.has_alpha:
        alpha = photo.pixels[..., -1:].astype(np.float32) / np.float32(photo.max_value)
        colours = colours * alpha + (1 - alpha)
    rounded: NDArray[np.uint8] = np.rint(colours * np.float32(255)).astype(np.uint8)
    return rounded


def _fixed_frame(width: int, height: int, framing: FixedFraming) -> Frame:
    """Return the frame in pictures of a size; for `celeba` in the largest centred part of CelebA's proportions."""
    if framing in ("whole", "aligned"):
        side = min(width, height)
        return Frame((width - side) // 2, (height - side) // 2, side)
    scale = min(width / CELEBA_SIZE[0], height / CELEBA_SIZE[1])
    left, top = (width - scale * CELEBA_SIZE[0]) / 2, (height - scale * CELEBA_SIZE[1]) / 2
    x, y = round(left + scale * _CELEBA_FRAME.x), round(top + scale * _CELEBA_FRAME.y)
    return Frame(x, y, max(1, round(scale * _CELEBA_FRAME.size)))


def _face(pixels: NDArray[np.uint8], resolution: int) -> NDArray[np.uint8]:
    """Return [S, S, 3] around the largest face; beyond the picture's edge its last pixels are repeated."""
    from wganpaint_gui.core.photo.faces.upright import detect_faces
    from wganpaint_gui.core.photo.photo import photo_from_pixels

    faces = detect_faces(photo_from_pixels(pixels))
    if not faces:
        raise _Refused(Fault.WITHOUT_FACE)
    frame = max(faces, key=lambda face: face.size)
    if frame.size < resolution:
        raise _Refused(Fault.TOO_SMALL)
    rows = np.arange(frame.y, frame.y + frame.size).clip(0, pixels.shape[0] - 1)
    columns = np.arange(frame.x, frame.x + frame.size).clip(0, pixels.shape[1] - 1)
    face: NDArray[np.uint8] = pixels[rows[:, None], columns]
    return face


def _turn_upright(image: Image.Image) -> None:
    with suppress(Exception):  # damaged EXIF; the pixels are good
        ImageOps.exif_transpose(image, in_place=True)


def _rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Return [h, w, 3] sRGB from any Pillow mode."""
    if image.mode.startswith("I"):
        values = np.asarray(image).astype(np.int64)
        if values.min() < 0 or values.max() > 65535:
            raise _Refused(Fault.UNREADABLE)  # 32 bits a channel: it is not known which value is white
        icc = image.info.get("icc_profile")
        image = Image.fromarray((values >> 8).astype(np.uint8))
        image.info["icc_profile"] = icc
    if image.mode == "F":
        raise _Refused(Fault.UNREADABLE)
    colours = _srgb(image)
    if not image.has_transparency_data:
        return colours
    alpha = np.asarray(image.convert("RGBA").getchannel("A"), np.uint16)[:, :, None]
    blended = (colours * alpha + 255 * (255 - alpha) + np.uint16(127)) // 255
    return blended.astype(np.uint8)


def _srgb(image: Image.Image) -> NDArray[np.uint8]:
    """Return [h, w, 3] without alpha, converted from the picture's colour profile as the editor does for a model."""
    icc = image.info.get("icc_profile")
    mode: transforms.Mode = "CMYK" if image.mode == "CMYK" else "L" if image.mode in ("1", "L", "LA", "La") else "RGB"
    transform = transforms.to_srgb(icc, mode)
    if transform is None:
        return np.asarray(image.convert("RGB"))
    own = image if image.mode == mode else image.convert(mode)
    return transforms.apply(transform, np.asarray(own)[..., None]) if mode == "L" else np.asarray(transform.apply(own))
