"""What a fill costs beside its search: frames are planned, masks copied and pictures rendered once, and not in vain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from tests.gui.conftest import MOUTH, Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search import planning
from wganpaint_gui.core.search.composed_fill import ComposedFill
from wganpaint_gui.gui.fill.fill_renderer import Renderer
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.mask_sender import MaskSender

Masks = list[NDArray[np.uint8]]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Masks:
    """The masks that frames have been planned for, in order; the planning itself is the real one."""
    masks: Masks = []
    plan_frames = planning.plan_frames

    def noted(photo: Photo, mask: NDArray[np.uint8]) -> planning.FramePlan:
        masks.append(mask.copy())
        return plan_frames(photo, mask)

    monkeypatch.setattr(planning, "plan_frames", noted)
    return masks


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str], list[dict[str, Any]]]:
    """Counts the calls of a method, which does what it always does; returns their keyword arguments."""

    def count(owner: type, name: str) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []
        method = getattr(owner, name)

        def noted(self: object, *args: object, **kwargs: Any) -> object:
            calls.append(kwargs)
            return method(self, *args, **kwargs)

        monkeypatch.setattr(owner, name, noted)
        return calls

    return count


def searched(editor: Editor, **settings: object) -> None:
    """A finished search in the sample portrait; its pictures are on screen and nothing is left to be done."""
    editor.ready_to_fill(**settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settle(editor)


def settle(editor: Editor) -> None:
    """Wait until no timer and no work in the background is left."""
    planner, sender = editor.window.frame_planner, mask_sender(editor)
    editor.wait(lambda: planner.settled and not sender.waiting and editor.controller.background.pending == 0)


def mask_sender(editor: Editor) -> MaskSender:
    """What waits for the end of painting before the search gets the mask."""
    (sender,) = editor.controller.findChildren(MaskSender)
    return sender


# -- keeping ---------------------------------------------------------------------------------------------------------


def test_keeping_right_after_a_stroke_renders_no_picture_of_the_kept_fill(editor: Editor, counted):
    searched(editor)
    rendered: list[object] = []
    renderer = editor.controller.findChild(Renderer)
    renderer.rendered.connect(lambda fill, _frame: rendered.append(fill))
    changes = counted(ComposedFill, "change")
    editor.paint((190, 110), (200, 112))
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    settle(editor)
    assert len(changes) == 1, "the stroke is part of what is kept"
    assert not editor.document.mask.any()
    assert not rendered


def test_what_is_painted_while_a_fill_is_being_kept_is_not_worked_out_for_it(editor: Editor, counted):
    searched(editor)
    (timer,) = mask_sender(editor).findChildren(QTimer)
    timer.setInterval(0)
    changes = counted(ComposedFill, "change")
    canvas = editor.window.canvas
    editor.act("keep")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen((190, 110)))
    settle(editor)
    assert editor.controller.fill is not None, "keeping waits for the end of the stroke"
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen((190, 110)))
    editor.wait(lambda: editor.controller.fill is None)
    assert not changes


def test_a_fill_that_could_not_be_kept_follows_what_was_painted_meanwhile(editor: Editor, monkeypatch):
    searched(editor)
    fill: Any = editor.controller.fill

    def fails(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(fill, "result", fails)
    editor.act("keep")
    editor.paint((190, 110), (200, 112))
    editor.wait(lambda: bool(shown_message(editor.window.messages)))
    editor.wait(lambda: np.array_equal(fill.frame_mask, editor.document.mask[fill.frame.box.slices]))
    assert editor.controller.fill is fill


# -- planning frames -------------------------------------------------------------------------------------------------


def painted(editor: Editor) -> None:
    """The sample portrait with its mouth painted over, and the frame left to the program."""
    editor.ready_to_fill(steps=2, methods=("yeh",))
    editor.document.set_frames(())
    settle(editor)


def test_frames_are_planned_once_for_a_mask_whatever_becomes_of_its_fill(editor: Editor, planned: Masks):
    painted(editor)
    assert len(planned) == 1
    frames = editor.window.frame_planner.frames
    for _ in range(2):
        editor.act("run")
        editor.wait_for_state(FillState.FINISHED)
        editor.act("discard")
        editor.wait_for_state(FillState.READY)
        settle(editor)
    assert len(planned) == 1
    assert editor.window.frame_planner.frames == frames


def test_a_run_waits_for_the_plan_that_is_being_made(editor: Editor, planned: Masks, monkeypatch: pytest.MonkeyPatch):
    editor.ready_to_fill(steps=2, methods=("yeh",))
    begun, go, plan_frames = Event(), Event(), planning.plan_frames

    def held(photo: Photo, mask: NDArray[np.uint8]) -> planning.FramePlan:
        begun.set()
        go.wait()
        return plan_frames(photo, mask)

    monkeypatch.setattr(planning, "plan_frames", held)
    editor.document.set_frames(())
    editor.wait(begun.is_set)
    editor.act("run")
    go.set()
    editor.wait_for_state(FillState.FINISHED)
    assert len(planned) == 1


def test_keeping_the_first_of_two_fills_plans_no_frames(
    editor: Editor, planned: Masks, tmp_path: Path, sample_photo_path: Path
):
    portrait = Image.open(sample_photo_path)
    pair = Image.new("RGB", (1024, 512))
    pair.paste(portrait, (0, 0))
    pair.paste(portrait, (512, 0))
    pair.save(tmp_path / "pair.png")
    editor.ready_to_fill(steps=2, methods=("yeh",))
    editor.open(tmp_path / "pair.png")
    editor.paint(*MOUTH)
    editor.paint(*((x + 512, y) for x, y in MOUTH))
    settle(editor)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    before = len(planned)
    editor.act("keep")
    editor.wait(lambda: "2 of 2" in editor.window.search_panel.title.text())
    editor.wait_for_state(FillState.FINISHED)
    settle(editor)
    assert len(planned) == before


def test_undoing_an_earlier_fill_plans_frames_once(editor: Editor, planned: Masks):
    painted(editor)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    editor.paint((200, 110), (215, 112))
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settle(editor)
    before = len(planned)
    editor.act("undo")  # the stroke; the search hears of it later
    editor.act("undo")  # the fill: another photo than the one that was searched in
    assert editor.controller.fill is None
    settle(editor)
    assert len(planned) == before + 1
    assert np.array_equal(planned[-1], editor.document.mask)


def test_a_photo_that_is_left_is_planned_no_frames_for(editor: Editor, planned: Masks, photo: Path):
    painted(editor)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    before = len(planned)
    editor.window.files.forget_work()
    editor.open(photo)
    settle(editor)
    assert len(planned) == before


# -- following the mask ----------------------------------------------------------------------------------------------


def test_a_stroke_is_copied_for_the_background_when_it_is_over(editor: Editor, counted):
    editor.ready_to_fill()
    copies = counted(MaskSnapshot, "updated")
    editor.paint(*((150 + 4 * x, 300) for x in range(20)))
    assert 1 <= len(copies) <= 2


def test_paint_on_an_empty_mask_can_be_filled_from_the_first_touch_on(editor: Editor):
    editor.ready_to_fill()
    editor.act("mask_clear")
    editor.wait_for_state(FillState.NO_MASK)
    where = editor.on_screen(MOUTH[0])
    QTest.mousePress(editor.window.canvas, Qt.MouseButton.LeftButton, pos=where)
    assert editor.controller.state is FillState.READY
    QTest.mouseRelease(editor.window.canvas, Qt.MouseButton.LeftButton, pos=where)


def test_a_mask_changed_while_the_frame_is_looked_for_is_told_to_the_search_once(editor: Editor, counted):
    editor.ready_to_fill(steps=2)
    editor.document.set_frames(())
    changes = counted(ComposedFill, "change")
    editor.act("run")
    assert editor.controller.preparing
    editor.paint((190, 110), (200, 112))
    editor.wait_for_state(FillState.FINISHED)
    settle(editor)
    fill: Any = editor.controller.fill
    assert np.array_equal(fill.frame_mask, editor.document.mask[fill.frame.box.slices])
    assert len([change for change in changes if change.get("mask") is not None]) == 1
