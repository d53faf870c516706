"""Helpers for tests of the training page: tiny real runs, started and controlled through the widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMessageBox

from tests.gui.conftest import Editor
from tests.ml import training_runs as tiny_runs
from wganpaint_gui.core.system.paths import training_runs
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.gui.widgets import ValueSlider

ENDLESS = 1_000_000  # updates


def write_pictures(folder: Path, count: int = 12, side: int = 36) -> Path:
    """A fifth of them is held out."""
    return tiny_runs.write_pictures(folder, count, side)


def type_number(slider: ValueSlider, number: int) -> None:
    slider.field.setText(str(number))
    slider.field.editingFinished.emit()


class Trainer:
    """Does what a person does on the training page."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.window = editor.window
        self.page = editor.window.training.page
        self.panel = editor.window.model_panel
        self.actions = editor.window.training
        self.controller = editor.window.training.controller

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled(), f"{button.objectName()} is off"
        assert button.isVisible(), f"{button.objectName()} is not in sight"
        on_label = QPoint(10, button.height() // 2)  # a check box takes no clicks beside its label
        at = on_label if isinstance(button, QCheckBox) else QPoint()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)

    def set_up(
        self, pictures: Path, *, updates: int = ENDLESS, tick: int = 4, aware: int = 0, encoder: int = 0
    ) -> None:
        """Open the page, choose pictures and the smallest settings, wait for the check."""
        self.editor.act("train")
        settings = self.page.setup.settings
        self.click(settings.resolution.button("32"))
        self.click(settings.width_choice.button("16"))
        for slider, number in (
            (settings.updates, updates),
            (settings.aware, aware),
            (settings.encoder, encoder),
            (settings.tick, tick),
            (settings.batch, 4),
        ):
            type_number(slider, number)
        self.page.setup.choose_source(pictures)
        self.editor.wait(lambda: self.page.setup.data.bar.isHidden())

    def start(self, pictures: Path, **settings: int) -> None:
        """Start, and wait for the first updates."""
        self.set_up(pictures, **settings)
        self.click(self.page.setup.start)
        self.editor.wait(lambda: self.updates >= 3 and self.state is not TrainingState.PREPARING)

    @property
    def state(self) -> TrainingState:
        return self.controller.state

    @property
    def updates(self) -> int:
        return len(self.controller.log.gan)

    def wait_for_state(self, state: TrainingState) -> None:
        self.editor.wait(lambda: self.state is state)

    def wait_for_grids(self, count: int) -> None:
        self.editor.wait(lambda: len(self.controller.log.gan.ticks) >= count)
        self.editor.wait(lambda: self.page.run.grids.shown is not None)

    def stop(self) -> None:
        self.actions.open()
        self.act_on_shown("stop-training")
        self.wait_for_state(TrainingState.ENDED)
        self.editor.wait(lambda: self.panel.runs.runs.count() > 0)

    def act_on_shown(self, name: str) -> None:
        """A button at the head of the run's page, or its entry in the menu there where the window is narrow."""
        header = self.page.run.header
        if not header.more.isVisible():
            self.click(header.findChild(QAbstractButton, name))
            return
        entry = next(entry for entry in header.more.menu().actions() if entry.objectName() == f"{name}-entry")
        assert entry.isVisible()
        assert entry.isEnabled(), f"{name} is off"
        entry.trigger()

    def answer(self, box_name: str, words: str) -> None:
        """Click a button of an open question."""
        box = self.window.findChild(QMessageBox, box_name)
        assert box is not None
        button = next(button for button in box.buttons() if words in button.text())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose_message(self, words: str) -> None:
        """Click a choice of the message bar."""
        self.editor.choose(words)

    def act_on_run(self, name: str) -> None:
        """An entry of the list's menu."""
        action = next(action for action in self.panel.runs.menu.actions() if action.objectName() == name)
        assert action.isEnabled(), f"{name} is off"
        action.trigger()


def run_folder(name: str) -> RunFolder:
    return RunFolder(training_runs() / name)
