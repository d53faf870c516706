"""Damaged files of every kind give the project's own error or a right result, quickly and in little memory.

WGANPAINT_FUZZ: how many of each kind; 300 if not set. A failure names the number that repeats it.
"""

from __future__ import annotations

import io
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image, PngImagePlugin

from tests.core.projects import a_project, saved
from tests.fuzz.mutations import mutated
from wganpaint_gui.core.edit.mask_io import load_mask
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig, read_card
from wganpaint_gui.core.photo.photo import load_photo, save_photo
from wganpaint_gui.core.project.project_reader import read_project
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import read_log

pytestmark = pytest.mark.slow
COUNT = int(os.environ.get("WGANPAINT_FUZZ", "300"))
LONGEST = 10.0  # seconds a file
MOST_MEMORY = 2**30  # bytes, by which the process may grow

Read = Callable[[Path], Any]


def memory() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def try_all(files: list[bytes], path: Path, read: Read) -> None:
    """Read COUNT damaged files, one after another, under the same name."""
    pytest.importorskip("resource")
    before = memory()
    for number in range(COUNT):
        path.write_bytes(mutated(files[number % len(files)], number))
        started = time.monotonic()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read(path)
        except WganPaintError:
            pass
        except BaseException as error:
            raise AssertionError(f"number {number} of {COUNT}: {type(error).__name__}: {error}") from error
        assert time.monotonic() - started < LONGEST, f"number {number}"
        assert memory() - before < MOST_MEMORY, f"number {number}"


def pictures() -> list[bytes]:
    rgb = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8))
    files = []
    for kind in ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "PPM", "AVIF"):
        file = io.BytesIO()
        rgb.save(file, kind)
        files.append(file.getvalue())
    colours = PngImagePlugin.PngInfo()
    for name, data in ((b"cICP", b"\x0c\x0d\0\1"), (b"gAMA", b"\0\1\x86\xa0"), (b"cHRM", bytes(range(32)))):
        colours.add(name, data)
    colours.add_text("Comment", "x" * 500, zip=True)
    file = io.BytesIO()
    rgb.save(file, "PNG", pnginfo=colours)
    files.append(file.getvalue())
    for options in ({"progressive": True}, {"restart_marker_rows": 1}):
        file = io.BytesIO()
        rgb.save(file, "JPEG", **options)
        files.append(file.getvalue()[:-2])  # without its end marker
    files.append(b"P6 50 40 1023\n" + bytes(50 * 40 * 6))
    for channels, planes in ((1, "contig"), (3, "contig"), (3, "separate"), (4, "contig")):
        file = io.BytesIO()
        pixels = np.random.default_rng(1).integers(0, 65536, (40, 50, channels), np.uint16)
        stored = np.moveaxis(pixels, -1, 0) if planes == "separate" else pixels
        shape = {"planarconfig": planes} if channels > 1 else {}
        tifffile.imwrite(file, stored, photometric="rgb" if channels > 2 else "minisblack", **shape)
        files.append(file.getvalue())
    return files


def test_photos(tmp_path: Path):
    def read(path: Path) -> None:
        photo = load_photo(path)
        save_photo(photo, path.with_name("saved.tif"), overwrite=True)  # what opens can be saved
        np.testing.assert_array_equal(load_photo(path.with_name("saved.tif")).pixels, photo.pixels)

    try_all(pictures(), tmp_path / "photo", read)


def test_masks(tmp_path: Path):
    try_all(pictures(), tmp_path / "mask.png", lambda path: load_mask(path, (50, 40)))


def test_projects(tmp_path: Path):
    path = saved(a_project(), tmp_path / "whole.wganpaint")
    try_all([path.read_bytes()], tmp_path / "damaged.wganpaint", read_project)


def test_models(tmp_path: Path):
    torch = pytest.importorskip("torch")
    from wganpaint_gui.ml.model_file import load_model, new_model, save_model

    card = ModelCard("tiny", NetworkConfig(resolution=32, width=4, latent_size=6), format=2, encoder_updates=1)
    save_model(new_model(card), tmp_path / "whole.safetensors")

    def read(path: Path) -> None:
        read_card(path)
        model = load_model(path, torch.device("cpu"))
        assert all(value.isfinite().all() for value in model.state().values())

    try_all([(tmp_path / "whole.safetensors").read_bytes()], tmp_path / "damaged.safetensors", read)


def test_run_folders(tmp_path: Path):
    from tests.ml.training_runs import begin, image_set, tiny_config, until, write_pictures
    from wganpaint_gui.ml.training.checkpoint import read_checkpoint

    images = image_set(write_pictures(tmp_path / "pictures"), tmp_path / "cache")
    until(begin(tmp_path / "run", tiny_config(), images), 6)
    folder = RunFolder(tmp_path / "run")
    checkpoint = folder.numbered_checkpoints()[0].path
    for whole, read in (
        (folder.settings_file, lambda path: RunFolder(path.parent).read_settings()),
        (folder.metrics_file, read_log),
        (checkpoint, read_checkpoint),
    ):
        data = whole.read_bytes()
        try_all([data], whole, read)
        whole.write_bytes(data)
