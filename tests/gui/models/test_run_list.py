"""The runs of the past: listed, shown, resumed, renamed, exported, added, deleted after a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox

from tests.gui.file_helpers import click, found
from tests.gui.shown import shown_message
from tests.gui.training_helpers import Trainer, run_folder, write_pictures
from wganpaint_gui.core.models.installed import list_models
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.gui.models.past_runs import progress_text, read_runs
from wganpaint_gui.gui.models.training_state import TrainingState

pytestmark = pytest.mark.usefixtures("without_engine")


def test_a_run_says_how_far_it_is(trainer: Trainer):
    (entry,) = read_runs()
    assert entry.name == "colours"
    assert entry.progress() == "8 updates"
    assert entry.has_model
    assert trainer.panel.runs.resume.words == "Train longer…"
    config = entry.settings.config
    assert progress_text(config, None) == "not started"


def test_a_run_of_the_past_is_shown_with_its_curve_and_its_grids(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "others", 14))
    trainer.window.central_stack.show_photo()
    trainer.panel.runs.choose("colours")
    trainer.click(trainer.panel.runs.show_run)
    run = trainer.page.run
    assert run.header.title.text() == "colours"
    trainer.editor.wait(lambda: run.curve.lines is not None and len(run.curve.lines.raw[0]) == 8)
    trainer.editor.wait(lambda: run.grids.shown is not None and run.grids.shown.update == 8)
    assert not run.header.pause.isEnabled()
    assert run.stats.values["speed"].text() == "–", "the speed of another run is no news here"
    before = trainer.updates
    trainer.editor.wait(lambda: trainer.updates > before + 3)
    assert run.stats.values["update"].text() == "8 of 8"
    trainer.stop()


def test_a_stopped_run_is_resumed(trainer: Trainer, tmp_path: Path):
    trainer.start(write_pictures(tmp_path / "others", 14))
    trainer.stop()
    trainer.window.central_stack.show_photo()
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 2)
    trainer.panel.runs.choose("others")
    assert trainer.panel.runs.chosen is not None
    standing = trainer.panel.runs.chosen.newest.update
    trainer.click(trainer.panel.runs.resume)
    trainer.editor.wait(lambda: trainer.updates > standing)
    assert [trainer.panel.runs.runs.item(0).text()] == ["colours"], "the run in progress is in the strip"
    trainer.stop()


def test_a_finished_run_is_trained_longer(trainer: Trainer):
    trainer.click(trainer.panel.runs.resume)
    dialog = trainer.window.findChild(QInputDialog, "longerDialog")
    assert (dialog.intMinimum(), dialog.intValue()) == (9, 12)
    dialog.setIntValue(11)
    dialog.accept()
    trainer.editor.wait(lambda: trainer.updates == 11)
    trainer.wait_for_state(TrainingState.ENDED)
    trainer.editor.wait(
        lambda: trainer.panel.runs.chosen is not None and trainer.panel.runs.chosen.progress() == "11 updates"
    )
    assert trainer.controller.log.gan.updates.tolist() == list(range(1, 12))


def test_a_run_is_renamed(trainer: Trainer):
    trainer.act_on_run("use-run")
    trainer.editor.wait(lambda: "for fills." in shown_message(trainer.window.messages))
    assert trainer.window.models.remembered[0] == str(run_folder("colours").model_file)
    trainer.act_on_run("rename-run")
    dialog = trainer.window.findChild(QInputDialog, "renameDialog")
    dialog.setTextValue("paints")
    dialog.accept()
    trainer.editor.wait(lambda: trainer.panel.runs.runs.item(0).text() == "paints")
    assert run_folder("paints").settings_file.is_file()
    assert trainer.window.models.remembered[0] == str(run_folder("paints").model_file)
    badge = trainer.window.tool_options.model_badge
    trainer.editor.wait(lambda: badge.accessibleName() == "paints")
    assert trainer.panel.name.text() == "paints"
    assert trainer.page.setup.settings.start_from.itemText(1) == "paints"
    trainer.act_on_run("use-run")
    trainer.editor.wait(lambda: not trainer.window.engine.loading)
    assert badge.accessibleName() == "paints", "also where it is loaded anew"


def test_a_name_that_no_folder_can_have_is_refused(trainer: Trainer):
    trainer.actions.run_list.rename(trainer.panel.runs.chosen, "a/b")
    trainer.editor.wait(lambda: "cannot be the name" in shown_message(trainer.window.messages))
    assert run_folder("colours").path.is_dir()


def test_deleting_asks_first(trainer: Trainer):
    trainer.act_on_run("delete-run")
    trainer.answer("deleteBox", "Cancel")
    assert run_folder("colours").path.is_dir()
    trainer.act_on_run("delete-run")
    trainer.answer("deleteBox", "Delete")
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 0)
    assert not run_folder("colours").path.exists()
    assert trainer.panel.runs.empty.isVisible()


def export_as(trainer: Trainer, target: Path) -> QFileDialog:
    """Type a name into the dialog and press its button."""
    trainer.act_on_run("export-run")
    dialog = found(trainer.editor, QFileDialog, "exportDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(target))
    dialog.accept()
    return dialog


def test_a_model_is_exported_with_its_samples(trainer: Trainer, tmp_path: Path):
    target = tmp_path / "exported.v2.safetensors"
    export_as(trainer, tmp_path / "exported.v2")
    trainer.editor.wait(lambda: "saved as exported.v2.safetensors." in shown_message(trainer.window.messages))
    assert read_card(target).updates == 8
    assert target.with_suffix(".png").is_file()


def test_exporting_asks_before_it_replaces_the_file_that_the_suffix_makes_of_a_name(trainer: Trainer, tmp_path: Path):
    target = tmp_path / "exported.safetensors"
    target.write_text("another model")
    export_as(trainer, tmp_path / "exported")
    click(found(trainer.editor, QMessageBox, "replaceBox"), QMessageBox.StandardButton.Cancel)
    trainer.editor.wait(lambda: trainer.window.findChild(QMessageBox, "replaceBox") is None)
    assert target.read_text() == "another model"
    export_as(trainer, tmp_path / "exported")
    click(found(trainer.editor, QMessageBox, "replaceBox"), QMessageBox.StandardButton.Yes)
    trainer.editor.wait(lambda: "saved as" in shown_message(trainer.window.messages))
    assert read_card(target).updates == 8


def test_exporting_never_replaces_a_photo_of_the_same_name(trainer: Trainer, tmp_path: Path):
    photo = tmp_path / "exported.png"
    photo.write_bytes(b"a photo")
    export_as(trainer, tmp_path / "exported.safetensors")
    trainer.editor.wait(lambda: "exported.png already exists" in shown_message(trainer.window.messages))
    assert photo.read_bytes() == b"a photo"
    assert read_card(tmp_path / "exported.safetensors").updates == 8


def test_a_model_is_added_to_the_list_under_the_runs_name(trainer: Trainer):
    trainer.act_on_run("add-run")
    trainer.editor.wait(lambda: "to the list of models" in shown_message(trainer.window.messages))
    assert "colours" in [entry.name for entry in list_models()]
    names = [trainer.panel.models.item(row).text() for row in range(trainer.panel.models.count())]
    assert names == [*(entry.name for entry in list_models()), "colours (training run)"]
    trainer.act_on_run("add-run")
    trainer.editor.wait(lambda: "Rename the run first" in shown_message(trainer.window.messages))


def test_a_model_of_a_run_is_used_and_shown_with_its_samples(trainer: Trainer):
    trainer.act_on_run("use-run")
    trainer.editor.wait(lambda: "for fills." in shown_message(trainer.window.messages))
    assert trainer.window.engine.card.name == "colours"
    assert not trainer.panel.grid.isHidden()


def test_a_run_with_damaged_settings_is_left_out(trainer: Trainer):
    run_folder("colours").settings_file.write_text("{")
    for checkpoint in run_folder("colours").numbered_checkpoints():  # they have the settings too
        checkpoint.path.unlink()
    trainer.actions.run_list.refresh()
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 0)


def test_the_metrics_of_a_run_are_exported_from_the_list_and_from_its_page(trainer: Trainer, tmp_path: Path):
    act = trainer.window.actions_by_id["export_metrics"]
    assert not act.isEnabled()
    trainer.act_on_run("export-run-metrics")
    dialog = found(trainer.editor, QFileDialog, "saveDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "numbers"))
    dialog.accept()
    trainer.editor.wait(lambda: "saved as numbers.csv (8 rows)." in shown_message(trainer.window.messages))
    assert len((tmp_path / "numbers.csv").read_text().splitlines()) == 9
    trainer.click(trainer.panel.runs.show_run)
    assert act.isEnabled()
    act.trigger()
    trainer.editor.wait(lambda: trainer.window.findChild(QFileDialog, "saveDialog") not in (None, dialog))
    trainer.window.findChild(QFileDialog, "saveDialog").reject()
    trainer.click(trainer.page.back)
    assert not act.isEnabled()


def test_the_model_of_a_finished_run_is_among_the_models_and_used_by_one_click(trainer: Trainer, qtbot):
    models = trainer.panel.models
    trainer.editor.wait(lambda: models.count() > 0 and models.item(models.count() - 1).text() == "colours")
    trainer.click(trainer.panel.view.button("model"))
    row = models.visualItemRect(models.item(models.count() - 1))
    qtbot.mouseClick(models.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    trainer.editor.wait(lambda: trainer.window.engine.model_path == run_folder("colours").model_file)
    assert trainer.window.models.remembered[0] == str(run_folder("colours").model_file)
    assert models.item(models.count() - 1).isSelected()
    trainer.actions.run_list.delete(trainer.panel.runs.chosen)
    trainer.editor.wait(lambda: models.item(models.count() - 1).text() != "colours")
