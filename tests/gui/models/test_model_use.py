"""The models of past runs, newest and best: the names of their copies, and what happens to the one in use."""

from __future__ import annotations

from pathlib import Path

import pytest
import safetensors.torch
import torch
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox

from tests.gui.file_helpers import found
from tests.gui.shown import shown_message
from tests.gui.training_helpers import Trainer, run_folder
from wganpaint_gui.core.models.installed import list_models
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.training.training_log import read_log

pytestmark = pytest.mark.usefixtures("without_engine")

UPDATES = 8  # of the run


def entry(trainer: Trainer, name: str) -> QAction:
    return next(action for action in trainer.panel.runs.menu.actions() if action.objectName() == name)


def export(trainer: Trainer, act: str, target: Path) -> str:
    """Returns the name that was proposed."""
    trainer.act_on_run(act)
    dialog = found(trainer.editor, QFileDialog, "exportDialog")
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    proposed = field.text()
    field.setText(str(target))
    dialog.accept()
    trainer.editor.wait(lambda: f"saved as {target.name}" in shown_message(trainer.window.messages))
    return proposed


def rename(trainer: Trainer, name: str) -> None:
    trainer.act_on_run("rename-run")
    dialog = trainer.window.findChild(QInputDialog, "renameDialog")
    dialog.setTextValue(name)
    dialog.accept()
    trainer.editor.wait(lambda: trainer.panel.runs.runs.item(0).text() == name)


def use_its_model(trainer: Trainer) -> None:
    trainer.act_on_run("use-run")
    trainer.editor.wait(lambda: "for fills." in shown_message(trainer.window.messages))


# --- its name --------------------------------------------------------------------------------------------------------


def test_the_model_of_a_renamed_run_leaves_under_the_new_name(trainer: Trainer, tmp_path: Path):
    rename(trainer, "paints")
    target = tmp_path / "exported.safetensors"
    export(trainer, "export-run", target)
    assert read_card(target).name == "paints"
    assert read_card(target).updates == UPDATES
    before = safetensors.torch.load_file(run_folder("paints").model_file)
    after = safetensors.torch.load_file(target)
    assert before.keys() == after.keys()
    assert all(torch.equal(value, after[key]) for key, value in before.items())
    trainer.act_on_run("add-run")
    trainer.editor.wait(lambda: "to the list of models" in shown_message(trainer.window.messages))
    (added,) = [model for model in list_models() if not model.shipped]
    assert (added.name, read_card(added.path).name) == ("paints", "paints")


# --- the best one ----------------------------------------------------------------------------------------------------


def test_the_best_model_can_be_exported_and_added_where_it_is_not_the_newest(trainer: Trainer, tmp_path: Path):
    folder = run_folder("colours")
    ticks = {tick.update: tick.swd for tick in read_log(folder.metrics_file).gan.ticks}
    best = min(ticks, key=lambda update: ticks[update])
    assert best < UPDATES, "or this run shows nothing"
    assert entry(trainer, "export-best").text() == f"Export best (update {best}, SWD {ticks[best]:.1f})…"
    target = tmp_path / "exported.safetensors"
    assert export(trainer, "export-best", target) == "colours-best.safetensors"
    assert "Best model of colours" in shown_message(trainer.window.messages)
    assert read_card(target).updates == best
    assert target.with_suffix(".png").read_bytes() == folder.grid_path("gan", best).read_bytes()
    trainer.act_on_run("add-best")
    trainer.editor.wait(lambda: "Added colours-best" in shown_message(trainer.window.messages))
    (added,) = [model for model in list_models() if not model.shipped]
    assert read_card(added.path).updates == best


def test_the_best_model_is_not_offered_where_the_newest_is_the_best(trainer: Trainer):
    folder = run_folder("colours")
    folder.best_model_file.write_bytes(folder.model_file.read_bytes())
    trainer.actions.run_list.refresh()
    trainer.editor.wait(lambda: not entry(trainer, "export-best").isEnabled())
    assert not entry(trainer, "add-best").isEnabled()
    assert entry(trainer, "export-best").text() == "Export best…"
    assert entry(trainer, "export-run").isEnabled()


# --- the one in use --------------------------------------------------------------------------------------------------


def question(trainer: Trainer) -> str:
    return trainer.window.findChild(QMessageBox, "deleteBox").informativeText()


def test_deleting_says_that_the_model_is_in_use_and_no_longer_offers_it(trainer: Trainer):
    trainer.act_on_run("delete-run")
    assert "in use" not in question(trainer)
    trainer.answer("deleteBox", "Cancel")
    trainer.editor.wait(lambda: trainer.window.findChild(QMessageBox, "deleteBox") is None)
    use_its_model(trainer)
    begin = trainer.page.setup.settings.start_from
    assert [begin.itemText(index) for index in range(begin.count())] == ["Random weights", "colours"]
    begin.setCurrentIndex(1)
    begin.activated.emit(1)
    trainer.act_on_run("delete-run")
    assert "Its model is in use" in question(trainer)
    trainer.answer("deleteBox", "Delete")
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 0)
    assert [begin.itemText(index) for index in range(begin.count())] == ["Random weights"]
    assert trainer.page.setup.settings.base is None
    assert trainer.page.setup.settings.resolution.isEnabled()
    assert trainer.window.engine.model is not None, "it is still used for fills"
