"""Candidates from a project, in the real window: shown, kept, discarded, and searched further."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.gui.conftest import FACE, Editor
from tests.gui.file_helpers import save_project_as, search
from tests.gui.shown import shown_message
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill import fill_actions
from wganpaint_gui.gui.fill.fill_state import FillState

POOR = KnownRegionFit(-0.9, turned=False)


def pictures(editor: Editor) -> list[np.ndarray]:
    """What is seen of the candidates: large pictures, thumbnails, and the fill on the photo."""
    panel = editor.window.search_panel
    editor.wait(lambda: not any(lane.fill.image.isNull() for lane in panel.lanes))
    frame = editor.controller.fill.snapshot_at(None)
    assert frame.images is not None
    assert frame.fills is not None
    assert frame.overlay is not None
    return [frame.images, frame.fills, frame.losses, frame.overlay]


def test_candidates_are_there_again_without_a_search_and_without_the_model(editor: Editor, another, tmp_path: Path):
    search(editor)
    editor.controller.select(1, 1)
    before = pictures(editor)
    losses = editor.controller.fill.search.log.losses
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    again = another(load_engine=False)
    again.open(path)
    assert again.controller.state is FillState.FINISHED
    assert again.window.search_panel.isVisible()
    for was, now in zip(before, pictures(again), strict=True):
        assert np.array_equal(was, now)
    assert np.array_equal(again.controller.fill.search.log.losses, losses)
    assert again.controller.fill.selection == editor.controller.fill.selection
    lanes, panel = editor.window.search_panel.lanes, again.window.search_panel
    again.wait(lambda: [lane.loss.text() for lane in panel.lanes] == [lane.loss.text() for lane in lanes])
    assert [lane.best.text() for lane in panel.lanes] == [lane.best.text() for lane in lanes]
    assert not panel.timeline.isEnabled(), "the steps between are not kept"
    assert "A project stores" in panel.timeline.slider.toolTip()
    lane = panel.lanes[0]
    lane.curve.step_chosen.emit(3)
    assert again.controller.shown_step is None
    assert again.window.fill_panel.result.masked.text() == editor.window.fill_panel.result.masked.text()
    assert not again.window.isWindowModified()


def test_a_fill_is_kept_after_reopening_with_the_pixels_it_would_have_had(editor: Editor, another, tmp_path: Path):
    search(editor)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    again = another()
    again.open(path)
    again.act("keep")
    again.wait_for_state(FillState.NO_MASK)
    assert np.array_equal(again.document.photo.pixels, editor.document.photo.pixels)
    assert again.document.changed_outside_mask() == 0
    again.act("undo")
    assert again.document.masked_pixels > 0


def test_a_fill_is_discarded_after_reopening(editor: Editor, another, tmp_path: Path):
    search(editor)
    again = another()
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    again.act("discard")
    assert again.controller.fill is None
    assert not again.window.search_panel.isVisible()
    assert again.document.masked_pixels == editor.document.masked_pixels


def test_candidates_follow_mask_and_blend_after_reopening(editor: Editor, another, tmp_path: Path):
    search(editor, blend="none")
    again = another()
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    before = again.controller.fill.snapshot_at(None).overlay
    again.window.fill_panel.settings.config_changed.emit(InpaintConfig(blend="poisson"))
    again.wait(lambda: again.controller.fill.config.blend == "poisson")
    assert not np.array_equal(again.controller.fill.snapshot_at(None).overlay, before)
    again.paint((210, 100), (220, 100))
    fill = again.controller.fill
    again.wait(lambda: np.array_equal(fill.frame_mask, again.document.mask[fill.frame.box.slices]))


def test_the_search_continues_from_the_saved_latents(editor: Editor, another, tmp_path: Path):
    search(editor)
    latents = editor.controller.fill.search.best.latents
    again = another()
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    again.wait(lambda: again.controller.engine.model is not None)
    again.act("more_steps")
    again.wait(lambda: again.steps > 2)
    assert again.controller.plan.total == 100
    again.act("stop")
    again.wait_for_state(FillState.FINISHED)
    assert np.array_equal(again.controller.fill.search.log.latents[0], latents)
    assert (again.controller.fill.search.best.losses <= editor.controller.fill.search.best.losses + 1e-3).all()
    assert again.window.search_panel.timeline.isEnabled()
    assert shown_message(again.window.messages) == "", "it is the same model"


def test_continuing_with_a_model_trained_further_says_how_far_and_a_poor_fit_waits(
    editor: Editor, another, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fill_actions, "MORE_STEPS", 3)
    search(editor)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    again = another()
    again.open(path)
    again.wait(lambda: again.controller.engine.model is not None)
    found = again.controller.fill.search.model
    fill = again.controller.fill
    before = replace(found, updates=2000, aware_updates=0, encoder_updates=0)
    fill.search = replace(fill.search, model=before)
    again.act("more_steps")
    said = shown_message(again.window.messages)
    assert f"{found.name} after 2,000 updates. The search continues with {found.name} after {found.updates:,}" in said
    again.wait_for_state(FillState.FINISHED)
    again.controller.fitted.emit(POOR)
    assert shown_message(again.window.messages) == said
    again.window.messages.hide()
    again.controller.fitted.emit(POOR)
    assert shown_message(again.window.messages).startswith("The known-region fit is poor.")


def test_continuing_without_a_model_says_what_is_missing(editor: Editor, another, tmp_path: Path):
    search(editor)
    again = another(load_engine=False)
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    again.act("more_steps")
    assert "model" in shown_message(again.window.messages)
    assert again.controller.state is FillState.FINISHED


def test_the_frames_still_to_come_are_searched_after_reopening(editor: Editor, another, tmp_path: Path):
    editor.ready_to_fill()
    editor.paint((40, 440), (80, 440), diameter=12)
    editor.document.set_frames([FACE, type(FACE)(10, 400, 90)])
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    again = another()
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    assert again.window.search_panel.title.text() == "Frame 1 of 2"
    again.wait(lambda: again.controller.engine.model is not None)
    states: list[FillState] = []
    again.controller.state_changed.connect(states.append)
    again.act("keep")
    again.wait(lambda: again.window.search_panel.title.text() == "Frame 2 of 2")
    again.wait(lambda: states[-2:] == [FillState.RUNNING, FillState.FINISHED])
