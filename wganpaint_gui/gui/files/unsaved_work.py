"""Unsaved work of one document, and its state when it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.core.search.candidate_marks import CandidateMarks
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import InpaintConfig

if TYPE_CHECKING:
    from wganpaint_gui.core.project.project import Project
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill


@dataclass(frozen=True)
class SavedState:
    """Identifies the state of document and search, to compare it with what was saved."""

    document: int
    search: tuple[int, int, Selection, InpaintConfig, CandidateMarks] | None  # number, steps, choice, …
    surroundings: tuple[ShownFill, bool] | None = None  # and whether it is selected


@dataclass(frozen=True, eq=False)
class PendingSave:
    """A document in the state in which it is to be saved."""

    document: Document
    state: SavedState | None
    has_fill: bool  # whether there were candidates
    make: Callable[[], Project]  # called in the background


@dataclass(eq=False)
class Work:
    """What is unsaved of one document."""

    note: WorkNote
    path: Path | None = None  # of its autosave; belongs to the autosaver's thread
    unwritten: PendingSave | None = None  # the work itself, until it is in the file
