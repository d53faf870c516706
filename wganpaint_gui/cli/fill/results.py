"""What became of a photo: told to a person, or printed as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wganpaint_gui.cli.complaints import complain, remark, say
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.search.settings import Method


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
    """A photo that was filled: which of its files are written, and why the others are not."""

    photo: Path
    methods: tuple[Method, ...]
    results: tuple[MethodResult, ...]  # of the methods whose file is written
    frames: tuple[Frame, ...]
    model: str
    steps: int
    seconds: float
    written: tuple[Path, ...]  # record and film too
    errors: tuple[Exception, ...]  # one a file that could not be written


def announce(finished: Finished, *, as_json: bool) -> None:
    """Tell stdout what was written; without JSON also tell the person how it went. Failures go to stderr."""
    if finished.results and as_json:
        print(json.dumps(summary(finished), ensure_ascii=False), flush=True)
    elif finished.results:
        for result in finished.results:
            _tell(finished, result)
    for error in finished.errors:
        complain(error, finished.photo)
    if finished.errors and finished.written:
        remark(f"{finished.photo}: written all the same: {', '.join(map(str, finished.written))}")


def _tell(finished: Finished, result: MethodResult) -> None:
    loss = " + ".join(f"{loss:.1f}" for loss in result.losses)
    say(
        f"{finished.photo.name}: {result.method}, loss {loss}, {finished.seconds:.1f} s, "
        f"{result.changed_outside_mask} pixels changed outside the mask"
    )
    print(result.output, flush=True)


def summary(finished: Finished) -> dict[str, Any]:
    """The JSON object of one photo, as `wganpaint inpaint --help` describes it."""
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
    if len(finished.methods) == 1:
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
