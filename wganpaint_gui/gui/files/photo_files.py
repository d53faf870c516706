"""Reading and writing of photos: open, save, copy, paste."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.mask_io import save_mask
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.file_names import is_project
from wganpaint_gui.core.photo.photo import (
    Photo,
    load_photo,
    photo_from_pixels,
    save_beside,
    save_photo,
    saved_difference,
)
from wganpaint_gui.core.photo.photo_source import Watch
from wganpaint_gui.core.photo.photo_writer import format_of
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.look.images import to_exact_qimage, to_pixels
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background

from .opened_project import OpenedProject, open_project

T = TypeVar("T")

_BETWEEN = 0.2  # seconds between two news of how far reading is
_READING = 0.8  # of the time that opening takes; the rest is the pyramid

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenedPhoto:
    """A photo that is ready to be shown."""

    document: Document
    pyramid: Pyramid
    project: OpenedProject | None = None  # from which it was opened


@dataclass(frozen=True)
class SavedPhoto:
    """A saved file, and the state of the document that it holds."""

    document: Document
    photo_state: int  # of the document's history when saving was requested
    path: Path
    changed_outside_mask: int | None  # pixels in the file; None: the format is lossy and cannot be compared


class PhotoFiles(QObject):
    """Reads and writes in the background, in the order of the requests.

    Signals: opened(OpenedPhoto); reading(Path, percent), of a photo that takes longer; given_up(), while reading;
    saved(SavedPhoto); not_saved(error), for a photo; mask_not_saved(error); failed(error) for everything else. When the
    window closes, pending reads are dropped and pending writes are completed.
    """

    opened = Signal(object)
    reading = Signal(object, int)
    given_up = Signal()
    saved = Signal(object)
    not_saved = Signal(object)
    mask_not_saved = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = Background("files", self)
        self.patience = 1.0  # seconds before the first news of how far reading is
        self._stamp = 0
        self._closed = False

    def open(self, path: Path) -> None:
        """Open a photo or a project."""
        if is_project(path):
            self._open(lambda _: open_project(path))
        else:
            self._open(lambda watch: (Document(load_photo(path, watch)), None), path)

    def give_up(self) -> None:
        """Stop reading the photo that was to be opened; `given_up` follows."""
        self._stamp += 1

    def resume(self, read: Callable[[], tuple[Document, OpenedProject]], queue: Background) -> None:
        """Open what `read` returns. queue: in which it is called, since earlier tasks there may write what it reads."""
        self._open(lambda _: read(), queue=queue)

    def paste(self) -> None:
        """Open the picture on the clipboard as a new photo."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self.failed.emit(
                PhotoError(tr("There is no picture on the clipboard."), tr("Copy one in another program first."))
            )
            return
        pixels = to_pixels(image)
        self._open(lambda _: (Document(photo_from_pixels(pixels)), None))

    def copy(self, document: Document, done: Callable[[], None]) -> None:
        """Copy the whole photo, in its present state, to the clipboard; then call `done()`."""
        take_photo = document.photo_later()

        def deliver(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            done()

        def work() -> QImage:
            photo = take_photo()
            return to_exact_qimage(photo.shown8(photo.box))

        self.read(work, deliver)

    def save(self, document: Document, path: Path, *, overwrite: bool, then: Callable[[], object]) -> None:
        """Write the photo in its present state, read it back and count differing pixels; call `then` after `saved`.

        On failure `not_saved` is emitted instead, and `then` is not called.
        """

        def write(photo: Photo) -> Path:
            save_photo(photo, path, overwrite=overwrite)
            return path

        self._save(document, write, then)

    def save_beside(self, document: Document, original: Path, *, then: Callable[[], object]) -> None:
        """Save as `save` does, under a free name beside `original`, chosen when writing begins: photo-filled.png."""
        self._save(document, lambda photo: save_beside(photo, original), then)

    def save_mask(self, mask: MaskSnapshot, path: Path, *, overwrite: bool, done: Callable[[], None]) -> None:
        self.background.submit(
            lambda: save_mask(mask.array(), path, overwrite=overwrite), lambda _: done(), self.mask_not_saved.emit
        )

    def close(self) -> None:
        """Accept no more tasks and deliver no more results; pending writes are completed. See `wait`."""
        self._closed = True
        self.background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until all is written, after `close`; return False if time.monotonic() reaches `deadline` first."""
        return self.background.wait(deadline)

    def _save(self, document: Document, write: Callable[[Photo], Path], then: Callable[[], object]) -> None:
        # One consistent state, because the user may continue painting while the file is written.
        take_photo = document.photo_later()
        state, outside = document.history.photo_state, document.changed_outside_mask()

        def work() -> SavedPhoto:
            started, photo = time.monotonic(), take_photo()
            path = write(photo)
            differing = saved_difference(photo, path)
            kind = format_of(path)
            log.info("%s is saved: %s, %.1f s", path.name, kind.name if kind else "?", time.monotonic() - started)
            return SavedPhoto(document, state, path, None if differing is None else outside + differing)

        def done(saved: SavedPhoto) -> None:
            self.saved.emit(saved)
            then()

        self.background.submit(work, done, self.not_saved.emit)

    def _open(
        self,
        load: Callable[[Watch], tuple[Document, OpenedProject | None]],
        path: Path | None = None,
        queue: Background | None = None,
    ) -> None:
        """Load and show, unless another request comes before the end. path: of the photo, to tell how far it is."""
        self._stamp += 1
        stamp = self._stamp

        def work() -> OpenedPhoto:
            told = time.monotonic() + self.patience

            def watch(share: float) -> None:
                nonlocal told
                if self._closed or stamp != self._stamp:
                    raise CancelledError
                if path is not None and time.monotonic() > told:
                    told = time.monotonic() + _BETWEEN
                    self.reading.emit(path, round(100 * share))

            watch(0)
            document, project = load(lambda share: watch(_READING * share))
            pyramid = Pyramid.build(document.photo, lambda share: watch(_READING + (1 - _READING) * share))
            return OpenedPhoto(document, pyramid, project)

        def done(opened: OpenedPhoto) -> None:
            if stamp == self._stamp:
                self.opened.emit(opened)
            else:
                self.given_up.emit()

        def failed(error: BaseException) -> None:
            if isinstance(error, CancelledError):
                self.given_up.emit()
            else:
                self.failed.emit(error)

        (queue or self.background).submit(work, done, failed)

    def read(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run a task that is skipped once the window has closed, so that pending writes need not wait for it."""

        def checked() -> T:
            if self._closed:
                raise CancelledError
            return work()

        self.background.submit(checked, done, self.failed.emit)
