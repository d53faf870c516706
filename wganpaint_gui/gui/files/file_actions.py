"""The actions of the File menu: dialogs, names that overwrite nothing, and the question about unsaved work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.photo import filled_name
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.open_document import DocumentSubscription, after_stroke

from .file_dialogs import MASK_FILTER, OPEN_FILTER, SAVE_FILTERS, SAVE_MASK_FILTERS, ask_for_file, ask_for_name
from .photo_files import OpenedPhoto, PhotoFiles, SavedPhoto, neighbour
from .project_actions import ProjectActions, Then, nothing
from .unsaved import Unsaved, UnsavedQuestion


class FileActions(QObject):
    """Opens and saves files. Signals: opened(OpenedPhoto); path_changed(Path or None), of project or else photo."""

    opened = Signal(object)
    path_changed = Signal(object)

    def __init__(self, window: QWidget, fills: FillActions, controller: FillController, messages: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._messages = messages
        self.files = PhotoFiles(self)
        self.projects = ProjectActions(
            window, self.files.background, fills, controller, messages, beside=lambda: self._named("pasted.png")
        )
        self.projects.changed.connect(self._on_project_changed)
        controller.state_changed.connect(self._show_whether_saved)
        controller.shown.connect(self._show_whether_saved)  # another candidate or blend
        self.files.opened.connect(self._on_opened)
        self.files.saved.connect(self._on_saved)
        self.files.not_saved.connect(lambda error: self._offer_another_name(error, self.save_as))
        self.files.mask_not_saved.connect(lambda error: self._offer_another_name(error, self.save_mask))
        self.files.failed.connect(messages.show_error)
        self.document: Document | None = None
        self.path: Path | None = None  # where the photo was opened or first saved; new names are proposed beside it
        self.folder = ""  # in which dialogs open
        self._row: tuple[Path, ...] = ()  # photos opened together, for PgUp and PgDn; empty: all in the folder
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._question = UnsavedQuestion(window, self._save_all, self.projects.save)
        self._tried: Path | None = None  # the neighbour requested last, to skip one that cannot be read

    # -- in ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        ask_for_file(self._window, "Open photo or project", self.folder, OPEN_FILTER, self.open_path)

    def open_path(self, path: Path) -> None:
        """Open a photo or a project, after asking about unsaved work."""
        self.after_unsaved(lambda: self.files.open(path))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of several photos; PgDn opens the next.

        Relative paths are made absolute here, because they are remembered for the next start.
        """
        paths = [path.absolute() for path in paths]
        self._row = tuple(paths) if len(paths) > 1 else ()
        if paths:
            self.open_path(paths[0])
        if self._row:
            self._messages.show_message(f"Opened the first of {len(paths)} photos. Press PgDn or PgUp for the others.")

    def open_sample(self) -> None:
        self.open_path(resource("sample-portrait.png"))

    def next_photo(self) -> None:
        self._open_neighbour(+1)

    def previous_photo(self) -> None:
        self._open_neighbour(-1)

    def paste(self) -> None:
        self.after_unsaved(self.files.paste)

    def _open_neighbour(self, offset: int) -> None:
        project = self.projects.path
        here = self._tried or (project if project in self._row else self.path)
        path = neighbour(here, offset, self._row) if here is not None else None
        if path is None:
            self._messages.show_message("No more photos in this folder.")
        else:
            self._tried = path
            self.open_path(path)

    def _on_opened(self, opened: OpenedPhoto) -> None:
        self.document, project = opened.document, opened.project
        self.path = self.document.photo.path if project is None else project.photo_path
        self._tried = None
        if self.path is not None and not self._is_sample:
            self.folder = str(self.path.parent)
        self.opened.emit(opened)
        self.projects.set_document(self.document, project)
        self._subscription.follow(self.document)
        self._show_whether_saved()
        self.path_changed.emit(self.projects.path or self.path)

    # -- out -----------------------------------------------------------------------------------------------------

    def save(self, then: Then = nothing) -> None:
        """Save beside the photo under a free name: photo-filled.png, photo-filled-2.png; ask for one elsewhere."""
        if self.path is None or self._is_sample:
            self.save_as(then)
        elif self.document is not None:
            self.files.save_beside(self.document, self.path, then=then)

    def save_as(self, then: Then = nothing) -> None:
        document = self.document
        if document is not None:
            ask_for_name(
                self._window,
                "Save photo",
                filled_name(self._named("photo.png")),
                SAVE_FILTERS,
                lambda path, overwrite: self.files.save(document, path, overwrite=overwrite, then=then),
            )

    def copy(self) -> None:
        if self.document is not None:
            self.files.copy(self.document, lambda: self._messages.show_message("Photo copied to the clipboard."))

    def load_mask(self) -> None:
        document = self.document
        if document is not None:

            def use(mask: NDArray[np.uint8]) -> None:
                if document is self.document:  # and no other photo has been opened meanwhile
                    document.replace_mask("load mask", mask)

            def read(path: Path) -> None:
                self.files.load_mask(path, document.photo, lambda mask: after_stroke(document, self, lambda: use(mask)))

            ask_for_file(self._window, "Load mask", self.folder, MASK_FILTER, read)

    def save_mask(self) -> None:
        document = self.document
        if document is None:
            return

        def write(path: Path, overwrite: bool) -> None:
            said = f"Mask saved as {path.name}."
            self.files.save_mask(
                document.snapshot(), path, overwrite=overwrite, done=lambda: self._messages.show_message(said)
            )

        proposal = Path(self.folder or Path.home()) / f"{self.path.stem if self.path else 'photo'}-mask.png"
        ask_for_name(self._window, "Save mask", proposal, SAVE_MASK_FILTERS, write)

    @property
    def _is_sample(self) -> bool:
        """Whether the photo is the sample: nothing is saved beside it, in the program's folder."""
        return self.path is not None and self.path.is_relative_to(resource(""))

    def _on_saved(self, saved: SavedPhoto) -> None:
        if saved.changed_outside_mask is None:
            of_file = f"{saved.path.suffix.lstrip('.').upper()} is lossy; save as PNG to keep every pixel exactly."
        else:
            of_file = f"{counted(saved.changed_outside_mask, 'pixel')} changed outside the mask."
        self._messages.show_message(f"Saved as {saved.path.name}. {of_file}")
        saved.document.history.mark_saved(saved.photo_state)
        self.folder = str(saved.path.parent)
        if saved.document is self.document:
            if self.path is None or self._is_sample:
                self.path = saved.path
            self._show_whether_saved()
            self.path_changed.emit(self.projects.path or saved.path)

    def _offer_another_name(self, error: BaseException, save_as: Callable[[], None]) -> None:
        """Show an error; if the file could not be written, offer to save it elsewhere."""
        if isinstance(error, SaveError):
            self._messages.show_message(str(error), "error", [("Save as…", save_as)])
        else:
            self._messages.show_error(error)

    # -- unsaved work --------------------------------------------------------------------------------------------

    def after_unsaved(self, go: Callable[[], object]) -> None:
        """Call `go`, after asking about unsaved work: changes to a project, or else fills kept or found."""
        self._after(go, asked=False)

    def _after(self, go: Callable[[], object], *, asked: bool) -> None:
        unsaved = self._unsaved(asked=asked)
        if self.document is None or not unsaved:
            go()
        else:  # again after saving: work may have continued meanwhile. Fills found are only asked about once.
            self._question.ask(unsaved, go, lambda: self._after(go, asked=True))

    def _unsaved(self, *, asked: bool) -> Unsaved:
        projects, kept = self.projects, self.document is not None and not self.document.history.is_saved
        if projects.path is None:
            return Unsaved(kept=kept, found=0 if asked else self._controller.found_fills)
        saved = projects.is_document_saved if asked else projects.is_saved
        return Unsaved(project="" if saved else projects.path.name)

    def _save_all(self, then: Then) -> None:
        """Save the project, or the photo if there is no project."""
        if self.projects.path is None:
            self.save(then)
        else:
            self.projects.save(then)

    def _named(self, name: str) -> Path:
        """Return the photo's name, or this one if it has none, in the folder in which dialogs open."""
        return Path(self.folder or Path.home()) / (self.path.name if self.path else name)

    @Slot()
    def _on_project_changed(self) -> None:
        path = self.projects.path
        assert path is not None
        self.folder = str(path.parent)
        if self.path is None or self._is_sample:
            self.path = path.with_name(self._named("pasted.png").name)
        self._show_whether_saved()
        self.path_changed.emit(path)

    def _on_document_changed(self, _change: Change) -> None:
        self._show_whether_saved()

    @Slot()
    def _show_whether_saved(self) -> None:
        """Mark unsaved changes in the window's title; fills not kept only count with a project."""
        unsaved = self._unsaved(asked=False)
        self._window.setWindowModified(unsaved.kept or bool(unsaved.project))
