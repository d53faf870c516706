"""Between a project's file and the window: what worker threads make of the one for the other."""

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
    from wganpaint_gui.core.project.file import ProjectFile
    from wganpaint_gui.core.project.project import Original, SavedFill


@dataclass(frozen=True)
class OpenedProject:
    """What comes with a document that was opened from a project."""

    file: ProjectFile
    original: Original
    settings: InpaintConfig
    prepared: PreparedFill | None  # the search that waits for a decision

    @property
    def photo_path(self) -> Path:
        """Where the photo would lie beside its project; it need not be there. New names stand beside it."""
        return self.file.path.with_name(self.original.name)


def open_project(path: Path) -> tuple[Document, OpenedProject]:
    """For a worker thread; raises ProjectError."""
    from wganpaint_gui.core.project.file import ProjectFile

    file = ProjectFile(path)
    project = file.read()
    prepared = None
    if project.fill is not None:
        plot.preload()  # or the window would wait for the curves' library
        prepared = PreparedFill(project.fill.resumed(project.document), project.fill.frames, project.fill.active)
    opened = OpenedProject(file, project.original, project.settings, prepared)
    return Document.from_state(project.document), opened


def saved_fill(prepared: PreparedFill | None, document: DocumentState) -> SavedFill | None:
    """What is to be saved of a search, rendered; nothing, where the mask has left its frame meanwhile."""
    from wganpaint_gui.core.project.project import SavedFill
    from wganpaint_gui.core.search.frame import check_frame

    if prepared is None:
        return None
    fill = prepared.fill
    try:
        check_frame(document.photo, document.mask.array(), fill.frame, fill.resolution)
    except (FrameError, MaskError):
        return None
    return SavedFill(fill.found(), fill.selection, prepared.frames, prepared.active)
