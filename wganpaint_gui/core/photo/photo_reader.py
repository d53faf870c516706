"""Reads photo files into upright arrays; refuses other files with an explanation."""

from __future__ import annotations

import contextlib
import math
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, TiffImagePlugin, UnidentifiedImageError

from wganpaint_gui.core.errors import PhotoError, WganPaintError

from . import png16, portable, tiff
from .colours import transforms
from .descriptions import XMP_TEXT, iptc_of, unread_parts, upright_xmp
from .metadata import Metadata, stored_view, take_orientation
from .photo_source import Watch, open_watched, readable, unwatched
from .picture_file import PictureFile, open_picture, stored_bits
from .unread_formats import named_format

MAX_PIXELS = 500_000_000
_MOST_PAGES = 1000  # of a TIFF that are looked at
_STRIP_PIXELS = 1 << 19  # copied from Pillow at a time: its images take 4 bytes a pixel in addition to our 3
_LARGE = 100_000_000  # pixels, from which on memory counts more than a second
_DECODING = 0.7  # of the time that reading takes; the rest is copying
_READABLE = "It can open JPEG, PNG, WebP, TIFF, BMP and many other photo files."
_AGAIN = "Copy it from its source again."
_EXPORT = "Export it as JPEG, PNG or TIFF from the program or phone that made it."
_AS_RGB = "Save it as RGB with 8 or 16 bits per channel first."
_DRAWINGS = ("EPS", "WMF")  # vector graphics, which need an interpreter

# Pillow refuses above twice this number, while it reads the header.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2


def read_photo(path: Path, watch: Watch = unwatched) -> tuple[NDArray[Any], Metadata]:
    """Return upright pixels, [H, W, C] uint8 or uint16, and metadata. Raises PhotoError, which names the file.

    watch: gets the share that is read, 0..1; what it raises to give up, CancelledError, passes.
    """
    with readable(path) as file:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow's warnings about odd metadata are of no use here
                return _read(file, watch)
        except CancelledError:
            raise
        except WganPaintError as error:
            error.message = error.message.replace(str(file), str(path))
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        except UnidentifiedImageError as error:
            if (kind := named_format(file)) is not None:
                raise PhotoError(f"{path} is a {kind} file, which this program cannot read.", _EXPORT) from error
            if (stored := tiff.stored_as(file)) is not None:
                raise PhotoError(f"{path} is a TIFF in {stored}, which this program cannot read.", _AS_RGB) from error
            raise PhotoError(f"{path} is not an image this program can read.", _READABLE) from error
        except MemoryError as error:
            raise PhotoError(f"There is not enough memory to open {path}.", "Close other programs.") from error
        except Exception as error:  # decoders raise anything from KeyError to SyntaxError on damaged data
            raise PhotoError(f"{path} is damaged or incomplete ({error}).", _AGAIN) from error


def _too_large(path: Path) -> PhotoError:
    limit = f"{MAX_PIXELS // 1_000_000} megapixels"
    return PhotoError(f"{path} was not opened: it claims to have more than {limit}.", "Scale it down first.")


def _read(path: Path, watch: Watch) -> tuple[NDArray[Any], Metadata]:
    with open_watched(path, lambda share: watch(_DECODING * share)) as file:
        deep = read_deep_tiff(file, MAX_PIXELS)
        if deep is not None:
            return deep
        try:
            return _read_with_pillow(path, file, watch)
        except (WganPaintError, CancelledError):
            raise
        except Exception:
            plain = read_plain_tiff(file, MAX_PIXELS)
            if plain is None:
                raise
            return plain


