"""Filling a folder: whatever one photo is like, the others are filled, and the report says what became of each."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.ml.batch.fill_folder import FolderReport, FolderRequest, State, fill_folder, plan_folder

SIDE = 40


@pytest.fixture
def folders(tmp_path: Path) -> FolderRequest:
    """Three photos with a mask each, to be filled from their surroundings."""
    request = FolderRequest(tmp_path / "photos", tmp_path / "masks", tmp_path / "results", "surroundings")
    request.photos.mkdir()
    request.masks.mkdir()
    for name in ("a", "b", "c"):
        write_photo(request.photos / f"{name}.png")
        write_mask(request.masks / f"{name}.png")
    return request


def write_photo(path: Path) -> None:
    ramp = np.linspace(0, 255, SIDE).astype(np.uint8)
    Image.fromarray(np.stack([np.broadcast_to(ramp, (SIDE, SIDE))] * 3, axis=2)).save(path)


def write_mask(path: Path) -> None:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[18:20, 18:21] = 255
    Image.fromarray(mask).save(path)


def filled(request: FolderRequest) -> FolderReport:
    report = FolderReport()
    for _ in fill_folder(request, None, report):
        pass
    return report


def states(report: FolderReport) -> dict[str, State]:
    return {row.file.name: row.state for row in report.rows}


def test_every_photo_is_filled_under_its_own_name(folders: FolderRequest):
    assert states(filled(folders)) == {"a.png": "filled", "b.png": "filled", "c.png": "filled"}
    assert sorted(path.name for path in folders.results.iterdir()) == ["a.png", "b.png", "c.png"]


def test_a_damaged_photo_and_an_empty_mask_do_not_stop_the_others(folders: FolderRequest):
    (folders.photos / "a.png").write_bytes(b"no picture")
    Image.new("L", (SIDE, SIDE)).save(folders.masks / "b.png")
    report = filled(folders)
    assert states(report) == {"a.png": "failed", "b.png": "failed", "c.png": "filled"}
    assert "marks nothing" in report.rows[1].message


def test_a_photo_that_is_deleted_meanwhile_is_reported_and_the_rest_filled(folders: FolderRequest):
    report = FolderReport()
    for step in fill_folder(folders, None, report):
        if step.photo is not None and step.photo.name == "a.png":
            (folders.photos / "b.png").unlink(missing_ok=True)
    assert states(report) == {"a.png": "filled", "b.png": "failed", "c.png": "filled"}
    assert "b.png" in report.rows[1].message


def test_missing_duplicate_and_misnamed_masks_are_reported(folders: FolderRequest):
    (folders.masks / "a.png").unlink()
    write_mask(folders.masks / "b.bmp")
    (folders.masks / "c.png").rename(folders.masks / "see.png")
    report = filled(folders)
    messages = {row.file.name: row.message for row in report.rows}
    assert states(report) == {
        "a.png": "failed",
        "b.png": "unused",  # of the two masks, as none was taken
        "b.bmp": "unused",
        "c.png": "failed",
        "see.png": "unused",
    }
    assert messages["see.png"] == "No photo named see needs this mask."
    assert "Save one there as a.png." in messages["a.png"]


def test_a_mask_may_have_the_name_that_the_editor_proposes(folders: FolderRequest):
    (folders.masks / "a.png").rename(folders.masks / "a-mask.png")
    assert states(filled(folders))["a.png"] == "filled"


def test_masks_among_the_photos_are_no_photos(folders: FolderRequest):
    for mask in folders.masks.iterdir():
        mask.rename(folders.photos / f"{mask.stem}-mask.png")
    together = FolderRequest(folders.photos, folders.photos, folders.results, "surroundings")
    assert states(filled(together)) == {"a.png": "filled", "b.png": "filled", "c.png": "filled"}


@pytest.mark.parametrize("place", ["photos", "masks"])
def test_results_never_replace_photos_or_masks(folders: FolderRequest, place: str):
    over = FolderRequest(folders.photos, folders.masks, getattr(folders, place), "surroundings", replace=True)
    before = {path: path.read_bytes() for path in over.results.iterdir()}
    with pytest.raises(UsageError, match=f"holds the {place}, which the results must not replace"):
        filled(over)
    assert before == {path: path.read_bytes() for path in over.results.iterdir()}


def test_a_result_that_is_a_link_to_its_photo_is_refused(folders: FolderRequest):
    folders.results.mkdir()
    (folders.results / "a.png").symlink_to(folders.photos / "a.png")
    before = (folders.photos / "a.png").read_bytes()
    report = filled(FolderRequest(folders.photos, folders.masks, folders.results, "surroundings", replace=True))
    assert states(report)["a.png"] == "failed"
    assert (folders.photos / "a.png").read_bytes() == before


def test_what_is_filled_already_is_skipped_or_on_request_filled_again(folders: FolderRequest):
    folders.results.mkdir()
    (folders.results / "a.png").write_bytes(b"before")
    assert states(filled(folders))["a.png"] == "skipped"
    assert (folders.results / "a.png").read_bytes() == b"before"
    again = FolderRequest(folders.photos, folders.masks, folders.results, "surroundings", replace=True)
    assert set(states(filled(again)).values()) == {"filled"}


def test_two_photos_with_one_result_are_not_mixed_up(folders: FolderRequest):
    Image.open(folders.photos / "a.png").save(folders.photos / "a.gif")  # cannot be written: becomes a.png as well
    report = filled(folders)
    assert states(report) == {"a.gif": "filled", "a.png": "failed", "b.png": "filled", "c.png": "filled"}


def test_a_stopped_folder_keeps_what_is_finished(folders: FolderRequest):
    report = FolderReport()
    steps = fill_folder(folders, None, report)
    for step in steps:
        if step.done == 1:
            break
    steps.close()  # type: ignore[attr-defined]
    assert [path.name for path in folders.results.iterdir()] == ["a.png"]
    assert states(report) == {"a.png": "filled"}


def test_the_report_is_a_table_that_spreadsheets_read(folders: FolderRequest, tmp_path: Path):
    (folders.masks / "b.png").unlink()
    report, path = filled(folders), tmp_path / "report.csv"
    report.save(path, overwrite=False)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [(Path(row["file"]).name, row["result"]) for row in rows] == [
        ("b.png", "failed"),
        ("a.png", "filled"),
        ("c.png", "filled"),
    ]


def test_of_many_photos_no_folder_is_listed_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    request = FolderRequest(tmp_path / "photos", tmp_path / "masks", tmp_path / "results", "surroundings")
    request.photos.mkdir()
    request.masks.mkdir()
    for number in range(2_000):
        (request.photos / f"{number}.jpg").touch()
    (request.masks / "7.png").touch()
    report, listed = FolderReport(), 0

    def scan(folder: Path) -> Any:
        nonlocal listed
        listed += 1
        return real(folder)

    real = os.scandir
    monkeypatch.setattr(os, "scandir", scan)
    planned = plan_folder(request, report)
    assert listed < 10, "no folder is listed anew for each photo"
    assert [one.photo.name for one in planned] == ["7.jpg"]
    assert report.count("failed") == 1_999
