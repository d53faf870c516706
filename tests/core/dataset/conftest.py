"""Real pictures in real folders and zips, and what drives the generators."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Generator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image


def _pixels(seed: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8)


def _picture(seed: int = 0, size: tuple[int, int] = (8, 8), kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.fromarray(_pixels(seed, size)).save(file, kind)
    return file.getvalue()


def _folder(path: Path, files: Mapping[str, bytes]) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return path


def _zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def _drive(generator: Generator[Any, None, Any]) -> tuple[list[Any], Any]:
    records = []
    try:
        while True:
            records.append(next(generator))
    except StopIteration as stop:
        return records, stop.value


@pytest.fixture(scope="session")
def pixels() -> Callable[..., NDArray[np.uint8]]:
    """pixels(seed, (width, height)): noise, [h, w, 3]"""
    return _pixels


@pytest.fixture(scope="session")
def picture() -> Callable[..., bytes]:
    """picture(seed=0, size=(8, 8), kind="PNG"): the bytes of a file with noise in it"""
    return _picture


@pytest.fixture(scope="session")
def folder() -> Callable[[Path, Mapping[str, bytes]], Path]:
    """folder(path, {name: bytes})"""
    return _folder


@pytest.fixture(scope="session")
def zipped() -> Callable[[Path, Mapping[str, bytes]], Path]:
    """zipped(path, {name: bytes})"""
    return _zipped


@pytest.fixture(scope="session")
def drive() -> Callable[[Generator[Any, None, Any]], tuple[list[Any], Any]]:
    """drive(generator): (what it yielded, what it returned)"""
    return _drive


@pytest.fixture(scope="session")
def finish() -> Callable[[Generator[Any, None, Any]], Any]:
    """finish(generator): what it returned"""
    return lambda generator: _drive(generator)[1]
