"""Fills that are kept while the person goes on: whatever is undone or painted meanwhile counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.gui.conftest import FACE, MOUTH, PATIENCE, Editor
from tests.gui.file_helpers import save_project_as
from tests.gui.shown import shown_message
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_photo
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.fill.fill_state import FillState


def test_undoing_an_earlier_fill_ends_the_search_that_saw_it(editor: Editor):
    editor.ready_to_fill(steps=2)
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    editor.paint((200, 110), (215, 112))
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("undo")  # the stroke: the mask is empty, nothing is left to fill
    editor.wait(lambda: editor.controller.fill is None)
    editor.act("redo")
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("undo")
    editor.act("undo")
    assert editor.controller.fill is None
    assert np.array_equal(editor.document.photo.pixels, opened)


def test_a_fill_in_a_turned_frame_is_kept_inside_it_alone(editor: Editor):
    editor.ready_to_fill(steps=2)
    frame = replace(FACE, size=60, angle=40)  # its corners cut the mouth
    editor.document.set_frames([frame])
    opened, masked = editor.document.photo.pixels.copy(), hole(editor.document.mask)
    inside = frame.holds(editor.document.photo.box)
    assert 0 < (masked & inside).sum() < masked.sum()
    editor.act("run")
    editor.choose("Fill inside the frame")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    changed = (editor.document.photo.pixels != opened).any(axis=2)
    assert changed[masked & inside].mean() > 0.5
    assert not changed[~(masked & inside)].any()
    assert np.array_equal(hole(editor.document.mask), masked & ~inside)


def test_a_fill_is_not_written_where_the_mask_was_taken_away_meanwhile(editor: Editor):
    editor.ready_to_fill()
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.document.replace_mask("clear mask", np.zeros_like(editor.document.mask))
    editor.paint((400, 400), (410, 400))
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    assert np.array_equal(editor.document.photo.pixels, opened)
    assert "no longer covers" in shown_message(editor.window.messages)
    assert editor.document.changed_outside_mask() == 0


def test_undoing_the_stroke_while_a_fill_is_being_kept_writes_nothing(editor: Editor):
    editor.ready_to_fill()
    editor.document.set_frames(())
    editor.document.set_frames([FACE])
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.document.replace_mask("clear mask", np.zeros_like(editor.document.mask))
    editor.wait(lambda: editor.controller.fill is None)
    assert np.array_equal(editor.document.photo.pixels, opened)


def test_what_is_painted_while_a_fill_is_being_kept_stays_to_be_filled(editor: Editor):
    editor.ready_to_fill()
    document = editor.document
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    opened, to_fill = document.photo.pixels.copy(), hole(document.mask)
    editor.act("keep")
    editor.paint(MOUTH[0], (204, 400))  # begins in the hole, ends outside the frame
    QTest.mousePress(editor.window.canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen(MOUTH[1]))
    editor.wait(lambda: editor.controller.background.pending == 0)
    assert editor.controller.fill is not None, "it waits for the end of the stroke"
    QTest.mouseRelease(editor.window.canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen(MOUTH[1]))
    painted = document.mask.copy()
    editor.wait(lambda: editor.controller.fill is None)
    assert document.history.undo_name == "fill"
    changed = (document.photo.pixels != opened).any(axis=2)
    assert changed[to_fill].any()
    assert not changed[~to_fill].any()
    assert np.array_equal(hole(document.mask), hole(painted) & ~to_fill)
    assert document.changed_outside_mask() == 0
    editor.act("undo")
    assert np.array_equal(document.photo.pixels, opened)
    assert np.array_equal(document.mask, painted)


@pytest.mark.parametrize("save", ["save", "save_project"])
def test_what_is_saved_at_once_holds_the_fill_that_is_being_kept(editor: Editor, tmp_path: Path, save: str):
    photo = tmp_path / "portrait.png"
    photo.write_bytes(resource("sample-portrait.png").read_bytes())
    project = tmp_path / "portrait.wganpaint"
    editor.ready_to_fill()
    editor.open(photo)
    editor.paint(*MOUTH)
    editor.document.set_frames([FACE])
    if save == "save_project":
        save_project_as(editor, project)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    files = editor.window.files
    saved = files.files.saved if save == "save" else files.projects.changed
    with editor.qtbot.waitSignal(saved, timeout=PATIENCE):
        editor.act("keep")
        editor.act(save)
    if save == "save":
        stored = load_photo(tmp_path / "portrait-filled.png").pixels
    else:
        stored = ProjectFile(project).read().document.photo.pixels
    assert np.array_equal(stored, editor.document.photo.pixels)
    assert not np.array_equal(stored, load_photo(photo).pixels)


def test_a_save_waits_no_longer_for_a_fill_that_is_discarded(editor: Editor, tmp_path: Path):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    called: list[FillState] = []
    editor.act("keep")
    editor.controller.when_kept(lambda: called.append(editor.controller.state))
    assert not called
    editor.act("discard")
    editor.wait(lambda: bool(called))
    assert called == [FillState.READY]


def test_continuing_while_a_fill_is_being_kept_starts_nothing(editor: Editor):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.act("more_steps")
    editor.wait(lambda: editor.document.history.undo_name == "fill")
    assert editor.controller.fill is None
    editor.wait(lambda: editor.controller.wait(0))


def test_a_transparent_hole_looks_filled_before_and_after_it_is_kept(
    editor: Editor, sample_photo_path: Path, tmp_path: Path
):
    pixels = load_photo(sample_photo_path).pixels
    cut = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
    cut[134:150, 200:246] = 255, 0, 255, 0
    save_photo(photo_from_pixels(cut), tmp_path / "cut.png")
    editor.open(tmp_path / "cut.png")
    document = editor.document

    def shown() -> np.ndarray:
        """[h, w, 3] of the window, a little inside the transparent pixels."""
        editor.window.canvas.zoom_actual()  # the view moves to the frame and back
        corners = editor.on_screen((206, 138)), editor.on_screen((240, 146))
        image = editor.window.canvas.grab(QRect(*corners)).toImage().convertToFormat(QImage.Format.Format_RGB888)
        values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return values[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)

    def checkerboard() -> bool:
        return bool(np.isin(shown(), [0xCF, 0xFF]).all())

    mask = np.zeros(cut.shape[:2], np.uint8)
    mask[130:154, 196:250] = 255
    document.replace_mask("mask", mask)
    document.set_frames([FACE])
    editor.window.fill_panel.settings.set_config(InpaintConfig(start="random", steps=2, refine=0, candidates=1))
    editor.wait_for_state(FillState.READY)
    editor.act("mask_show")
    assert checkerboard()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.wait(lambda: not checkerboard())
    preview = shown()
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    assert (document.photo.pixels[134:150, 200:246, 3] == 255).all()
    assert np.abs(shown() - preview).mean() < 3, "what is kept is what was shown"
    editor.act("undo")
    assert np.array_equal(document.photo.pixels, cut)
    assert checkerboard()
