"""The result of one photo, printed for the user or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wganpaint_gui.cli.console import print_error, print_status, print_warning
from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.search.settings import Method, Start


@dataclass(frozen=True)
class MethodResult:
    """Holds the result of one method on one photo; losses, best steps and refined steps: one per frame."""

    method: Method
    output: Path
    losses: tuple[float, ...]
    best_steps: tuple[int, ...]
    refined_steps: tuple[int, ...]  # that the refinement took; 0 = not refined
    changed_outside_mask: int


@dataclass(frozen=True)
class FilledPhoto:
    """Describes a filled photo: the files written, and the errors of those that were not."""

    photo: Path
    methods: tuple[Method, ...]
    results: tuple[MethodResult, ...]  # of the methods whose file is written
    frames: tuple[Frame, ...]
    model: str
    start: Start
    steps: int  # of the search
    seconds: float
    written: tuple[Path, ...]  # with record and film
    errors: tuple[Exception, ...]  # one per file that could not be written


def print_result(filled: FilledPhoto, *, as_json: bool) -> None:
    """Print the result on stdout, as file names or as JSON; print failures and, without JSON, a summary on stderr."""
    if filled.results and as_json:
        print(json.dumps(summary(filled), ensure_ascii=False), flush=True)
    elif filled.results:
        for result in filled.results:
            _print_method(filled, result)
    for error in filled.errors:
        print_error(error, filled.photo)
    if filled.errors and filled.written:
        print_warning(f"{filled.photo}: also written: {', '.join(map(str, filled.written))}")


def _print_method(filled: FilledPhoto, result: MethodResult) -> None:
    loss = " + ".join(f"{loss:.1f}" for loss in result.losses)
    print_status(
        f"{filled.photo.name}: {result.method}, loss {loss}, {filled.seconds:.1f} s, "
        f"{counted(result.changed_outside_mask, 'pixel')} changed outside the mask"
    )
    print(result.output, flush=True)


def summary(filled: FilledPhoto) -> dict[str, Any]:
    """Return the JSON object of one photo, as `wganpaint inpaint --help` describes it."""
    results = [
        {
            "method": result.method,
            "output": str(result.output),
            "loss": _single(result.losses),
            "best_step": _single(result.best_steps),
            "refined_steps": _single(result.refined_steps),
            "changed_outside_mask": result.changed_outside_mask,
        }
        for result in filled.results
    ]
    shared = {
        "start": filled.start,
        "steps": filled.steps,
        "seconds": filled.seconds,
        "frame": _single([[frame.x, frame.y, frame.size] for frame in filled.frames]),
        "model": filled.model,
    }
    if len(filled.methods) == 1:
        return {"input": str(filled.photo), **results[0], **shared}
    total = sum(result.changed_outside_mask for result in filled.results)
    return {
        "input": str(filled.photo),
        "method": "both",
        "results": results,
        **shared,
        "changed_outside_mask": total,
    }


def _single(values: Sequence[Any]) -> Any:
    """Return the value of a single frame as it is, and several as a list."""
    return values[0] if len(values) == 1 else list(values)
