"""Read, fill and save one photo; torch is imported only when it is needed."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.cli.console import print_warning
from wganpaint_gui.cli.loading import LoadedModel
from wganpaint_gui.cli.options import check_output
from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import SaveError, SettingsError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo, saved_difference
from wganpaint_gui.core.photo.photo_writer import check_format
from wganpaint_gui.core.search.compose import changed_outside
from wganpaint_gui.core.search.frame import check_frame, uncovered, whole_frame
from wganpaint_gui.core.search.planning import FramePlan, plan_frames
from wganpaint_gui.core.search.settings import InpaintConfig

from .film import write_animation
from .frame_filler import FrameFiller, MethodFill, most_steps
from .inpaint_request import InpaintRequest
from .masks import MASK_KINDS, corrupted, given_mask, largest_face
from .prepared_photo import PreparedPhoto
from .record import make_record, write_record
from .results import FilledPhoto, MethodResult


def prepare_photo(
    request: InpaintRequest, frame: str | Frame, card: ModelCard, seed: int, *, force: bool
) -> PreparedPhoto:
    """Read one photo, check its input and output, and print warnings.

    card: of the model that will fill it. Raises a WganPaintError; nothing is written.
    """
    resolution = card.network.resolution
    started = time.monotonic()
    for path in request.files:
        check_output(path, force=force, make_folder=request.make_folder and path in request.outputs.values())
    photo = load_photo(request.photo)
    for path in request.outputs.values():
        check_format(photo.pixels, photo.metadata, path)
    mask, plan = _mask_and_plan(photo, request.mask, frame, resolution, seed)
    frames = plan.frames
    for one in frames:
        check_frame(photo, mask, one, resolution)
    left = uncovered(mask, frames)
    if left:
        print_warning(f"{request.photo}: {counted(left, 'pixel')} of the mask outside the frame will not be filled.")
    if plan.faces < len(frames) and card.faceless_warning:
        print_warning(f"{request.photo}: {card.faceless_warning}")
    refine = frame == "auto" and request.mask not in ("center", "center32", "random80")
    return PreparedPhoto(request, photo, mask, frames, refine, force, started)


def _mask_and_plan(
    photo: Photo, source: str, frame: str | Frame, resolution: int, seed: int
) -> tuple[NDArray[np.uint8], FramePlan]:
    """Read the mask and place the frames around it; for a corruption, choose the frame first and then mask it.

    A frame the user gave counts as one on a face: the user knows what it shows.
    """
    if isinstance(frame, Frame):
        chosen: Frame | None = frame
    else:
        chosen = whole_frame(photo.box) if frame == "whole" else None
    if source in MASK_KINDS and source != "alpha":
        chosen = chosen or largest_face(photo)
        return corrupted(photo, source, chosen, resolution, seed), FramePlan((chosen,), 1)
    mask = given_mask(photo, source)
    return mask, FramePlan((chosen,), 1) if chosen else plan_frames(photo, mask)


def fill_photo(prepared: PreparedPhoto, loaded: LoadedModel, config: InpaintConfig, *, label: str) -> FilledPhoto:
    """Search for the fills and write all files of one photo; a file that cannot be written does not stop the others.

    Raises a WganPaintError where the search fails; nothing is written then.
    """
    filler = _searched(prepared, loaded, config, label)
    request = prepared.request
    results: list[MethodResult] = []
    written: list[Path] = []
    errors: list[Exception] = []
    for index, method in enumerate(config.methods):
        with _collected(errors):
            found = [one_frame[index] for one_frame in filler.fills]
            results.append(_save(prepared, filler.filled[index], found, request.outputs[method]))
            written.append(request.outputs[method])
    if request.animation is not None:
        with _collected(errors):
            write_animation(request.animation, filler.fills, overwrite=prepared.force)
            written.append(request.animation)
    if request.record is not None:
        with _collected(errors):
            record = make_record(prepared, loaded, config, filler.fills, results)
            write_record(request.record, record, overwrite=prepared.force)
            written.append(request.record)
    return FilledPhoto(
        photo=request.photo,
        methods=config.methods,
        results=tuple(results),
        frames=tuple(one_frame[0].frame for one_frame in filler.fills),
        model=loaded.model.card.name,
        start=filler.fills[0][0].fill.config.start,  # random where the guess was not a number
        steps=config.steps,
        seconds=round(time.monotonic() - prepared.started, 3),
        written=tuple(written),
        errors=tuple(errors),
    )


@contextmanager
def _collected(errors: list[Exception]) -> Iterator[None]:
    """Append an error raised inside to the list instead of passing it on."""
    try:
        yield
    except Exception as error:
        errors.append(error)


def _searched(prepared: PreparedPhoto, loaded: LoadedModel, config: InpaintConfig, label: str) -> FrameFiller:
    """Fill one frame after another; show a progress bar if stderr is a terminal."""
    from tqdm import tqdm

    from wganpaint_gui.ml.search.frame_refinement import refine_frame

    photo, mask, frames = prepared.photo, prepared.mask, prepared.frames
    if prepared.refine:  # all before the first fill, as in the editor: a fill must not move a frame
        frames = tuple(refine_frame(loaded.model, photo, mask, frame) for frame in frames)
    filler = FrameFiller(loaded.model, photo, mask, config, filming=prepared.request.animation is not None)
    with tqdm(total=most_steps(config) * len(frames), desc=label, unit="step", disable=None, leave=False) as bar:
        for frame in frames:
            filler.fill(frame, bar)
    return filler


def _save(prepared: PreparedPhoto, filled: Photo, found: Sequence[MethodFill], output: Path) -> MethodResult:
    """Write the photo as one method filled it, and count what changed outside the mask. found: one per frame."""
    method = found[0].method
    losses = tuple(float(one.best_losses[one.winner]) for one in found)
    if not all(map(math.isfinite, losses)):
        raise SettingsError(f"The search with {method} failed: its losses are not finite.", "Try a smaller --lr.")
    if prepared.request.make_folder:
        _make_folder(output.parent)
    save_photo(filled, output, overwrite=prepared.force)
    changed = saved_difference(prepared.photo, output, prepared.mask)
    if changed is None:  # a lossy format changes every pixel a little
        changed = changed_outside(prepared.photo.pixels, filled.pixels, prepared.mask)
    best_steps = tuple(int(one.best_steps[one.winner]) for one in found)
    return MethodResult(method, output, losses, best_steps, tuple(len(one.refined_steps) for one in found), changed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"The folder {folder} cannot be created: {error.strerror}.", "Choose another place.") from error
