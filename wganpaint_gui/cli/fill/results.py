"""The result of one photo, printed for the user or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wganpaint_gui.cli.console import print_data, print_error, print_json, print_status, print_warning
from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.search.settings import SURROUNDINGS
from wganpaint_gui.ml.batch.filled_photo import FilledPhoto, MethodResult


def print_result(filled: FilledPhoto, *, as_json: bool) -> None:
    """Print the result on stdout, as file names or as JSON; print failures and, without JSON, a summary on stderr."""
    if filled.results and as_json:
        print_json(summary(filled))
    elif filled.results:
        for result in filled.results:
            _print_method(filled, result)
        for doubt in filled.doubts:
            print_warning(f"{filled.photo}: {doubt} Try --method surroundings.")
    for error in filled.errors:
        print_error(error, filled.photo)
    if filled.errors and filled.written:
        print_warning(f"{filled.photo}: also written: {', '.join(map(str, filled.written))}")


def _print_method(filled: FilledPhoto, result: MethodResult) -> None:
    how = " and ".join(result.ways)
    if result.losses:
        fits = " + ".join(fit.verdict for fit in filled.known_region)
        how = f"loss {' + '.join(f'{loss:.1f}' for loss in result.losses)}, known-region fit {fits}"
    print_status(
        f"{filled.photo.name}: {result.method}, {how}, {filled.seconds:.1f} s, "
        f"{counted(result.changed_outside_mask, 'pixel')} changed outside the mask"
    )
    print_data(result.output)


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
            **({"ways": list(result.ways)} if result.ways else {}),
        }
        for result in filled.results
    ]
    shared = {
        "start": filled.start,
        "steps": filled.steps,
        "seconds": filled.seconds,
        "known_region_fit": _single([fit.verdict for fit in filled.known_region]),
        "frame": _single([frame.numbers for frame in filled.frames]),
        "model": filled.model,
    }
    if len(filled.methods) == 1:
        return {"input": str(filled.photo), **results[0], **shared}
    total = sum(result.changed_outside_mask for result in filled.results)
    return {
        "input": str(filled.photo),
        "method": "all" if SURROUNDINGS in filled.methods else "both",
        "results": results,
        **shared,
        "changed_outside_mask": total,
    }


def _single(values: Sequence[Any]) -> Any:
    """Return the value of a single frame as it is, several as a list, and None for none."""
    if not values:
        return None
    return values[0] if len(values) == 1 else list(values)
