"""Every bad input gets its sentence and its exit code, and nothing is written."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from .conftest import Run, write_mask, write_photo


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that announce a picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def refused(inpaint: Run, tmp_path: Path):
    """Run inpaint; it must be refused with code 2 and one line holding these words, and write nothing."""

    def check(photo: Path, mask: object, *arguments: object, says: str) -> None:
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        extra = () if "-o" in arguments else ("-o", tmp_path / "out.png")
        ran = inpaint(photo, "--mask", mask, *extra, *arguments)
        assert ran.code == 2
        assert ran.out == ""
        (complaint,) = ran.complaints
        assert says in complaint
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    return check


@pytest.mark.parametrize("name", ["missing.png", "empty.png", "truncated.png", "text.png", "folder.png"])
def test_an_unreadable_photo_is_named(refused, photo: Path, mask: Path, tmp_path: Path, name: str):
    (tmp_path / "empty.png").touch()
    (tmp_path / "truncated.png").write_bytes(photo.read_bytes()[:5000])
    (tmp_path / "text.png").write_text("no picture at all")
    (tmp_path / "folder.png").mkdir()
    refused(tmp_path / name, mask, says=name)


def test_an_image_bomb_is_refused_unread(refused, mask: Path, tmp_path: Path):
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_that_claims(60_000, 60_000))
    refused(bomb, mask, says="bomb.png")


def test_a_photo_of_one_pixel_has_no_context(refused, tmp_path: Path):
    photo = write_photo(tmp_path / "one.png", size=(1, 1))
    Image.fromarray(np.full((1, 1), 255, np.uint8)).save(tmp_path / "mask.png")
    refused(photo, tmp_path / "mask.png", says="one.png")
    refused(photo, "center32", says="one.png")


def test_a_photo_lost_in_its_frame_shows_the_model_nothing(refused, photo: Path, mask: Path):
    refused(photo, mask, "--frame=-5000,-5000,10000", says="photo.png")


def test_a_mask_of_another_size_names_both_sizes(refused, photo: Path, tmp_path: Path):
    other = write_mask(tmp_path / "other.png", size=(80, 60))
    refused(photo, other, says="80")
    refused(photo, other, says="90")


def test_a_missing_mask_is_named(refused, photo: Path, tmp_path: Path):
    refused(photo, tmp_path / "nowhere.png", says="nowhere.png")


def test_a_folder_without_the_mask_says_what_it_looked_for(refused, photo: Path, tmp_path: Path):
    (tmp_path / "masks").mkdir()
    refused(photo, tmp_path / "masks", says="photo.png")


def test_a_folder_with_two_masks_for_a_photo_is_ambiguous(refused, photo: Path, tmp_path: Path):
    masks = tmp_path / "masks"
    masks.mkdir()
    write_mask(masks / "photo.png")
    write_mask(masks / "photo.bmp")
    refused(photo, masks, says="several masks")


def test_an_empty_mask_says_what_white_means(refused, photo: Path, tmp_path: Path):
    path = tmp_path / "black.png"
    Image.fromarray(np.zeros((70, 90), np.uint8)).save(path)
    refused(photo, path, says="marks nothing")


def test_a_mask_over_everything_leaves_nothing_to_agree_with(refused, photo: Path, tmp_path: Path):
    path = tmp_path / "white.png"
    Image.fromarray(np.full((70, 90), 255, np.uint8)).save(path)
    refused(photo, path, says="covers everything")
    refused(photo, path, "--frame", "10,10,40", says="covers everything")


@pytest.mark.parametrize("frame", ["500,0,64", "0,0,0", "70,50,10"])
def test_a_frame_that_sees_no_hole_is_refused(refused, photo: Path, mask: Path, frame: str):
    refused(photo, mask, "--frame", frame, says="frame at")


def test_alpha_needs_an_alpha_channel(refused, photo: Path):
    refused(photo, "alpha", says="no alpha channel")


def test_an_output_that_exists_is_not_touched(refused, photo: Path, mask: Path, tmp_path: Path):
    (tmp_path / "out.png").write_text("precious")
    refused(photo, mask, says="exists already")


def test_the_photo_itself_is_not_overwritten(refused, photo: Path, mask: Path):
    refused(photo, mask, "-o", photo, says="exists already")


def test_a_record_that_exists_is_not_touched(refused, photo: Path, mask: Path, tmp_path: Path):
    (tmp_path / "run.json").write_text("precious")
    refused(photo, mask, "--record", tmp_path / "run.json", says="run.json exists already")


@pytest.mark.parametrize("place", ["file.txt/out.png", "nowhere/out.png"])
def test_a_place_that_cannot_be_written_is_said_before_the_work(
    refused, photo: Path, mask: Path, tmp_path: Path, place: str
):
    (tmp_path / "file.txt").touch()
    refused(photo, mask, "-o", tmp_path / place, says="cannot be written")


def test_a_folder_without_permission_is_said_before_the_work(
    refused, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # tests may run as root, whom nothing forbids
    refused(photo, mask, says="no permission")


@pytest.mark.parametrize("suffix", ["xyz", "gif"])
def test_an_unknown_output_format_is_said_before_the_work(
    refused, photo: Path, mask: Path, tmp_path: Path, suffix: str
):
    refused(photo, mask, "-o", tmp_path / f"out.{suffix}", says=f"out.{suffix}")


def test_transparency_does_not_fit_into_jpeg(refused, mask: Path, tmp_path: Path):
    photo = write_photo(tmp_path / "clear.png", channels=4)
    refused(photo, mask, "-o", tmp_path / "out.jpg", says="out.jpg")


def test_a_film_needs_a_film_format(refused, photo: Path, mask: Path, tmp_path: Path):
    refused(photo, mask, "--animation", tmp_path / "film.mp4", says=".webp or .gif")


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--lambda", "nan", "lambda"),
        ("--lambda", "inf", "lambda"),
        ("--lambda", "-1", "lambda"),
        ("--lr", "nan", "learning rate"),
        ("--lr", "0", "learning rate"),
        ("--steps", "-5", "steps"),
        ("--steps", "0", "steps"),
        ("--restarts", "0", "candidates"),
        ("--restarts", "1000", "candidates"),
        ("--seed", "-1", "seed"),
        ("--model", "nobody", "no model named nobody"),
        ("--model", "nowhere.safetensors", "no model file"),
        ("--device", "abacus", "abacus"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(refused, photo: Path, mask: Path, option: str, value: str, says: str):
    refused(photo, mask, option, value, says=says)


def test_cuda_where_there_is_none_is_a_sentence(refused, photo: Path, mask: Path, monkeypatch: pytest.MonkeyPatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    refused(photo, mask, "--device", "cuda", says="cuda")


def test_a_file_that_is_no_model_is_refused(refused, photo: Path, mask: Path):
    refused(photo, mask, "--model", photo, says="is not a model")


def test_a_full_disk_is_1_and_the_old_file_survives(
    inpaint, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import errno
    import os

    out = tmp_path / "out.png"
    out.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = inpaint(photo, "--mask", mask, "-o", out, "--force")
    assert ran.code == 1
    (complaint,) = ran.complaints
    assert "disk is full" in complaint
    assert out.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"photo.png", "mask.png", "out.png"}


def test_the_unforeseen_is_a_line_for_the_person_and_a_traceback_in_the_log(
    inpaint, photo: Path, mask: Path, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    def explode(*_: object, overwrite: bool) -> None:
        raise RuntimeError("the\nunforeseen")

    monkeypatch.setattr("wganpaint_gui.cli.filling.save_photo", explode)
    ran = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png")
    assert ran.code == 1
    (complaint,) = ran.complaints
    assert "RuntimeError: the unforeseen" in complaint
    assert "Traceback" in (own_home / "log" / "command-line.log").read_text()
