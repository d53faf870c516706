"""The report on the user's pictures: what can be used and what cannot, in numbers, names and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import DataError

from .data_options import FixedFraming

LEAST_IMAGES = 2  # a single image would only be memorised
_NAMED = 3  # names in a sentence; the rest are counted


class Fault(StrEnum):
    """Why a picture gives no image; stored as these texts."""

    UNREADABLE = "unreadable"
    TOO_SMALL = "too small"
    WITHOUT_FACE = "without face"


@dataclass(frozen=True)
class Verdicts:
    """Which files give no image of their own, by the digest of their contents."""

    faults: Mapping[str, Fault]
    copies: Mapping[str, str]  # the digest of the file whose image is the same


@dataclass(frozen=True)
class DataReport:
    """What was found in a source. Each picture counts once: found = usable + those named in the four tuples."""

    source: Path
    found: int  # pictures looked at
    usable: int
    unreadable: tuple[str, ...]  # names inside the source
    duplicates: tuple[tuple[str, str], ...]  # (name, the one it repeats)
    too_small: tuple[str, ...]  # what is framed has fewer pixels than the resolution; nothing is enlarged
    without_face: tuple[str, ...]  # framing `faces` only
    skipped: int  # files that are not pictures
    framing: FixedFraming = "whole"  # what `auto` resolved to

    def sentences(self) -> list[str]:
        """Return sentences for people: what can be used, then everything that cannot, with up to three names each."""
        copies = [f"{name} (like {original})" for name, original in self.duplicates]
        readable = "file is not a picture" if self.skipped == 1 else "files are not pictures"
        return [
            f"{self.usable:,} of {counted(self.found, 'picture')} can be used.",
            *_named(copies, "is a copy of another and does not count", "are copies of others and count once"),
            *_named(self.unreadable, "cannot be read", "cannot be read"),
            *_named(self.too_small, "is too small and would have to be enlarged", "are too small"),
            *_named(self.without_face, "shows no face", "show no face"),
            *([f"{self.skipped:,} other {readable} this program can read."] if self.skipped else []),
        ]

    def problem(self) -> DataError | None:
        """Return why these pictures cannot be trained on; None where they can."""
        if self.usable >= LEAST_IMAGES:
            return None
        if self.usable == 1 and len(self.duplicates) == self.found - 1 > 0:
            return DataError(
                f"All {self.found:,} pictures in {self.source} are identical.",
                f"Training needs at least {LEAST_IMAGES} different ones, and thousands to learn well.",
            )
        if self.usable == 1 and self.found == 1:
            sentence = f"There is only one picture in {self.source}; training needs at least {LEAST_IMAGES}."
            return DataError(sentence, "Add more: thousands, to learn well.")
        some = f"{'Only 1' if self.usable else 'None'} of the {self.found:,} pictures in {self.source} can be used"
        if self.found == 1:
            some = f"The only picture in {self.source} cannot be used"
        need = f"training needs at least {LEAST_IMAGES}"
        return DataError(f"{some}; {need}. {self.sentences()[1]}", self._hint())

    def _hint(self) -> str:
        """Return what to do about the most common fault."""
        hints = {
            "Get the pictures again, or choose another folder.": len(self.unreadable),
            "Choose a lower resolution or a wider framing, or larger pictures.": len(self.too_small),
            "Choose another framing, or pictures that show faces from the front.": len(self.without_face),
            "Add different pictures.": len(self.duplicates),
        }
        return max(hints, key=lambda hint: hints[hint])

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "source": str(self.source)}

    @classmethod
    def from_json(cls, values: Any) -> DataReport:
        """Rebuild from `to_json`. Raises KeyError, TypeError or ValueError where it is damaged."""
        names = {name: tuple(values[name]) for name in ("unreadable", "too_small", "without_face")}
        duplicates = tuple((name, original) for name, original in values["duplicates"])
        return cls(**{**values, **names, "duplicates": duplicates, "source": Path(values["source"])})


def make_report(
    source: Path, pictures: list[tuple[str, str | None]], skipped: int, verdicts: Verdicts, framing: FixedFraming
) -> DataReport:
    """Sort pictures by verdict.

    pictures: (name, digest of the content; None where its bytes cannot be read), in the source's order.
    """
    firsts: dict[str, str] = {}  # by digest of the content whose image is used: the first name in the source
    faulty: dict[Fault, list[str]] = {fault: [] for fault in Fault}
    duplicates: list[tuple[str, str]] = []
    for name, digest in pictures:
        if digest is None:
            faulty[Fault.UNREADABLE].append(name)
        elif digest in verdicts.faults:
            faulty[verdicts.faults[digest]].append(name)
        elif (used := verdicts.copies.get(digest, digest)) in firsts:
            duplicates.append((name, firsts[used]))
        else:
            firsts[used] = name
    return DataReport(
        source,
        found=len(pictures),
        usable=len(firsts),
        unreadable=tuple(faulty[Fault.UNREADABLE]),
        duplicates=tuple(duplicates),
        too_small=tuple(faulty[Fault.TOO_SMALL]),
        without_face=tuple(faulty[Fault.WITHOUT_FACE]),
        skipped=skipped,
        framing=framing,
    )


def _named(names: list[str] | tuple[str, ...], one: str, many: str) -> list[str]:
    """Return [a sentence], or [] where there are no names."""
    if not names:
        return []
    listed = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        listed += f" and {len(names) - _NAMED:,} more"
    return [f"{len(names):,} {one if len(names) == 1 else many}: {listed}."]
