"""The setup of a run: what is checked, what is said, and what is requested."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer, type_number, write_pictures
from wganpaint_gui.core.dataset import DataReport
from wganpaint_gui.core.system.paths import dataset_cache
from wganpaint_gui.core.training.measured_speed import TimeEstimate
from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.gui.training.setup.setup_view import SetupView, estimate_text

without_engine = pytest.mark.usefixtures("without_engine")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def trainer(editor: Editor) -> Trainer:
    return Trainer(editor)


def report(usable: int, source: Path = Path("/pictures")) -> DataReport:
    return DataReport(source, usable, usable, (), (), (), (), 0)


@pytest.fixture
def setup(shown, tmp_path: Path) -> SetupView:
    view = SetupView(tmp_path / "runs")
    shown(view, 940, 600)
    return view


@without_engine
def test_the_check_starts_by_itself_and_shows_what_the_model_will_see(trainer: Trainer, tmp_path: Path):
    folder = write_pictures(tmp_path / "my colours", 14)
    (folder / "notes.txt").write_text("no picture")
    (folder / "broken.png").write_bytes(b"no picture either")
    trainer.set_up(folder)
    data, setup = trainer.page.setup.data, trainer.page.setup
    assert "14 of 15 pictures can be used." in data.report.text()
    assert "broken.png" in data.report.text()
    trainer.editor.wait(lambda: data.preview.pictures is not None)
    assert data.preview.pictures.shape[1:] == (32, 32, 3)
    assert setup.settings.name.text() == "my colours"
    assert setup.start.isEnabled()
    assert "the model may memorise 14 pictures" in setup.settings.augment_note.text()
    trainer.click(setup.settings.augment)
    assert "Recommended" not in setup.settings.augment_note.text()
    assert setup.settings.config().augment


@without_engine
def test_the_check_decodes_the_pictures_once_and_for_all(trainer: Trainer, tmp_path: Path):
    trainer.set_up(write_pictures(tmp_path / "colours"))
    (decoded,) = dataset_cache().iterdir()
    before = {file: file.stat().st_mtime_ns for file in decoded.rglob("*")}
    trainer.click(trainer.page.setup.start)
    trainer.editor.wait(lambda: trainer.updates > 0)
    assert list(dataset_cache().iterdir()) == [decoded]
    assert {file: file.stat().st_mtime_ns for file in decoded.rglob("*")} == before


@without_engine
def test_another_resolution_or_framing_is_checked_again(trainer: Trainer, tmp_path: Path):
    trainer.set_up(write_pictures(tmp_path / "small"))
    setup = trainer.page.setup
    assert setup.start.isEnabled()
    trainer.click(setup.settings.resolution.button("64"))
    assert not setup.start.isEnabled()
    trainer.editor.wait(lambda: trainer.page.setup.data.bar.isHidden())
    assert "too small" in setup.data.report.text()
    assert setup.note.text() == "These pictures cannot be used."
    trainer.click(setup.settings.resolution.button("32"))
    trainer.click(setup.data.framing.button("whole"))
    trainer.editor.wait(lambda: setup.start.isEnabled())


@without_engine
def test_a_zip_can_be_trained_on(trainer: Trainer, tmp_path: Path):
    folder = write_pictures(tmp_path / "inside")
    with zipfile.ZipFile(tmp_path / "colours.v2.zip", "w") as archive:
        for picture in folder.iterdir():
            archive.write(picture, picture.name)
    trainer.set_up(tmp_path / "colours.v2.zip")
    assert "12 of 12 pictures" in trainer.page.setup.data.report.text()
    assert trainer.page.setup.settings.name.text() == "colours.v2"


@without_engine
@pytest.mark.parametrize(("name", "said"), [("empty", "no pictures"), ("gone", "not found")])
def test_pictures_that_cannot_be_used_are_said_beside_them(trainer: Trainer, tmp_path: Path, name: str, said: str):
    if name == "empty":
        (tmp_path / name).mkdir()
    trainer.set_up(tmp_path / name)
    setup = trainer.page.setup
    assert said in setup.data.report.text().lower()
    assert str(tmp_path) not in setup.data.report.text(), "files are called by their names"
    assert setup.data.report.property("tone") == "bad"
    assert not setup.start.isEnabled()


@without_engine
def test_copies_of_one_picture_cannot_be_used(trainer: Trainer, tmp_path: Path):
    folder = tmp_path / "same"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (40, 40), "red").save(folder / f"{number}.png")
    trainer.set_up(folder)
    assert "are identical" in trainer.page.setup.data.report.text()


def drop(view: SetupView, path: Path) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    zone, action = view.data.drop, Qt.DropAction.CopyAction
    place, none = QPointF(zone.rect().center()), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), action, mime, LEFT, none)
    QApplication.sendEvent(zone, enter)
    if enter.isAccepted():
        QApplication.sendEvent(zone, QDropEvent(place, action, mime, LEFT, none))
    return enter.isAccepted()


def test_a_folder_can_be_dropped_and_a_photo_cannot(setup: SetupView, tmp_path: Path, qtbot):
    (tmp_path / "photo.png").write_bytes(b"")
    assert not drop(setup, tmp_path / "photo.png")
    with qtbot.waitSignal(setup.check_requested) as asked:
        assert drop(setup, tmp_path)
    assert asked.args[0] == tmp_path
    assert setup.data.source.text() == tmp_path.name


# --- the settings ----------------------------------------------------------------------------------------------------


def test_start_says_what_is_missing(setup: SetupView, tmp_path: Path):
    assert setup.note.text() == "Choose pictures first."
    setup.choose_source(tmp_path / "cats")
    assert setup.note.text() == "Checking the pictures…"
    setup.show_report(report(1000))
    assert setup.start.isEnabled()
    setup.settings.name.setText("a/b")
    setup.update_start()
    assert "cannot be the name" in setup.note.text()
    setup.settings.name.setText("Dogs")
    setup.set_taken({"dogs"})
    assert setup.note.text() == "A run named Dogs already exists."
    setup.settings.name.setText("birds")
    type_number(setup.settings.updates, 0)
    type_number(setup.settings.aware, 0)
    type_number(setup.settings.encoder, 0)
    assert "Nothing to train" in setup.note.text()
    type_number(setup.settings.aware, 10)
    assert "need a generator" in setup.note.text()
    type_number(setup.settings.updates, 10)
    setup.set_busy(True)
    assert "in progress" in setup.note.text()


def test_the_request_is_what_is_shown(setup: SetupView, tmp_path: Path, qtbot):
    setup.choose_source(tmp_path / "cats.zip")
    setup.show_report(report(1000))
    QTest.mouseClick(setup.settings.preset.button("paper"), LEFT)
    assert setup.settings.updates.value == 75_000
    assert setup.settings.batch.value == 64
    QTest.mouseClick(setup.settings.width_choice.button("64"), LEFT)
    type_number(setup.settings.aware, 1500)
    type_number(setup.settings.encoder, 700)
    setup.settings.licence.setText("my own")
    with qtbot.waitSignal(setup.start_requested) as asked:
        QTest.mouseClick(setup.start, LEFT)
    (request,) = asked.args
    assert request.folder == tmp_path / "runs" / "cats"
    assert (request.config.preset, request.config.network.width, request.config.clip) == ("paper", 64, 0.01)
    assert (request.config.aware.updates, request.config.encoder.updates) == (1500, 700)
    assert request.licence == "my own"
    assert request.base_model is None


def test_only_the_recipe_that_needs_it_has_a_search_aware_stage(setup: SetupView):
    assert setup.settings.config().aware.updates == 2000
    assert setup.settings.aware.field.text() == "2,000"
    QTest.mouseClick(setup.settings.preset.button("paper"), LEFT)
    assert setup.settings.config().aware.updates == 0
    QTest.mouseClick(setup.settings.preset.button("gp"), LEFT)
    type_number(setup.settings.aware, 10)
    setup.settings.aware.restore_default()
    assert setup.settings.config().aware.updates == 2000
    assert "critic-only" in setup.settings.later_note.text()


def test_only_the_recipe_that_is_for_use_trains_an_encoder(setup: SetupView):
    assert setup.settings.config().encoder.updates == 4000
    QTest.mouseClick(setup.settings.preset.button("paper"), LEFT)
    assert setup.settings.config().encoder.updates == 0
    QTest.mouseClick(setup.settings.preset.button("gp"), LEFT)
    assert setup.settings.encoder.field.text() == "4,000"
    assert "first guess" in setup.settings.later_note.text()


def test_a_name_of_a_run_is_not_taken_twice(setup: SetupView, tmp_path: Path):
    setup.set_taken({"cats", "Cats-2"})
    setup.choose_source(tmp_path / "cats")
    assert setup.settings.name.text() == "cats-3"
    setup.settings.name.setText("my cats")
    setup.choose_source(tmp_path / "dogs")
    assert setup.settings.name.text() == "my cats", "what was typed stays"
    setup.settings.name.setText("")
    setup.choose_source(tmp_path / "dogs")
    assert setup.settings.name.text() == "dogs", "a free name stays as it is"


def test_a_model_to_start_from_brings_its_own_size(trainer: Trainer, tmp_path: Path):
    trainer.editor.wait(lambda: trainer.window.engine.model is not None)
    trainer.set_up(write_pictures(tmp_path / "colours", side=70))
    settings = trainer.page.setup.settings
    card = trainer.window.engine.card
    settings.start_from.setCurrentIndex(1)
    settings.start_from.activated.emit(1)
    trainer.editor.wait(lambda: trainer.page.setup.data.bar.isHidden())
    assert not settings.resolution.isEnabled()
    assert settings.config().network == card.network
    assert trainer.page.setup.options.resolution == card.network.resolution


def test_nothing_of_the_settings_is_cut_off(setup: SetupView):
    for control in (
        setup.settings.name,
        setup.settings.resolution,
        setup.settings.width_choice,
        setup.settings.start_from,
    ):
        assert control.visibleRegion().boundingRect().width() == control.width()


@pytest.mark.parametrize("unknown", [("gan",), ("gan", "aware"), ("gan", "encoder"), ("aware", "encoder")])
def test_what_an_estimate_leaves_out_is_said_in_the_room_there_is(setup: SetupView, unknown: tuple[Stage, ...]):
    setup.note.setText(estimate_text(TimeEstimate(10_900, unknown), setup.settings.config()))
    assert setup.note.heightForWidth(setup.note.width()) <= setup.note.height()
