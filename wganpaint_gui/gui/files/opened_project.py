"""Opening of projects and autosaves in worker threads, and what they hand over to the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wganpaint_gui.core.edit.document import Document, DocumentState
from wganpaint_gui.core.edit.history import NO_STATE
from wganpaint_gui.core.errors import FrameError, MaskError
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_preparer import PreparedFill
from wganpaint_gui.gui.widgets import plot

from .unsaved_work import Work

if TYPE_CHECKING:
    from wganpaint_gui.core.project.project import Original, Project, SavedFill, SavedSurroundings
    from wganpaint_gui.core.project.project_file import ProjectFile
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill


@dataclass(frozen=True)
class OpenedProject:
    """What belongs to a document that was opened from a project, or from an autosave."""

    file: ProjectFile | None  # None: the autosave of a photo that is in no project
    original: Original
    settings: InpaintConfig
    prepared: PreparedFill | None  # the search whose candidates are neither kept nor discarded
    surroundings: tuple[ShownFill, bool] | None  # a fill from the surroundings, and whether it is selected
    photo_path: Path | None  # where new names are proposed; the file need not exist
    work: Work | None = None  # of the autosave

    @property
    def brings_settings(self) -> bool:
        """Whether its settings are shown: a mask alone is filled with the user's own."""
        return self.file is not None or self.prepared is not None or self.surroundings is not None


def open_project(path: Path) -> tuple[Document, OpenedProject]:
    """Open a project, in a worker thread. Raises ProjectError."""
    from wganpaint_gui.core.project.project_file import ProjectFile

    file = ProjectFile(path)
    return _opened(file.read(), file, None)


def open_autosave(project: Project, work: Work) -> tuple[Document, OpenedProject]:
    """Open the document of an autosave, in a worker thread; `project` becomes the document's own."""
    from wganpaint_gui.core.project.project_file import ProjectFile

    note = work.note
    if note.project:
        return _opened(project, ProjectFile(Path(note.project), bytes.fromhex(note.digest) or None), work)
    project.document.photo.path = Path(note.photo) if note.photo else None
    document, opened = _opened(project, None, work)
    if note.kept:
        document.history.mark_saved(NO_STATE)
    return document, opened


def _opened(project: Project, file: ProjectFile | None, work: Work | None) -> tuple[Document, OpenedProject]:
    prepared = None
    if project.fill is not None:
        plot.preload()  # or the window would wait for the curves' library
        prepared = PreparedFill(project.fill.resumed(project.document), project.fill.frames, project.fill.active)
    around, document = project.surroundings, project.document
    surroundings = None
    if around is not None:
        from wganpaint_gui.core.surroundings.shown_fill import ShownFill

        surroundings = ShownFill.of(around.fill, document.photo, document.mask.array()), around.selected
    photo_path = file.path.with_name(project.original.name) if file is not None else document.photo.path
    opened = OpenedProject(file, project.original, project.settings, prepared, surroundings, photo_path, work)
    return Document.from_state(document), opened


def saved_surroundings(fill: ShownFill | None, selected: bool, document: DocumentState) -> SavedSurroundings | None:
    """Return the fill as it is saved; None if the mask has changed since, for which it is made anew."""
    from wganpaint_gui.core.mask import bounding_box
    from wganpaint_gui.core.project.project import SavedSurroundings

    if fill is None:
        return None
    mask, box = document.mask.array(), fill.fill.box
    if bounding_box(mask) != box or not np.array_equal(mask[box.slices], fill.made_for):
        return None
    return SavedSurroundings(fill.fill, selected)


def saved_fill(prepared: PreparedFill | None, document: DocumentState) -> SavedFill | None:
    """Return the search as it is saved, rendered; None if the mask no longer touches its frame."""
    from wganpaint_gui.core.project.project import SavedFill
    from wganpaint_gui.core.search.frame import check_frame

    if prepared is None:
        return None
    fill = prepared.fill
    try:
        check_frame(document.photo, document.mask.array(), fill.frame, fill.resolution)
    except (FrameError, MaskError):
        return None
    return SavedFill(fill.stored_search(), fill.selection, prepared.frames, prepared.active, fill.marks)
