"""Thumbnails of photo files, made off the GUI thread: those asked for last come first, as these are in view."""

from __future__ import annotations

import time
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from wganpaint_gui.core.file_names import is_project
from wganpaint_gui.gui.look.images import to_qimage
from wganpaint_gui.gui.work.background import Background

SIDE = 128  # pixels: enough for 64 at 2x
_WAITING = 64  # most photos that wait; those scrolled past long ago are dropped
_KEPT = 1000  # thumbnails in memory, at most 48 MB


class Thumbnails(QObject):
    """Signal: made(Path), a thumbnail that was asked for can be shown now."""

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("thumbnails", self)
        self._kept: OrderedDict[Path, QImage] = OrderedDict()
        self._wanted: OrderedDict[Path, None] = OrderedDict()
        self._busy = False

    def get(self, path: Path) -> QImage | None:
        """Return the thumbnail, which is null for a photo that cannot be read; None while it is being made."""
        image = self._kept.get(path)
        if image is not None:
            self._kept.move_to_end(path)
            return image
        self._wanted[path] = None
        self._wanted.move_to_end(path)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
        self._next()
        return None

    def _next(self) -> None:
        if self._busy or not self._wanted:
            return
        self._busy = True
        path, _ = self._wanted.popitem()

        def done(image: QImage) -> None:
            self._busy = False
            self._kept[path] = image
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self.made.emit(path)
            self._next()

        def failed(_: BaseException) -> None:
            done(QImage())

        self._background.submit(lambda: _image_of(path), done, failed)

    def close(self) -> None:
        """Make no more thumbnails. See `wait`."""
        self._background.close()

    def wait(self, deadline: float) -> bool:
        """Block until the last one is made, after `close`; return False if time.monotonic() is `deadline` first."""
        return self._background.wait(max(deadline, time.monotonic()))


def _image_of(path: Path) -> QImage:
    pixels = read_thumbnail(path, SIDE)
    return QImage() if pixels is None else to_qimage(pixels)


def read_thumbnail(path: Path, side: int) -> NDArray[np.uint8] | None:
    """Return a picture of a photo that fits into a square, upright: [h, w, 3] RGB; None where it cannot be read.

    side: of the square, in pixels. Colour profiles are left out of account; JPEG is decoded at a fraction of its size.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, or a size that the photo reader would refuse
            with _photo_file(path) as file, Image.open(file) as image:
                image.draft("RGB", (side, side))
                image.thumbnail((side, side), Image.Resampling.BOX)
                upright = ImageOps.exif_transpose(image)
                return np.array(_eight_bits(upright).convert("RGB"))
    except Exception:  # whatever a damaged file makes Pillow raise: a list shows it without a picture
        return None


@contextmanager
def _photo_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a photo's file; of a project that of the photo in it."""
    if not is_project(path):
        with path.open("rb") as file:
            yield file
        return
    from wganpaint_gui.core.project.project_json import ORIGINAL_FOLDER

    with ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.startswith(ORIGINAL_FOLDER))
        with archive.open(name) as member:
            yield member


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture with 16 bits a grey value with 8, as Pillow's own conversion would only clip them."""
    if not image.mode.startswith("I"):
        return image
    return Image.fromarray((np.asarray(image).clip(0, 65535) >> 8).astype(np.uint8))
