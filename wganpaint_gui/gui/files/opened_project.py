"""Opening of projects in worker threads, and what they hand over to the window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wganpaint_gui.core.edit.document import Document, DocumentState
from wganpaint_gui.core.errors import FrameError, MaskError
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_preparer import PreparedFill
from wganpaint_gui.gui.widgets import plot

if TYPE_CHECKING:
    from wganpaint_gui.core.project.project import Original, SavedFill
    from wganpaint_gui.core.project.project_file import ProjectFile


@dataclass(frozen=True)
class OpenedProject:
    """What belongs to a document that was opened from a project."""

    file: ProjectFile
    original: Original
    settings: InpaintConfig
    prepared: PreparedFill | None  # the search whose candidates are neither kept nor discarded

    @property
    def photo_path(self) -> Path:
        """Path of the photo beside its project, where new names are proposed; the file need not exist."""
        return self.file.path.with_name(self.original.name)


def open_project(path: Path) -> tuple[Document, OpenedProject]:
    """Open a project, in a worker thread. Raises ProjectError."""
    from wganpaint_gui.core.project.project_file import ProjectFile

    file = ProjectFile(path)
    project = file.read()
    prepared = None
    if project.fill is not None:
        plot.preload()  # or the window would wait for the curves' library
        prepared = PreparedFill(project.fill.resumed(project.document), project.fill.frames, project.fill.active)
    opened = OpenedProject(file, project.original, project.settings, prepared)
    return Document.from_state(project.document), opened


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
    return SavedFill(fill.stored_search(), fill.selection, prepared.frames, prepared.active)
