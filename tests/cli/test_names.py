"""Photos with any name a system allows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from wganpaint_gui.core.photo.photo import load_photo


@pytest.mark.parametrize("name", ["two words", "Größe–ß", "写真", "фото", "it's 100% #1 & more"])
def test_a_photo_may_have_any_name(name: str, tmp_path: Path, photo: Path, mask: Path, inpaint: Run):
    folder = tmp_path / name
    folder.mkdir()
    named, out = folder / f"{name}.png", folder / f"{name} – out.png"
    shutil.move(photo, named)
    ran = inpaint(named, "--mask", mask, "-o", out)
    assert (ran.code, ran.out) == (0, f"{out}\n")
    assert load_photo(out).pixels.shape == load_photo(named).pixels.shape
