"""Read, fill and save one photo; torch is imported only when it is needed.

`wganpaint inpaint` and File > Fill a folder both fill with this, so that they make the same files.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import FrameError, MaskError, SaveError, SettingsError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.measure.corruption import corrupted
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.photo.faces.leaning import largest_face
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo, saved_difference
from wganpaint_gui.core.photo.photo_writer import check_format, missing_from
from wganpaint_gui.core.search.compose import changed_outside
from wganpaint_gui.core.search.frame import check_frame, uncovered, whole_frame
from wganpaint_gui.core.search.planning import FramePlan, plan_frames
from wganpaint_gui.core.search.settings import SURROUNDINGS, InpaintConfig
from wganpaint_gui.core.surroundings.surroundings import SurroundingsFill, check_mask, fill_from_surroundings
from wganpaint_gui.core.system.output_check import check_output

from .fill_request import FillRequest, PreparedPhoto
from .filled_photo import FilledPhoto, MethodResult
from .film import write_animation
from .frame_filler import FillStep, FrameFiller, MethodFill
from .loaded_model import LoadedModel
from .masks import MASK_KINDS, given_mask
from .record import make_record, write_record

Warn = Callable[[str], object]  # called with what the user should know, as a sentence

_PAPER = 64  # model pixels a side, for the corruptions of the paper where there is no model


def prepare_photo(
    request: FillRequest,
    frame: str | Frame,
    card: ModelCard | None,
    seed: int,
    *,
    force: bool,
    warn: Warn,
    replace_hint: str = "",
    read: Callable[[Path], Photo] = load_photo,
) -> PreparedPhoto:
    """Read one photo, and check its input and output.

    card: of the model that will fill it; None: no model will, and there are no frames. force: whether files that exist
    are replaced; replace_hint: what to do where they are not. read: reads the photo, and may report how far it is.
    Raises a WganPaintError; nothing is written.
    """
    resolution = _PAPER if card is None else card.network.resolution
    started = time.monotonic()
    for path in request.files:
        check_output(
            path,
            force=force,
            make_folder=request.make_folder and path in request.outputs.values(),
            replace_hint=replace_hint,
        )
    photo = read(request.photo)
    if photo.metadata.remarks:
        warn(f"{request.photo}: {photo.metadata.remarks}")
    for path in request.outputs.values():
        check_format(photo.pixels, photo.metadata, path)
    mask, plan = _mask_and_plan(photo, request.mask, frame, resolution, seed, warn, framed=card is not None)
    if SURROUNDINGS in request.outputs:
        check_mask(photo, mask)
    frames = () if card is None else plan.frames
    unsearchable = None
    try:
        for one in frames:
            check_frame(photo, mask, one, resolution)
    except (FrameError, MaskError) as error:
        if SURROUNDINGS not in request.outputs:
            raise
        unsearchable = error
    left = 0 if card is None else uncovered(mask, frames)
    if left:
        warn(f"{request.photo}: {counted(left, 'pixel')} of the mask outside the frame will not be filled.")
    if card is not None and plan.faces < len(frames) and card.faceless_warning:
        warn(f"{request.photo}: {card.faceless_warning}")
    refine = frame == "auto" and request.mask not in ("center", "center32", "random80")
    return PreparedPhoto(request, photo, mask, frames, refine, force, started, unsearchable)


def _mask_and_plan(
    photo: Photo, source: str, frame: str | Frame, resolution: int, seed: int, warn: Warn, *, framed: bool
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
    mask = given_mask(photo, source, warn)
    if not framed:  # finding faces takes time
        return mask, FramePlan((), 0)
    return mask, FramePlan((chosen,), 1) if chosen else plan_frames(photo, mask)


def fill_photo(
    prepared: PreparedPhoto, loaded: LoadedModel | None, config: InpaintConfig | None, warn: Warn
) -> Generator[FillStep, None, FilledPhoto]:
    """Fill by all methods and write all files of one photo; a file that cannot be written does not stop the others.

    Yields how far it is, and returns the result; if the generator is closed before, nothing is written.

    loaded, config: of the search; None where only the surroundings fill. They fill alone also where the model sees
    nothing; why is among the errors then. Raises a WganPaintError where a fill fails;
    nothing is written then.
    """
    request = prepared.request
    filler = None
    if loaded is not None and config is not None and prepared.unsearchable is None:
        filler = yield from _searched(prepared, loaded, config, warn)
    around = (yield from _around(prepared, warn)) if SURROUNDINGS in request.outputs else None
    fills = () if filler is None else tuple(filler.fills)
    fits = tuple(one_frame[0].fill.search.fit() for one_frame in fills)
    doubts = [fit.reason(loaded.model.card) for fit in fits if loaded is not None and fit.verdict == "poor"]
    results: list[MethodResult] = []
    written: list[Path] = []
    errors: list[Exception] = [] if prepared.unsearchable is None else [prepared.unsearchable]
    for index, (method, output) in enumerate(request.outputs.items()):
        with _collected(errors):
            if method == SURROUNDINGS:
                assert around is not None
                changed = _save(prepared, around.written_into(prepared.photo), output, warn)
                results.append(MethodResult(method, output, (), (), (), changed, around.ways))
            elif filler is None:
                continue
            else:
                found = [one_frame[index] for one_frame in fills]
                results.append(_save_found(prepared, filler.filled[index], found, output, warn))
            written.append(output)
    if request.animation is not None and fills:
        with _collected(errors):
            write_animation(request.animation, fills, overwrite=prepared.force)
            written.append(request.animation)
    if request.record is not None:
        with _collected(errors):
            record = make_record(prepared, loaded, config, fills, results)
            write_record(request.record, record, overwrite=prepared.force)
            written.append(request.record)
    return FilledPhoto(
        photo=request.photo,
        methods=tuple(request.outputs),
        results=tuple(results),
        frames=tuple(one_frame[0].frame for one_frame in fills),
        model=loaded.model.card.name if loaded is not None and fills else None,
        start=fills[0][0].fill.config.start if fills else None,  # random where the guess was not a number
        steps=fills[0][0].fill.config.steps if fills else None,
        known_region=fits,
        doubts=tuple(dict.fromkeys(doubts)),
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


def _searched(
    prepared: PreparedPhoto, loaded: LoadedModel, config: InpaintConfig, warn: Warn
) -> Generator[FillStep, None, FrameFiller]:
    """Fill one frame after another."""
    from wganpaint_gui.ml.search.frame_refinement import refine_frame

    photo, mask, frames = prepared.photo, prepared.mask, prepared.frames
    if prepared.refine:  # all before the first fill, as in the editor: a fill must not move a frame
        frames = tuple(refine_frame(loaded.model, photo, mask, frame) for frame in frames)
    filming = prepared.request.animation is not None
    filler = FrameFiller(loaded.model, photo, mask, config, filming=filming, warn=warn)
    yield from filler.fill(frames)
    return filler


def _around(prepared: PreparedPhoto, warn: Warn) -> Generator[FillStep, None, SurroundingsFill]:
    """Fill the mask from the photo itself. Raises MaskError where nothing is left to fill from."""
    fill = None
    for step in fill_from_surroundings(prepared.photo, prepared.mask):
        yield FillStep("part", step.done, step.total)
        fill = step.fill
    assert fill is not None
    if fill.notice:
        warn(f"{prepared.request.photo}: {fill.notice}")
    return fill


def _save_found(
    prepared: PreparedPhoto, filled: Photo, found: Sequence[MethodFill], output: Path, warn: Warn
) -> MethodResult:
    """Write the photo as one search filled it. found: one per frame."""
    method = found[0].method
    losses = tuple(float(one.best_losses[one.winner]) for one in found)
    if not all(map(math.isfinite, losses)):
        raise SettingsError(
            f"The search with {method} failed: its losses are not finite.", "Try a smaller learning rate."
        )
    changed = _save(prepared, filled, output, warn)
    best_steps = tuple(int(one.best_steps[one.winner]) for one in found)
    return MethodResult(method, output, losses, best_steps, tuple(len(one.refined_steps) for one in found), changed)


def _save(prepared: PreparedPhoto, filled: Photo, output: Path, warn: Warn) -> int:
    """Write a filled photo; return how many pixels changed outside the mask."""
    if prepared.request.make_folder:
        _make_folder(output.parent)
    if missing := missing_from(filled.metadata, output):
        warn(f"{output}: {missing}")
    save_photo(filled, output, overwrite=prepared.force)
    changed = saved_difference(prepared.photo, output, prepared.mask)
    if changed is None:  # a lossy format changes every pixel a little
        changed = changed_outside(prepared.photo.pixels, filled.pixels, prepared.mask)
    return changed


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"The folder {folder} cannot be created: {error.strerror}.", "Choose another place.") from error
