"""The surroundings in the editor: by default where no face is, beside a search where they are asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from skimage import data

from tests.gui.conftest import Editor
from tests.gui.file_helpers import save_project_as, settle
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.gui.fill.fill_state import FillState


@pytest.fixture
def grass(editor: Editor, tmp_path: Path) -> Editor:
    """A photo of grass, part of it painted over."""
    path = tmp_path / "grass.png"
    Image.fromarray(data.grass()[:100, :120]).save(path)
    editor.open(path)
    editor.paint((50, 50), (60, 54), diameter=14)
    return editor


def test_grass_is_filled_from_the_surroundings_and_kept(grass: Editor) -> None:
    window, controller = grass.window, grass.controller
    before, marked = grass.document.photo.pixels.copy(), grass.document.mask > 127
    grass.wait_for_state(FillState.READY)
    grass.act("run")
    grass.wait_for_state(FillState.COPIED)
    lane = window.search_panel.surroundings
    assert (lane.isVisible(), lane.active, window.search_panel.lanes) == (True, True, [])
    assert "patches" in lane.how.text()
    grass.act("keep")
    grass.wait_for_state(FillState.NO_MASK)
    after = grass.document.photo.pixels
    assert (after[~marked] == before[~marked]).all()
    assert (after[marked] != before[marked]).mean() > 0.5
    assert not window.search_panel.isVisible()
    grass.act("undo")
    np.testing.assert_array_equal(grass.document.photo.pixels, before)
    np.testing.assert_array_equal(grass.document.mask > 127, marked)
    assert controller.surroundings.fill is None


def test_settings_of_a_search_are_off_while_the_surroundings_fill_until_a_method_is_clicked(grass: Editor) -> None:
    settings = grass.window.fill_panel.settings
    own = (settings.context_weight, settings.steps, settings.candidates, settings.start, settings.blend, settings.seed)

    def enabled() -> set[bool]:
        return {control.isEnabled() for control in own}

    grass.wait_for_state(FillState.READY)
    grass.wait(lambda: enabled() == {False})
    grass.act("run")
    grass.wait_for_state(FillState.COPIED)
    assert enabled() == {False}
    QTest.mouseClick(settings.method.button(settings.method.value), Qt.MouseButton.LeftButton)
    assert enabled() == {True}, "the model can be asked next"
    grass.act("discard")
    grass.act("mask_clear")
    grass.wait(lambda: enabled() == {True})


def test_a_photo_saved_before_its_fill_is_kept_says_that_the_fill_is_not_in_it(grass: Editor) -> None:
    grass.wait_for_state(FillState.READY)
    grass.act("run")
    grass.wait_for_state(FillState.COPIED)
    grass.act("save")
    settle(grass)
    said = "Saved as grass-filled.png. The fill you see is not in the file: keep it (Enter), then save again."
    assert said in shown_message(grass.window.messages)
    grass.act("keep")
    grass.wait_for_state(FillState.NO_MASK)
    grass.act("save")
    settle(grass)
    said = "Saved as grass-filled-2.png. 0 pixels changed outside the mask."
    assert shown_message(grass.window.messages) == said


def test_what_only_the_detector_takes_for_a_face_is_filled_from_the_surroundings(
    grass: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it did with a spoon: the model's own judgement has the last word."""
    monkeypatch.setattr("wganpaint_gui.core.search.planning.find_faces", lambda *_: [Frame(20, 10, 80)])
    grass.paint((52, 52), diameter=14)  # planned anew
    grass.wait_for_state(FillState.READY)
    grass.act("run")
    grass.wait_for_state(FillState.COPIED)
    assert "The model does not know what surrounds the hole" in shown_message(grass.window.messages)
    assert "Filled from the surroundings; search with the model" in shown_message(grass.window.messages)
    grass.window.fill_panel.settings.set_config(grass.controller.config.started_at("random"))
    grass.act("run")  # asked again, the model searches
    grass.wait(lambda: grass.steps > 0)
    grass.act("stop")
    grass.wait_for_state(FillState.FINISHED)


def test_the_model_can_be_asked_beside_the_surroundings(grass: Editor) -> None:
    window, controller = grass.window, grass.controller
    window.fill_panel.settings.set_config(controller.config.started_at("random"))
    grass.act("fill_surroundings")  # needs no model
    grass.wait_for_state(FillState.COPIED)
    grass.wait(lambda: controller.engine.model is not None)
    assert window.fill_panel.button.accessibleName().startswith("Search with the model")
    grass.act("run")
    grass.wait(lambda: grass.steps > 0)
    grass.act("stop")
    grass.wait_for_state(FillState.FINISHED)
    lane = window.search_panel.surroundings
    assert (len(window.search_panel.lanes), lane.isVisible(), lane.active) == (2, True, False)
    for _ in range(2):
        grass.act("other_method")
    assert (controller.surroundings.selected, lane.active) == (True, True)
    expected = controller.surroundings.fill
    assert expected is not None
    grass.act("keep")
    grass.wait_for_state(FillState.NO_MASK)
    box = expected.fill.box
    np.testing.assert_array_equal(grass.document.photo.pixels[box.slices], expected.fill.pixels)


def test_a_change_of_the_mask_fills_anew_and_discarding_forgets(grass: Editor) -> None:
    around = grass.controller.surroundings
    grass.act("fill_surroundings")
    grass.wait_for_state(FillState.COPIED)
    first = around.fill
    grass.paint((90, 30), diameter=12)
    grass.wait(lambda: around.fill is not first)
    assert around.fill is not None
    assert around.fill.fill.box.right > 90
    grass.act("discard")
    assert (around.in_use, grass.controller.state.has_fill) == (False, False)
    grass.act("fill_surroundings")
    assert grass.window.search_panel.surroundings.fill.image.isNull(), "no picture of the fill before"


def test_it_can_be_stopped_and_says_what_is_wrong(grass: Editor) -> None:
    grass.wait(lambda: grass.window.frame_planner.settled)  # it says that there is no face
    grass.act("fill_surroundings")
    grass.act("stop")
    assert not grass.controller.state.has_fill
    grass.document.replace_mask("all", np.full_like(grass.document.mask, 255))
    grass.act("fill_surroundings")
    labels = grass.window.messages.findChildren(QLabel)
    grass.wait(lambda: any("covers the whole photo" in label.text() for label in labels))


def test_a_project_brings_the_fill_back(grass: Editor, tmp_path: Path) -> None:
    window, around = grass.window, grass.controller.surroundings
    grass.act("fill_surroundings")
    grass.wait_for_state(FillState.COPIED)
    assert around.fill is not None
    before, path = around.fill.fill, save_project_as(grass, tmp_path / "grass.wganpaint")
    grass.open(path)
    grass.wait(lambda: around.fill is not None)
    assert around.fill.fill is not before
    assert (around.fill.fill.box, around.fill.fill.ways, around.selected) == (before.box, before.ways, True)
    np.testing.assert_array_equal(around.fill.fill.pixels, before.pixels)
    assert window.search_panel.surroundings.isVisible()
