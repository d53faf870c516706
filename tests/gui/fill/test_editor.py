"""The main job, done with mouse and keys in the real window with the shipped model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from tests.gui.conftest import FACE, MOUTH, Editor
from tests.gui.file_helpers import click, found
from tests.gui.seen import pixels_of
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.search.composed_fill import FillSnapshot, Selection
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.widgets import KeyButton


def test_paint_run_pause_continue_scrub_keep_undo_and_save(editor: Editor, tmp_path: Path, sample_photo_path: Path):
    photo = tmp_path / "portrait.png"
    photo.write_bytes(sample_photo_path.read_bytes())
    editor.ready_to_fill(steps=400)
    editor.open(photo)
    editor.paint(*MOUTH)
    editor.document.set_frames([FACE])
    editor.wait_for_state(FillState.READY)
    opened, mask = editor.document.photo.pixels.copy(), editor.document.mask.copy()
    assert mask.any()

    QTest.keyClick(editor.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    editor.wait(lambda: editor.steps > 5)
    assert editor.window.search_panel.isVisible()
    assert len(editor.window.search_panel.lanes) == 2

    QTest.keyClick(editor.window, Qt.Key.Key_P)
    editor.wait_for_state(FillState.PAUSED)
    standing = editor.steps
    with editor.qtbot.waitSignal(editor.controller.shown, check_params_cb=lambda frame: frame.shown_step == 1):
        editor.window.search_panel.timeline.choose(1)
    assert editor.steps <= standing + 1, "a paused search ends the step it is in, and no other"
    QTest.keyClick(editor.window, Qt.Key.Key_P)
    editor.wait(lambda: editor.steps > standing + 3)
    QTest.keyClick(editor.window, Qt.Key.Key_Escape)
    editor.wait_for_state(FillState.FINISHED)

    taken = editor.steps
    editor.act("more_steps")
    editor.wait(lambda: editor.steps > taken)
    editor.act("stop")
    editor.wait_for_state(FillState.FINISHED)
    assert np.array_equal(editor.document.photo.pixels, opened), "a search changes nothing"

    with editor.qtbot.waitSignal(editor.controller.shown, check_params_cb=lambda frame: frame.shown_step == 2):
        editor.window.search_panel.timeline.choose(2)
    QTest.keyClick(editor.window, Qt.Key.Key_Return)
    editor.wait(lambda: editor.document.history.undo_name == "fill")
    kept = editor.document.photo.pixels.copy()
    assert not np.array_equal(kept, opened)
    assert np.array_equal(kept[~hole(mask)], opened[~hole(mask)])
    assert not editor.document.mask.any()
    assert editor.document.changed_outside_mask() == 0

    QTest.keyClick(editor.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(editor.document.photo.pixels, opened)
    assert np.array_equal(editor.document.mask, mask), "undoing a fill brings its mask back"
    QTest.keyClick(editor.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(editor.document.photo.pixels, kept)

    with editor.qtbot.waitSignal(editor.window.files.files.saved, timeout=10_000):
        QTest.keyClick(editor.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(load_photo(tmp_path / "portrait-filled.png").pixels, kept)
    assert np.array_equal(load_photo(photo).pixels, opened), "the opened file is untouched"
    assert "0 pixels changed outside the mask" in shown_message(editor.window.messages)


def test_the_frame_is_found_and_shown_before_anything_runs(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    editor.paint(*MOUTH)
    editor.wait(lambda: len(editor.window.frame_planner.frames) == 1)
    (frame,) = editor.window.frame_planner.frames
    overlap = frame.box.intersect(FACE.box).area / frame.box.union(FACE.box).area
    assert overlap > 0.5, frame


def test_lambda_and_mask_may_change_while_it_runs_and_it_goes_on_from_its_latents(editor: Editor):
    editor.ready_to_fill(steps=10_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 3)
    fill: Any = editor.controller.fill
    field = editor.window.fill_panel.settings.context_weight.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    editor.wait(lambda: fill.config.context_weight == 3.0)
    assert editor.controller.state is FillState.RUNNING, "Return in a field keeps no fill"
    before, taken = fill.frame_mask.copy(), editor.steps
    editor.paint((190, 110), (200, 112))
    editor.wait(lambda: np.array_equal(fill.frame_mask, editor.document.mask[fill.frame.box.slices]))
    assert (hole(fill.frame_mask) & ~hole(before)).any()
    editor.wait(lambda: fill.search.best.steps.min() >= taken)  # losses under two masks cannot be compared
    assert editor.controller.fill is fill, "the same search"
    jumps = np.abs(np.diff(fill.search.log.latents, axis=0)).max()
    assert jumps < 0.2, "latents move by steps, they never start anew"
    editor.act("stop")
    editor.wait_for_state(FillState.FINISHED)


def test_a_click_on_a_candidate_puts_it_onto_the_photo(editor: Editor):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)

    def shows(method: int, candidate: int) -> Callable[[FillSnapshot], bool]:
        return lambda frame: frame.selection == Selection(method, candidate)

    lane = editor.window.search_panel.lanes[1]
    with editor.qtbot.waitSignal(editor.controller.shown, timeout=10_000, check_params_cb=shows(1, 1)):
        lane.candidate_chosen.emit(1)
    # The next after the last is the first.
    with editor.qtbot.waitSignal(editor.controller.shown, timeout=10_000, check_params_cb=shows(1, 0)):
        QTest.keyClick(editor.window, Qt.Key.Key_Period)


def test_discarding_leaves_photo_and_mask_as_they_were(editor: Editor):
    editor.ready_to_fill()
    before, mask = editor.document.photo.pixels.copy(), editor.document.mask.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    QTest.keyClick(editor.window, Qt.Key.Key_Backspace)
    editor.wait_for_state(FillState.READY)
    assert np.array_equal(editor.document.photo.pixels, before)
    assert np.array_equal(editor.document.mask, mask)
    assert not editor.window.search_panel.isVisible()


def test_a_mask_beyond_the_frame_is_said_so_with_the_choice_to_grow_it(editor: Editor):
    editor.ready_to_fill()
    editor.paint((300, 300), (320, 300))
    editor.act("run")
    outside = np.count_nonzero(editor.document.mask > 127) - np.count_nonzero(
        editor.document.mask[FACE.box.slices] > 127
    )
    said = f"The frame leaves out {outside} masked pixels, which would not be filled."
    assert shown_message(editor.window.messages) == said
    assert editor.controller.state is FillState.READY
    editor.choose("Grow the frame")
    editor.wait_for_state(FillState.FINISHED)
    frame = editor.document.frames[0]
    assert frame.box.contains(FACE.box)
    assert frame.x + frame.size >= 330


def test_several_masked_faces_are_filled_one_after_another(editor: Editor, tmp_path: Path, sample_photo_path: Path):
    portrait = Image.open(sample_photo_path)
    pair = Image.new("RGB", (1024, 512))
    pair.paste(portrait, (0, 0))
    pair.paste(portrait, (512, 0))
    pair.save(tmp_path / "pair.png")
    editor.ready_to_fill(steps=3, methods=("yeh",))
    editor.open(tmp_path / "pair.png")
    editor.paint(*MOUTH)
    editor.paint(*((x + 512, y) for x, y in MOUTH))
    editor.wait(lambda: len(editor.window.frame_planner.frames) == 2)
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    assert "1 of 2" in editor.window.search_panel.title.text()
    editor.act("keep")
    editor.wait(lambda: "2 of 2" in editor.window.search_panel.title.text())
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    assert editor.document.history.done_names.count("fill") == 2
    assert editor.document.changed_outside_mask() == 0


def test_closing_the_window_in_the_middle_of_a_run_ends_it(editor: Editor):
    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 2)
    editor.window.close()
    click(found(editor, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Discard)
    assert not editor.window.isVisible()
    assert editor.controller.wait(0), "all threads have ended"


def test_letters_typed_into_a_number_do_not_choose_tools(editor: Editor):
    editor.ready_to_fill()
    field = editor.window.fill_panel.settings.steps.field
    field.setFocus()
    QTest.keyClicks(field, "7e")
    assert editor.window.actions_by_id["tool_brush"].isChecked()


def test_while_tab_is_held_the_original_is_shown(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    canvas = editor.window.canvas
    at = editor.on_screen(MOUTH[1])

    def colour() -> list[int]:
        return pixels_of(canvas)[at.y(), at.x()].tolist()

    opened = colour()
    editor.paint(*MOUTH)
    masked = colour()
    assert masked != opened
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    assert colour() == opened
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)
    assert colour() == masked


def test_settings_changed_while_the_frame_is_looked_for_count(editor: Editor):
    editor.ready_to_fill()
    editor.document.set_frames(())
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    assert editor.controller.preparing
    config = InpaintConfig(start="random", context_weight=7, blend="none", steps=5, refine=0, candidates=2)
    editor.window.fill_panel.settings.set_config(config)
    editor.controller.apply_settings(editor.window.fill_panel.settings.config)
    editor.wait_for_state(FillState.FINISHED)
    fill: Any = editor.controller.fill
    editor.wait(lambda: fill.config.blend == "none")
    assert fill.config.context_weight == 7


def test_a_search_paused_while_the_frame_is_looked_for_waits_at_its_first_step(editor: Editor):
    editor.ready_to_fill()
    editor.document.set_frames(())
    editor.wait_for_state(FillState.READY)
    button = editor.window.fill_panel.button
    for _ in range(2):  # to start, and to pause
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with editor.qtbot.assertNotEmitted(editor.controller.progressed, wait=100):
        editor.wait(lambda: editor.controller.fill is not None)
    assert editor.controller.state is FillState.PAUSED
    assert editor.steps == 0
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    editor.wait_for_state(FillState.FINISHED)


def test_the_second_of_two_frames_can_be_moved(editor: Editor):
    editor.ready_to_fill()
    second = Frame(300, 300, 120)
    editor.document.set_frames([FACE, second])
    editor.wait(lambda: len(editor.window.frame_planner.frames) == 2)
    editor.window.canvas.frame_selected.emit(1)
    editor.window.canvas.frame_edited.emit(Frame(310, 305, 130))
    assert editor.document.frames == (FACE, Frame(310, 305, 130))


def test_too_little_memory_is_said_and_the_search_goes_on(editor: Editor, monkeypatch: pytest.MonkeyPatch):
    editor.ready_to_fill(candidates=4)
    model: Any = editor.window.engine.model
    generate = type(model).generate_in_step

    def scarce(self: Any, z: Any) -> Any:
        if len(z) > 4:  # two candidates for both methods
            raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate too much")
        return generate(self, z)

    monkeypatch.setattr(type(model), "generate_in_step", scarce)
    editor.act("run")
    editor.wait(lambda: "2 at a time" in shown_message(editor.window.messages))
    editor.wait_for_state(FillState.FINISHED)


def test_a_mask_on_no_face_is_said_before_the_run(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None and editor.window.engine.card is not None)
    editor.paint((60, 440), (90, 460))
    warning = editor.window.engine.card.faceless_warning
    name = editor.window.engine.card.name
    said = (
        f"No face was found under the mask, and {name} knows only faces: the mask will be filled from the surroundings."
    )
    note = editor.window.fill_panel.result.note
    editor.wait(lambda: note.text() == said)
    assert shown_message(editor.window.messages) == "", "it is said once"
    planned, canvas = editor.window.frame_planner.frames, editor.window.canvas
    assert planned
    assert canvas.frames == (), "the model's frame has nothing to do with it"
    canvas.set_tool(Tool.FRAME)
    assert canvas.frames == planned, "to move it and search there"
    canvas.set_tool(Tool.BRUSH)
    editor.window.fill_panel.settings.set_config(InpaintConfig(start="random", steps=2, refine=0, candidates=1))
    editor.act("fill_surroundings")  # which the warning is not about
    editor.wait_for_state(FillState.COPIED)
    assert note.text() == ""
    editor.act("run")
    editor.wait(lambda: editor.steps > 0)
    assert note.text() == warning, "it stays while the model searches"
    editor.wait_for_state(FillState.FINISHED)
    editor.act("discard")
    editor.act("mask_clear")
    editor.wait(lambda: note.text() == "")


def test_device_speed_step_and_pause_are_each_shown_once_during_a_search(editor: Editor):
    def showing(words: str) -> int:
        labels = [one.text() for one in editor.window.findChildren(QLabel) if one.isVisible()]
        buttons = [one.words for one in editor.window.findChildren(KeyButton) if one.isVisible()]
        return sum(re.search(words, text) is not None for text in labels + buttons)

    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: showing("steps/s") == 1)
    assert [showing(words) for words in (editor.window.engine.device_name, r"step \d+ of", "Pause")] == [1, 1, 1]
    editor.act("train")
    assert showing(r"step \d+ of") == 1, "the status bar says it while a page covers the search"
    editor.controller.stop()


def test_one_button_is_the_thing_to_do_next_also_beside_the_training_page(editor: Editor):
    editor.ready_to_fill()
    button = editor.window.fill_panel.button
    assert button.property("primary")
    editor.act("train")
    shown = [one for one in editor.window.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    assert [one.objectName() for one in shown if one.property("primary")] == ["choose-folder"]
    editor.window.central_stack.show_photo()
    assert button.property("primary")


def test_a_frame_is_turned_by_the_number_and_undone(editor: Editor):
    editor.ready_to_fill()
    editor.act("tool_frame")
    options = editor.window.tool_options
    options.angle_field.field.setText("-20.5")
    options.angle_field.field.editingFinished.emit()
    assert editor.document.frames == (replace(FACE, angle=-20.5),)
    assert editor.document.history.undo_name == "turn frame"
    editor.document.undo()
    editor.wait(lambda: options.angle_field.value == 0)
    assert editor.document.frames == (FACE,)


def test_a_message_neither_covers_nor_moves_the_photo_with_its_frame(editor: Editor):
    editor.ready_to_fill()
    messages, canvas = editor.window.messages, editor.window.canvas
    before = pixels_of(canvas)
    messages.show_message("Something is said.", "warning", [("Do it", int)])
    QApplication.processEvents()
    assert np.array_equal(pixels_of(canvas), before)
    assert not messages.visibleRegion().isEmpty()
    assert messages.mapTo(editor.window, QPoint(0, 0)).y() > canvas.mapTo(editor.window, canvas.rect().bottomLeft()).y()
