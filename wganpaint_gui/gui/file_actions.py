"""What the File menu does: dialogs, names that overwrite nothing, and the question before something would be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ..core.document import Document
from ..core.paths import resource
from ..core.photo import free_name
from .files import PHOTO_SUFFIXES, Files, Opened, Saved, neighbour
from .messages import MessageBar

PHOTO_FILTER = f"Photos ({' '.join('*' + suffix for suffix in PHOTO_SUFFIXES)});;All files (*)"
SAVE_FILTER = "PNG (*.png);;TIFF (*.tif);;WebP, lossless (*.webp);;JPEG (*.jpg);;BMP (*.bmp)"
MASK_FILTER = "Masks (*.png *.bmp *.tif *.webp);;All files (*)"


class FileActions(QObject):
    """Signals: opened(Opened); path_changed(Path or None): where the photo is now."""

    opened = Signal(object)
    path_changed = Signal(object)

    def __init__(self, window: QWidget, messages: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self.files = Files(self)
        self.files.opened.connect(self._on_opened)
        self.files.saved.connect(self._on_saved)
        self.files.mask_loaded.connect(self._on_mask_loaded)
        self.files.failed.connect(messages.show_error)
        self.document: Document | None = None
        self.path: Path | None = None  # of the photo, as opened or last saved
        self.folder = ""  # that dialogs open in
        self._opening: Path | None = None
        self._saving: Document | None = None
        self._after_save: Callable[[], object] | None = None

    # -- in ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a photo", self.folder, PHOTO_FILTER)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a photo file, asking first where unsaved work would go."""

        def go() -> None:
            self._opening = path
            self.files.open(path)

        self.after_unsaved(go)

    def open_sample(self) -> None:
        self.open_path(resource("sample-portrait.png"))

    def next_photo(self) -> None:
        self._open_neighbour(+1)

    def previous_photo(self) -> None:
        self._open_neighbour(-1)

    def paste(self) -> None:
        def go() -> None:
            self._opening = None
            self.files.paste()

        self.after_unsaved(go)

    def _open_neighbour(self, offset: int) -> None:
        path = neighbour(self.path, offset) if self.path is not None else None
        if path is None:
            self._messages.show_message("There is no further photo in this folder.")
        else:
            self.open_path(path)

    def _on_opened(self, opened: Opened) -> None:
        self.document = opened.document
        self.path = self._opening
        if self.path is not None:
            self.folder = str(self.path.parent)
        self.opened.emit(opened)
        self.path_changed.emit(self.path)

    # -- out -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save beside the photo under a name that is free: photo-filled.png, photo-filled-2.png."""
        if self.path is None or self.path.is_relative_to(resource("")):
            self.save_as()
        else:
            self._write(free_name(self.path), overwrite=False)

    def save_as(self) -> None:
        if self.document is None:
            return
        proposal = free_name(Path(self.folder) / (self.path.name if self.path else "photo.png"))
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the photo", str(proposal), SAVE_FILTER)
        if name:
            path = Path(name)
            # The dialog has asked about an existing file.
            self._write(path if path.suffix else path.with_suffix(".png"), overwrite=True)
        else:
            self._after_save = None

    def copy(self) -> None:
        if self.document is not None:
            self.files.copy(self.document.photo)
            self._messages.show_message("The photo is on the clipboard.")

    def load_mask(self) -> None:
        if self.document is None:
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Load a mask", self.folder, MASK_FILTER)
        if name:
            self.files.load_mask(Path(name), self.document.photo)

    def save_mask(self) -> None:
        if self.document is None:
            return
        proposal = Path(self.folder) / f"{self.path.stem if self.path else 'photo'}-mask.png"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the mask", str(proposal), "PNG (*.png)")
        if name:
            path = Path(name).with_suffix(".png")
            done = f"The mask is saved as {path.name}."
            self.files.save_mask(self.document.mask, path, lambda _: self._messages.show_message(done))

    def _write(self, path: Path, *, overwrite: bool) -> None:
        if self.document is not None:
            self._saving = self.document
            self.files.save(self.document.photo, path, overwrite=overwrite)

    def _on_saved(self, saved: Saved) -> None:
        outside = self._saving.changed_outside_mask() if self._saving is not None else 0
        if saved.differing is None:
            counted = f"{saved.path.suffix.lstrip('.').upper()} is lossy: save as PNG to keep every pixel exact."
        else:
            counted = f"{outside + saved.differing} pixels changed outside the mask."
        self._messages.show_message(f"Saved as {saved.path.name}. {counted}")
        if self._saving is not None:
            self._saving.history.mark_saved()
        if self._saving is self.document:
            self.path = saved.path
            self.path_changed.emit(saved.path)
        after, self._after_save = self._after_save, None
        if after is not None:
            after()

    def _on_mask_loaded(self, mask: object) -> None:
        if self.document is not None:
            try:
                self.document.replace_mask("load mask", mask)  # type: ignore[arg-type]
            except Exception as error:
                self._messages.show_error(error)

    # -- nothing is lost -----------------------------------------------------------------------------------------

    def after_unsaved(self, go: Callable[[], object]) -> None:
        """Call `go`, but where a fill was kept and not saved ask first; the question does not block the window."""
        if self.document is None or self.document.history.is_saved or not self.document.original_patches:
            go()
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Unsaved fill",
            "This photo has fills that are not saved.",
            QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            self._window,
        )
        box.setObjectName("unsavedBox")
        box.setInformativeText("Save them under a new name first?")
        box.button(QMessageBox.StandardButton.Discard).setText("Leave without saving")

        def answered(answer: int) -> None:
            if answer == QMessageBox.StandardButton.Save:
                self._after_save = go
                self.save()
            elif answer == QMessageBox.StandardButton.Discard:
                go()

        box.finished.connect(answered)
        box.open()
