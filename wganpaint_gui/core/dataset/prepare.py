"""Check pictures and turn them into the memory-mapped images that training works on."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import dataset_cache

from .data_options import PREVIEW_IMAGES, DataOptions, DataProgress
from .data_report import DataReport, Fault
from .decode import model_image
from .source import ReadFailed, Source, digest_of, open_source
from .store import LOCK, Index, Unfinished, contents_done, map_images, read_index, saving
from .survey import Survey, look
from .workers import Workers

_PREVIEW_SECONDS = 0.7  # between two previews
_WAIT_SECONDS = 0.2  # between two tries for a lock
_BATCH_BYTES = 8 * 2**20  # of images between two reports

Decoded = list[tuple[str, NDArray[np.uint8] | Fault]]  # (digest, [R, R, 3] or why not)


@dataclass(frozen=True, eq=False)
class ImageSet:
    """What training works on. Images stand in the order of their files' digests: random, but always the same.

    The held-out images are the last of that order: as many as DataOptions asks for, but at most a fifth of all,
    rounded down.
    """

    images: NDArray[np.uint8]  # [N, R, R, 3] RGB, memory-mapped, read only; training images first, held-out last
    training: int  # how many are trained on
    key: str  # hexadecimal; the same for the same contents and options, whatever the files' names, order or container
    report: DataReport

    @property
    def training_images(self) -> NDArray[np.uint8]:
        """[training, R, R, 3]"""
        return self.images[: self.training]

    @property
    def held_out_images(self) -> NDArray[np.uint8]:
        """[N - training, R, R, 3]; never trained on."""
        return self.images[self.training :]


def prepare_data(
    source: Path, options: DataOptions, root: Path | None = None
) -> Generator[DataProgress, None, ImageSet]:
    """Check and decode the pictures, once: the next time, the same contents and options are found in the cache.

    root: of the caches, None = the program's own; the images go to root/KEY. If closed or killed, the next call
    continues from there. Where another process prepares the same images, this waits for it. Raises DataError where
    there are too few pictures or they disappear meanwhile, SaveError where the images cannot be saved.
    """
    root = dataset_cache() if root is None else root
    with open_source(source) as files, Workers() as workers:
        survey = yield from look(files, options, workers)
        index = read_index(root, survey.key)
        if index is None:
            index = yield from _make(files, survey, options, root, workers)
        images = map_images(root, index)
        total = len(survey.contents)
        yield DataProgress("decoding", total, total, np.array(images[:PREVIEW_IMAGES]))
        return ImageSet(images, index.training, survey.key, survey.report(index.verdicts))


def open_cached(key: str, root: Path | None = None) -> ImageSet | None:
    """Return the images of an earlier `prepare_data`, whose pictures may be gone; None where the cache is gone too."""
    root = dataset_cache() if root is None else root
    index = read_index(root, key)
    return None if index is None else ImageSet(map_images(root, index), index.training, key, index.report)


def _make(
    files: Source, survey: Survey, options: DataOptions, root: Path, workers: Workers
) -> Generator[DataProgress, None, Index]:
    """Decode everything into root/KEY, or wait until another process has done so."""
    folder, total = root / survey.key, len(survey.contents)
    with saving(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / LOCK) as lock:
        while not _acquired(lock, folder):
            yield DataProgress("decoding", contents_done(folder), total)
            time.sleep(_WAIT_SECONDS)
        index = read_index(root, survey.key)
        if index is not None:
            return index
        with Unfinished(folder, list(survey.contents), options.resolution) as unfinished:
            showing = _Showing()
            for batch in _decoded(files, survey, options.resolution, unfinished.done, workers):
                showing.add([unfinished.add(decoded) for _, decoded in batch])
                yield showing.progress(unfinished.done, total)
            report = survey.report(unfinished.sieve.verdicts)
            problem = report.problem()
            if problem is not None:
                unfinished.discard()
                raise problem
            unfinished.flush()
            images = unfinished.sieve.images
            training = images - options.held_out_of(images)
            index = Index(survey.key, options.resolution, images, training, unfinished.sieve.verdicts, report)
            index.write(folder)
    return index


def _acquired(lock: FileLock, folder: Path) -> bool:
    with saving(folder):
        return lock.acquire()


def _decoded(files: Source, survey: Survey, resolution: int, start: int, workers: Workers) -> Iterator[Decoded]:
    """Yield the decoded contents from `start` on, in short batches. Raises DataError where a file has changed."""

    def decode(digest: str) -> tuple[str, NDArray[np.uint8] | Fault]:
        entry = survey.contents[digest]
        try:
            data = files.read(entry)
        except ReadFailed as error:
            raise files.lost(entry.name) from error
        if digest_of(data) != digest:
            raise files.lost(entry.name)
        return digest, model_image(data, survey.framing, resolution)

    rest = islice(survey.contents, start, None)
    most = max(1, _BATCH_BYTES // (3 * resolution**2))
    while batch := workers.some(decode, rest, most):
        yield batch


class _Showing:
    """Makes progress records, some with the newest images."""

    def __init__(self) -> None:
        self._newest: list[NDArray[np.uint8]] = []
        self._shown = float("-inf")

    def add(self, images: list[NDArray[np.uint8] | None]) -> None:
        self._newest = [*self._newest, *(image for image in images if image is not None)][-PREVIEW_IMAGES:]

    def progress(self, done: int, total: int) -> DataProgress:
        now = time.monotonic()
        if not self._newest or (now - self._shown < _PREVIEW_SECONDS and done < total):
            return DataProgress("decoding", done, total)
        self._shown, newest, self._newest = now, self._newest, []
        return DataProgress("decoding", done, total, np.stack(newest))
