"""Progress bars on stderr, where it is a terminal."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.wording import printable

if TYPE_CHECKING:
    from tqdm import tqdm

    from wganpaint_gui.ml.batch.frame_filler import FillStep


def read_photo(path: Path) -> Photo:
    """Read a photo; show a bar if that takes long."""
    from tqdm import tqdm

    with tqdm(total=100, desc=printable(f"Reading {path}"), unit="%", disable=None, leave=False, delay=1) as bar:
        return load_photo(path, lambda share: bar.update(int(100 * share) - bar.n))


class FillBar:
    """Shows how far a photo is; each unit of its progress has a bar of its own."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._what = ("", "")  # label and unit

    def show(self, step: FillStep, label: str) -> None:
        from tqdm import tqdm

        if self._bar is None or self._what != (label, step.unit):
            self.close()
            self._what = (label, step.unit)
            self._bar = tqdm(total=step.total, desc=printable(label), unit=step.unit, disable=None, leave=False)
        self._bar.total = step.total
        self._bar.update(step.done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
