"""Decoded images on disk: written block by block, resumed after an interruption, complete when there is an index.

images.rgb      the rows, [N, R, R, 3] uint8, in the order of the contents' digests
progress.jsonl  one line a block: how many contents and rows it ends at, what gave no row, a digest of its rows
index.json      written last
lock            held by the process that writes them
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.system.atomic import atomic_write

from .data_report import DataReport, Fault, Verdicts
from .source import digest_of

BLOCK_BYTES = 8 * 2**20  # of rows that may be lost when the program is killed
BLOCK_SECONDS = 5.0  # and of time, where decoding is slow
_IMAGES, _JOURNAL, _INDEX = "images.rgb", "progress.jsonl", "index.json"
LOCK = "lock"
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Index:
    """What index.json holds."""

    key: str
    resolution: int
    images: int
    training: int
    verdicts: Verdicts
    report: DataReport  # of the source it was made from; another with the same contents has other names

    def write(self, folder: Path) -> None:
        values = {
            "key": self.key,
            "resolution": self.resolution,
            "images": self.images,
            "training": self.training,
            "faults": self.verdicts.faults,
            "copies": self.verdicts.copies,
            "report": self.report.to_json(),
        }
        text = json.dumps(values)
        atomic_write(folder / _INDEX, lambda file: file.write(text.encode()), overwrite=True)


def read_index(root: Path, key: str) -> Index | None:
    """Read the index; None where there is none or it does not fit the images beside it: they are decoded again then."""
    folder = root / key
    try:
        if not _KEY.fullmatch(key):
            return None
        values = read_json((folder / _INDEX).read_bytes())
        index = Index(
            key=values["key"],
            resolution=int(values["resolution"]),
            images=int(values["images"]),
            training=int(values["training"]),
            verdicts=Verdicts(_faults(values), dict(values["copies"])),
            report=DataReport.from_json(values["report"]),
        )
        size = (folder / _IMAGES).stat().st_size
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    fits = size == index.images * _row_bytes(index.resolution) and 0 < index.training <= index.images
    return index if fits and index.key == key else None


def map_images(root: Path, index: Index) -> NDArray[np.uint8]:
    """Return the images [N, R, R, 3], memory-mapped, read only."""
    shape = (index.images, index.resolution, index.resolution, 3)
    return np.memmap(root / index.key / _IMAGES, np.uint8, mode="r", shape=shape)


def contents_done(folder: Path) -> int:
    """Return how many contents the process that holds the lock has decoded; 0 = unknown."""
    try:
        lines = (folder / _JOURNAL).read_text("utf-8").splitlines()
        return int(read_json(lines[-1])["done"])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return 0


class Sieve:
    """Takes decoded pictures in the order of their digests, each image once, and remembers why some give none."""

    def __init__(self) -> None:
        self._views: dict[bytes, str] = {}  # digest of an image: digest of the picture it first came from
        self.faults: dict[str, Fault] = {}
        self.copies: dict[str, str] = {}

    def take(self, digest: str, decoded: NDArray[np.uint8] | Fault) -> NDArray[np.uint8] | None:
        """Return the image [R, R, 3] where there is one and it is new, else None."""
        if isinstance(decoded, Fault):
            self.faults[digest] = decoded
            return None
        first = self._views.setdefault(bytes.fromhex(digest_of(decoded.tobytes())), digest)
        if first != digest:
            self.copies[digest] = first
            return None
        return decoded

    @property
    def images(self) -> int:
        return len(self._views)

    @property
    def verdicts(self) -> Verdicts:
        return Verdicts(self.faults, self.copies)


class Unfinished:
    """Writes images that are being decoded, continuing after the last complete block. The caller holds the lock.

    contents: all digests, in order. Use it as a context manager: whatever happens inside, what is decoded is saved.
    Raises SaveError.
    """

    def __init__(self, folder: Path, contents: list[str], resolution: int) -> None:
        self._folder = folder
        self._contents = contents
        self._shape = (resolution, resolution, 3)
        self.sieve = Sieve()
        self.done = 0  # contents decoded, including those not on disk yet
        self._saved = 0  # of them, on disk
        self._rows: list[NDArray[np.uint8]] = []  # not on disk yet
        self._flushed = time.monotonic()
        self._journal_end = 0  # bytes
        with saving(folder):
            (folder / _INDEX).unlink(missing_ok=True)  # it did not fit, or nothing would be decoded again
            self._resume()
            self._check_space()

    def add(self, decoded: NDArray[np.uint8] | Fault) -> NDArray[np.uint8] | None:
        """Take the next decoded content; returns the image where it is new."""
        row = self.sieve.take(self._contents[self.done], decoded)
        self.done += 1
        if row is not None:
            self._rows.append(row)
        full = len(self._rows) * _row_bytes(self._shape[0]) >= BLOCK_BYTES
        if full or time.monotonic() - self._flushed > BLOCK_SECONDS:
            self.flush()
        return row

    def flush(self) -> None:
        """Write everything to disk: first the rows, then the journal line that confirms them."""
        if self.done == self._saved:
            return
        block = b"".join(row.tobytes() for row in self._rows)
        new = self._contents[self._saved : self.done]
        values = {
            "done": self.done,
            "rows": self.sieve.images,
            "faults": {digest: self.sieve.faults[digest] for digest in new if digest in self.sieve.faults},
            "copies": {digest: self.sieve.copies[digest] for digest in new if digest in self.sieve.copies},
            "check": digest_of(block),
        }
        text = json.dumps(values).encode() + b"\n"
        with saving(self._folder):
            # At their offset, not at the end: a full disk may have left a part of them.
            rows_before = self.sieve.images - len(self._rows)
            _write_at(self._folder / _IMAGES, rows_before * _row_bytes(self._shape[0]), block)
            self._journal_end += _write_at(self._folder / _JOURNAL, self._journal_end, text)
        self._saved, self._rows, self._flushed = self.done, [], time.monotonic()

    def discard(self) -> None:
        """Delete everything: these pictures cannot be trained on."""
        self._saved, self._rows = self.done, []
        with saving(self._folder):
            for name in (_JOURNAL, _IMAGES):
                (self._folder / name).unlink(missing_ok=True)

    def __enter__(self) -> Unfinished:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.flush()
        except SaveError:
            if kind is None:  # otherwise there is another error to report
                raise

    def _resume(self) -> None:
        """Take over the complete blocks; cut off the rest."""
        journal, images = self._folder / _JOURNAL, self._folder / _IMAGES
        journal.touch()
        images.touch()
        with journal.open("r+b") as lines, images.open("r+b") as rows:
            for line in lines:
                if not self._believe(line, rows):
                    break
                self._journal_end += len(line)
            lines.truncate(self._journal_end)
            rows.truncate(self.sieve.images * _row_bytes(self._shape[0]))
        self._saved = self.done

    def _believe(self, line: bytes, rows: Any) -> bool:
        """Take over a block; False where it is incomplete or its rows are not those that were written."""
        try:
            values = read_json(line)
            done, count = int(values["done"]), int(values["rows"]) - self.sieve.images
            faults, copies, check = _faults(values), dict(values["copies"]), values["check"]
        except (ValueError, KeyError, TypeError, AttributeError):
            return False
        new = self._contents[self.done : done]
        with_row = [digest for digest in new if digest not in faults and digest not in copies]
        if not self.done < done <= len(self._contents) or not line.endswith(b"\n") or len(with_row) != count:
            return False
        block = rows.read(count * _row_bytes(self._shape[0]))
        if digest_of(block) != check:
            return False
        images = np.frombuffer(block, np.uint8).reshape(count, *self._shape)
        for digest, image in zip(with_row, images, strict=True):
            self.sieve.take(digest, image)
        self.sieve.faults.update(faults)
        self.sieve.copies.update(copies)
        self.done = done
        return True

    def _check_space(self) -> None:
        needed = (len(self._contents) - self.done) * _row_bytes(self._shape[0])
        free = shutil.disk_usage(self._folder).free
        if needed > free:
            raise SaveError(
                f"The decoded images need {needed / 1e6:,.0f} MB in {self._folder.parent}, where {free / 1e6:,.0f} MB "
                "are free.",
                "Free some space, or choose a lower resolution.",
            )


@contextmanager
def saving(folder: Path) -> Iterator[None]:
    """Turn the system's errors inside into SaveErrors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            message = f"The decoded images cannot be saved in {folder.parent}: the disk is full."
            raise SaveError(message, "Free some space and start again: it continues where it stopped.") from error
        raise SaveError(
            f"The decoded images cannot be saved in {folder.parent}: {error.strerror or error}.",
            "Give yourself permission to write there.",
        ) from error


def _write_at(path: Path, place: int, data: bytes) -> int:
    """Write at an offset; returns the number of bytes once they are on disk."""
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return len(data)


def _faults(values: Any) -> dict[str, Fault]:
    return {digest: Fault(fault) for digest, fault in values["faults"].items()}


def _row_bytes(resolution: int) -> int:
    return resolution * resolution * 3
