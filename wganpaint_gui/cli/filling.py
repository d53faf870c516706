"""One photo's way from its file to its filled files; torch is imported where it computes."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..core.compose import changed_outside
from ..core.config import InpaintConfig, Method
from ..core.errors import SaveError, SettingsError
from ..core.frame import check_frame, uncovered, whole_frame
from ..core.geometry import Frame
from ..core.photo import Photo, load_photo, save_photo
from ..core.photo_write import check_format
from ..core.planning import plan_frames
from ..jobs.drive import drive
from .animation import write_animation
from .engine import Engine
from .masks import MASK_KINDS, corrupted, given_mask, largest_face
from .options import check_output
from .record import make_record, write_record
from .report import say
from .work import Item

if TYPE_CHECKING:
    from ..ml.fill import Fill

LOSSY_SUFFIXES = (".jpg", ".jpeg")


@dataclass(frozen=True, eq=False)
class Ready:
    """A photo that can be filled: everything was read and checked, nothing was written."""

    item: Item
    photo: Photo
    mask: NDArray[np.uint8]  # [H, W], above 127 = fill
    frames: tuple[Frame, ...]
    refine: bool  # the frames are a first guess
    force: bool
    started: float  # seconds, monotonic


@dataclass(frozen=True)
class MethodResult:
    """What one method made of one photo; loss and best step: one a frame."""

    method: Method
    output: Path
    losses: tuple[float, ...]
    best_steps: tuple[int, ...]
    changed_outside_mask: int


@dataclass(frozen=True)
class Finished:
    """A photo whose files are written."""

    photo: Path
    results: tuple[MethodResult, ...]
    frames: tuple[Frame, ...]
    model: str
    steps: int
    seconds: float


def prepare_item(item: Item, frame: str | Frame, resolution: int, seed: int, *, force: bool) -> Ready:
    """Read and check one photo's input and output. Raises a WganPaintError; nothing was written then."""
    started = time.monotonic()
    for path in item.files:
        check_output(path, force=force, make_folder=item.make_folder and path in item.outputs.values())
    photo = load_photo(item.photo)
    for path in item.outputs.values():
        check_format(photo.pixels, photo.metadata, path)
    mask, frames = _mask_and_frames(photo, item.mask, frame, resolution, seed)
    for one in frames:
        check_frame(photo, mask, one, resolution)
    left = uncovered(mask, frames)
    if left:
        say(f"wganpaint: {item.photo}: {left} masked pixels lie outside the frame and stay as they are.")
    refine = frame == "auto" and item.mask not in ("center", "center32", "random80")
    return Ready(item, photo, mask, frames, refine, force, started)


def _mask_and_frames(
    photo: Photo, source: str, frame: str | Frame, resolution: int, seed: int
) -> tuple[NDArray[np.uint8], tuple[Frame, ...]]:
    """A given mask decides the frames; a corruption of what the model sees needs its frame first."""
    if isinstance(frame, Frame):
        chosen: Frame | None = frame
    else:
        chosen = whole_frame(photo.box) if frame == "whole" else None
    if source in MASK_KINDS and source != "alpha":
        chosen = chosen or largest_face(photo)
        return corrupted(photo, source, chosen, resolution, seed), (chosen,)
    mask = given_mask(photo, source)
    return mask, (chosen,) if chosen else tuple(plan_frames(photo, mask))


def fill_item(ready: Ready, engine: Engine, config: InpaintConfig, *, label: str) -> Finished:
    """Search, and write every file of one photo. Raises a WganPaintError; files that were finished stay."""
    fills = _search(ready, engine, config, label)
    results = tuple(_save(ready, fills, index, method) for index, method in enumerate(config.methods))
    item = ready.item
    if item.animation is not None:
        write_animation(item.animation, ready.photo, fills, overwrite=ready.force)
    if item.record is not None:
        write_record(item.record, make_record(ready, engine, config, fills, results), overwrite=ready.force)
    return Finished(
        photo=item.photo,
        results=results,
        frames=tuple(fill.frame for fill in fills),
        model=engine.model.card.name,
        steps=config.steps,
        seconds=round(time.monotonic() - ready.started, 3),
    )


