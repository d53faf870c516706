"""Photos with any name a system allows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

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


def test_an_output_name_that_no_disk_takes_is_refused_before_the_search(inpaint: Run, photo: Path, mask: Path):
    long = photo.with_name("x" * 300 + ".png")
    ran = inpaint(photo, "--mask", mask, "-o", long)
    assert ran.code == 2
    assert ran.complaints == [f"wganpaint: {long} cannot be written: its name is too long. Choose a shorter one."]


def test_an_output_link_into_a_missing_folder_is_refused_before_the_search(
    inpaint: Run, photo: Path, mask: Path, tmp_path: Path
):
    link = tmp_path / "out.png"
    link.symlink_to(tmp_path / "gone" / "out.png")
    ran = inpaint(photo, "--mask", mask, "-o", link)
    assert ran.code == 2
    assert ran.complaints == [
        f"wganpaint: {link} cannot be written: {tmp_path / 'gone'} does not exist. Choose another folder."
    ]


def test_inputs_that_the_disk_cannot_be_asked_about_are_a_sentence(
    inpaint: Run, photo: Path, mask: Path, tmp_path: Path
):
    long = tmp_path / ("x" * 300 + ".png")
    for arguments in ((long, "--mask", mask), (photo, "--mask", long)):
        ran = inpaint(*arguments, "-o", tmp_path / "out.png")
        assert ran.code == 2
        assert "unexpected" not in ran.err.lower()
    assert inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--model", long).code == 2


@pytest.mark.parametrize(
    ("photo_name", "mask_name"),
    [("IMG_1.PNG", "IMG_1.PNG"), ("IMG_1.JPG.png", "IMG_1.JPG.Tiff"), ("caf\u00e9.png", "cafe\u0301.png")],
)
def test_masks_pair_by_name_whatever_the_case_of_their_ending_and_the_form_of_accents(
    inpaint: Run, photo: Path, mask: Path, tmp_path: Path, photo_name: str, mask_name: str
):
    (tmp_path / "masks").mkdir()
    photo.rename(tmp_path / photo_name)
    Image.open(mask).save(tmp_path / "masks" / mask_name)
    (tmp_path / "masks" / "._IMG_1.png").touch()
    out = tmp_path / "out.png"
    assert inpaint(tmp_path / photo_name, "--mask", tmp_path / "masks", "-o", out).out == f"{out}\n"