def _read_with_pillow(path: Path, file: BinaryIO, watch: Watch) -> tuple[NDArray[Any], Metadata]:
    with open_picture(file) as picture:
        image = picture.image
        if image.format in _DRAWINGS:
            raise PhotoError(f"{path} is a vector graphic ({image.format}), not a photo.", "Export it as PNG first.")
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(path)
        pictures = _pictures(image)
        if isinstance(image, TiffImagePlugin.TiffImageFile):
            _check_strips(image)
        if _bytes(image.info.get("xmp")) is None:
            image.info.pop("xmp", None)  # a TIFF may hold any type there, and Pillow looks for an orientation in it
        bits, values = stored_bits(picture), portable.read_values(picture)
        if values is None:
            image.load()  # finds truncated files, and reads metadata that follows the pixels
        orientation, metadata = _metadata(picture)
        if values is None and png16.is_png16(picture.file):
            values = png16.decode(picture.file, image.info.get("transparency"))
        remarks = [*picture.remarks, unread_parts(_unknown_channels(image), pictures - 1)]
        pixels = _copy_out(image, orientation, path, watch) if values is None else _upright(values, orientation)
        if bits > 8 and pixels.dtype == np.uint8:
            remarks.append(f"Its {bits} bits per channel are opened and saved as 8.")
        return pixels, replace(metadata, remarks=" ".join(filter(None, remarks)))


def read_plain_tiff(file: BinaryIO, most_pixels: int) -> tuple[NDArray[np.uint8], Metadata] | None:
    """Read a TIFF of 8 bits a channel in a layout that Pillow does not know; None for every other file."""
    try:
        file.seek(0)
        return read_deep_tiff(file, most_pixels, depth=8)
    except Exception:  # what Pillow says about the file is as good
        return None


def _check_strips(image: TiffImagePlugin.TiffImageFile) -> None:
    """Raise OSError for a TIFF whose strips are not the whole picture: Pillow makes the rest black."""
    covered = 0
    for tile in image.tile:
        left, top, right, bottom = tile[1] or (0, 0, 0, 0)
        covered += (right - left) * (bottom - top)
    if covered < image.width * image.height:
        raise OSError("parts of the picture are missing")


def _pictures(image: Image.Image) -> int:
    """Count the pictures of a file, and go to the first that is no thumbnail of another one."""
    count: int = getattr(image, "n_frames", 1)
    if image.format == "MPO" or count == 1:  # the others of a phone's photo are previews and maps of its light
        return 1
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return count
    whole = []
    for page in range(min(count, _MOST_PAGES)):
        image.seek(page)
        if not tiff.is_thumbnail(image.tag_v2):
            whole.append(page)
    image.seek(whole[0] if whole else 0)
    return max(1, len(whole))


