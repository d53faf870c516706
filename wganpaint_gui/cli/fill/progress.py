"""Progress bars of one photo, on stderr if it is a terminal."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.wording import printable

if TYPE_CHECKING:
    from wganpaint_gui.ml.batch.filled_photo import FilledPhoto
    from wganpaint_gui.ml.batch.frame_filler import FillStep


def read_photo(path: Path) -> Photo:
    """Read a photo; show a bar if that takes long."""
    from tqdm import tqdm

    with tqdm(total=100, desc=printable(f"Reading {path}"), unit="%", disable=None, leave=False, delay=1) as bar:
        return load_photo(path, lambda share: bar.update(int(100 * share) - bar.n))


def filled(steps: Generator[FillStep, None, FilledPhoto], label: str) -> FilledPhoto:
    """Drive the fill of a photo to its end and return the result; each unit of progress has a bar of its own."""
    from tqdm import tqdm

    bar: tqdm[Any] | None = None
    unit = ""  # of the bar; one that is not shown has no such attribute
    with ExitStack() as bars:
        while True:
            try:
                step = next(steps)
            except StopIteration as ended:
                result: FilledPhoto = ended.value
                return result
            if bar is None or unit != step.unit:
                bars.close()
                unit = step.unit
                bar = bars.enter_context(
                    tqdm(total=step.total, desc=printable(label), unit=step.unit, disable=None, leave=False)
                )
            bar.total = step.total
            bar.update(step.done - bar.n)
