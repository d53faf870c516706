"""Dialogs that change the mask by a number: a preview on the photo, OK and Cancel, by real keys and clicks."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from tests.gui.conftest import PATIENCE, Editor
from tests.gui.mask.dialogs import dialog_of, type_number
from wganpaint_gui.core.edit import mask_changes as masks
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui.mask.mask_dialog import MaskDialog

pytestmark = pytest.mark.usefixtures("without_engine")

CHANGES = {
    "mask_grow_by": (masks.grow, "grow mask"),
    "mask_shrink_by": (masks.shrink, "shrink mask"),
    "mask_smooth": (masks.smooth, "smooth mask"),
    "mask_feather": (masks.feather, "feather mask"),
}


@pytest.fixture
def masked(opened: Editor) -> Editor:
    """A photo with a rectangle masked."""
    with opened.document.edit_mask("rectangle") as edit:
        edit.rectangle(Box(30, 20, 30, 20), 255)
    return opened


def press(dialog: MaskDialog, button: QDialogButtonBox.StandardButton) -> None:
    QTest.mouseClick(dialog.findChild(QDialogButtonBox).button(button), Qt.MouseButton.LeftButton)


def seen(editor: Editor) -> NDArray[np.uint8]:
    """The canvas without frames and brush, as pixels [H, W, 4]: frames are found whenever there is time."""
    canvas = editor.window.canvas
    canvas.set_frames((), 0, "")
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    image = canvas.grab().toImage()
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4).copy()


@pytest.mark.parametrize("name", CHANGES)
def test_ok_makes_one_entry_of_what_the_number_says(masked: Editor, name: str) -> None:
    change, entry = CHANGES[name]
    before = masked.document.mask.copy()
    masked.act(name)
    dialog = type_number(masked, 5)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert np.array_equal(masked.document.mask, change(before, 5))
    assert masked.document.history.done_names == ("rectangle", entry)
    masked.document.undo()
    assert np.array_equal(masked.document.mask, before)


@pytest.mark.parametrize("name", CHANGES)
def test_the_photo_shows_the_result_before_ok_and_the_mask_after_cancel(masked: Editor, name: str) -> None:
    before = seen(masked)
    masked.act(name)
    dialog = type_number(masked, 9)
    shown = seen(masked)
    assert not np.array_equal(shown, before)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert np.array_equal(seen(masked), before)
    assert masked.document.history.done_names == ("rectangle",)
    masked.act(name)
    press(type_number(masked, 9), QDialogButtonBox.StandardButton.Ok)
    assert np.array_equal(seen(masked), shown)


def test_a_hidden_mask_is_shown_while_it_is_changed(masked: Editor) -> None:
    masked.act("mask_show")
    hidden = seen(masked)
    masked.act("mask_grow_by")
    dialog = type_number(masked, 9)
    assert not np.array_equal(seen(masked), hidden)
    dialog.reject()
    assert np.array_equal(seen(masked), hidden)


def test_of_many_numbers_in_a_row_only_the_last_is_waited_for(masked: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    before, computed, grow = masked.document.mask.copy(), [], masks.grow
    all_chosen = threading.Event()

    def slow(mask: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
        computed.append(pixels)
        all_chosen.wait(PATIENCE / 1000)
        return grow(mask, pixels)

    monkeypatch.setattr("wganpaint_gui.gui.mask.mask_actions.masks.grow", slow)
    masked.act("mask_grow_by")
    dialog = dialog_of(masked)
    for _ in range(30):
        QTest.keyClick(dialog.sliders[0].slider, Qt.Key.Key_Right)
    wanted = round(dialog.sliders[0].value)
    all_chosen.set()
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    masked.wait(lambda: len(masked.document.history.done_names) == 2)
    assert len(computed) <= 3, "the first, one that was next when it ended, the last"
    assert np.array_equal(masked.document.mask, grow(before, wanted))


def test_a_dialog_can_be_cancelled_while_its_preview_is_computed(
    masked: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled, smooth = threading.Event(), masks.smooth

    def slow(mask: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
        cancelled.wait(PATIENCE / 1000)
        return smooth(mask, pixels)

    monkeypatch.setattr("wganpaint_gui.gui.mask.mask_actions.masks.smooth", slow)
    shown = seen(masked)
    masked.act("mask_smooth")
    dialog_of(masked).reject()
    masked.wait(lambda: masked.window.findChild(MaskDialog) is None)  # deleted
    cancelled.set()
    later: list[bool] = []
    masked.window.masks.background.submit(lambda: True, later.append, lambda _: None)
    masked.wait(lambda: bool(later))  # the result of the preview came before
    assert np.array_equal(seen(masked), shown)


def test_a_mask_that_would_vanish_cannot_be_accepted(masked: Editor) -> None:
    masked.act("mask_shrink_by")
    dialog = type_number(masked, 15)
    assert dialog.note == "Nothing would be masked."
    assert not dialog.ok.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert type_number(masked, 3).ok.isEnabled()
    dialog.reject()


def test_the_number_chosen_last_is_offered_again(masked: Editor) -> None:
    masked.act("mask_grow_by")
    press(type_number(masked, 7), QDialogButtonBox.StandardButton.Ok)
    masked.act("mask_shrink_by")
    assert dialog_of(masked).values == (2,)
    dialog_of(masked).reject()
    masked.act("mask_grow_by")
    assert dialog_of(masked).values == (7,)
    dialog_of(masked).reject()


def test_feather_says_which_blend_uses_a_soft_edge(masked: Editor) -> None:
    settings = masked.window.fill_panel.settings
    assert settings.config.blend == "poisson"
    masked.act("mask_feather")
    assert dialog_of(masked).note == "Fills fade over a soft edge with the edge blend Feather only; yours is Poisson."
    dialog_of(masked).reject()


def test_another_photo_closes_the_dialog_and_keeps_its_own_mask(masked: Editor, photo: Path) -> None:
    first = masked.document
    masked.act("mask_grow_by")
    type_number(masked, 9)
    masked.open(photo.with_name("second.png"))
    assert not [dialog for dialog in masked.window.findChildren(MaskDialog) if dialog.isVisible()]
    assert first.history.done_names == ("rectangle",)
    assert not masked.document.mask.any()


def test_a_mask_that_has_changed_under_the_dialog_is_left_as_it_is_and_that_is_said(masked: Editor) -> None:
    masked.act("mask_grow_by")
    dialog = type_number(masked, 5)
    masked.document.undo()
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert not masked.document.mask.any()
    said = "The mask has changed meanwhile, so “Grow mask” was left out. Choose it again."
    assert masked.window.messages.is_showing(said)


def test_what_needs_a_mask_is_off_without_one(opened: Editor) -> None:
    needing = ("save_mask", "mask_clear", "mask_grow", "mask_shrink", *CHANGES)
    assert not any(opened.window.actions_by_id[name].isEnabled() for name in needing)
    opened.paint((40, 40), (60, 50))
    assert all(opened.window.actions_by_id[name].isEnabled() for name in needing)
    opened.act("undo")
    assert not any(opened.window.actions_by_id[name].isEnabled() for name in needing)
