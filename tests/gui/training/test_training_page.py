"""The training page before a run, and its parts: what is checked, what is said, and that nothing moves."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.conftest import Editor
from tests.gui.seen import seen_cells
from tests.gui.training_helpers import Trainer, type_number, write_pictures
from wganpaint_gui.core.dataset import DataReport
from wganpaint_gui.core.system.paths import dataset_cache
from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.core.training.training_log import StageLog, Tick, TrainingStep, running_median
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import CRITIC, DARK
from wganpaint_gui.gui.look.number_text import (
    duration_text,
    images_text,
    memory_text,
    short_signed_text,
    signed_text,
)
from wganpaint_gui.gui.training.run.curve_lines import axis_span, curve_lines
from wganpaint_gui.gui.training.run.gap_plot import GapPlot
from wganpaint_gui.gui.training.run.run_view import RunView
from wganpaint_gui.gui.training.run.stats_row import StatsRow
from wganpaint_gui.gui.training.run.w_curve import GUTTER, WCurve
from wganpaint_gui.gui.training.setup.setup_view import SetupView
from wganpaint_gui.gui.widgets.image_grid import ImageGrid

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


# --- choosing pictures -----------------------------------------------------------------------------------------------


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


def test_the_check_decodes_the_pictures_once_and_for_all(trainer: Trainer, tmp_path: Path):
    trainer.set_up(write_pictures(tmp_path / "colours"))
    (decoded,) = dataset_cache().iterdir()
    before = {file: file.stat().st_mtime_ns for file in decoded.rglob("*")}
    trainer.click(trainer.page.setup.start)
    trainer.editor.wait(lambda: trainer.updates > 0)
    assert list(dataset_cache().iterdir()) == [decoded]
    assert {file: file.stat().st_mtime_ns for file in decoded.rglob("*")} == before


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


def test_a_zip_can_be_trained_on(trainer: Trainer, tmp_path: Path):
    folder = write_pictures(tmp_path / "inside")
    with zipfile.ZipFile(tmp_path / "colours.v2.zip", "w") as archive:
        for picture in folder.iterdir():
            archive.write(picture, picture.name)
    trainer.set_up(tmp_path / "colours.v2.zip")
    assert "12 of 12 pictures" in trainer.page.setup.data.report.text()
    assert trainer.page.setup.settings.name.text() == "colours.v2"


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
    setup.settings.licence.setText("my own")
    with qtbot.waitSignal(setup.start_requested) as asked:
        QTest.mouseClick(setup.start, LEFT)
    (request,) = asked.args
    assert request.folder == tmp_path / "runs" / "cats"
    assert (request.config.preset, request.config.network.width, request.config.clip) == ("paper", 64, 0.01)
    assert request.config.aware.updates == 1500
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
    assert "critic-only" in setup.settings.aware_note.text()


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


# --- leaving ---------------------------------------------------------------------------------------------------------


def test_the_page_takes_the_photos_place_and_gives_it_back(trainer: Trainer):
    trainer.window.open_sample()
    trainer.editor.wait(lambda: trainer.window.document is not None)
    trainer.editor.act("train")
    assert trainer.page.isVisible()
    assert not trainer.window.canvas.isVisible()
    trainer.click(trainer.page.back)
    assert trainer.window.canvas.isVisible()
    assert trainer.window.canvas.hasFocus() or not trainer.window.isActiveWindow()


def test_a_fill_that_is_not_seen_is_not_decided(trainer: Trainer):
    editor = trainer.editor
    editor.ready_to_fill(steps=3)
    editor.act("run")
    editor.wait_for_state(editor.controller.state.FINISHED)
    editor.act("train")
    assert not trainer.window.actions_by_id["keep"].isEnabled()
    assert not trainer.window.actions_by_id["discard"].isEnabled()
    trainer.click(trainer.page.back)
    assert trainer.window.actions_by_id["keep"].isEnabled()


def test_opening_a_photo_shows_it(trainer: Trainer, sample_photo_path: Path):
    trainer.editor.act("train")
    trainer.editor.open(sample_photo_path)
    assert trainer.window.canvas.isVisible()


def test_messages_are_seen_over_the_page(trainer: Trainer):
    trainer.editor.act("train")
    trainer.window.messages.show_message("Something is said.")
    assert trainer.window.messages.isVisible()


# --- the parts of a run ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0.2, "1 s"),
        (59, "59 s"),
        (90, "2 min"),
        (3600, "1 h 0 min"),
        (12_000, "3 h 20 min"),
        (2e5, "2 d 7 h"),
    ],
)
def test_a_duration_has_two_figures(seconds: float | None, text: str) -> None:
    assert duration_text(seconds) == text


def test_speeds_sizes_and_signs() -> None:
    assert [images_text(0), images_text(8.44), images_text(1234.5)] == ["–", "8.4 images/s", "1,234 images/s"]
    assert [memory_text(None), memory_text(3 * 2**30)] == ["–", "3.0 GB"]
    assert [signed_text(0.4), signed_text(-1.3)] == ["+0.40", "−1.30"]


def make_log(count: int) -> StageLog:
    log, source = StageLog(), np.random.default_rng(1)
    for update in range(1, count + 1):
        log.append(update, float(10 * np.exp(-update / 500) + source.normal()))
    return log


def test_curve_lines_hold_the_median_and_every_peak() -> None:
    log = make_log(3000)
    lines = curve_lines(log, 200)
    assert len(lines.raw[0]) == 400
    assert lines.raw[1].max() == log.w.max()
    places = lines.median[0].astype(int) - 1
    np.testing.assert_array_equal(lines.median[1], running_median(log.w)[places])
    assert places[-1] == 2999, "the newest is always drawn"
    assert lines.newest == pytest.approx(float(np.median(log.w[-51:])))


def test_the_axis_is_as_long_as_what_is_done_asks_for() -> None:
    assert [axis_span(done, 9000) for done in (0, 100, 101, 700, 6400, 6401, 9000)] == [
        100,
        100,
        200,
        800,
        6400,
        9000,
        9000,
    ]
    assert axis_span(4, 4) == 4
    assert axis_span(0, 0) == 2


def test_curve_and_gap_span_the_same_updates(shown) -> None:
    view = RunView()
    shown(view, 900, 600)
    view.begin("faces", TrainingConfig(generator_updates=100_000))
    log = make_log(300)
    log.add_tick(Tick("gan", 250, 0.4, None, None, ""))
    view.show_stage_log(log)
    view.show_lines(curve_lines(log, 100))
    assert view.curve.span == view.gap.span == 400
    assert view.stats.values["update"].text() == "300 of 100,000"


def test_the_jump_at_the_beginning_does_not_flatten_the_rest() -> None:
    log, source = StageLog(), np.random.default_rng(1)
    for update in range(1, 3001):
        log.append(update, float(900 * np.exp(-update / 20) + 5 + source.normal()))
    low, high = curve_lines(log, 200).span
    assert high < 12
    assert low < 5


@pytest.mark.parametrize("gap", [0.42, -1.3, 123.45, -8765.4])
def test_the_number_of_the_gap_lies_beside_its_dots(shown, gap: float) -> None:
    plot = GapPlot()
    shown(plot, 300, 84)
    font = theme.tabular(theme.small(plot.font()))
    assert 6 + theme.text_width(font, short_signed_text(gap)) < GUTTER


def test_a_run_of_no_or_one_update_can_be_drawn(shown) -> None:
    curve = WCurve()
    shown(curve, 300, 120)
    for count in (0, 1):
        lines = curve_lines(make_log(count), 100)
        curve.show_lines(lines, 100)
        curve.grab()
        assert lines.span[0] < lines.span[1]


def test_a_gap_below_zero_is_seen_at_once(shown, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")
    plot = GapPlot()
    shown(plot, 300, 84)
    plot.show_ticks([Tick("gan", 100, 1.0, None, None, ""), Tick("gan", 200, -0.5, None, None, "")], 200)
    image = plot.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {DARK.bad, QColor(CRITIC).name()} <= colours


def test_the_numbers_keep_their_places(shown) -> None:
    stats = StatsRow()
    shown(stats, 900, 40)
    gap = stats.findChild(QLabel, "fact-gap")
    before = gap.geometry()
    stats.show_step(TrainingStep("gan", 5, 10, 1234.5, 86_000, 9 * 2**30))
    stats.show_tick(Tick("gan", 5, -12.5, 101.25, None, ""))
    stats.show_update(75_000, 75_000)
    QApplication.processEvents()
    assert gap.geometry() == before
    assert stats.values["memory"].text() == "9.0 GB"
    assert stats.values["gap"].text() == "−12.50"
    assert gap.property("tone") == "bad"


def test_the_memory_of_a_gpu_is_shown_where_there_is_one(shown) -> None:
    stats = StatsRow()
    shown(stats, 900, 40)
    memory = stats.findChild(QLabel, "fact-memory")
    assert not memory.isVisible()
    for bytes_reserved, visible in ((None, False), (9 * 2**30, True), (None, False)):
        stats.show_step(TrainingStep("gan", 5, 10, 1234.5, 86_000, bytes_reserved))
        assert memory.isVisible() == visible
    stats.show_step(TrainingStep("gan", 6, 10, 1234.5, 86_000, 9 * 2**30))
    stats.show_step(None)
    assert memory.isVisible(), "there is a GPU, though nothing trains now"


@pytest.mark.parametrize(("width", "height", "columns"), [(400, 400, 8), (800, 210, 16), (210, 800, 4)])
def test_the_image_grid_uses_its_room(shown, width: int, height: int, columns: int) -> None:
    grid = ImageGrid("Samples")
    shown(grid, width, height)
    grid.show_pictures(np.full((64, 8, 8, 3), 200, np.uint8))
    grid.resize(width, height)
    assert abs(seen_cells(grid, QColor(200, 200, 200)).columns - columns) <= 1


def test_captions_stand_over_columns_of_threes(shown) -> None:
    grid = ImageGrid("Fills")
    shown(grid, 500, 300)
    grid.show_pictures(np.zeros((54, 8, 8, 3), np.uint8), captions=("photo", "hole", "fill"))
    seen = seen_cells(grid, QColor(0, 0, 0))
    assert seen.columns % 3 == 0
    above = grid.grab().toImage().copy(0, 0, 500, seen.top)
    written = [x for x in range(500) for y in range(seen.top) if above.pixelColor(x, y) != above.pixelColor(0, 0)]
    assert {x // (seen.side + 3) for x in written} == set(range(seen.columns)), "over every column"
