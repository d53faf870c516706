"""What is said where the model came nowhere near the known pixels, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.models.model_card import FACE_FRAMING
from wganpaint_gui.gui.fill.fill_state import FillState


@pytest.mark.parametrize(
    ("framing", "said"), [(FACE_FRAMING, "a face fills it"), ("whole pictures", "shows what the model has learnt")]
)
def test_a_poor_fit_is_explained_by_what_the_model_has_learnt(editor: Editor, framing: str, said: str):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    engine = editor.window.engine
    engine.card = replace(engine.card, framing=framing)
    editor.controller.fitted.emit(1.0)
    assert said in shown_message(editor.window.messages)
    editor.act("train")
    assert shown_message(editor.window.messages) == "", "it is said of the photo"
    editor.window.central_stack.show_photo()
    assert said in shown_message(editor.window.messages)


def search_with_poor_fit(editor: Editor) -> None:
    editor.ready_to_fill(steps=2)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.wait(lambda: editor.window.fill_panel.result.fit.text() != "–")
    editor.controller.fitted.emit(1.0)
    assert "unlike the pictures it knows" in shown_message(editor.window.messages)


@pytest.mark.parametrize("end", ["keep", "discard", "undo"])
def test_a_poor_fit_is_no_longer_told_when_its_search_has_ended(editor: Editor, end: str):
    search_with_poor_fit(editor)
    if end == "undo":
        editor.act("undo")  # of the frame; then of the stroke: nothing is left to fill
    editor.act(end)
    editor.wait(lambda: editor.controller.fill is None)
    assert shown_message(editor.window.messages) == ""


def test_a_fit_that_became_better_takes_its_warning_away(editor: Editor):
    search_with_poor_fit(editor)
    editor.controller.fitted.emit(0.1)
    assert shown_message(editor.window.messages) == ""
