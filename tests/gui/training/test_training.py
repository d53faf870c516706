"""Training a model in the real window: tiny real runs, controlled by the widgets."""

from __future__ import annotations

import itertools
import os
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget
from torch import Tensor

from tests.gui.conftest import PATIENCE, Editor
from tests.gui.file_helpers import found, keep_a_fill
from tests.gui.shown import shown_message
from tests.gui.training_helpers import ENDLESS, Trainer, run_folder, write_pictures
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.training.metrics_file import MetricsFile
from wganpaint_gui.gui.app import Interrupts, make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.gui.settings.preferences import load_preferences, save_preferences
from wganpaint_gui.gui.window.main_window import MainWindow
from wganpaint_gui.ml.networks import Critic

without_engine = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def trainer(editor: Editor) -> Trainer:
    return Trainer(editor)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return write_pictures(tmp_path / "colours")


@without_engine
def test_a_run_is_started_paused_resumed_and_stopped(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    run, folder = trainer.page.run, run_folder("colours")
    assert trainer.state is TrainingState.RUNNING
    assert trainer.page.shows_run
    assert run.header.title.text() == "colours"
    trainer.wait_for_grids(1)
    trainer.editor.wait(lambda: run.curve.lines is not None and run.curve.lines.newest is not None)
    trainer.editor.wait(lambda: len(run.ticks.values) > 0)
    assert "images/s" in run.stats.values["speed"].text()
    assert not any("GPU" in label.text() for label in run.stats.findChildren(QLabel) if label.isVisible())

    trainer.click(run.header.pause)
    trainer.wait_for_state(TrainingState.PAUSED)
    assert trainer.controller.wait(0), "the device is free"
    standing = folder.numbered_checkpoints()[0].update
    assert trainer.updates == standing
    assert run.header.pause.words == "Resume"

    trainer.click(run.header.pause)
    trainer.editor.wait(lambda: trainer.updates > standing)
    assert trainer.controller.log.gan.updates[: standing + 1].tolist() == list(range(1, standing + 2))

    trainer.stop()
    newest = folder.numbered_checkpoints()[0].update
    assert newest > standing
    assert trainer.panel.runs.chosen is not None
    assert trainer.panel.runs.chosen.progress() == f"{newest:,} of 1,000,000 updates"
    assert folder.model_file.is_file()
    assert run.header.badge.accessibleName() == "Saved"


@without_engine
def test_the_photo_can_be_edited_while_it_trains(trainer: Trainer, pictures: Path):
    trainer.window.open_sample()
    trainer.editor.wait(lambda: trainer.window.document is not None)
    trainer.window.side_panels.setCurrentWidget(trainer.panel)
    trainer.start(pictures)
    QTest.keyClick(trainer.page, Qt.Key.Key_Escape)
    assert trainer.window.canvas.isVisible()
    assert not trainer.page.isVisible()
    assert trainer.panel.strip.isVisible()
    before = trainer.updates
    trainer.editor.paint((100, 100), (150, 120))
    trainer.editor.wait(lambda: trainer.updates > before)
    trainer.editor.wait(lambda: "of 1,000,000" in trainer.panel.strip.words.text())
    trainer.editor.wait(lambda: not trainer.panel.strip.samples[0].image.isNull())
    trainer.click(trainer.panel.strip.show_button)
    assert trainer.page.isVisible()
    assert trainer.page.shows_run


@without_engine
def test_a_pause_in_the_strip_frees_the_device_too(trainer: Trainer, pictures: Path):
    trainer.window.side_panels.setCurrentWidget(trainer.panel)
    trainer.start(pictures)
    trainer.click(trainer.panel.strip.pause)
    trainer.wait_for_state(TrainingState.PAUSED)
    assert trainer.panel.strip.words.text() == "paused"
    trainer.click(trainer.panel.strip.pause)
    trainer.wait_for_state(TrainingState.RUNNING)


@without_engine
def test_the_slider_goes_back_to_earlier_grids_and_stays_there(trainer: Trainer, pictures: Path):
    trainer.start(pictures, tick=2)
    trainer.wait_for_grids(3)
    grids = trainer.page.run.grids
    trainer.editor.wait(lambda: grids.slider.last >= 2)
    grids.choose(0)
    trainer.editor.wait(lambda: grids.shown is not None and grids.shown.update == 2)
    seen = len(trainer.controller.log.gan.ticks)
    trainer.editor.wait(lambda: len(trainer.controller.log.gan.ticks) > seen + 1)
    assert grids.shown is not None
    assert grids.shown.update == 2
    assert grids.label.text() == "update 2"
    assert grids.images.pictures is not None
    assert grids.images.pictures.shape == (64, 32, 32, 3)
    trainer.click(grids.follow)
    trainer.editor.wait(lambda: grids.shown is not None and grids.shown.update > 2)


@without_engine
def test_samples_are_drawn_and_shown_at_once(trainer: Trainer, pictures: Path):
    act = trainer.window.actions_by_id["sample_now"]
    assert not act.isEnabled()
    trainer.start(pictures, tick=ENDLESS)
    grids = trainer.page.run.grids
    assert grids.shown is None
    trainer.click(grids.sample)
    trainer.editor.wait(lambda: grids.shown is not None)
    first = grids.shown
    trainer.editor.wait(lambda: trainer.updates > first.update)
    trainer.window.central_stack.show_photo()
    trainer.editor.act("sample_now")
    trainer.editor.wait(lambda: grids.shown.update > first.update)
    assert not trainer.panel.strip.samples[0].image.isNull()
    trainer.actions.open()
    trainer.act_on_shown("pause-training")
    assert not act.isEnabled()
    assert not grids.sample.isEnabled()
    trainer.wait_for_state(TrainingState.PAUSED)
    trainer.stop()


@without_engine
def test_discarding_asks_and_then_deletes_everything(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    folder = run_folder("colours")
    trainer.click(trainer.page.run.header.discard)
    trainer.answer("deleteBox", "Cancel")
    assert trainer.state is TrainingState.RUNNING
    trainer.click(trainer.page.run.header.discard)
    trainer.answer("deleteBox", "Stop and discard")
    trainer.wait_for_state(TrainingState.IDLE)
    assert not folder.path.exists()
    assert not trainer.page.shows_run
    assert "deleted" in shown_message(trainer.window.messages)


@without_engine
def test_closing_does_not_save_a_run_from_being_discarded(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    trainer.controller.discard()
    trainer.window.close()
    assert trainer.window.all_ended
    assert not run_folder("colours").path.exists()
    assert load_preferences().training == ""


@without_engine
def test_a_paused_run_can_be_discarded(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    trainer.click(trainer.page.run.header.pause)
    trainer.wait_for_state(TrainingState.PAUSED)
    trainer.click(trainer.page.run.header.discard)
    trainer.answer("deleteBox", "Stop and discard")
    trainer.wait_for_state(TrainingState.IDLE)
    assert not run_folder("colours").path.exists()


def test_training_waits_during_a_search_and_continues_after_it(trainer: Trainer, pictures: Path):
    editor = trainer.editor
    editor.ready_to_fill(steps=100_000)
    trainer.start(pictures)
    editor.act("run")
    trainer.wait_for_state(TrainingState.YIELDING)
    assert trainer.window.canvas.isVisible(), "the photo is shown again"
    standing = trainer.updates
    editor.wait(lambda: editor.steps > 20)
    assert trainer.updates <= standing + 1, "it ends the update it is in, and makes no other"
    standing = trainer.updates
    assert trainer.panel.strip.words.text() == "waiting for fill"
    editor.act("stop")
    editor.wait_for_state(FillState.FINISHED)
    trainer.wait_for_state(TrainingState.RUNNING)
    editor.wait(lambda: trainer.updates > standing)


def test_a_run_that_waits_for_a_fill_can_be_stopped(trainer: Trainer, pictures: Path):
    editor = trainer.editor
    editor.ready_to_fill(steps=100_000)
    trainer.start(pictures)
    editor.act("run")
    trainer.wait_for_state(TrainingState.YIELDING)
    trainer.stop()
    assert run_folder("colours").model_file.is_file()


def test_the_newest_model_is_used_without_stopping_and_repeats_an_open_search(trainer: Trainer, pictures: Path):
    editor = trainer.editor
    editor.ready_to_fill(steps=6)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    found = editor.controller.fill.search.best.latents.copy()
    trainer.start(pictures)
    trainer.click(trainer.page.run.header.use)
    editor.wait(lambda: any("Search again" in button.text() for button in editor.choices))
    assert trainer.state is TrainingState.RUNNING
    assert trainer.window.engine.card.name == "colours"
    trainer.choose_message("Search again from its latents")
    editor.wait(lambda: editor.steps > 0)
    fill = editor.controller.fill
    assert fill.snapshot_at(None).images.shape[-2] == 32, "of the new model"
    np.testing.assert_array_equal(fill.search.log.latents[0], found)
    editor.wait_for_state(FillState.FINISHED)


@without_engine
def test_a_run_that_is_done_says_so_and_offers_its_model(trainer: Trainer, pictures: Path):
    trainer.start(pictures, updates=120, tick=60)
    trainer.window.central_stack.show_photo()
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: "finished" in shown_message(trainer.window.messages))
    trainer.choose_message("Show run")
    trainer.editor.wait(lambda: trainer.page.run.header.badge.accessibleName() == "Finished")
    assert trainer.page.run.isVisible()
    trainer.click(trainer.page.run.header.use)
    trainer.editor.wait(lambda: trainer.window.models.remembered[0] == str(run_folder("colours").model_file))


def outside(page: QWidget) -> list[str]:
    """What of a page cannot be seen whole, or is narrower than what it says; a name that ends in … is not."""
    cut = []
    for part in page.findChildren(QWidget):
        if not part.isVisible():
            continue
        place = part.rect().translated(part.mapTo(page, part.rect().topLeft()))
        says = isinstance(part, QAbstractButton | QLabel)
        least = min(part.minimumSizeHint().width(), part.maximumWidth()) if says else 0
        if not page.rect().contains(place) or part.width() < least:
            cut.append(f"{type(part).__name__} {part.objectName()} {place} {least}")
    return cut


@without_engine
def test_the_settings_of_a_run_are_seen_whole_in_the_smallest_window(trainer: Trainer, pictures: Path):
    trainer.set_up(pictures)
    setup, page = trainer.page.setup, trainer.page
    assert setup.settings.isVisible()
    assert setup.data.isVisible()
    trainer.window.resize(trainer.window.minimumSize())
    trainer.editor.wait(lambda: not setup.settings.isVisible())
    QApplication.processEvents()
    assert outside(page) == []
    assert setup.data.preview.isVisible()
    trainer.click(setup.side.button("settings"))
    QApplication.processEvents()
    assert not setup.data.isVisible()
    assert setup.settings.updates.isVisible()
    assert setup.settings.width() <= page.width()
    for part in (setup.start, setup.side, setup.note):
        assert page.rect().contains(part.rect().translated(part.mapTo(page, part.rect().topLeft())))


@without_engine
def test_a_run_is_seen_whole_in_the_smallest_window(trainer: Trainer, pictures: Path):
    trainer.start(pictures, tick=2, aware=4)
    trainer.wait_for_grids(1)
    run, page = trainer.page.run, trainer.page
    assert run.header.stop.isVisible()
    assert not run.header.more.isVisible()
    trainer.window.resize(trainer.window.minimumSize())
    trainer.editor.wait(lambda: run.header.more.isVisible())
    QApplication.processEvents()
    assert outside(page) == []
    assert run.grids.slider.width() >= 160
    assert run.header.title.width() >= 40
    shown = [part for part in run.stats.findChildren(QWidget) if part.isVisible()]
    for one, other in itertools.combinations(shown, 2):
        assert not one.geometry().intersects(other.geometry())
    trainer.window.messages.show_message("Something is said.", "warning")
    QApplication.processEvents()
    assert outside(page) == []

    entries = {entry.objectName(): entry for entry in run.header.more.menu().actions()}
    assert not entries["new-training-entry"].isVisible()
    entries["stop-training-entry"].trigger()
    trainer.wait_for_state(TrainingState.ENDED)
    assert run_folder("colours").model_file.is_file()
    assert entries["new-training-entry"].isVisible()
    assert not entries["stop-training-entry"].isVisible()
    QApplication.processEvents()
    assert outside(page) == []


@without_engine
@pytest.mark.usefixtures("quick_ticks")
def test_the_search_aware_stage_has_its_own_curve_and_its_own_pictures(trainer: Trainer, pictures: Path):
    trainer.start(pictures, updates=4, tick=4, aware=4)
    run = trainer.page.run
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: run.grids.shown is not None and run.grids.shown.stage == "aware")
    assert run.stages.value == "aware"
    assert run.stats.values["update"].text() == "4 of 4"
    assert "dB" in run.stats.values["psnr"].text()
    assert run.grids.images.accessibleDescription() == "image, hole, fill"
    trainer.click(run.stages.button("gan"))
    trainer.editor.wait(lambda: run.curve.lines is not None and run.curve.lines.raw[0].tolist() == [1, 2, 3, 4])
    assert run.stats.values["update"].text() == "4 of 4"
    assert run.stats.values["psnr"].text() == "–"


@without_engine
def test_closing_the_program_saves_and_the_next_start_offers_to_resume(trainer: Trainer, pictures: Path, qtbot):
    trainer.start(pictures)
    trainer.window.close()
    assert trainer.window.all_ended
    folder = run_folder("colours")
    standing = folder.numbered_checkpoints()[0].update
    assert standing >= 3
    assert load_preferences().training == str(folder.path)
    window = MainWindow()
    window.show()
    editor = Editor(window, qtbot)
    again = Trainer(editor)
    editor.wait(lambda: "in progress" in shown_message(window.messages))
    again.choose_message("Resume training")
    editor.wait(lambda: again.updates > standing)
    again.stop()
    window.close()
    assert load_preferences().training == ""


@without_engine
def test_a_run_is_remembered_while_it_is_in_progress(trainer: Trainer, pictures: Path, qtbot):
    trainer.start(pictures)
    # Whoever is killed now says nothing more.
    trainer.editor.wait(lambda: load_preferences().training == str(run_folder("colours").path))
    other = MainWindow(load_engine=False)
    other.training.interrupted.offer()
    assert shown_message(other.messages) == "", "it is resumed in another window"
    other.close()
    save_preferences(replace(load_preferences(), training=str(run_folder("colours").path)))
    trainer.stop()
    trainer.editor.wait(lambda: load_preferences().training == "")


@without_engine
def test_kill_saves_the_training_as_closing_does(trainer: Trainer, pictures: Path, interrupts: Interrupts):
    trainer.start(pictures)
    os.kill(os.getpid(), signal.SIGTERM)
    trainer.editor.wait(lambda: not trainer.window.isVisible())
    assert trainer.window.all_ended
    assert run_folder("colours").numbered_checkpoints()[0].update >= 3
    assert load_preferences().training == str(run_folder("colours").path)
    assert interrupts.exit_code == 128 + signal.SIGTERM


@without_engine
@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signal")
def test_ctrl_c_has_the_training_saved_while_its_question_is_open_and_a_terminal_that_goes_away_asks_nothing(
    trainer: Trainer, pictures: Path, interrupts: Interrupts
):
    trainer.window.open_sample()
    trainer.editor.wait(lambda: trainer.window.document is not None)
    keep_a_fill(trainer.editor.document)
    trainer.start(pictures)
    os.kill(os.getpid(), signal.SIGINT)
    box = found(trainer.editor, QMessageBox, "unsavedBox")
    trainer.wait_for_state(TrainingState.PAUSED)
    assert run_folder("colours").numbered_checkpoints()
    os.kill(os.getpid(), signal.SIGINT)
    trainer.editor.wait(lambda: interrupts.exit_code == 128 + signal.SIGINT)
    QApplication.processEvents()
    assert trainer.window.findChildren(QMessageBox, "unsavedBox") == [box]
    os.kill(os.getpid(), signal.SIGHUP)
    trainer.editor.wait(lambda: not trainer.window.isVisible())
    assert interrupts.exit_code == 128 + signal.SIGHUP


@without_engine
def test_the_end_of_the_session_finds_the_training_saved(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    trainer.window.save_all()
    assert run_folder("colours").numbered_checkpoints()[0].update >= 3
    trainer.wait_for_state(TrainingState.PAUSED)


@without_engine
def test_an_offer_that_is_declined_is_not_made_again(trainer: Trainer, pictures: Path, qtbot):
    trainer.start(pictures)
    trainer.click(trainer.page.run.header.pause)
    trainer.wait_for_state(TrainingState.PAUSED)
    trainer.window.close()
    make_application()
    window = MainWindow()
    window.show()
    qtbot.waitUntil(lambda: "in progress" in shown_message(window.messages), timeout=PATIENCE)
    Trainer(Editor(window, qtbot)).choose_message("Not now")
    window.close()
    assert load_preferences().training == ""


@without_engine
def test_a_full_disk_is_said_and_nothing_is_lost(trainer: Trainer, pictures: Path, monkeypatch: pytest.MonkeyPatch):
    trainer.start(pictures)
    append, full = MetricsFile.append, [True]

    def scarce(self: MetricsFile, lines: list[str]) -> None:
        if full:
            raise SaveError("The disk is full.", "Free some space.")
        append(self, lines)

    monkeypatch.setattr(MetricsFile, "append", scarce)
    trainer.editor.wait(lambda: "The disk is full" in shown_message(trainer.window.messages))
    assert "nothing is lost" in trainer.page.run.notice.text()
    standing = trainer.updates
    full.clear()
    trainer.editor.wait(lambda: trainer.updates > standing + 2)


@without_engine
def test_memory_that_runs_out_is_said_with_a_batch_that_fits(
    trainer: Trainer, pictures: Path, monkeypatch: pytest.MonkeyPatch, batches_tried_here: None
):
    trainer.start(pictures)
    forward = Critic.forward

    def cramped(self: Critic, x: Tensor) -> Tensor:
        if len(x) > 2 * 2:  # photos and fakes together
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")
        return forward(self, x)

    monkeypatch.setattr(Critic, "forward", cramped)
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(lambda: "A batch of 2 fits." in shown_message(trainer.window.messages))
    assert "--" not in shown_message(trainer.window.messages)
    learnt = trainer.updates
    trainer.choose_message("Resume with batch size 2")
    trainer.editor.wait(lambda: trainer.state is TrainingState.RUNNING and trainer.updates > learnt)
    assert run_folder("colours").read_settings().config.batch_size == 2


@without_engine
def test_a_run_can_be_paused_while_its_pictures_are_checked(trainer: Trainer, pictures: Path):
    trainer.set_up(pictures)
    trainer.click(trainer.page.setup.start)
    trainer.controller.pause()  # before the thread has said anything
    trainer.wait_for_state(TrainingState.PAUSED)
    trainer.click(trainer.page.run.header.pause)
    trainer.editor.wait(lambda: trainer.updates > 3)


@without_engine
def test_stopping_before_the_first_update_leaves_nothing_behind(trainer: Trainer, pictures: Path):
    trainer.set_up(pictures)
    trainer.click(trainer.page.setup.start)
    trainer.click(trainer.page.run.header.stop)
    trainer.wait_for_state(TrainingState.IDLE)
    assert not trainer.page.shows_run
    assert not run_folder("colours").path.exists()


@without_engine
def test_a_message_covers_and_moves_nothing_of_a_run(trainer: Trainer, pictures: Path):
    trainer.start(pictures)
    window, run = trainer.window, trainer.page.run
    parts = (run.header.stop, run.stats, run.grids, run.curve)

    def places() -> list[QRect]:
        QApplication.processEvents()
        return [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]

    before = places()
    window.messages.show_message("Something is said.", "warning")
    assert places() == before
    bar = QRect(window.messages.mapTo(window, QPoint(0, 0)), window.messages.size())
    assert not any(bar.intersects(place) for place in before)


@without_engine
def test_a_device_that_is_not_there_is_said_and_the_settings_stay(trainer: Trainer, pictures: Path):
    trainer.set_up(pictures)
    settings = trainer.page.setup.settings
    settings.device.setCurrentIndex(settings.device.findData("cuda"))
    trainer.click(trainer.page.setup.start)
    trainer.editor.wait(lambda: "cuda" in shown_message(trainer.window.messages))
    trainer.wait_for_state(TrainingState.IDLE)
    assert not trainer.page.shows_run
    assert trainer.page.setup.start.isEnabled()


@without_engine
def test_pictures_that_go_away_before_it_begins_are_said_beside_them(trainer: Trainer, pictures: Path):
    trainer.set_up(pictures)
    for picture in pictures.iterdir():
        picture.unlink()
    trainer.click(trainer.page.setup.start)
    trainer.wait_for_state(TrainingState.IDLE)
    assert not trainer.page.shows_run
    assert not trainer.page.setup.start.isEnabled()
    assert trainer.page.setup.data.report.property("tone") == "bad"
