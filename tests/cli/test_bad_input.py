"""Every bad input gets its sentence and its exit code, and nothing is written."""

from __future__ import annotations

import errno
import json
import os
import pickle
import stat
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.cli.conftest import Run, write_mask, write_photo


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


def test_a_project_is_no_photo_and_where_it_can_be_opened_is_said(refused, tmp_path: Path):
    project = tmp_path / "work.wganpaint"
    project.write_bytes(b"PK")
    refused(project, "center", says=f"{project} is a project, not a photo. Open it in the editor")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.png", "File not found: {}."),
        ("empty.png", "{} is empty (0 bytes)."),
        ("truncated.png", "{} is damaged or incomplete"),
        ("text.png", "{} is not an image this program can read."),
        ("folder.png", "{} is a folder, not a photo."),
        ("float.tif", "{} has 32 bits per channel, which this program cannot edit."),
        ("bomb.png", "{} was not opened: it claims to have more than 500 megapixels."),
    ],
)
def test_an_unreadable_photo_or_mask_is_named_and_why(
    refused, photo: Path, mask: Path, tmp_path: Path, name: str, says: str
):
    (tmp_path / "empty.png").touch()
    (tmp_path / "truncated.png").write_bytes(photo.read_bytes()[:5000])
    (tmp_path / "text.png").write_text("no picture at all")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "bomb.png").write_bytes(png_that_claims(60_000, 60_000))
    Image.fromarray(np.zeros((70, 90), np.float32)).save(tmp_path / "float.tif")
    refused(tmp_path / name, mask, says=says.format(tmp_path / name))
    if name != "folder.png":  # as a mask it is where the masks are
        refused(photo, tmp_path / name, says=says.format(tmp_path / name))


def test_a_photo_of_one_pixel_has_no_context(refused, tmp_path: Path):
    photo = write_photo(tmp_path / "one.png", size=(1, 1))
    Image.fromarray(np.full((1, 1), 255, np.uint8)).save(tmp_path / "mask.png")
    refused(photo, tmp_path / "mask.png", says="The mask covers everything the model sees")
    refused(photo, "center32", says="The mask covers everything the model sees")


def test_a_photo_lost_in_its_frame_shows_the_model_nothing(refused, photo: Path, mask: Path):
    refused(photo, mask, "--frame=-5000,-5000,10000", says="is uncovered")


def test_a_photo_smaller_than_its_frame_is_filled(inpaint, photo: Path, mask: Path, tmp_path: Path):
    (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--frame=-10,-20,120", "--json").objects
    assert (result["frame"], result["changed_outside_mask"]) == ([-10, -20, 120], 0)


def test_a_photo_smaller_than_its_turned_frame_is_filled(inpaint, photo: Path, mask: Path, tmp_path: Path):
    frame = "--frame=-10,-20,120,-25.5"
    (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", frame, "--json").objects
    assert (result["frame"], result["changed_outside_mask"]) == ([-10, -20, 120, -25.5], 0)


def test_a_mask_of_another_size_names_both_sizes(refused, photo: Path, tmp_path: Path):
    other = write_mask(tmp_path / "other.png", size=(80, 60))
    refused(photo, other, says=f"The mask {other} has 80 × 60 pixels, the photo 90 × 70.")


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


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ("500,0,64", "The frame at (500, 0) of 64 pixels lies outside the photo of 90 × 70 pixels."),
        ("0,0,0", "The frame at (0, 0) of 0 pixels has no area."),
        ("70,50,10", "The frame at (70, 50) of 10 pixels holds no masked pixel."),
        ("500,0,64,30", "The frame at (500, 0) of 64 pixels at 30° lies outside the photo of 90 × 70 pixels."),
        ("0,0,0,30", "The frame at (0, 0) of 0 pixels at 30° has no area."),
        ("70,50,10,390", "The frame at (70, 50) of 10 pixels at 30° holds no masked pixel."),
    ],
)
def test_a_frame_that_sees_no_hole_is_refused(refused, photo: Path, mask: Path, frame: str, says: str):
    refused(photo, mask, "--frame", frame, says=says)


def test_alpha_needs_an_alpha_channel(refused, photo: Path):
    refused(photo, "alpha", says="no alpha channel")