def _unknown_channels(image: Image.Image) -> int:
    """Count the channels of a TIFF that are neither colours nor alpha."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return 0
    stored = image.tag_v2.get(TiffImagePlugin.SAMPLESPERPIXEL, 1)
    return max(0, stored - len(image.getbands())) if image.mode not in ("P", "PA") else 0


def read_deep_tiff(file: BinaryIO, most_pixels: int, depth: int = 16) -> tuple[NDArray[Any], Metadata] | None:
    """Read a TIFF with 16 bits a channel, of which Pillow reads 8 or misreads them; None for every other file.

    depth: 8 reads those with 8 bits a channel instead. Returns upright pixels [H, W, C]. Raises
    DecompressionBombError above most_pixels, and anything for damage.
    """
    header = tiff.read_header(file, depth)
    if header is None:
        return None
    if header.width * header.height > most_pixels:
        raise Image.DecompressionBombError
    return _upright(tiff.read_pixels(file, header), header.orientation), header.metadata


def _metadata(picture: PictureFile) -> tuple[int, Metadata]:
    """Return the orientation still to be applied, and the metadata, of a loaded picture."""
    image = picture.image
    text = dict(getattr(image, "text", {}))
    raw_profile = text.pop("Raw profile type exif", None)  # where PNG kept EXIF before it had a chunk of its own
    exif = image.info.get("exif")
    if exif is None and raw_profile:
        with contextlib.suppress(ValueError):  # not hexadecimal
            exif = bytes.fromhex("".join(raw_profile.split("\n")[3:]))
    orientation, dpi = 1, image.info.get("dpi")
    xmp, iptc = image.info.get("xmp"), iptc_of(image.info.get("photoshop"))
    if isinstance(image, TiffImagePlugin.TiffImageFile):  # Pillow has turned it upright already
        exif, dpi = tiff.as_exif(image.getexif()), tiff.resolution(image.tag_v2)
        xmp, iptc = tiff.descriptions(image.tag_v2)
    elif exif:
        orientation, exif = take_orientation(exif)
    written = text.pop(XMP_TEXT, None)
    if xmp is None and written is not None:
        xmp = written.encode()
    xmp, comment = _bytes(xmp), _bytes(image.info.get("comment"))
    icc = picture.icc if image.mode not in ("CMYK", "LAB") else None
    xmp = upright_xmp(xmp) if xmp else None
    return orientation, Metadata(icc, _bytes(exif), text, _checked(dpi), xmp, iptc, comment, picture.chunks)


def _bytes(value: object) -> bytes | None:
    """Return what is there as bytes, None for anything else: files may hold any type."""
    return value if isinstance(value, bytes) and value else None


def _checked(dpi: Any) -> tuple[float, float] | None:
    """Return the resolution as two positive finite numbers, or None."""
    try:
        across, down = (float(value) for value in dpi)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if 0 < across < 1e6 and 0 < down < 1e6 else None


def _upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    if orientation == 1:
        return np.require(pixels, requirements=["C", "W"])
    upright = _empty(pixels.shape, pixels.dtype, orientation)
    stored_view(upright, orientation)[:] = pixels
    return upright


def _empty(shape: tuple[int, ...], dtype: Any, orientation: int) -> NDArray[Any]:
    height, width, channels = shape
    return np.empty((width, height, channels) if orientation >= 5 else shape, dtype)


def _copy_out(image: Image.Image, orientation: int, path: Path, watch: Watch) -> NDArray[Any]:
    """Copy the image's pixels strip by strip, so that memory never holds a second whole copy. May close the image."""
    mode = _target_mode(image, path)
    channels = 1 if mode.startswith("I") else len(mode)
    shape, dtype = (image.height, image.width, channels), np.uint16 if mode.startswith("I") else np.uint8
    upright = _empty(shape, dtype, orientation)  # takes no memory before it is written
    stored, top = stored_view(upright, orientation), 0
    strips = _strips(image, mode, channels, dtype)
    if shape[0] * shape[1] > _LARGE and _has_room_for(upright.nbytes):
        strips = _spilled(strips, image)
    for strip in strips:
        stored[top : top + len(strip)] = strip
        top += len(strip)
        watch(_DECODING + (1 - _DECODING) * top / shape[0])
    return upright


def _strips(image: Image.Image, mode: str, channels: int, dtype: type[Any]) -> Iterator[NDArray[Any]]:
    """Yield the image from top to bottom, [h, w, channels] each."""
    rows, transform = max(1, _STRIP_PIXELS // image.width), _to_srgb(image)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        if transform is not None:
            strip = transform.apply(strip)
        elif strip.mode != mode:
            strip = strip.convert(mode)
        yield np.asarray(strip, dtype).reshape(strip.height, strip.width, channels)


def _has_room_for(count: int) -> bool:
    """Return whether the temporary folder has room for so many bytes, and as many again."""
    try:
        return shutil.disk_usage(tempfile.gettempdir()).free > 2 * count
    except OSError:
        return False


def _spilled(strips: Iterator[NDArray[Any]], image: Image.Image) -> Iterator[NDArray[Any]]:
    """Yield strips by way of a temporary file: all are written, and the image is closed, before the first is read.

    So Pillow's 4 bytes a pixel and our 3 are never in memory together.
    """
    with tempfile.TemporaryFile() as file:
        shapes = []
        for strip in strips:
            file.write(np.ascontiguousarray(strip).data)
            shapes.append((strip.shape, strip.dtype))
        image.close()
        file.seek(0)
        for shape, dtype in shapes:
            yield np.frombuffer(file.read(math.prod(shape) * dtype.itemsize), dtype).reshape(shape)


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
    return transforms.to_srgb(image.info.get("icc_profile"), "CMYK") if image.mode == "CMYK" else None
