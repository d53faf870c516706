"""What the File menu does: dialogs, names that overwrite nothing, and the question before something would be lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ..core.document import Document
from ..core.errors import SaveError
from ..core.paths import resource
from ..core.photo import free_name
from ..core.photo_write import FORMATS, WRITABLE_SUFFIXES, format_of
from .files import Files, Opened, Saved, neighbour
from .messages import MessageBar
from .unsaved import Unsaved, UnsavedQuestion


def _patterns(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


PHOTO_FILTER = f"Photos ({_patterns(WRITABLE_SUFFIXES)});;All files (*)"
MASK_FILTER = f"Masks ({' '.join(_patterns(kind.suffixes) for kind in FORMATS if kind.lossless)});;All files (*)"
SAVE_FILTERS = {
    f"{kind.name}, {'lossless' if kind.lossless else 'lossy'} ({_patterns(kind.suffixes)})": kind.suffixes[0]
    for kind in FORMATS
}  # the suffix that a name without one gets
SAVE_MASK_FILTERS = {"PNG (*.png)": ".png"}
STROKE_MILLISECONDS = 50  # between looks whether a stroke has ended


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
        self.files.not_saved.connect(lambda error: self._offer_another_name(error, self.save_as))
        self.files.mask_not_saved.connect(lambda error: self._offer_another_name(error, self.save_mask))
        self.files.failed.connect(messages.show_error)
        self.document: Document | None = None
        self.path: Path | None = None  # that new names stand beside: where the photo was opened, or first saved
        self.folder = ""  # that dialogs open in
        self.found_fills: Callable[[], int] = lambda: 0  # how many a search has found, none of them kept
        self._row: tuple[Path, ...] = ()  # photos given together, that PgUp and PgDn lead through; else the folder's
        self._question = UnsavedQuestion(window, self._save)
        self._tried: Path | None = None  # the neighbour asked for last: one that cannot be read is stepped over

    # -- in ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        self._ask_for_file("Open a photo", PHOTO_FILTER, self.open_path)

    def open_path(self, path: Path) -> None:
        """Open a photo file, asking first where unsaved work would go."""
        self.after_unsaved(lambda: self.files.open(path))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of several; PgDn leads to the others.

        They may be relative to the folder the program was started in, which the next start knows nothing of.
        """
        paths = [path.absolute() for path in paths]
        self._row = tuple(paths) if len(paths) > 1 else ()
        if paths:
            self.open_path(paths[0])
        if self._row:
            self._messages.show_message(f"{len(paths)} photos were given; PgDn and PgUp lead through them.")

    def open_sample(self) -> None:
        self.open_path(resource("sample-portrait.png"))

    def next_photo(self) -> None:
        self._open_neighbour(+1)

    def previous_photo(self) -> None:
        self._open_neighbour(-1)

    def paste(self) -> None:
        self.after_unsaved(self.files.paste)

    def _open_neighbour(self, offset: int) -> None:
        here = self._tried or self.path
        path = neighbour(here, offset, self._row) if here is not None else None
        if path is None:
            self._messages.show_message("There is no further photo in this folder.")
        else:
            self._tried = path
            self.open_path(path)

    def _on_opened(self, opened: Opened) -> None:
        self.document = opened.document
        self.path = opened.document.photo.path
        self._tried = None
        if self.path is not None and not self._is_sample:
            self.folder = str(self.path.parent)
        self.opened.emit(opened)
        self.path_changed.emit(self.path)

    # -- out -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save beside the photo under a name that is free: photo-filled.png, photo-filled-2.png."""
        self._save(_nothing)

    def save_as(self) -> None:
        self._save_as(_nothing)

    def copy(self) -> None:
        if self.document is not None:
            said = "The photo is on the clipboard."
            self.files.copy(self.document.photo, lambda: self._messages.show_message(said))

    def load_mask(self) -> None:
        document = self.document
        if document is not None:
            self._ask_for_file(
                "Load a mask",
                MASK_FILTER,
                lambda path: self.files.load_mask(path, document.photo, lambda mask: self._take_mask(document, mask)),
            )

    def save_mask(self) -> None:
        document = self.document
        if document is None:
            return

        def write(path: Path, overwrite: bool) -> None:
            said = f"The mask is saved as {path.name}."
            self.files.save_mask(
                document.mask, path, overwrite=overwrite, done=lambda: self._messages.show_message(said)
            )

        proposal = Path(self.folder or Path.home()) / f"{self.path.stem if self.path else 'photo'}-mask.png"
        self._ask_for_name("Save the mask", proposal, SAVE_MASK_FILTERS, write)

    def _save(self, then: Callable[[], object]) -> None:
        if self.path is None or self._is_sample:
            self._save_as(then)
        elif self.document is not None:
            self.files.save_beside(self.document, self.path, then=then)

    def _save_as(self, then: Callable[[], object]) -> None:
        document = self.document
        if document is not None:
            proposal = free_name(Path(self.folder or Path.home()) / (self.path.name if self.path else "photo.png"))
            self._ask_for_name(
                "Save the photo",
                proposal,
                SAVE_FILTERS,
                lambda path, overwrite: self.files.save(document, path, overwrite=overwrite, then=then),
            )

    @property
    def _is_sample(self) -> bool:
        """Whether the photo came with the program: nothing is saved into the program's own folder."""
        return self.path is not None and self.path.is_relative_to(resource(""))

    def _on_saved(self, saved: Saved) -> None:
        if saved.changed_outside_mask is None:
            counted = f"{saved.path.suffix.lstrip('.').upper()} is lossy: save as PNG to keep every pixel exact."
        else:
            counted = f"{saved.changed_outside_mask} pixels changed outside the mask."
        self._messages.show_message(f"Saved as {saved.path.name}. {counted}")
        saved.document.history.mark_saved(saved.photo_state)
        self.folder = str(saved.path.parent)
        if saved.document is self.document:
            if self.path is None or self._is_sample:
                self.path = saved.path
            self.path_changed.emit(saved.path)
            self._window.setWindowModified(not self.document.history.is_saved)

    def _offer_another_name(self, error: BaseException, save_as: Callable[[], None]) -> None:
        """Most of what keeps a file from being written does not keep one from being written elsewhere."""
        if isinstance(error, SaveError):
            self._messages.show_message(str(error), "error", [("Save as…", save_as)])
        else:
            self._messages.show_error(error)

    def _take_mask(self, document: Document, mask: NDArray[np.uint8]) -> None:
        """After the stroke that is being painted; not where another photo was opened meanwhile."""
        if document is not self.document:
            return
        if document.editing:
            QTimer.singleShot(STROKE_MILLISECONDS, self, lambda: self._take_mask(document, mask))
        else:
            document.replace_mask("load mask", mask)

    # -- dialogs: none of them blocks the window -----------------------------------------------------------------

    def _ask_for_file(self, title: str, name_filter: str, chosen: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._window, title, self.folder, name_filter)
        dialog.setObjectName("openDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()

    def _ask_for_name(
        self, title: str, proposal: Path, suffixes: dict[str, str], chosen: Callable[[Path, bool], object]
    ) -> None:
        """Call chosen(path, overwrite). suffixes: by name filter, what a name that ends in none of them gets."""
        dialog = QFileDialog(self._window, title, str(proposal.parent), ";;".join(suffixes))
        dialog.setObjectName("saveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(proposal.name)
        kind = format_of(proposal)
        dialog.selectNameFilter(next(name for name, suffix in suffixes.items() if kind and suffix in kind.suffixes))

        def named(name: str) -> None:
            path = Path(name)
            kind = format_of(path)
            if kind is not None and kind.suffixes[0] in suffixes.values():
                # The dialog has asked about this very name.
                chosen(path, path.exists())
                return
            # Not QFileDialog.setDefaultSuffix: the dialogs of some systems ask before the suffix is added.
            path = path.with_name(path.name + suffixes.get(dialog.selectedNameFilter(), ".png"))
            if path.exists():
                ask_to_replace(self._window, path, lambda: chosen(path, True))
            else:
                chosen(path, False)

        dialog.fileSelected.connect(named)
        dialog.open()

    # -- nothing is lost -----------------------------------------------------------------------------------------

    def after_unsaved(self, go: Callable[[], object]) -> None:
        """Call `go`, but where a fill was kept and not saved, or found and not kept, ask first."""
        self._after(go, self.found_fills())

    def _after(self, go: Callable[[], object], found: int) -> None:
        unsaved = Unsaved(kept=self.document is not None and not self.document.history.is_saved, found=found)
        if self.document is None or not unsaved:
            go()
        else:  # after a save, too: work went on while the file was written. What was found is asked about once.
            self._question.ask(unsaved, go, lambda: self._after(go, 0))


def ask_to_replace(window: QWidget, path: Path, replace: Callable[[], object]) -> None:
    """Call `replace` where the person agrees to lose what stands there."""
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
    text = f"{path.name} exists already. Replace it?"
    box = QMessageBox(QMessageBox.Icon.Warning, "Replace a file", text, buttons, window)
    box.setObjectName("replaceBox")
    box.button(QMessageBox.StandardButton.Yes).setText("Replace")
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda answer: replace() if answer == QMessageBox.StandardButton.Yes else None)
    box.open()


def _nothing() -> None:
    """What follows a save that nothing waits for."""