def test_an_output_that_exists_is_not_touched(refused, photo: Path, mask: Path, tmp_path: Path):
    (tmp_path / "out.png").write_text("precious")
    refused(photo, mask, says="already exists")


def test_the_photo_itself_is_not_overwritten(refused, photo: Path, mask: Path):
    refused(photo, mask, "-o", photo, says="already exists")


def test_a_record_that_exists_is_not_touched(refused, photo: Path, mask: Path, tmp_path: Path):
    (tmp_path / "run.json").write_text("precious")
    refused(photo, mask, "--record", tmp_path / "run.json", says="run.json already exists")


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
    refused(
        photo,
        mask,
        "-o",
        tmp_path / f"out.{suffix}",
        says=f'out.{suffix} was not saved: the suffix ".{suffix}" is unknown.',
    )


@pytest.mark.parametrize("suffix", ["jpg", "bmp"])
def test_transparency_needs_a_format_that_holds_it(refused, mask: Path, tmp_path: Path, suffix: str):
    photo = write_photo(tmp_path / "clear.png", channels=4)
    refused(photo, mask, "-o", tmp_path / f"out.{suffix}", says=" cannot hold transparency.")


@pytest.mark.parametrize("suffix", ["jpg", "webp", "bmp"])
def test_16_bits_need_a_format_that_holds_them(refused, mask: Path, tmp_path: Path, suffix: str):
    photo = tmp_path / "deep.tif"
    tifffile.imwrite(photo, np.full((70, 90, 3), 999, np.uint16), photometric="rgb")
    refused(photo, mask, "-o", tmp_path / f"out.{suffix}", says=" cannot hold 16 bits per channel.")


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
        ("--model", "nobody", "Unknown model 'nobody'"),
        ("--model", "nowhere.safetensors", "File not found: nowhere.safetensors"),
        ("--device", "abacus", "abacus"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(refused, photo: Path, mask: Path, option: str, value: str, says: str):
    refused(photo, mask, option, value, says=says)


def test_a_gpu_where_there_is_none_is_a_sentence(refused, photo: Path, mask: Path, monkeypatch: pytest.MonkeyPatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    refused(photo, mask, "--device", "cuda", says="This machine has no NVIDIA GPU that torch can use (cuda).")
    refused(photo, mask, "--device", "cuda:3", says="This machine has no NVIDIA GPU that torch can use (cuda).")
    refused(photo, mask, "--device", "mps", says="This machine has no Apple GPU that torch can use (mps).")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("photo.png", "{} is not a model: it is not a safetensors file."),
        ("pickle.pt", "{} is a pickle, which could run code when it is opened"),
        ("short.safetensors", "The model file {} is damaged"),
        ("cardless.safetensors", "{} is a safetensors file but not a WganPaint model"),
        ("future.safetensors", "{} cannot be used. The model has format version 99"),
        ("grey.safetensors", "{} cannot be used. The network has 1 image channels; it must have 3"),
        ("wide.safetensors", "The weights in {} do not fit the network its card describes"),
        ("nan.safetensors", "The model file {} is broken"),
    ],
)
def test_a_file_that_cannot_be_the_model_is_refused_and_why(
    refused, photo: Path, mask: Path, tiny_model: Path, tmp_path: Path, name: str, says: str
):
    _write_unusable_models(tiny_model, tmp_path)
    refused(photo, mask, "--model", tmp_path / name, says=says.format(tmp_path / name))


def _write_unusable_models(good: Path, folder: Path) -> None:
    import torch
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    with safe_open(good, "pt") as file:
        card = json.loads(file.metadata()["wganpaint"])
    weights = load_file(good)

    def write(name: str, **changes: Any) -> None:
        save_file(weights, folder / f"{name}.safetensors", {"wganpaint": json.dumps(card | changes)})

    (folder / "pickle.pt").write_bytes(pickle.dumps({"weights": [1, 2, 3]}))
    (folder / "short.safetensors").write_bytes(good.read_bytes()[:-100])
    save_file(weights, folder / "cardless.safetensors")
    write("future", format=99)
    write("grey", network={**card["network"], "channels": 1})
    write("wide", network={**card["network"], "width": 8})
    next(value for value in weights.values() if value.is_floating_point()).view(-1)[0] = torch.nan
    write("nan", format=1)  # version 2 would find that its checksum differs


