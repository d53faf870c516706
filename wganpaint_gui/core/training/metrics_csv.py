"""The metrics of a run as a table for spreadsheets and notebooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.system.atomic import atomic_write

from .training_config import STAGES, Stage
from .training_log import DAMAGED, READINGS, Tick, position

_OF_UPDATE = (*dict.fromkeys(name for stage in STAGES for name in READINGS[stage]), "images_per_second")
_OF_TICK = tuple(spec.name for spec in fields(Tick) if spec.name not in ("stage", "update", "samples"))
COLUMNS = ("stage", "update", *_OF_UPDATE, *_OF_TICK)


def metrics_rows(lines: Iterable[str]) -> list[dict[str, str | int | float]]:
    """Return one row an update, in order, with what was measured at its tick; damaged lines are left out.

    lines: of a metrics.jsonl. A row has only the columns that have a value.
    """
    rows: dict[tuple[Stage, int], dict[str, str | int | float]] = {}
    for line in lines:
        place = position(line)
        if place is None:
            continue
        try:
            values = read_json(line, finite=False)
            found = _numbers(values["tick"], _OF_TICK) if "tick" in values else _numbers(values, _OF_UPDATE)
        except DAMAGED:
            continue
        rows.setdefault(place, {"stage": place[0], "update": place[1]}).update(found)
    return [rows[place] for place in sorted(rows, key=lambda place: (STAGES.index(place[0]), place[1]))]


def export_metrics(metrics_file: Path, target: Path, *, overwrite: bool) -> int:
    """Write a run's metrics.jsonl as CSV, and return the number of rows; the run may be under way.

    Raises TrainingError where there is nothing to export or it cannot be read, SaveError where `target` cannot be
    written.
    """
    try:
        with metrics_file.open(encoding="utf-8", errors="replace") as file:
            rows = metrics_rows(file)
    except FileNotFoundError:
        rows = []
    except OSError as error:
        raise TrainingError(f"{metrics_file} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if not rows:
        raise TrainingError(
            f"The run {metrics_file.parent.name} has no metrics yet: it has made no update.", "Let it train first."
        )
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    data = text.getvalue().encode()
    atomic_write(target, lambda file: file.write(data), overwrite=overwrite)
    return len(rows)


def _numbers(values: dict[str, Any], names: Iterable[str]) -> dict[str, str | int | float]:
    return {name: float(values[name]) for name in names if values.get(name) is not None}
