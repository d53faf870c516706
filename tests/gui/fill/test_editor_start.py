"""Where a search starts: at the model's first guess, or at random where it has none, which is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.frame import model_view
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_state import FillState

LEFT = Qt.MouseButton.LeftButton


def use(editor: Editor, model: Path) -> None:
    with editor.qtbot.waitSignal(editor.window.engine.loaded, timeout=30_000):
        editor.window.engine.load(model, "cpu")


def test_a_search_starts_at_the_guess_of_the_encoder(editor: Editor, guessing_model: Path) -> None:
    editor.ready_to_fill(start="guess", steps=2, refine=0)
    use(editor, guessing_model)
    with editor.qtbot.waitSignal(editor.controller.shown, timeout=30_000) as first:
        QTest.keyClick(editor.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    editor.wait_for_state(FillState.FINISHED)
    fill, model = editor.controller.fill, editor.window.engine.model
    assert fill is not None
    assert model is not None
    document = editor.document
    view = model_view(document.photo, document.mask, fill.frame, model.resolution)
    guess = model.guess(torch.tensor(view.image)[None], torch.tensor(view.known)[None])[0].numpy()
    latents = fill.search.log.latents
    assert np.abs(latents[0, :, 0] - guess).max() < 1e-6, "the first candidate of both methods"
    assert np.abs(latents[0, :, 1] - guess).max() > 0.1
    drawn, step = first.args[0], fill.snapshot_at(0)
    assert len(drawn.images) == 2, "of both methods"
    assert np.array_equal(drawn.images, step.images), "the guess is drawn before anything moves"
    assert drawn.selection == Selection(0, 0)
    assert shown_message(editor.window.messages) == ""


def test_a_model_without_an_encoder_starts_at_random_and_says_so_once(
    editor: Editor, plain_model: Path, guessing_model: Path
) -> None:
    editor.ready_to_fill(start="guess", steps=30, refine=0)
    settings, controller = editor.window.fill_panel.settings, editor.controller
    use(editor, plain_model)
    guess = settings.start.button("guess")
    assert not guess.isEnabled()
    assert "plain has no encoder" in guess.toolTip()
    assert (settings.start.value, settings.steps.value) == ("random", 200)
    editor.act("run")
    said = "The model plain has no encoder, so the search starts at random latents."
    assert shown_message(editor.window.messages) == said
    editor.wait(lambda: editor.steps > 0)
    assert controller.fill is not None
    assert (controller.fill.config.start, controller.plan.total) == ("random", 200)
    editor.act("discard")
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait(lambda: editor.steps > 0)
    assert shown_message(editor.window.messages) == "", "once is enough"
    editor.act("discard")
    use(editor, guessing_model)
    assert guess.isEnabled()
    assert (settings.start.value, settings.steps.value) == ("guess", 30), "the choice has waited"
    assert settings.config == InpaintConfig(start="guess", steps=30, refine=0, candidates=2)


def test_steps_chosen_for_a_model_without_an_encoder_stay(editor: Editor, plain_model: Path) -> None:
    editor.ready_to_fill(start="guess", steps=30, refine=0)
    use(editor, plain_model)
    field = editor.window.fill_panel.settings.steps.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "30")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert editor.window.fill_panel.settings.usable == InpaintConfig(start="random", steps=30, refine=0, candidates=2)


def test_a_guess_that_is_not_a_number_is_said(
    editor: Editor, guessing_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.ready_to_fill(start="guess", steps=2, refine=0)
    use(editor, guessing_model)
    model = editor.window.engine.model
    assert model is not None
    monkeypatch.setattr(model, "guess", lambda x, known: torch.full((len(x), model.latent_size), torch.nan))
    editor.act("run")
    editor.wait(lambda: "guess is not a number" in shown_message(editor.window.messages))
    editor.wait_for_state(FillState.FINISHED)
