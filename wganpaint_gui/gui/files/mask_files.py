"""Masks that come from elsewhere or go there: files, the clipboard, another photo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.mask_changes import Fit, fitted
from wganpaint_gui.core.edit.mask_io import mask_from_pixels, read_mask
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.errors import MaskError, SaveError
from wganpaint_gui.core.file_names import is_same_file
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.gui.look.images import to_exact_qimage, to_pixels
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.open_document import after_stroke

from .file_dialogs import (
    MASK_FILTER,
    SAVE_MASK_FILTERS,
    ask_for_file,
    ask_for_name,
    ask_how_to_fit,
    ask_to_use_as_mask,
)
from .photo_files import PhotoFiles

ReadMask = Callable[[Callable[[str], object]], Mask]  # given what to call with a doubt, see `read_mask`


class OpenPhoto(Protocol):
    """The photo that is open."""

    document: Document | None
    path: Path | None
    folder: str  # in which dialogs open


class MaskFiles(QObject):
    """Loads, saves, copies and pastes masks. One that looks like a photo, or has another size, is asked about."""

    def __init__(
        self,
        file: OpenPhoto,
        files: PhotoFiles,
        note_in_file: Callable[[MaskSnapshot], object],
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        """note_in_file: called with a mask of the open document that is in a file of the user's."""
        super().__init__(window)
        self._file, self._files, self._window = file, files, window
        self._note_in_file, self._messages = note_in_file, messages

    def load(self) -> None:
        if self._file.document is not None:
            ask_for_file(
                self._window,
                tr("Load mask"),
                self._file.folder,
                MASK_FILTER,
                lambda path: self.use(QT_TR_NOOP("load mask"), lambda doubt: read_mask(path, doubt), in_file=True),
            )

    def save(self) -> None:
        document, file = self._file.document, self._file
        if document is None:
            return

        def write(path: Path, overwrite: bool) -> None:
            if file.path is not None and is_same_file(path, file.path):
                problem = tr("{path} is the photo that is open; its mask must not replace it.").format(path=path)
                self._messages.show_error(SaveError(problem, tr("Choose another name.")))
                return
            mask = document.snapshot()

            def saved() -> None:
                self._messages.show_message(tr("Mask saved as {name}.").format(name=path.name))
                if document is file.document:
                    self._note_in_file(mask)

            self._files.save_mask(mask, path, overwrite=overwrite, done=saved)

        proposal = Path(file.folder or Path.home()) / f"{file.path.stem if file.path else 'photo'}-mask.png"
        ask_for_name(self._window, tr("Save mask"), proposal, SAVE_MASK_FILTERS, write)

    def copy(self) -> None:
        """Copy the mask to the clipboard, as a grey picture that other programs can paste, too."""
        if self._file.document is None:
            return
        mask = self._file.document.snapshot()

        def deliver(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self._messages.show_message(tr("Mask copied to the clipboard."))

        self._files.read(lambda: to_exact_qimage(np.repeat(mask.array()[..., None], 3, axis=2)), deliver)

    def paste(self) -> None:
        """Replace the mask by the picture on the clipboard."""
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self._messages.show_error(
                MaskError(
                    tr("There is no mask on the clipboard."), tr("Copy a mask, or a picture with white to be filled.")
                )
            )
            return
        self.use(
            QT_TR_NOOP("paste mask"),
            lambda doubt: mask_from_pixels(to_pixels(image), tr("The picture on the clipboard"), doubt),
        )

    def use(self, name: str, read: ReadMask, *, in_file: bool = False) -> None:
        """Replace the mask of the open photo by what is read in the background, as one undo entry.

        name: of the entry. in_file: whether the mask is in a file of the user's, if it is used unchanged.
        """
        document = self._file.document
        if document is None:
            return
        photo = document.photo.width, document.photo.height
        doubts: list[str] = []

        def put(mask: Mask, noted: bool = in_file) -> None:
            if document is self._file.document:  # and no other photo has been opened meanwhile
                document.replace_mask(name, mask)
                if noted:
                    self._note_in_file(document.snapshot())

        def fit(mask: Mask, how: Fit) -> None:
            self._files.read(
                lambda: fitted(mask, photo, how),
                lambda result: after_stroke(document, self, lambda: put(result, noted=False)),
            )

        def sized(mask: Mask) -> None:
            size = mask.shape[1], mask.shape[0]
            if size == photo:
                after_stroke(document, self, lambda: put(mask))
            else:
                ask_how_to_fit(self._window, size, photo, lambda how: fit(mask, how))

        def loaded(mask: Mask) -> None:
            if document is not self._file.document:
                return
            if doubts:
                ask_to_use_as_mask(self._window, " ".join(doubts), lambda: sized(mask))
            else:
                sized(mask)

        self._files.read(lambda: read(doubts.append), loaded)
