"""Opens picture files for the photo reader and the data sets; some files are mended first, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from PIL import ExifTags, Image, ImageFile, TiffImagePlugin

from . import png_chunks
from .colours.profiles import Chunks, adobe_rgb, is_known, profile_of
from .jpeg_end import with_end
from .png_chunks import read_chunks

_JPEG = b"\xff\xd8\xff"
_HEADER = 1 << 16  # bytes in which the headers of all formats lie
_UNSPECIFIED = 2  # primaries, or curve
_GREY = ("1", "L", "LA", "La", "I", "I;16")
_BITS_PER_SAMPLE = 258
_CODESTREAM = b"\xff\x4f\xff\x51"  # SOC and SIZ of JPEG 2000


@dataclass(frozen=True)
class PictureFile:
    """An open picture, not yet decoded."""

    image: ImageFile.ImageFile
    file: BinaryIO  # what it is read from
    chunks: Chunks  # those of a PNG that describe its colours, or what an AVIF says as such
    remarks: tuple[str, ...]  # sentences: what was amiss with the file

    @property
    def icc(self) -> bytes | None:
        """The ICC profile of its pixels, of the file or made from what it says; None: sRGB."""
        own = self.image.info.get("icc_profile")
        if isinstance(own, bytes) and own:  # where there is more, it means the same
            return own
        if self.chunks:
            return profile_of(self.chunks, self.image.mode in _GREY)
        try:
            interoperability = self.image.getexif().get_ifd(ExifTags.IFD.Interop)
        except Exception:  # damaged EXIF
            return None
        is_adobe = self.image.mode == "RGB" and interoperability.get(1) == "R03"  # Source: DCF 2.0, 3.2.1
        return adobe_rgb() if is_adobe else None


@contextmanager
def open_picture(file: BinaryIO, formats: tuple[str, ...] | None = None) -> Iterator[PictureFile]:
    """Open a picture as Pillow does, but leave out bad chunks beside a PNG's pixels, and add a JPEG's end marker.

    formats: Pillow's names of those that may be opened; None: all. Raises what Pillow raises.
    """
    file.seek(0)
    start = file.read(len(png_chunks.SIGNATURE))
    chunks: Chunks = ()
    remarks = []
    with ExitStack() as stack:
        if start == png_chunks.SIGNATURE:
            found = read_chunks(file)
            chunks = found.colour
            if found.bad:
                file = stack.enter_context(found.cleaned(file))
                remarks.append(found.remark)
        elif start.startswith(_JPEG) and (mended := with_end(file)) is not None:
            file = stack.enter_context(mended)
            remarks.append("The file lacks its end marker, but the picture is whole.")
        elif b"ftypavi" in start + file.read(8):
            chunks = _of_avif(file)
        if not is_known(chunks):
            remarks.append("Its colours are HDR or unknown, and shown as if they were sRGB.")
        file.seek(0)
        yield PictureFile(stack.enter_context(Image.open(file, formats=formats)), file, chunks, tuple(remarks))


def _of_avif(file: BinaryIO) -> Chunks:
    """Return what an AVIF says about its colours as PNG says it. Source: ISO/IEC 14496-12, 12.1.5."""
    file.seek(0)
    start = file.read(_HEADER)
    at = start.find(b"colrnclx") + 8
    if at < 8 or len(start) < at + 4:
        return ()
    primaries, curve = start[at + 1], start[at + 3]
    return () if _UNSPECIFIED in (primaries, curve) else ((b"cICP", bytes([primaries, curve, 0, 1])),)


def stored_bits(picture: PictureFile) -> int:
    """Return how many bits a channel has in the file, before it is decoded; 8 where it is not known."""
    image = picture.image
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return int(max(image.tag_v2.get(_BITS_PER_SAMPLE, (8,))))
    if image.format == "PPM" and image.tile and image.tile[0].codec_name == "ppm_plain" and image.mode == "RGB":
        return int(image.tile[0].args[1]).bit_length()  # type: ignore[index] # the largest value
    picture.file.seek(0)
    start = picture.file.read(_HEADER)
    if image.format == "JPEG2000" and (at := start.find(_CODESTREAM)) >= 0:
        return (start[at + 42] & 127) + 1 if len(start) > at + 42 else 8  # Source: ITU-T T.800, A.5.1
    if image.format == "AVIF" and (at := start.find(b"pixi")) >= 0:
        return start[at + 9] if len(start) > at + 9 else 8  # Source: ISO/IEC 23008-12, 6.5.6
    return 8
