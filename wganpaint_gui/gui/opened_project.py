"""Between a project's file and the window: what worker threads make of the one for the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.config import InpaintConfig
from ..core.document import Document, DocumentState
from ..core.errors import FrameError, MaskError
from .fill_preparer import Begun
from .panels import plot

if TYPE_CHECKING:
    from ..core.project import Original, SavedFill
    from ..core.project_file import ProjectFile


@dataclass(frozen=True)
class OpenedProject:
    """What comes with a document that was opened from a project."""

    file: ProjectFile
    original: Original
    settings: InpaintConfig
    begun: Begun | None  # the search that waits for a decision

    @property
    def photo_path(self) -> Path:
        """Where the photo would lie beside its project; it need not be there. New names stand beside it."""
        return self.file.path.with_name(self.original.name)


def open_project(path: Path) -> tuple[Document, OpenedProject]:
    """For a worker thread; raises ProjectError."""
    from ..core.project_file import ProjectFile

    file = ProjectFile(path)
    project = file.read()
    begun = None
    if project.fill is not None:
        plot.preload()  # or the window would wait for the curves' library
        begun = Begun(project.fill.resumed(project.document), project.fill.frames, project.fill.active)
    opened = OpenedProject(file, project.original, project.settings, begun)
    return Document.from_state(project.document), opened


def saved_fill(begun: Begun | None, document: DocumentState) -> SavedFill | None:
    """What is to be saved of a search, rendered; nothing, where the mask has left its frame meanwhile."""
    from ..core.frame import check_frame
    from ..core.project import SavedFill

    if begun is None:
        return None
    fill = begun.fill
    try:
        check_frame(document.photo, document.mask.array(), fill.frame, fill.resolution)
    except (FrameError, MaskError):
        return None
    return SavedFill(fill.found(), fill.selection, begun.frames, begun.active)
