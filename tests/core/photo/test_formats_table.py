"""The table of formats in docs/guide.md is what saving and opening again does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.colours.profiles import profile_of
from wganpaint_gui.core.photo.metadata import EXIF_PREFIX, Metadata
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo
from wganpaint_gui.core.photo.photo_writer import FORMATS, FileFormat

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide.md"
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
KEPT = {"profile": "icc", "EXIF": "exif", "XMP": "xmp", "IPTC": "iptc", "comment": "comment", "resolution": "dpi"}


def exif() -> bytes:
    tags = Image.Exif()
    tags[271] = "Maker"
    return EXIF_PREFIX + tags.tobytes().removeprefix(EXIF_PREFIX)


WHOLE = {
    "icc": SRGB,
    "exif": exif(),
    "xmp": b"<x/>",
    "iptc": b"\x1c\x02\x78\x00\x05Hello",
    "comment": b"hello",
    "dpi": (300.0, 300.0),
}


def holds(kind: FileFormat, folder: Path, pixels: np.ndarray, **metadata: object) -> Photo | None:
    """Save and open again; None where the format refuses."""
    path = folder / f"photo{kind.suffixes[0]}"
    try:
        save_photo(Photo(pixels, Metadata(**metadata)), path, overwrite=True)  # type: ignore[arg-type]
    except SaveError:
        return None
    return load_photo(path)


def row(kind: FileFormat, folder: Path) -> str:
    noise = np.random.default_rng(0).integers(0, 256, (8, 8, 4), np.uint8)
    deep, translucent = holds(kind, folder, noise[..., :3].astype(np.uint16) * 257), holds(kind, folder, noise)
    plain = holds(kind, folder, noise[..., :3])
    assert plain is not None
    lossless = np.array_equal(plain.pixels, noise[..., :3])
    held = [lossless, deep is not None and deep.depth == 16, translucent is not None and translucent.has_alpha]
    for name in KEPT.values():
        again = holds(kind, folder, noise[..., :3], **{name: WHOLE[name]})
        text = again is not None and name == "comment" and "Comment" in again.metadata.text
        held.append(again is not None and (getattr(again.metadata, name) is not None or text))
    words = ["yes" if one else "–" for one in held]
    p3 = ((b"cICP", bytes([12, 13, 0, 1])),)
    again = holds(kind, folder, noise[..., :3], chunks=p3, icc=profile_of(p3, False))
    if again is None or again.metadata.icc != profile_of(p3, False):
        words.append("–")
    else:
        words.append("yes" if again.metadata.chunks == p3 else "as profile")
    return f"| {kind.name} | {' | '.join(words)} |"


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_the_guide_says_what_each_format_keeps(tmp_path: Path, kind: FileFormat):
    guide = GUIDE.read_text("utf-8")
    assert f"| | lossless | 16 bits | alpha | {' | '.join(KEPT)} | colours without profile |" in guide
    assert row(kind, tmp_path) in guide
