"""The result of one photo: what was found, and the files written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.settings import FillMethod, Start


@dataclass(frozen=True)
class MethodResult:
    """Holds the result of one method on one photo; losses, best steps and refined steps: one per frame."""

    method: FillMethod
    output: Path
    losses: tuple[float, ...]
    best_steps: tuple[int, ...]
    refined_steps: tuple[int, ...]  # that the refinement took; 0 = not refined
    changed_outside_mask: int
    ways: tuple[str, ...] = ()  # of `surroundings`, which has no losses and no steps: how it filled


@dataclass(frozen=True)
class FilledPhoto:
    """Describes a filled photo: the files written, and the errors of those that were not."""

    photo: Path
    methods: tuple[FillMethod, ...]
    results: tuple[MethodResult, ...]  # of the methods whose file is written
    frames: tuple[Frame, ...]
    model: str | None  # None, like the next two, without a search
    start: Start | None
    steps: int | None  # of the search
    known_region: tuple[KnownRegionFit, ...]  # one per frame
    doubts: tuple[str, ...]  # why it is poor, each reason once
    seconds: float
    written: tuple[Path, ...]  # with record and film
    errors: tuple[Exception, ...]  # one per file that could not be written
