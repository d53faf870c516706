"""The actions of the File menu: dialogs, names that overwrite nothing, and photos one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.photo import filled_name
from wganpaint_gui.core.photo.photo_writer import missing_from
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar

from .file_dialogs import OPEN_FILTER, SAVE_FILTERS, ask_for_file, ask_for_name
from .mask_files import MaskFiles
from .neighbours import Neighbours
from .photo_files import OpenedPhoto, PhotoFiles, SavedPhoto
from .project_actions import ProjectActions, Then, nothing
from .restore_offer import RestoreOffer
from .unsaved_actions import UnsavedActions
from .unsaved_work import Work


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
        self.document: Document | None = None
        self.path: Path | None = None  # where the photo was opened or first saved; new names are proposed beside it
        self.folder = ""  # in which dialogs open
        self.unsaved = UnsavedActions(self, window, controller, messages)
        self.autosaver = self.unsaved.autosaver
        self.restore_offer = RestoreOffer(window, self.autosaver, messages)
        self.restore_offer.restored.connect(self.open_work)
        self.files.opened.connect(self._on_opened)
        self.files.reading.connect(self._on_reading)
        self.files.given_up.connect(self._end_progress)
        self.files.failed.connect(self._end_progress)
        self.files.saved.connect(self._on_saved)
        self.files.not_saved.connect(lambda error: self._offer_another_name(error, self.save_as))
        self.masks = MaskFiles(self, self.files, self.unsaved.note_mask_in_file, messages, window)
        self.files.mask_not_saved.connect(lambda error: self._offer_another_name(error, self.masks.save))
        self.files.failed.connect(messages.show_error)
        self.neighbours = Neighbours(self)
        self.neighbours.found.connect(self._on_neighbour)
        self.row: tuple[Path, ...] = ()  # photos opened together, for PgUp and PgDn; empty: all in the folder
        self._progress = ""  # of the photo that is being read, as shown
        self._discarding: Document | None = None  # whose unsaved work the user discards by opening its file again
        self._tried: Path | None = None  # the neighbour requested last, to skip one that cannot be read

    # -- in ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        ask_for_file(self._window, tr("Open photo or project"), self.folder, OPEN_FILTER, self.open_path)

    def open_path(self, path: Path) -> None:
        """Open a photo or a project, or what is unsaved of it; the open one is set aside when it is replaced."""
        work = self.autosaver.find(path)
        if work is not None:
            self.open_work(work)
        elif path == (self.projects.path or self.path) and self.unsaved.describe() is not None:
            again = (tr("Discard it and open again"), lambda: self._open_again(path))
            self._messages.show_message(
                tr("{name} is open, with unsaved work.").format(name=path.name), choices=[again]
            )
        else:
            self._leave(lambda: self.files.open(path))

    @Slot(object)
    def open_work(self, work: Work) -> None:
        """Open a document that was set aside."""
        self._leave(lambda: self.files.resume(lambda: self.autosaver.reopen(work), self.autosaver.queue))

    def _leave(self, go: Callable[[], object]) -> None:
        """Call `go`, which opens another document; ask first only if the present one could not be set aside."""
        self.neighbours.drop()
        self._discarding = None
        if not self.autosaver.failing:
            go()
            return

        def go_without() -> None:
            self._discarding = self.document
            go()

        self._tried = None  # the answer may be Cancel
        self.unsaved.ask_about_open(go_without)

    def _open_again(self, path: Path) -> None:
        """Open the file of the open document, whose unsaved work is deleted once that has worked."""
        self._discarding = self.document
        self.files.open(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of several photos; PgDn opens the next.

        Relative paths are made absolute here, because they are remembered for the next start.
        """
        paths = [path.absolute() for path in paths]
        self.row = tuple(paths) if len(paths) > 1 else ()
        if paths:
            self.open_path(paths[0])
        if self.row:
            self._messages.show_message(
                tr("Opened the first of %n photo(s). Press PgDn or PgUp for the others.", "", len(paths))
            )

    def open_sample(self) -> None:
        self.open_path(resource("sample-portrait.png"))

    def next_photo(self) -> None:
        self._open_neighbour(+1)

    def previous_photo(self) -> None:
        self._open_neighbour(-1)

    def paste(self) -> None:
        self._leave(self.files.paste)

    def _open_neighbour(self, offset: int) -> None:
        project = self.projects.path
        here = self._tried or (project if project in self.row else self.path)
        if here is None:
            self._on_neighbour(None)
        else:
            self.neighbours.look(here, offset, self.row)

    @Slot(object)
    def _on_neighbour(self, path: Path | None) -> None:
        if path is None:
            self._messages.show_message(tr("No more photos in this folder."))
        else:
            self._tried = path
            self.open_path(path)

    @Slot(object, int)
    def _on_reading(self, path: Path, percent: int) -> None:
        """Tell how far the reading of a large photo is, with a way to give it up; once closed, it stays closed."""
        before, self._progress = self._progress, tr("Opening {path}: {percent}%").format(path=path, percent=percent)
        if not before:
            self._messages.show_message(self._progress, choices=[(tr("Cancel"), self._give_up)])
        else:
            self._messages.reword(before, self._progress)

    def _give_up(self) -> None:
        self.files.give_up()
        self._tried = None

    @Slot()
    def _end_progress(self) -> None:
        self._messages.withdraw(self._progress)
        self._progress = ""

    def _on_opened(self, opened: OpenedPhoto) -> None:
        if self.document is not None and self.document is self._discarding:
            self.autosaver.forget_open()
        else:
            self.autosaver.set_aside()
        self._discarding = None
        self.document, project = opened.document, opened.project
        self.path = self.document.photo.path if project is None else project.photo_path
        work = None if project is None else project.work
        self._tried = None
        self._end_progress()
        if self.path is not None and not self._is_sample:
            self.folder = str(self.path.parent)
        self.opened.emit(opened)
        if remarks := opened.document.photo.metadata.remarks:
            self._messages.show_message(remarks)
        self.projects.set_document(self.document, project)
        self.unsaved.open(self.document, work)
        self.path_changed.emit(self.projects.path or self.path)

    # -- out -----------------------------------------------------------------------------------------------------

    def save(self, then: Then = nothing) -> None:
        """Save beside the photo under a free name: photo-filled.png, photo-filled-2.png; ask for one elsewhere."""
        if self.path is None or self._is_sample:
            self.save_as(then)
        elif self.document is not None:
            document, path = self.document, self.path
            self._controller.when_kept(lambda: self.files.save_beside(document, path, then=then))

    def save_as(self, then: Then = nothing) -> None:
        document = self.document
        if document is not None:
            ask_for_name(
                self._window,
                tr("Save photo"),
                filled_name(self._named("photo.png")),
                SAVE_FILTERS,
                lambda path, overwrite: self._controller.when_kept(
                    lambda: self.files.save(document, path, overwrite=overwrite, then=then)
                ),
            )

    def copy(self) -> None:
        document = self.document
        if document is not None:
            copied = tr("Photo copied to the clipboard.")
            self._controller.when_kept(lambda: self.files.copy(document, lambda: self._messages.show_message(copied)))

    @property
    def _is_sample(self) -> bool:
        """Whether the photo is the sample: nothing is saved beside it, in the program's folder."""
        return self.path is not None and self.path.is_relative_to(resource(""))

    def _on_saved(self, saved: SavedPhoto) -> None:
        if saved.changed_outside_mask is None:
            kind = saved.path.suffix.lstrip(".").upper()
            of_file = tr("{kind} is lossy; save as PNG to keep every pixel exactly.").format(kind=kind)
        else:
            of_file = tr("%n pixel(s) changed outside the mask.", "", saved.changed_outside_mask)
        missing = missing_from(saved.document.photo.metadata, saved.path)
        not_kept = ""
        if saved.document is self.document and self._controller.found_fills:  # one of them is seen on the photo
            not_kept = tr("The fill you see is not in the file: keep it (Enter), then save again.")
        parts = (tr("Saved as {name}.").format(name=saved.path.name), not_kept, of_file, missing)
        self._messages.show_message(" ".join(part for part in parts if part))
        saved.document.history.mark_saved(saved.photo_state)
        self.folder = str(saved.path.parent)
        if saved.document is self.document:
            if self.path is None or self._is_sample:
                self.path = saved.path
            self.unsaved.show()
            self.path_changed.emit(self.projects.path or self.path)

    def _offer_another_name(self, error: BaseException, save_as: Callable[[], None]) -> None:
        """Show an error; if the file could not be written, offer to save it elsewhere."""
        if isinstance(error, SaveError):
            self._messages.show_message(str(error), "error", [(tr("Save as…"), save_as)])
        else:
            self._messages.show_error(error)

    def forget_work(self) -> None:
        """Forget all unsaved work, so that nothing is asked when the window is closed."""
        self.document = None
        self.autosaver.forget()

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
        self.unsaved.show()
        self.path_changed.emit(path)
