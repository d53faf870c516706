"""What is said where the model came nowhere near the known pixels, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.models.model_card import FACE_FRAMING
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.gui.fill.fill_state import FillState

GOOD, POOR = KnownRegionFit(0.9, turned=False), KnownRegionFit(-0.9, turned=False)


@pytest.mark.parametrize(
    ("framing", "said"), [(FACE_FRAMING, "a face fills it"), ("whole pictures", "shows what the model knows")]
)
def test_a_poor_fit_is_explained_by_what_the_model_has_learnt(editor: Editor, framing: str, said: str):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    engine = editor.window.engine
    engine.card = replace(engine.card, framing=framing)
    editor.controller.fitted.emit(POOR)
    assert said in shown_message(editor.window.messages)
    editor.act("train")
    assert shown_message(editor.window.messages) == "", "it is said of the photo"
    editor.window.central_stack.show_photo()
    assert said in shown_message(editor.window.messages)


def test_a_poor_fit_offers_the_surroundings_and_stays_in_the_panel(editor: Editor):
    search_with_poor_fit(editor)
    note = editor.window.fill_panel.result.note
    assert note.text().startswith("The model does not know what surrounds the hole")
    editor.choose("Fill from the surroundings")
    editor.wait(lambda: editor.controller.surroundings.fill is not None)


def search_with_poor_fit(editor: Editor) -> None:
    editor.ready_to_fill(steps=2)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.wait(lambda: editor.window.fill_panel.result.fit.text() != "–")
    editor.controller.fitted.emit(POOR)
    assert shown_message(editor.window.messages).startswith("The known-region fit is poor.")


def test_a_fit_stays_while_the_hole_does(editor: Editor):
    editor.ready_to_fill(steps=2)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    fit = editor.window.fill_panel.result.fit
    editor.wait(lambda: fit.text() != "–")
    judged = fit.text()
    editor.act("lock_candidate")
    assert fit.text() == judged
    editor.act("undo")
    assert fit.text() == judged
    editor.paint((220, 150))
    assert fit.text() == "–"


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
    editor.controller.fitted.emit(GOOD)
    assert shown_message(editor.window.messages) == ""
