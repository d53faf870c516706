"""Fill the photos of a folder that have a mask, and report what became of each."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from wganpaint_gui.core.errors import MaskError, UsageError
from wganpaint_gui.core.file_names import is_same_file
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.photo.photo_folder import photos_in
from wganpaint_gui.core.search.settings import FillMethod
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.system.explain import explain

from .fill_photos import PhotoOutcome, Searching, fill_photos
from .fill_request import FillRequest, filled_file_name
from .masks import MASK_MARK, Masks, composed, mask_for, masks_in

State = Literal["filled", "failed", "skipped", "unused"]  # unused: a mask without a photo


@dataclass(frozen=True)
class FolderRequest:
    """What to fill: the photos of a folder, by the masks of another, into a third."""

    photos: Path
    masks: Path
    results: Path  # created where it is missing
    method: FillMethod
    replace: bool = False  # fill again what is in `results` already; False skips it


@dataclass(frozen=True)
class ReportRow:
    """What became of one file."""

    file: Path
    state: State
    message: str = ""  # why it failed, or what the user should know
    output: Path | None = None  # where it was filled
    seconds: float | None = None


@dataclass
class FolderReport:
    """What became of the files so far. It only grows, so that any thread may read it while another one fills."""

    rows: list[ReportRow] = field(default_factory=list)

    def count(self, state: State) -> int:
        return sum(row.state == state for row in self.rows)

    def save(self, path: Path, *, overwrite: bool) -> None:
        """Write the report as CSV, in UTF-8 with the mark that spreadsheets look for. Raises SaveError."""
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(("file", "result", "message", "filled file", "seconds"))
        for row in self.rows:
            table.writerow((row.file, row.state, row.message, row.output or "", row.seconds or ""))
        data = text.getvalue().encode("utf-8-sig", errors="backslashreplace")
        atomic_write(path, lambda file: file.write(data), overwrite=overwrite)


@dataclass(frozen=True)
class FolderStep:
    """Reports how far a folder is."""

    photo: Path | None  # in work; None while the folders are read, and at the end
    done: int  # photos that are finished, failed ones included
    total: int  # photos to fill
    share: float = 0.0  # of the photo in work, from 0 to 1


def fill_folder(
    request: FolderRequest,
    searching: Searching | None,
    report: FolderReport,
    *,
    read: Callable[[Path], Photo] = load_photo,
) -> Iterator[FolderStep]:
    """Fill as `wganpaint inpaint` does with the same settings; what cannot be filled is reported and does not stop it.

    searching: None for `surroundings`. report: gets one row per file. Closing the generator stops it, see
    `fill_photos`. Raises UsageError where no photo can be filled with these folders.
    """
    yield FolderStep(None, 0, 0)
    planned = plan_folder(request, report)
    notes: list[str] = []
    done = 0
    for step in fill_photos(planned, searching, force=request.replace, warn=notes.append, read=read):
        share = 0.0 if step.step is None else step.step.done / max(1, step.step.total)
        if step.outcome is not None:
            report.rows.append(_row(step.outcome, notes))
            notes.clear()
            done, share = done + 1, 0.0
        yield FolderStep(step.request.photo, done, len(planned), share)
    yield FolderStep(None, done, len(planned))


def plan_folder(request: FolderRequest, report: FolderReport) -> list[FillRequest]:
    """Pair photos with masks and results; what cannot be filled is reported.

    Raises UsageError where a folder cannot be read, holds nothing, or would have its own files replaced.
    """
    for folder, name in ((request.photos, "photos"), (request.masks, "masks")):
        if is_same_file(folder, request.results):
            raise UsageError(
                f"{folder} holds the {name}, which the results must not replace.", "Choose another folder."
            )
    try:
        masks = masks_in(request.masks)
        os.listdir(request.photos)
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}.", "Choose another folder.") from error
    photos = _photos(request.photos, masks)
    if not photos:
        raise UsageError(f"{request.photos} contains no photos.", "Choose the folder in which they lie.")
    planned: list[FillRequest] = []
    owners: dict[Path, Path] = {}
    used: set[Path] = set()
    for photo in photos:
        output = request.results / filled_file_name(photo)
        try:
            mask = mask_for(photo, masks)
            used.add(mask)
            _check_output(photo, output, owners)
        except (MaskError, UsageError) as error:
            report.rows.append(ReportRow(photo, "failed", str(error)))
            continue
        owners[output] = photo
        if os.path.exists(output) and not request.replace:
            report.rows.append(ReportRow(photo, "skipped", f"{output} exists already.", output))
        else:
            planned.append(FillRequest(photo, str(mask), {request.method: output}, None, None, make_folder=True))
    _report_unused(request, masks, used, report)
    return planned


def _photos(folder: Path, masks: Masks) -> list[Path]:
    """Return the photos of a folder; masks that lie among them, with the mark in their name, are none."""
    photos = photos_in(folder)
    if not is_same_file(folder, masks.folder):
        return photos
    stems = {composed(photo.stem) for photo in photos}
    return [photo for photo in photos if not _marks_one_of(photo, stems)]


def _marks_one_of(path: Path, stems: set[str]) -> bool:
    stem = composed(path.stem)
    return stem.endswith(MASK_MARK) and stem.removesuffix(MASK_MARK) in stems


def _check_output(photo: Path, output: Path, owners: dict[Path, Path]) -> None:
    if output in owners:
        raise UsageError(f"{owners[output].name} is written to {output} as well.", "Rename one of them.")
    if os.path.exists(output) and is_same_file(photo, output):
        raise UsageError(f"{output} is the photo itself.", "Choose another folder for the results.")


def _report_unused(request: FolderRequest, masks: Masks, used: set[Path], report: FolderReport) -> None:
    """Report masks that belong to no photo: their names may be wrong. Among the photos, the others are photos."""
    if is_same_file(request.photos, request.masks):
        return
    for paths in masks.by_stem.values():
        for path in paths:
            if path not in used:
                stem = path.stem.removesuffix(MASK_MARK)
                report.rows.append(ReportRow(path, "unused", f"No photo named {stem} needs this mask."))


def _row(outcome: PhotoOutcome, notes: list[str]) -> ReportRow:
    request, filled = outcome.request, outcome.filled
    (output,) = request.outputs.values()
    if outcome.errors or filled is None:
        return ReportRow(request.photo, "failed", " ".join(explain(error).sentence for error in outcome.errors))
    return ReportRow(request.photo, "filled", " ".join((*filled.doubts, *notes)), output, filled.seconds)
