"""What to fill: the photos, their masks and the files to write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import UsageError, WganPaintError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.photo_writer import format_of
from wganpaint_gui.core.search.settings import FillMethod


@dataclass(frozen=True)
class FillRequest:
    """Describes the work on one photo."""

    photo: Path
    mask: str  # a file, or one of masks.MASK_KINDS
    outputs: dict[FillMethod, Path]
    record: Path | None
    animation: Path | None
    make_folder: bool  # the folder of the outputs may be missing and will be created

    @property
    def files(self) -> list[Path]:
        """Return all files that will be written."""
        return [*self.outputs.values(), *(path for path in (self.record, self.animation) if path is not None)]


@dataclass(frozen=True, eq=False)
class PreparedPhoto:
    """Holds a photo that was read and checked and can be filled; nothing is written yet."""

    request: FillRequest
    photo: Photo
    mask: NDArray[np.uint8]  # [H, W], above 127 = fill
    frames: tuple[Frame, ...]
    refine: bool  # whether the model refines the frames
    force: bool
    started: float  # seconds, monotonic
    unsearchable: WganPaintError | None = None  # why no search can be made, where the surroundings can still fill


def plan_requests(
    photos: Sequence[Path],
    mask: str,
    output: str,
    methods: Sequence[FillMethod],
    *,
    record: Path | None = None,
    animation: Path | None = None,
) -> list[FillRequest]:
    """Pair photos with output files; nothing is read or written.

    output: a file; or a folder, where it is one, ends with a slash or has no suffix. With several photos the record and
    the animation get the photo's name: film.webp becomes film-PHOTO.webp. Raises UsageError where two results would
    get the same name, or several photos one file.
    """
    several = len(photos) > 1
    folder = os.path.isdir(output) or output.endswith(("/", "\\")) or not Path(output).suffix
    if several and not folder:
        raise UsageError(f"{output} is one file, but there are {len(photos)} photos.", "Choose a folder with -o.")
    requests = []
    for photo in photos:
        base = Path(output) / filled_file_name(photo) if folder else Path(output)
        requests.append(
            FillRequest(
                photo=photo,
                mask=mask,
                outputs={method: _with_mark(base, method) if len(methods) > 1 else base for method in methods},
                record=_with_mark(record, photo.stem) if record and several else record,
                animation=_with_mark(animation, photo.stem) if animation and several else animation,
                make_folder=folder,
            )
        )
    _refuse_same_names(requests)
    return requests


def filled_file_name(photo: Path) -> str:
    """Return the name of the filled photo: a PNG where its own format cannot be written."""
    return photo.name if format_of(photo) else f"{photo.stem}.png"


def _with_mark(path: Path, mark: str) -> Path:
    return path.with_name(f"{path.stem}-{mark}{path.suffix}")


def _refuse_same_names(requests: Sequence[FillRequest]) -> None:
    owner: dict[Path, Path] = {}
    for request in requests:
        for path in request.files:
            if path in owner:
                raise UsageError(
                    f"{owner[path]} and {request.photo} would both be written to {path}.", "Rename one of them."
                )
            owner[path] = request.photo
