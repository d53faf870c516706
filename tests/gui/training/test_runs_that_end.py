"""Runs that have finished or stopped: what is said of them, how they are resumed, and how long that takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer, run_folder, write_pictures
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.training.training_config import AwareConfig, EncoderConfig, TrainingConfig
from wganpaint_gui.core.training.training_log import TrainingStep
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.gui.models.training_strip import TrainingStrip
from wganpaint_gui.gui.training.run.stats_row import StatsRow

pytestmark = pytest.mark.usefixtures("without_engine")

DRAWING = TrainingStep("gan", 3_000, 9_000, 156.0, 3_300, None)
SEARCHING = TrainingStep("aware", 300, 2_000, 84.0, 55, None)
ENCODING = TrainingStep("encoder", 300, 4_000, 44.0, 110, None)
ONE = TrainingConfig()
TWO = replace(ONE, aware=AwareConfig(updates=2_000))
THREE = replace(TWO, encoder=EncoderConfig(updates=4_000))
UNKNOWN = TrainingStep("gan", 1, 9_000, 0.0, None, None)


@pytest.fixture
def trainer(editor: Editor) -> Trainer:
    trainer = Trainer(editor)
    trainer.window.side_panels.setCurrentWidget(trainer.panel)
    trainer.click(trainer.panel.view.button("training"))
    return trainer


# --- trained longer --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_ticks")
def test_a_run_with_a_search_aware_stage_says_which_updates_can_be_more(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "colours"), updates=4, tick=4, aware=2)
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: trainer.panel.runs.chosen is not None and trainer.panel.runs.chosen.finished)
    assert "number of search-aware updates" in trainer.panel.runs.resume.toolTip()
    trainer.window.central_stack.show_photo()
    trainer.click(trainer.panel.runs.resume)
    dialog = trainer.window.findChild(QInputDialog, "longerDialog")
    assert "has finished its 2 search-aware updates." in dialog.labelText()
    assert "To train its generator further, start a new run from its model." in dialog.labelText()
    assert dialog.labelText().endswith("New total of search-aware updates:")
    dialog.setIntValue(3)
    dialog.accept()
    trainer.editor.wait(lambda: len(trainer.controller.log.aware) == 3)
    trainer.wait_for_state(TrainingState.ENDED)
    assert trainer.updates == 4


def test_a_run_of_the_generator_alone_says_nothing_of_another_stage(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "colours"), updates=4, tick=4)
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: trainer.panel.runs.chosen is not None and trainer.panel.runs.chosen.finished)
    trainer.window.central_stack.show_photo()
    trainer.click(trainer.panel.runs.resume)
    dialog = trainer.window.findChild(QInputDialog, "longerDialog")
    assert dialog.labelText() == "colours has finished its 4 updates.\n\nNew total of updates:"
    dialog.reject()


# --- chosen in the list ----------------------------------------------------------------------------------------------


def test_the_run_that_was_stopped_is_the_one_that_is_chosen(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "one"))
    trainer.stop()
    trainer.start(write_pictures(tmp_path / "other", 14))
    assert trainer.panel.runs.chosen.name == "one"
    trainer.stop()
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 2)
    trainer.editor.wait(lambda: trainer.panel.runs.chosen.name == "other")
    trainer.act_on_run("delete-run")
    assert "other" in trainer.window.findChild(QMessageBox, "deleteBox").text()
    trainer.answer("deleteBox", "Cancel")


def test_a_run_that_ends_changes_nothing_under_an_open_menu(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "one"))
    trainer.stop()
    trainer.start(write_pictures(tmp_path / "other", 14))
    menu = trainer.panel.runs.menu
    menu.popup(trainer.panel.runs.more.mapToGlobal(trainer.panel.runs.more.rect().bottomLeft()))
    trainer.controller.stop()
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 2)
    trainer.editor.wait(lambda: len(trainer.actions.run_list.entries) == 2)
    assert trainer.panel.runs.chosen.name == "one", "what the menu does, it does with this one"
    menu.close()


def test_a_run_with_an_encoder_is_shown_to_its_end_and_can_be_trained_longer(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "colours"), updates=4, tick=4, encoder=4)
    run = trainer.page.run
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: run.grids.shown is not None and run.grids.shown.stage == "encoder")
    assert run.stages.value == "encoder"
    assert run.stages.button("aware").isHidden()
    assert run.grids.label.text() == "encoder 4"
    assert run.stats.values["psnr"].text().endswith(" dB")
    texts = {label.text() for label in run.findChildren(QLabel) if label.isVisible()}
    assert {"Loss", "Guess PSNR", "Loss per update; bold: median of 101", "PSNR of first guesses, dB"} <= texts
    trainer.editor.wait(lambda: run.curve.lines is not None and run.curve.lines.newest is not None)
    assert [update for update, _ in run.ticks.values] == [4]
    assert read_card(run_folder("colours").model_file).encoder_updates == 4
    trainer.click(run.stages.button("gan"))
    assert run.stats.values["update"].text() == "4 of 4"
    assert {"W", "Fill PSNR", "Critic gap"} <= {label.text() for label in run.findChildren(QLabel) if label.isVisible()}
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() > 0)
    trainer.click(run.header.pause)
    dialog = trainer.window.findChild(QInputDialog, "longerDialog")
    assert "has finished its 4 encoder updates." in dialog.labelText()
    dialog.setIntValue(6)
    dialog.accept()
    trainer.editor.wait(lambda: len(trainer.controller.log.encoder) == 6)
    trainer.wait_for_state(TrainingState.ENDED)


# --- how long --------------------------------------------------------------------------------------------------------


def test_the_time_left_says_that_another_stage_follows(shown) -> None:
    stats = StatsRow()
    shown(stats, 900, 40)
    for config, step, left in (
        (ONE, DRAWING, "55 min"),
        (TWO, DRAWING, "55 min, then search-aware"),
        (TWO, UNKNOWN, "–"),
        (TWO, SEARCHING, "55 s"),
        (THREE, SEARCHING, "55 s, then encoder"),
        (replace(ONE, encoder=THREE.encoder), DRAWING, "55 min, then encoder"),
        (THREE, ENCODING, "2 min"),
    ):
        stats.set_config(config)
        stats.show_step(step)
        assert stats.values["left"].text() == left
    label = stats.findChild(QLabel, "fact-left")
    assert label.fontMetrics().horizontalAdvance("00 h 00 min, then search-aware") <= label.width()
    stats.set_config(ONE)
    assert label.width() < label.fontMetrics().horizontalAdvance("00 h 00 min, then search-aware")


def test_the_strip_says_that_another_stage_follows(shown) -> None:
    strip = TrainingStrip()
    shown(strip, 280, 120)
    strip.set_state(TrainingState.RUNNING)
    for follows, step, words in (
        (None, DRAWING, "3,000 of 9,000 · 156 images/s · 55 min left"),
        ("aware", DRAWING, "3,000 of 9,000 · 55 min, then search-aware"),
        ("aware", UNKNOWN, "1 of 9,000 · –"),
        (None, SEARCHING, "search-aware 300 of 2,000 · 84 images/s · 55 s left"),
        ("encoder", SEARCHING, "search-aware 300 of 2,000 · 55 s, then encoder"),
        (None, ENCODING, "encoder 300 of 4,000 · 44 images/s · 2 min left"),
    ):
        strip.show_step(step, follows)
        assert strip.words.text() == words
        assert strip.words.fontMetrics().horizontalAdvance(words) <= strip.words.width()


def test_a_run_in_progress_says_in_both_places_what_follows(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "colours"), aware=4)
    trainer.editor.wait(lambda: "then search-aware" in trainer.page.run.stats.values["left"].text())
    trainer.editor.wait(lambda: "then search-aware" in trainer.panel.strip.words.text())
    trainer.stop()