def _search(ready: Ready, engine: Engine, config: InpaintConfig, label: str) -> list[Fill]:
    """Fill one frame after another, with a progress bar where stderr is a terminal."""
    from tqdm import tqdm

    from ..ml.fill import Fill
    from ..ml.framing import refine_frame

    fills = []
    with tqdm(total=config.steps * len(ready.frames), desc=label, unit="step", disable=None, leave=False) as bar:
        for frame in ready.frames:
            if ready.refine:
                frame = refine_frame(engine.model, ready.photo, ready.mask, frame)
            fill = Fill(engine.model, ready.photo, ready.mask, frame, config)
            drive(fill.run(looking=lambda: False), deliver=lambda _: bar.update(), stop=Event())
            if fill.search.notice:
                say(f"wganpaint: {ready.item.photo}: {fill.search.notice}.")
            fills.append(fill)
    return fills


def _save(ready: Ready, fills: Sequence[Fill], index: int, method: Method) -> MethodResult:
    """Put the best candidate of one method into the photo, write it, and count what changed outside the mask."""
    from ..ml.fill import Selection

    pixels = ready.photo.pixels.copy()
    losses, best_steps = [], []
    for fill in fills:
        box, patch = fill.result(Selection(method=index))
        region = pixels[box.slices]
        hole = ready.mask[box.slices] > 127  # a neighbouring face's fill stays
        region[hole] = patch[hole]
        best = int(fill.search.best_losses[index].argmin())
        losses.append(float(fill.search.best_losses[index, best]))
        best_steps.append(int(fill.search.best_steps[index, best]))
    if not all(map(math.isfinite, losses)):
        raise SettingsError(f"The search of {method} found nothing: no loss was a number.", "Try a smaller --lr.")
    output = ready.item.outputs[method]
    if ready.item.make_folder:
        _make_folder(output.parent)
    save_photo(ready.photo.replaced(pixels), output, overwrite=ready.force)
    saved = pixels if output.suffix.lower() in LOSSY_SUFFIXES else load_photo(output).pixels
    changed = changed_outside(ready.photo.pixels, saved, ready.mask)
    return MethodResult(method, output, tuple(losses), tuple(best_steps), changed)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(f"The folder {folder} cannot be made: {error.strerror}.", "Choose another place.") from error


def announce(finished: Finished, *, as_json: bool) -> None:
    """Tell stdout what was written; without JSON also tell the person how it went."""
    if as_json:
        print(json.dumps(summary(finished), ensure_ascii=False), flush=True)
        return
    for result in finished.results:
        loss = " + ".join(f"{loss:.1f}" for loss in result.losses)
        say(
            f"{finished.photo.name}: {result.method}, loss {loss}, {finished.seconds:.1f} s, "
            f"{result.changed_outside_mask} pixels changed outside the mask"
        )
        print(result.output, flush=True)


def summary(finished: Finished) -> dict[str, Any]:
    """The JSON object of one photo, as `wganpaint inpaint --help` describes it."""
    several = len(finished.results) > 1
    results = [
        {
            "method": result.method,
            "output": str(result.output),
            "loss": _single(result.losses),
            "best_step": _single(result.best_steps),
            "changed_outside_mask": result.changed_outside_mask,
        }
        for result in finished.results
    ]
    shared = {
        "steps": finished.steps,
        "seconds": finished.seconds,
        "frame": _single([[frame.x, frame.y, frame.size] for frame in finished.frames]),
        "model": finished.model,
    }
    if not several:
        return {"input": str(finished.photo), **results[0], **shared}
    total = sum(result.changed_outside_mask for result in finished.results)
    return {
        "input": str(finished.photo),
        "method": "both",
        "results": results,
        **shared,
        "changed_outside_mask": total,
    }


def _single(values: Sequence[Any]) -> Any:
    """One frame is the rule; only several make a list."""
    return values[0] if len(values) == 1 else list(values)