def test_a_full_disk_is_1_and_the_old_file_survives(
    inpaint, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out.png"
    out.write_text("old")
    _fill_disk_after(0, monkeypatch)
    ran = inpaint(photo, "--mask", mask, "-o", out, "--force")
    assert (ran.code, ran.out) == (1, "")
    (complaint,) = ran.complaints
    assert "out.png was not saved: the disk is full." in complaint
    assert out.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"photo.png", "mask.png", "out.png"}


@pytest.mark.parametrize("as_json", [False, True])
def test_a_disk_that_fills_up_between_two_files_keeps_and_tells_the_first(
    inpaint, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
):
    _fill_disk_after(1, monkeypatch)
    out, record = tmp_path / "out.png", tmp_path / "run.json"
    arguments = ("--method", "both", "--record", record, *(("--json",) if as_json else ()))
    ran = inpaint(photo, "--mask", mask, "-o", out, *arguments)
    first = tmp_path / "out-yeh.png"
    assert ran.code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mask.png", "out-yeh.png", "photo.png"]
    *_, of_second, of_record, kept = ran.complaints
    assert "out-critic.png was not saved: the disk is full." in of_second
    assert "run.json was not saved: the disk is full." in of_record
    assert kept == f"wganpaint: {photo}: also written: {first}"
    if as_json:
        (result,) = ran.objects
        assert result["method"] == "both"
        assert [one["output"] for one in result["results"]] == [str(first)]
        assert result["changed_outside_mask"] == 0
    else:
        assert ran.out == f"{first}\n"


def test_a_record_that_cannot_be_written_leaves_the_photo_told(
    inpaint, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _fill_disk_after(1, monkeypatch)
    ran = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--record", tmp_path / "run.json", "--json")
    assert ran.code == 1
    (result,) = ran.objects
    assert (result["output"], result["method"]) == (str(tmp_path / "out.png"), "yeh")
    assert "run.json was not saved" in ran.complaints[0]


@pytest.mark.parametrize("option", ["-o", "--record"])
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is where not even root makes a file")
def test_an_error_of_an_output_names_that_file_alone(inpaint, photo: Path, mask: Path, tmp_path: Path, option: str):
    files = {"-o": tmp_path / "out.png", option: Path("/proc/x.png")}
    ran = inpaint(photo, "--mask", mask, *(part for pair in files.items() for part in pair))
    (said,) = [line for line in ran.complaints if "/proc/x.png" in line]
    assert said.startswith("wganpaint: /proc/x.png ")
    assert said.endswith("Choose another folder.")


def test_an_existing_output_is_named_alone(inpaint, photo: Path, mask: Path, tmp_path: Path):
    out = tmp_path / "out.png"
    out.write_text("old")
    (complaint,) = inpaint(photo, "--mask", mask, "-o", out).complaints
    assert complaint.startswith(f"wganpaint: {out} already exists.")


def test_an_error_without_a_file_of_its_own_names_the_photo(inpaint, photo: Path, tmp_path: Path):
    (complaint,) = inpaint(photo, "--mask", "alpha", "-o", tmp_path / "out.png").complaints
    assert complaint.startswith(f"wganpaint: {photo}: The photo has no alpha channel.")


def _fill_disk_after(files: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes that many files and is full from then on."""
    whole, written = os.fsync, []

    def fsync(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            written.append(descriptor)
        if len(written) > files:
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


def test_an_unexpected_error_is_a_line_for_the_person_and_a_traceback_in_the_log(
    inpaint, photo: Path, mask: Path, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
):
    def explode(*_: object, overwrite: bool) -> None:
        raise RuntimeError("the\nunforeseen")

    monkeypatch.setattr("wganpaint_gui.ml.batch.fill_photo.save_photo", explode)
    ran = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png")
    assert ran.code == 1
    (complaint,) = ran.complaints
    assert "RuntimeError: the unforeseen" in complaint
    assert "Traceback" in (own_home / "log" / "command-line.log").read_text()
