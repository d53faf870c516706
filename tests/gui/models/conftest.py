"""A finished run, trained once for all tests that look at it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer, run_folder
from tests.ml.training_runs import begin, image_set, tiny_config, write_pictures


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of eight updates, examined every second one. Only to be copied."""
    folder = tmp_path_factory.mktemp("finished")
    images = image_set(write_pictures(folder / "pictures"), folder / "cache")
    list(begin(folder / "colours", tiny_config(generator_updates=8, tick_updates=2), images).run())
    return folder / "colours"


@pytest.fixture
def run_of_the_past(finished_run: Path) -> None:
    """Put the finished run where the program looks for runs."""
    shutil.copytree(finished_run, run_folder("colours").path)


@pytest.fixture
def trainer(run_of_the_past: None, editor: Editor) -> Trainer:
    """With the finished run in the list, and chosen."""
    trainer = Trainer(editor)
    trainer.window.side_panels.setCurrentWidget(trainer.panel)
    trainer.click(trainer.panel.view.button("training"))
    trainer.editor.wait(lambda: trainer.panel.runs.runs.count() == 1)
    trainer.panel.runs.choose("colours")
    return trainer
