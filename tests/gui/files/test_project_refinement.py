"""A project that was saved in the middle of a refinement, or after one: the same pixels, and on from there."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.gui.conftest import Editor
from tests.gui.file_helpers import save_project_as, search
from wganpaint_gui.core.search.records import SEARCHED
from wganpaint_gui.core.search.stored_search import StoredSearch
from wganpaint_gui.gui.fill.fill_state import FillState

STEPS = 3


def stored(editor: Editor) -> StoredSearch:
    fill = editor.controller.fill
    assert fill is not None
    return fill.stored_search()


def same_search(one: StoredSearch, other: StoredSearch) -> None:
    assert np.array_equal(one.images, other.images)
    assert np.array_equal(one.refined, other.refined)
    assert np.array_equal(one.step_losses, other.step_losses)
    assert np.array_equal(one.best.losses, other.best.losses)
    assert np.array_equal(one.best.steps, other.best.steps)
    assert one.config == other.config


def test_saved_in_the_middle_of_a_refinement_it_opens_with_the_same_pixels(
    editor: Editor, another: Callable[..., Editor], tmp_path: Path
) -> None:
    editor.ready_to_fill(start="random", steps=STEPS, refine=300)
    editor.act("run")
    editor.wait(lambda: editor.steps > STEPS + 4)
    editor.pause()
    before, steps = stored(editor), editor.steps
    path = save_project_as(editor, tmp_path / "middle.wganpaint")
    assert editor.controller.state is FillState.PAUSED
    with zipfile.ZipFile(path) as project:
        (run,) = json.loads(project.read("project.json"))["search"]["refinements"]
    candidate = int(before.refined[-1])
    assert run == [STEPS, steps - STEPS, candidate]

    again = another(load_engine=False)
    again.open(path)
    assert again.controller.state is FillState.FINISHED
    same_search(stored(again), before)
    lane = again.window.search_panel.lanes[0]
    again.wait(lambda: lane.best.text().startswith("refined"))
    names = [section.name for section in again.window.search_panel.timeline.slider.sections]
    assert names == ["search", "refinement"]
    assert again.window.fill_panel.settings.config.refine == 300
    again.act("keep")
    again.wait_for_state(FillState.NO_MASK)

    editor.act("pause")
    editor.wait(lambda: editor.steps > steps)
    editor.act("stop")
    editor.wait_for_state(FillState.FINISHED)
    assert np.array_equal(stored(editor).refined[:steps], before.refined), "the window that saved it goes on"


def test_a_refined_fill_is_kept_after_reopening_with_the_pixels_it_would_have_had(
    editor: Editor, another: Callable[..., Editor], tmp_path: Path
) -> None:
    search(editor, start="random", refine=6)
    path = save_project_as(editor, tmp_path / "done.wganpaint")
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    again = another(load_engine=False)
    again.open(path)
    other = 1 - int(stored(again).refined[-1])
    again.controller.select(0, other)
    assert again.controller.state is FillState.FINISHED, "there is no generator to refine"
    again.controller.select(0, None)
    again.act("keep")
    again.wait_for_state(FillState.NO_MASK)
    assert np.array_equal(again.document.photo.pixels, editor.document.photo.pixels)


def test_continuing_starts_a_new_search_and_refines_what_it_finds(
    editor: Editor, another: Callable[..., Editor], tmp_path: Path
) -> None:
    search(editor, start="random", refine=4)
    latents = stored(editor).best.latents
    again = another()
    again.open(save_project_as(editor, tmp_path / "done.wganpaint"))
    again.wait(lambda: again.controller.engine.model is not None)
    before = again.controller.fill
    again.act("run")
    again.wait(lambda: again.controller.fill not in (None, before))
    again.wait_for_state(FillState.FINISHED)
    found = stored(again)
    assert found.refined[:5].tolist() == [SEARCHED] * 5
    assert (found.refined[5:] != SEARCHED).all()
    assert len(found.refined) == 9
    fill = again.controller.fill
    assert fill is not None
    assert np.array_equal(fill.search.log.latents[0], latents)
