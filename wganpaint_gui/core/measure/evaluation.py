"""The measurements of the paper's experiment: a row per fill, and the means per method and corruption."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.search.settings import Method

Corruption = Literal["center", "center32", "random80"]

CORRUPTIONS: tuple[Corruption, ...] = get_args(Corruption)
# In place of a method:
ORIGINAL = "original"  # the original images
GUESS = "guess"  # the encoder's first guess, before any step
REFINED = "yeh-refined"  # the fills of yeh after their refinement
BLENDED: dict[Method, str] = {"yeh": "yeh-blended", "critic": "critic-blended"}  # their last fills, blended
TABLE_HEAD = ("corruption", "method", "PSNR, dB", "SSIM", "L1", "critic score", "seconds")
MEASURES = ("psnr", "ssim", "l1", "critic_score")


@dataclass(frozen=True, eq=False)
class Cases:
    """Images with one corruption. N images, R the model's resolution."""

    names: tuple[str, ...]  # [N]
    images: NDArray[np.float32]  # [N, 3, R, R] in [-1, 1], whole
    known: NDArray[np.bool_]  # [N, 1, R, R], True = keep
    seeds: tuple[int, ...]  # [N], of each image's search

    def __len__(self) -> int:
        return len(self.names)

    def at(self, indices: Iterable[int]) -> Cases:
        """Return some of the images, in the order of `indices`."""
        chosen = list(indices)
        names, seeds = tuple(self.names[n] for n in chosen), tuple(self.seeds[n] for n in chosen)
        return Cases(names, self.images[chosen], self.known[chosen], seeds)


@dataclass(frozen=True)
class Row:
    """One image filled by one method; None where a number is not defined."""

    image: str
    corruption: Corruption
    method: str  # a search method, a baseline, or ORIGINAL
    seed: int
    psnr: float | None  # dB inside the hole, higher is better
    ssim: float | None  # inside the hole, -1..1, higher is better
    l1: float | None  # mean absolute difference inside the hole, 0..2, lower is better
    critic_score: float | None  # of the whole composite, unbounded, higher = more real
    best_step: int | None = None  # 0-based; of the latent used for the fill
    loss: float | None = None  # of that latent; not comparable between methods


@dataclass(frozen=True, eq=False)
class CorruptionResult:
    """All results for one corruption."""

    rows: tuple[Row, ...]  # method after method, image after image
    latents: dict[Method, NDArray[np.float32]]  # [N, Z]: those of the fills
    refined: NDArray[np.uint8] | None  # [N, R, R, 3] RGB: the composites of REFINED; None without a refinement
    seconds: dict[str, float]  # wall time by method and baseline, of all fills; of REFINED, the refinement alone
    unguessed: int = 0  # images whose first guess was not a number: they started at random latents; not in the file


@dataclass(frozen=True)
class Mean:
    """The mean of one measure over all images."""

    value: float
    error: float | None  # standard error: of the sample, divided by the root of their number; None for a single image


@dataclass(frozen=True)
class Summary:
    """One line of the table."""

    corruption: Corruption
    method: str
    images: int
    measures: dict[str, Mean | None]  # by MEASURES
    seconds: float | None  # wall time of all its fills

    def flat(self) -> dict[str, Any]:
        """Return the numbers under their names in table.csv and table.json: psnr, psnr_se, ..."""
        numbers: dict[str, Any] = {}
        for name, mean in self.measures.items():
            numbers[name] = None if mean is None else mean.value
            numbers[f"{name}_se"] = None if mean is None else mean.error
        head = {"corruption": self.corruption, "method": self.method, "images": self.images}
        return {**head, **numbers, "seconds": self.seconds}


def summarise(rows: Iterable[Row], seconds: Mapping[str, float]) -> list[Summary]:
    """Return a summary per method, in the order of the rows, which are of one corruption. seconds: of some methods."""
    by_method: dict[str, list[Row]] = {}
    for row in rows:
        by_method.setdefault(row.method, []).append(row)
    return [
        Summary(
            found[0].corruption,
            method,
            len(found),
            {name: _mean([getattr(row, name) for row in found]) for name in MEASURES},
            seconds.get(method),
        )
        for method, found in by_method.items()
    ]


def rows_csv(rows: Sequence[Row]) -> str:
    return _csv([asdict(row) for row in rows], [field.name for field in fields(Row)])


def table_csv(table: Sequence[Summary]) -> str:
    lines = [summary.flat() for summary in table]
    return _csv(lines, list(lines[0]) if lines else [])


def table_cells(table: Sequence[Summary]) -> list[tuple[str, ...]]:
    """Return the table as texts, one line per method below TABLE_HEAD: mean ± standard error."""
    lines: list[tuple[str, ...]] = []
    for one in table:
        means = [_said(one.measures[name], digits) for name, digits in zip(MEASURES, (2, 3, 4, 2), strict=True)]
        lines.append((one.corruption, one.method, *means, "" if one.seconds is None else f"{one.seconds:.1f}"))
    return lines


def table_text(table: Sequence[Summary]) -> str:
    """Format the table as text, in columns."""
    lines = [TABLE_HEAD, *table_cells(table)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    sides = "<<>>>>>"  # text is aligned left, numbers right
    return "\n".join(
        "  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths, strict=True)).rstrip()
        for line in lines
    )


def _mean(values: Sequence[float | None]) -> Mean | None:
    numbers = [value for value in values if value is not None]
    if not numbers:
        return None
    error = float(np.std(numbers, ddof=1)) / math.sqrt(len(numbers)) if len(numbers) > 1 else None
    return Mean(float(np.mean(numbers)), error)


def _said(mean: Mean | None, digits: int) -> str:
    if mean is None:
        return ""
    return f"{mean.value:.{digits}f}" + ("" if mean.error is None else f" ± {mean.error:.{digits}f}")


def _csv(lines: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """Format as CSV; None becomes an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()
