"""The first look at a source: which files are pictures, their contents' digests, and how they will be framed."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wganpaint_gui.core.errors import DataError

from .data_options import DataOptions, DataProgress, FixedFraming
from .data_report import DataReport, Verdicts, make_report
from .decode import CELEBA_SIZE, picture_size
from .source import Entry, ReadFailed, Source, digest_of
from .workers import Workers

FORMAT = 1  # of the cache; changes when images come out differently
_CELEBA_FOLDER = "img_align_celeba"
_SAMPLE = 200  # pictures whose size is checked to recognise CelebA


@dataclass(frozen=True)
class Survey:
    """The pictures of a source before any is decoded."""

    source: Path
    pictures: list[tuple[str, str | None]]  # (name, digest; None where its bytes cannot be read), in the source's order
    contents: dict[str, Entry]  # one file for each digest, in the order of the digests
    skipped: int
    framing: FixedFraming
    key: str

    def report(self, verdicts: Verdicts) -> DataReport:
        return make_report(self.source, self.pictures, self.skipped, verdicts, self.framing)


def look(source: Source, options: DataOptions, workers: Workers) -> Generator[DataProgress, None, Survey]:
    """Read every picture once. Raises DataError where there is none, or the source goes away."""
    entries, skipped = yield from _pictures(source)

    def digest_or_none(entry: Entry) -> str | None:
        try:
            return digest_of(source.read(entry))
        except ReadFailed:
            return None

    rest = iter(entries)
    pictures: list[tuple[str, str | None]] = []
    first: dict[str, Entry] = {}
    while len(pictures) < len(entries):
        for digest in workers.some(digest_or_none, rest, len(entries)):
            entry = entries[len(pictures)]
            if digest is not None:
                first.setdefault(digest, entry)
            elif not os.path.exists(source.path):
                raise source.lost(entry.name)
            pictures.append((entry.name, digest))
        yield DataProgress("looking", len(pictures), len(entries))
    contents = {digest: first[digest] for digest in sorted(first)}
    framing: FixedFraming = options.framing if options.framing != "auto" else _auto_framing(source, contents, workers)
    key = _key(list(contents), framing, options)
    return Survey(source.path, pictures, contents, skipped, framing, key)


def _pictures(source: Source) -> Generator[DataProgress, None, tuple[list[Entry], int]]:
    """Return the pictures, and how many other files there are."""
    yield DataProgress("looking", 0, 0)
    entries: list[Entry] = []
    skipped, zips = 0, 0
    for entry in source.entries():
        if source.is_picture(entry):
            entries.append(entry)
        else:
            skipped += 1
            zips += entry.name.lower().endswith(".zip")
        if (len(entries) + skipped) % 1000 == 0:
            yield DataProgress("looking", len(entries), 0)
    if entries:
        return entries, skipped
    if zips:
        raise DataError(
            f"There are no pictures in {source.path}, but there are zip files.", "Choose one of those instead."
        )
    found = "it is empty"
    if skipped:
        found = f"none of its {skipped:,} files is a picture" if skipped > 1 else "its only file is not a picture"
    raise DataError(
        f"There are no pictures in {source.path} that this program can read: {found}.",
        "Choose a folder or a zip with JPEG, PNG or WebP pictures.",
    )


def _auto_framing(source: Source, contents: dict[str, Entry], workers: Workers) -> FixedFraming:
    """Return `celeba` where more than half of a sample have its layout. The sample depends on the contents alone."""
    in_folder = _CELEBA_FOLDER in source.path.absolute().parts or source.path.stem == _CELEBA_FOLDER

    def like_celeba(entry: Entry) -> bool:
        named = in_folder or _CELEBA_FOLDER in PurePosixPath(entry.name).parts
        try:
            return _has_celeba_shape(picture_size(source.read(entry)), scaled=named)
        except ReadFailed as error:
            raise source.lost(entry.name) from error

    sample = list(contents.values())[:_SAMPLE]
    rest = iter(sample)
    like = 0
    while answers := workers.some(like_celeba, rest, _SAMPLE):
        like += sum(answers)
    return "celeba" if like * 2 > len(sample) else "whole"


def _has_celeba_shape(size: tuple[int, int] | None, *, scaled: bool) -> bool:
    """Return whether the size is CelebA's. scaled: or another with the same proportions, to within a pixel."""
    if size is None:
        return False
    skew = abs(size[0] * CELEBA_SIZE[1] - size[1] * CELEBA_SIZE[0])
    return size == CELEBA_SIZE or (scaled and skew <= CELEBA_SIZE[1])


def _key(digests: list[str], framing: FixedFraming, options: DataOptions) -> str:
    settings = [FORMAT, framing, options.resolution, options.held_out]
    return digest_of(json.dumps([settings, digests]).encode())
