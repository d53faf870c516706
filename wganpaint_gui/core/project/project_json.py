"""The project.json of a project: everything that is neither a picture nor an array of numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui import __version__
from wganpaint_gui.core.checks import whole
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.candidate_marks import UNMARKED, Candidate, CandidateMarks, Mark, Mix
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.records import SEARCHED, BestCandidates, refined_runs
from wganpaint_gui.core.search.settings import InpaintConfig, Method
from wganpaint_gui.core.search.stored_search import StoredMix, StoredSearch
from wganpaint_gui.core.surroundings.surroundings import WAYS

from .project import Original, SavedFill, SavedSurroundings

FORMAT = "wganpaint project"
ORIGINAL_FOLDER = "original/"  # in the zip; holds the photo's file
FORMAT_VERSIONS = (1, 2)  # that can be read; 2 where a frame is turned, which older programs do not know
_FARTHEST = 1_000_000_000  # pixels, the limit of all coordinates


class DamageError(Exception):
    """A project is damaged; the text completes "... is damaged: ..."."""


@dataclass(frozen=True)
class Header:
    """The content of project.json without the search."""

    name: str  # of the original
    shape: tuple[int, int, int]  # of the photo: height, width, channels
    depth: int  # bits a channel
    changed: Box | None  # the part of the photo that fills changed
    frames: tuple[Frame, ...]
    settings: InpaintConfig


def to_json(header: Header, fill: SavedFill | None, surroundings: SavedSurroundings | None) -> bytes:
    turned = any(frame.angle for frame in (*header.frames, *(fill.frames if fill else ())))
    height, width, channels = header.shape
    changed = header.changed
    values = {
        "format": FORMAT,
        "version": FORMAT_VERSIONS[turned],
        "program": f"wganpaint {__version__}",
        "photo": {
            "file": header.name,
            "width": width,
            "height": height,
            "channels": channels,
            "depth": header.depth,
            "changed": None if changed is None else [changed.x, changed.y, changed.width, changed.height],
        },
        "frames": _frames_json(header.frames),
        "settings": header.settings.to_json(),
        "search": None if fill is None else _search_json(fill),
        "surroundings": None if surroundings is None else _surroundings_json(surroundings),
    }
    return json.dumps(values, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _surroundings_json(surroundings: SavedSurroundings) -> dict[str, Any]:
    box, ways = surroundings.fill.box, list(surroundings.fill.ways)
    return {"box": [box.x, box.y, box.width, box.height], "ways": ways, "selected": surroundings.selected}


def surroundings_from_json(values: Mapping[str, Any], photo: Box) -> tuple[Box, tuple[str, ...], bool]:
    """Return box, ways and whether the fill is selected. Raises as `header_from_json`."""
    box, ways = Box(*(_count(part, 0) for part in values["box"])), tuple(values["ways"])
    if box.empty or not photo.contains(box) or not set(ways) <= set(WAYS):
        raise DamageError("its fill from the surroundings is invalid")
    return box, ways, values["selected"] is True


def header_from_json(values: Mapping[str, Any]) -> Header:
    """Read the header. Invalid values raise DamageError or WganPaintError with an explanation, or any other error."""
    photo = values["photo"]
    shape = tuple(_count(photo[side]) for side in ("height", "width", "channels"))
    changed = None if photo["changed"] is None else Box(*(_count(part, 0) for part in photo["changed"]))
    if photo["depth"] not in (8, 16) or not isinstance(photo["file"], str):
        raise DamageError("the description of the photo is invalid")
    height, width, channels = shape
    if changed is not None and (changed.empty or not Box(0, 0, width, height).contains(changed)):
        raise DamageError("the changed area lies outside the photo")
    frames = _frames(values["frames"])
    return Header(
        photo["file"],
        (height, width, channels),
        photo["depth"],
        changed,
        frames,
        InpaintConfig.from_json(values["settings"]),
    )


def picture_names(config: InpaintConfig) -> list[str]:
    """Return the names of the candidates' pictures in the zip, method by method."""
    return [f"candidates/{method}-{number}.png" for method, number in _candidates(config)]


def search_from_json(
    values: Mapping[str, Any],
    *,
    latents: NDArray[np.float32],
    step_losses: NDArray[np.float32],
    images: NDArray[np.uint8],
    mixed: NDArray[np.uint8] | None = None,
) -> SavedFill:
    """latents: [M, K, Z]. step_losses: [T, M, K]. images: [M, K, R, R, 3]. mixed: [R, R, 3] of the selected mix.

    Raises as `header_from_json`.
    """
    config = InpaintConfig.from_json(values["settings"])
    shape = len(config.methods), config.candidates
    listed = values["candidates"]
    if [(one["method"], one["number"]) for one in listed] != _candidates(config):
        raise DamageError("its candidates do not match its settings")
    losses = [math.inf if one["loss"] is None else float(one["loss"]) for one in listed]
    steps = [-1 if one["best_step"] is None else _count(one["best_step"], 0) for one in listed]
    alive = [one["alive"] is True for one in listed]
    best = BestCandidates(
        latents,
        np.array(losses, np.float32).reshape(shape),
        np.array(steps, np.int64).reshape(shape),
        np.array(alive, np.bool_).reshape(shape),
    )
    if "suggested" in values:
        suggestions = np.array([_count(number) - 1 for number in values["suggested"]], np.int64)
    else:  # a file from before there were suggestions
        suggestions = best.losses.argmin(axis=1)
    model, fit = ModelCard.from_json(values["model"]), _fit(values["fit"])
    try:
        found = StoredSearch(
            config=config,
            model=model,
            best=best,
            images=images,
            step_losses=step_losses,
            suggestions=suggestions,
            refined=_refined(values.get("refinements", []), len(step_losses)),
            known_region=fit,
        )
    except ValueError as error:  # whose text is ours
        raise DamageError(str(error)) from error
    chosen, frames, active = values["selected"], _frames(values["frames"]), _count(values["active"], 0)
    number = None if chosen["number"] is None else _count(chosen["number"]) - 1
    if active >= len(frames) or (number or 0) >= config.candidates:
        raise DamageError("the chosen candidate does not exist")
    mix = None if number is None or mixed is None else _mix(chosen.get("mix"), config)
    selection = Selection(config.methods.index(chosen["method"]), number, mix)
    if number is not None and mix is not None and mixed is not None:
        found = replace(found, mix=StoredMix((selection.method, number), mix, mixed))
    return SavedFill(found, selection, frames, active, _marks(listed, config))


