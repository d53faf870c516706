"""A new run before it starts: the model it starts from, and how the pictures are split."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer, run_folder, type_number, write_pictures
from wganpaint_gui.core.dataset import DataOptions, DataReport
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.training import measured_speed
from wganpaint_gui.gui.training.setup.data_panel import DataPanel
from wganpaint_gui.gui.training.setup.training_settings import TrainingSettings

pytestmark = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def settings(shown) -> TrainingSettings:
    settings = TrainingSettings()
    shown(settings, 304, 700)
    return settings


def begin_with(settings: TrainingSettings, index: int) -> None:
    settings.start_from.setCurrentIndex(index)
    settings.start_from.activated.emit(index)


def card(resolution: int, width: int) -> ModelCard:
    return ModelCard("faces", NetworkConfig(resolution, width, critic_norm="none"))


# --- the model to start from -----------------------------------------------------------------------------------------


def test_the_size_of_the_model_to_start_from_is_shown(settings: TrainingSettings):
    settings.width_choice.button("64").click()
    settings.show_model(card(128, 16))
    begin_with(settings, 1)
    assert (settings.resolution.value, settings.width_choice.value) == ("128", "16")
    assert not settings.width_choice.isEnabled()
    settings.show_model(card(32, 32))
    assert (settings.resolution.value, settings.width_choice.value) == ("32", "32"), "another is in use now"
    begin_with(settings, 0)
    assert (settings.resolution.value, settings.width_choice.value) == ("64", "64"), "what was chosen before"
    settings.resolution.button("32").click()
    begin_with(settings, 0)
    assert settings.config().network == NetworkConfig(32, 64, critic_norm="none")


def test_a_size_that_cannot_be_chosen_is_shown_as_text(settings: TrainingSettings):
    height = settings.height()
    settings.show_model(card(64, 48))
    begin_with(settings, 1)
    QApplication.processEvents()
    assert settings.other_width.isVisible()
    assert settings.other_width.text() == "48 channels"
    assert not settings.width_choice.isVisible()
    assert settings.other_width.height() == settings.width_choice.sizeHint().height()
    begin_with(settings, 0)
    assert settings.width_choice.isVisible()
    assert not settings.other_width.isVisible()
    assert settings.height() == height


# --- what was found --------------------------------------------------------------------------------------------------


def test_the_check_says_what_is_held_out_and_the_run_does_it(editor: Editor, tmp_path: Path):
    trainer = Trainer(editor)
    trainer.set_up(write_pictures(tmp_path / "colours", 24), tick=4)
    assert "20 for training, 4 held out for testing." in trainer.page.setup.data.report.text()
    trainer.click(trainer.page.setup.start)
    editor.wait(lambda: trainer.updates > 0)
    assert run_folder("colours").read_settings().data.images == 20
    trainer.stop()


@pytest.mark.parametrize(
    ("usable", "said"),
    [
        (4, "All are used for training; none is held out for testing."),
        (5, "4 for training, 1 held out for testing."),
        (200, "160 for training, 40 held out for testing."),
        (13_233, "13,033 for training, 200 held out for testing."),
    ],
)
def test_a_fifth_is_held_out_at_most(shown, usable: int, said: str):
    side = DataPanel()
    shown(side, 600, 560)
    side.show_report(DataReport(Path("/pictures"), usable, usable, (), (), (), (), 0), DataOptions())
    assert side.report.text().splitlines()[1] == said


def test_a_report_of_many_lines_is_seen_whole(shown):
    side = DataPanel()
    shown(side, 600, 560)
    side.show_source(Path("/pictures"))
    QApplication.processEvents()
    short = side.report_scroll.height()
    copies = tuple((f"sub/a{number:02}.png", f"copy{number}.png") for number in range(5))
    broken = tuple(f"broken{number}.jpg" for number in range(3))
    report = DataReport(Path("/pictures"), 39, 30, broken, copies, ("tiny.png",), (), 1)
    side.show_report(report, DataOptions())
    QApplication.processEvents()
    assert side.report.heightForWidth(side.report.width()) > short, "or this report shows nothing"
    assert not side.report_scroll.verticalScrollBar().isEnabled()
    side.begin_check()
    QApplication.processEvents()
    assert side.report_scroll.height() == short
    side.resize(600, 300)
    side.show_report(report, DataOptions())
    QApplication.processEvents()
    assert side.rect().contains(side.report_scroll.geometry().translated(side.report_scroll.parentWidget().pos()))


# --- the time it will take -------------------------------------------------------------------------------------------


def test_the_time_is_unknown_until_such_a_run_was_measured(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(measured_speed, "LEAST_SECONDS", 0.0)
    trainer, pictures = Trainer(editor), write_pictures(tmp_path / "colours", 24)
    trainer.set_up(pictures)
    setup = trainer.page.setup
    assert setup.note.text().startswith("Time: unknown")
    trainer.click(setup.start)
    editor.wait(lambda: trainer.updates > 3)
    trainer.stop()
    trainer.act_on_shown("new-training")
    editor.wait(lambda: ", as earlier runs tell." in setup.note.text())
    assert setup.start.isEnabled()
    for_a_million = setup.note.text()
    type_number(setup.settings.updates, 100)
    assert setup.note.text() != for_a_million
    type_number(setup.settings.encoder, 10)
    assert "without the encoder updates" in setup.note.text()
    trainer.click(setup.settings.width_choice.button("32"))
    assert setup.note.text().startswith("Time: unknown")
