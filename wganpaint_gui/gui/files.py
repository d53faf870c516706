"""Photos in and out of the editor: open, save, copy, paste, the neighbours in the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from ..core.compose import changed_outside
from ..core.document import Document
from ..core.errors import PhotoError
from ..core.mask_io import load_mask, save_mask
from ..core.photo import Photo, load_photo, photo_from_pixels, save_photo
from ..core.pyramid import Pyramid
from .background import Background

PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp")
LOSSLESS_SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".webp")


@dataclass(frozen=True)
class Opened:
    """A photo that is ready to be shown."""

    document: Document
    pyramid: Pyramid


@dataclass(frozen=True)
class Saved:
    """What was written, and how many pixels of the file differ from the photo on screen."""

    path: Path
    differing: int | None  # None: the format is lossy, there is nothing to compare


class Files(QObject):
    """Reads and writes in the background. Signals: opened(Opened); saved(Saved); mask_loaded(array); failed(error)."""

    opened = Signal(object)
    saved = Signal(object)
    mask_loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = Background("files", self)
        self._stamp = 0

    @property
    def busy(self) -> bool:
        """Whether a photo is being opened or a file being written."""
        return self.background.pending > 0

    def open(self, path: Path) -> None:
        self._open(lambda: load_photo(path))

    def open_pixels(self, pixels: NDArray[np.uint8]) -> None:
        self._open(lambda: photo_from_pixels(pixels))

    def paste(self) -> None:
        """Open the picture on the clipboard as a new photo."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.failed.emit(PhotoError("There is no picture on the clipboard.", "Copy one in another program first."))
            return
        self.open_pixels(pixels_of(image))

    def copy(self, photo: Photo) -> None:
        """Put the whole photo on the clipboard."""
        self.background.submit(
            lambda: image_of(photo.rgb8(photo.box)), QGuiApplication.clipboard().setImage, self.failed.emit
        )

    def save(self, photo: Photo, path: Path, *, overwrite: bool) -> None:
        """Write the photo as it is now, read the file back and count what differs."""
        snapshot = photo.replaced(photo.pixels.copy())
        self.background.submit(lambda: _save(snapshot, path, overwrite), self.saved.emit, self.failed.emit)

    def load_mask(self, path: Path, photo: Photo) -> None:
        size = photo.width, photo.height
        self.background.submit(lambda: load_mask(path, size), self.mask_loaded.emit, self.failed.emit)

    def save_mask(self, mask: NDArray[np.uint8], path: Path, done: Callable[[None], None]) -> None:
        snapshot = mask.copy()
        self.background.submit(lambda: save_mask(snapshot, path, overwrite=True), done, self.failed.emit)

    def close(self) -> None:
        self.background.close()

    def _open(self, load: Callable[[], Photo]) -> None:
        self._stamp += 1
        stamp = self._stamp

        def work() -> Opened:
            photo = load()
            return Opened(Document(photo), Pyramid.build(photo))

        def done(opened: Opened) -> None:
            if stamp == self._stamp:
                self.opened.emit(opened)

        self.background.submit(work, done, self.failed.emit)


def _save(photo: Photo, path: Path, overwrite: bool) -> Saved:
    save_photo(photo, path, overwrite=overwrite)
    if path.suffix.lower() not in LOSSLESS_SUFFIXES:
        return Saved(path, None)
    written = load_photo(path).pixels
    return Saved(path, changed_outside(photo.pixels, written, np.zeros(photo.pixels.shape[:2], np.uint8)))


def neighbour(path: Path, offset: int) -> Path | None:
    """The photo `offset` places after `path` in its folder, by name; None at either end."""
    try:
        photos: Sequence[Path] = sorted(
            (entry for entry in path.parent.iterdir() if entry.suffix.lower() in PHOTO_SUFFIXES),
            key=lambda entry: entry.name.casefold(),
        )
    except OSError:
        return None
    if path not in photos:
        return photos[0] if photos else None
    place = photos.index(path) + offset
    return photos[place] if 0 <= place < len(photos) else None


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage with its own copy. pixels: [H, W, 3] RGB or [H, W, 4] RGBA, uint8."""
    pixels = np.ascontiguousarray(pixels)
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    return QImage(pixels.data, width, height, pixels.strides[0], kind).copy()


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """[H, W, 3] or, where the image has alpha, [H, W, 4], uint8."""
    alpha = image.hasAlphaChannel()
    converted = image.convertToFormat(QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    channels = 4 if alpha else 3
    return rows[:, : converted.width() * channels].reshape(converted.height(), converted.width(), channels).copy()
