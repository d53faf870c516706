"""Photos in the real window: one after another, copied, bad ones, and what would be lost with them."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from tests.gui.conftest import Editor
from tests.gui.file_helpers import settle
from tests.gui.shown import shown_message
from wganpaint_gui.core.photo.photo_folder import photos_in
from wganpaint_gui.gui.files import neighbours
from wganpaint_gui.gui.files.neighbours import neighbour
from wganpaint_gui.gui.fill.fill_state import FillState

without_engine = pytest.mark.usefixtures("without_engine")


def test_opening_another_photo_in_the_middle_of_a_run_ends_the_run(editor: Editor, photo: Path):
    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 2)
    editor.open(photo)
    editor.wait(lambda: editor.controller.fill is None)
    editor.wait_for_state(FillState.NO_MASK)
    editor.wait(lambda: editor.controller.wait(0))


@without_engine
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.png", b"", "empty.png"),
        ("text.jpg", b"this is no photo", "text.jpg"),
        ("missing.png", None, "missing.png"),
    ],
)
def test_a_bad_file_is_said_in_the_bar_and_the_open_photo_stays(
    editor: Editor, tmp_path: Path, name: str, content: bytes | None, said: str
):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    document = editor.document
    if content is not None:
        (tmp_path / name).write_bytes(content)
    editor.window.open_photos([tmp_path / name])
    editor.wait(lambda: said in shown_message(editor.window.messages))
    assert editor.document is document
    assert "Traceback" not in shown_message(editor.window.messages)


def test_a_kept_fill_that_is_not_saved_is_asked_about(editor: Editor, sample_photo_path: Path):
    editor.ready_to_fill(steps=2)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait(lambda: editor.document.history.undo_name == "fill")
    document = editor.document
    editor.window.close()
    assert editor.window.isVisible(), "the question comes first"
    box = editor.window.findChild(object, "unsavedBox")
    assert box is not None
    box.reject()  # type: ignore[attr-defined]
    assert editor.window.isVisible()
    assert editor.document is document


@without_engine
def test_page_down_opens_the_next_photo_of_the_folder(editor: Editor, tmp_path: Path):
    for name, colour in (("a.png", "red"), ("b.png", "green"), ("c.txt", "blue")):
        Image.new("RGB", (90, 70), colour).save(tmp_path / name, "PNG")
    editor.open(tmp_path / "a.png")
    first = editor.document
    editor.act("next_photo")
    editor.wait(lambda: editor.document is not first)
    assert tuple(editor.document.photo.pixels[0, 0]) == (0, 128, 0)
    editor.act("next_photo")
    editor.wait(lambda: "No more photos" in shown_message(editor.window.messages))


@without_engine
def test_page_down_does_not_wait_for_a_slow_folder(editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Steps made while the folder is listed start from what is found; the window lives on meanwhile."""
    for name in "abcd":
        Image.new("RGB", (90, 70), "red").save(tmp_path / f"{name}.png")
    editor.open(tmp_path / "a.png")
    listed = threading.Event()

    def slow(folder: Path) -> list[Path]:
        listed.wait(10)
        return photos_in(folder)

    monkeypatch.setattr(neighbours, "photos_in", slow)
    for action in ("next_photo", "next_photo", "next_photo", "previous_photo"):
        editor.act(action)
    assert not listed.is_set()
    listed.set()
    editor.wait(lambda: editor.document.photo.path == tmp_path / "c.png")


