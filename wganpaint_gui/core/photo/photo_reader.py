"""Reads photo files into upright arrays; refuses other files with an explanation."""

from __future__ import annotations

import contextlib
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin, UnidentifiedImageError

from wganpaint_gui.core.errors import PhotoError, WganPaintError
from wganpaint_gui.core.file_names import is_project

from . import colour, png16, tiff
from .metadata import Metadata, stored_view, take_orientation

MAX_PIXELS = 500_000_000
_STRIP_PIXELS = 1 << 19  # copied from Pillow at a time: its images take 4 bytes a pixel in addition to our 3
_READABLE = "It can open JPEG, PNG, WebP, TIFF, BMP and many other photo files."
_AGAIN = "Copy it from its source again."
_DRAWINGS = ("EPS", "WMF")  # vector graphics, which need an interpreter

# Pillow refuses above twice this number, while it reads the header.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2


def read_photo(path: Path) -> tuple[NDArray[Any], Metadata]:
    """Return upright pixels, [H, W, C] uint8 or uint16, and metadata. Raises PhotoError, which names the file."""
    _check_file(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's warnings about odd metadata are of no use here
            return _read(path)
    except WganPaintError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except UnidentifiedImageError as error:
        raise PhotoError(f"{path} is not an image this program can read.", _READABLE) from error
    except MemoryError as error:
        raise PhotoError(f"There is not enough memory to open {path}.", "Close other programs.") from error
    except Exception as error:  # decoders raise anything from KeyError to SyntaxError on damaged data
        raise PhotoError(f"{path} is damaged or incomplete ({error}).", _AGAIN) from error


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise PhotoError(f"{path} is a folder, not a photo.", "Choose a file in it.")
        with path.open("rb") as file:
            if not file.read(1):
                raise PhotoError(f"{path} is empty (0 bytes).", _AGAIN)
        if is_project(path):
            raise PhotoError(f"{path} is a project, not a photo.", "Open it in the editor and save its photo there.")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PhotoError(f"File not found: {path}.", "Check the name and the folder.") from error
    except OSError as error:
        raise PhotoError(f"{path} cannot be opened: {error.strerror}.", "Check its permissions.") from error


def _too_large(path: Path) -> PhotoError:
    limit = f"{MAX_PIXELS // 1_000_000} megapixels"
    return PhotoError(f"{path} was not opened: it claims to have more than {limit}.", "Scale it down first.")


def _read(path: Path) -> tuple[NDArray[Any], Metadata]:
    deep = tiff.read_header(path)
    if deep is not None:
        if deep.width * deep.height > MAX_PIXELS:
            raise _too_large(path)
        return _upright(tiff.read_pixels(path, deep), deep.orientation), deep.metadata
    with Image.open(path) as image:
        if image.format in _DRAWINGS:
            raise PhotoError(f"{path} is a vector graphic ({image.format}), not a photo.", "Export it as PNG first.")
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(path)
        image.load()  # finds truncated files, and reads metadata that follows the pixels
        orientation, metadata = _metadata(image)
        if png16.is_png16(path):
            return _upright(png16.decode(path, image.info.get("transparency")), orientation), metadata
        return _copy_out(image, orientation, path), metadata


def _metadata(image: Image.Image) -> tuple[int, Metadata]:
    """Return the orientation still to be applied, and the metadata, of a loaded image."""
    text = dict(getattr(image, "text", {}))
    raw_profile = text.pop("Raw profile type exif", None)  # where PNG kept EXIF before it had a chunk of its own
    exif = image.info.get("exif")
    if exif is None and raw_profile:
        with contextlib.suppress(ValueError):  # not hexadecimal
            exif = bytes.fromhex("".join(raw_profile.split("\n")[3:]))
    orientation, dpi = 1, image.info.get("dpi")
    if isinstance(image, TiffImagePlugin.TiffImageFile):  # Pillow has turned it upright already
        exif, dpi = tiff.as_exif(image.getexif()), tiff.resolution(image.tag_v2)
    elif exif:
        orientation, exif = take_orientation(exif)
    icc = image.info.get("icc_profile") if image.mode not in ("CMYK", "LAB") else None
    return orientation, Metadata(icc or None, exif or None, text, _checked(dpi))


def _checked(dpi: Any) -> tuple[float, float] | None:
    """Return the resolution as two positive finite numbers, or None."""
    try:
        across, down = (float(value) for value in dpi)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if 0 < across < 1e6 and 0 < down < 1e6 else None


def _upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    upright = _empty(pixels.shape, pixels.dtype, orientation)
    stored_view(upright, orientation)[:] = pixels
    return upright


def _empty(shape: tuple[int, ...], dtype: Any, orientation: int) -> NDArray[Any]:
    height, width, channels = shape
    return np.empty((width, height, channels) if orientation >= 5 else shape, dtype)


def _copy_out(image: Image.Image, orientation: int, path: Path) -> NDArray[Any]:
    """Copy the image's pixels strip by strip, so that memory never holds a second whole copy."""
    mode, transform = _target_mode(image, path), _to_srgb(image)
    channels = 1 if mode.startswith("I") else len(mode)
    dtype = np.uint16 if mode.startswith("I") else np.uint8
    upright = _empty((image.height, image.width, channels), dtype, orientation)
    stored = stored_view(upright, orientation)
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        if transform is not None:
            strip = transform.apply(strip)
        elif strip.mode != mode:
            strip = strip.convert(mode)
        stored[top : top + rows] = np.asarray(strip).reshape(strip.height, strip.width, channels)
    return upright


def _target_mode(image: Image.Image, path: Path) -> str:
    """Return the Pillow mode that preserves the image: L, LA, RGB or RGBA in 8 bits, I or I;16 for 16-bit grey."""
    mode, transparent = image.mode, image.has_transparency_data
    if mode == "I" and _fits_16_bits(image):
        return mode
    if mode in ("I", "F"):
        raise PhotoError(
            f"{path} has 32 bits per channel, which this program cannot edit.",
            "Save it with 16 bits per channel first.",
        )
    if mode.startswith("I;16"):
        return mode
    if mode in ("1", "L", "LA", "La"):
        return "LA" if transparent else "L"
    return "RGBA" if transparent else "RGB"


def _fits_16_bits(image: Image.Image) -> bool:
    """Return whether 32-bit grey holds 16-bit values: Pillow reads the 16 bits of some formats like that."""
    low, high = np.array(image.getextrema())
    return bool(low >= 0 and high <= 65535)


def _to_srgb(image: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """Return the conversion of a CMYK image by its profile, or of a Lab image; None: Pillow converts."""
    if image.mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(lab, srgb, "LAB", "RGB")
    return colour.to_srgb(image.info.get("icc_profile"), "CMYK") if image.mode == "CMYK" else None