def search_resolution(values: Mapping[str, Any]) -> int:
    """Return the side of the candidates' pictures in pixels."""
    return ModelCard.from_json(values["model"]).network.resolution


def named(original: Original) -> str:
    """Return the name of the photo's file in the zip."""
    return f"{ORIGINAL_FOLDER}{original.name}"


def _search_json(fill: SavedFill) -> dict[str, Any]:
    found, selection = fill.search, fill.selection
    config, best = found.config, found.best
    rows = zip(best.losses.ravel(), best.steps.ravel(), best.alive.ravel(), strict=True)
    return {
        "frames": _frames_json(fill.frames),
        "active": fill.active,
        "selected": {
            "method": config.methods[selection.method],
            "number": None if selection.candidate is None else selection.candidate + 1,
            **_mix_json(selection.mix if found.mix is not None else None, config),
        },
        "settings": config.to_json(),
        "model": found.model.to_json(),
        "suggested": [candidate + 1 for candidate in found.suggestions.tolist()],
        "refinements": _refinements_json(found.refined),
        "fit": None if found.known_region is None else found.known_region.to_json(),
        "candidates": [
            {
                "method": method,
                "number": number,
                "loss": float(loss) if np.isfinite(loss) else None,  # JSON preserves a float32
                "best_step": int(step) if step >= 0 else None,  # 0-based
                "alive": bool(alive),
                **_marks_json(fill.marks, (config.methods.index(method), number - 1)),
            }
            for (method, number), (loss, step, alive) in zip(_candidates(config), rows, strict=True)
        ],
    }


def _marks_json(marks: CandidateMarks, candidate: Candidate) -> dict[str, Any]:
    """Return what the user has decided about a candidate; most have no marks."""
    marked: dict[str, Any] = {mark: True for mark in get_args(Mark) if marks.has(mark, candidate)}
    return marked | ({"name": marks.names[candidate]} if candidate in marks.names else {})


def _marks(listed: list[dict[str, Any]], config: InpaintConfig) -> CandidateMarks:
    """Return the marks of candidates that are listed in the order of arrays [M, K]."""
    marks = UNMARKED
    for index, one in enumerate(listed):
        candidate = divmod(index, config.candidates)
        for mark in get_args(Mark):
            if one.get(mark) is True:
                marks = marks.toggled(mark, candidate)
        marks = marks.named(candidate, str(one.get("name", "")))
    if not all(marks.left(method, config.candidates) for method in range(len(config.methods))):
        raise DamageError("all candidates of a method were discarded")
    return marks


def _mix_json(mix: Mix | None, config: InpaintConfig) -> dict[str, Any]:
    if mix is None:
        return {}
    method, number = mix.other
    return {"mix": {"method": config.methods[method], "number": number + 1, "share": mix.share}}


def _mix(value: Any, config: InpaintConfig) -> Mix | None:
    if value is None:
        return None
    number, share = _count(value["number"]) - 1, float(value["share"])
    if number >= config.candidates or not 0 <= share <= 1:
        raise DamageError("its mix of candidates is invalid")
    return Mix((config.methods.index(value["method"]), number), share)


def _fit(value: Any) -> KnownRegionFit | None:
    if isinstance(value, dict):
        return KnownRegionFit.from_json(value)
    if value is not None and not 0 <= float(value) <= 2:  # a file from before: a mere distance, which tells nothing
        raise DamageError("its known-region fit is no distance")
    return None


def _refined(runs: Any, steps: int) -> NDArray[np.int64]:
    refined = np.full(steps, SEARCHED, np.int64)
    for first, count, candidate in runs:  # of files from before there was a refinement, none
        refined[_count(first, 0) : _count(first, 0) + _count(count)] = _count(candidate, 0)
    if runs != _refinements_json(refined):  # out of order, on top of each other, or beyond the last step
        raise DamageError("its refinements do not match its steps")
    return refined


def _refinements_json(refined: NDArray[np.int64]) -> list[list[int]]:
    return [[run.first, run.count, run.candidate] for run in refined_runs(refined)]  # 0-based


def _candidates(config: InpaintConfig) -> list[tuple[Method, int]]:
    """Return method and number, counted from 1, of each candidate in the order of arrays [M, K]."""
    return [(method, number) for method in config.methods for number in range(1, config.candidates + 1)]


def _frames_json(frames: tuple[Frame, ...]) -> list[list[float]]:
    return [frame.numbers for frame in frames]


def _frames(values: Any) -> tuple[Frame, ...]:
    return tuple(
        Frame(_count(x, -_FARTHEST), _count(y, -_FARTHEST), _count(size), *(_angle(turned) for turned in angle))
        for x, y, size, *angle in values
    )


def _angle(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -180 < value <= 180:
        raise DamageError(f"a frame is turned by {value!r} degrees")
    return float(value)


def _count(value: Any, low: int = 1) -> int:
    whole("a number", value, low, _FARTHEST)
    return int(value)