@without_engine
def test_another_photo_opened_meanwhile_stays(editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in "abz":
        Image.new("RGB", (90, 70), "red").save(tmp_path / f"{name}.png")
    editor.open(tmp_path / "a.png")
    listed = threading.Event()
    monkeypatch.setattr(
        neighbours, "photos_in", lambda _: [tmp_path / "a.png", tmp_path / "b.png"][: listed.wait(10) * 2]
    )
    editor.act("next_photo")
    editor.window.open_photos([tmp_path / "z.png"])
    listed.set()
    editor.wait(lambda: editor.window.files.neighbours.background.pending == 0)
    editor.wait(lambda: editor.document.photo.path == tmp_path / "z.png")


@without_engine
def test_a_step_from_the_photo_opened_meanwhile_is_not_lost(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    listed = threading.Event()

    def slow(folder: Path) -> list[Path]:
        if folder.name == "slow":
            listed.wait(10)
        return photos_in(folder)

    for folder in ("slow", "quick"):
        (tmp_path / folder).mkdir()
        for name in "ab":
            Image.new("RGB", (90, 70), "red").save(tmp_path / folder / f"{name}.png")
    monkeypatch.setattr(neighbours, "photos_in", slow)
    editor.open(tmp_path / "slow" / "a.png")
    editor.act("next_photo")
    editor.open(tmp_path / "quick" / "a.png")
    editor.act("next_photo")
    listed.set()
    editor.wait(lambda: editor.document.photo.path == tmp_path / "quick" / "b.png")


@pytest.mark.parametrize("gone", [False, True])
def test_steps_end_at_the_ends_of_the_row(gone: bool):
    row = [Path(f"IMG_{number}.png") for number in (1, 2, 10, 11)]
    here = row[1]
    photos = [path for path in row if not (gone and path == here)]
    assert [neighbour(here, offset, photos) for offset in (-9, -1, 1, 2, 9)] == [row[0], row[0], row[2], row[3], row[3]]
    assert neighbour(row[3], 1, row) is None
    assert neighbour(row[0], -2, row) is None
    assert neighbour(Path("z.png"), 1, row) is None
    assert neighbour(Path("a.png"), -1, row) is None
    assert neighbour(here, 1, []) is None


@without_engine
def test_a_photo_that_cannot_be_read_is_stepped_over(editor: Editor, tmp_path: Path):
    for name in ("a.png", "c.png"):
        Image.new("RGB", (90, 70), "red").save(tmp_path / name)
    (tmp_path / "b.png").write_bytes(b"no photo")
    editor.open(tmp_path / "a.png")
    first = editor.document
    editor.act("next_photo")
    editor.wait(lambda: "b.png" in shown_message(editor.window.messages))
    editor.act("next_photo")
    editor.wait(lambda: editor.document is not first)
    assert editor.document.photo.path == tmp_path / "c.png"


@without_engine
def test_the_page_keys_lead_through_several_photos_opened_at_once(editor: Editor, tmp_path: Path):
    given = [tmp_path / "z" / "one.png", tmp_path / "a" / "two.png"]
    for path in given:
        path.parent.mkdir()
        Image.new("RGB", (90, 70), "red").save(path)
    editor.window.open_photos(given)
    editor.wait(lambda: editor.window.document is not None)
    assert editor.document.photo.path == given[0]
    editor.act("next_photo")
    editor.wait(lambda: editor.document.photo.path == given[1])


@without_engine
def test_what_is_copied_can_be_pasted(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    first = editor.document
    editor.act("copy")
    editor.wait(lambda: editor.window.files.files.background.pending == 0)
    editor.act("paste")
    editor.wait(lambda: editor.document is not first)
    assert np.array_equal(editor.document.photo.pixels, first.photo.pixels)


def test_a_photo_that_was_replaced_is_freed(editor: Editor, photo: Path):
    editor.ready_to_fill()
    before = weakref.ref(editor.document)
    gc.collect()
    gc.disable()
    try:
        editor.open(photo)
        editor.wait(lambda: before() is None)
    finally:
        gc.enable()


@contextmanager
def reading_takes_long(editor: Editor) -> Iterator[None]:
    """Reading stops at its first news until the end of the block."""
    files, release = editor.window.files.files, threading.Event()
    files.patience = 0.0
    held = files.reading.connect(lambda path, percent: release.wait(30), Qt.ConnectionType.DirectConnection)
    try:
        yield
    finally:
        release.set()
        files.background.submit(lambda: None, lambda _: files.reading.disconnect(held), lambda error: None)


@without_engine
def test_a_photo_that_takes_long_tells_how_far_it_is(opened: Editor, photo: Path):
    with reading_takes_long(opened):
        opened.window.open_photos([photo.with_name("second.png")])
        opened.wait(lambda: shown_message(opened.window.messages) == "Opening second.png: 0%")
    opened.wait(lambda: opened.document.photo.path == photo.with_name("second.png"))
    assert shown_message(opened.window.messages) == ""


@without_engine
def test_reading_a_photo_can_be_cancelled(opened: Editor, photo: Path):
    document = opened.document
    with reading_takes_long(opened):
        opened.window.open_photos([photo.with_name("second.png")])
        opened.wait(lambda: [button.text() for button in opened.choices] == ["Cancel"])
        opened.choices[0].click()
    settle(opened)
    assert opened.document is document
    assert shown_message(opened.window.messages) == ""
    opened.act("next_photo")
    opened.wait(lambda: opened.document.photo.path == photo.with_name("second.png"))


@without_engine
def test_another_photo_takes_the_place_of_one_that_takes_long(opened: Editor, photo: Path, sample_photo_path: Path):
    with reading_takes_long(opened):
        opened.window.open_photos([photo.with_name("second.png")])
        opened.wait(lambda: "Opening" in shown_message(opened.window.messages))
        opened.window.open_photos([sample_photo_path])
    opened.wait(lambda: opened.document.photo.path == sample_photo_path)
    settle(opened)
    assert "Opening" not in shown_message(opened.window.messages)
