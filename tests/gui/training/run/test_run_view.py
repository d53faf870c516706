"""How a run looks: faint and bold lines, the line at zero, the slider of grids, and nothing that moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.gui.seen import seen_cells
from wganpaint_gui.core.training.run_folder import Numbered
from wganpaint_gui.core.training.training_config import AwareConfig, TrainingConfig
from wganpaint_gui.core.training.training_log import StageLog
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import loss_text, short_loss_text, short_signed_text, signed_text
from wganpaint_gui.gui.training.run.curve_lines import curve_lines
from wganpaint_gui.gui.training.run.grid_view import GridView
from wganpaint_gui.gui.training.run.run_view import RunView
from wganpaint_gui.gui.training.run.w_curve import WCurve
from wganpaint_gui.gui.widgets.image_grid import ImageGrid


def noisy_log(count: int, level: float) -> StageLog:
    log, source = StageLog(), np.random.default_rng(1)
    for update in range(1, count + 1):
        log.append(update, level + float(source.normal()))
    return log


# -- W ---------------------------------------------------------------------------------------------------------------


def strength(colour: QColor, ink: QColor, ground: QColor) -> float:
    """Where a colour stands between the ground (0) and the ink (1)."""
    return (colour.greenF() - ground.greenF()) / (ink.greenF() - ground.greenF())


def drawn(curve: WCurve) -> QImage:
    QApplication.processEvents()
    return curve.grab().toImage()


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_single_updates_are_faint_where_they_are_dense_too(shown, qapp: QApplication, mode: str) -> None:
    theme.apply_theme(qapp, mode)
    curve = WCurve()
    shown(curve, 412, 300)
    log = noisy_log(3000, 20.0)
    curve.show_lines(curve_lines(log, 400), 3000)
    image = drawn(curve)
    ink, ground = theme.line_of("critic"), QColor(theme.colours().plot)
    faint = [
        strength(image.pixelColor(x, y), ink, ground)
        for x in range(80, 400)
        for y in [*range(60, 120), *range(180, 240)]  # the median is in the middle
    ]
    assert max(faint) < 0.45
    assert np.mean(np.array(faint) > 0.3) > 0.5, "they are there, and dense"
    middle = [strength(image.pixelColor(x, y), ink, ground) for x in range(80, 400) for y in range(120, 180)]
    assert max(middle) > 0.9


def rows_of(image: QImage, colour: QColor) -> set[int]:
    """Rows in which a colour is found again and again, as in a dashed line right across."""
    width = image.width()
    return {
        row
        for row in range(image.height())
        if sum(image.pixelColor(x, row).rgb() == colour.rgb() for x in range(width)) > width / 4
    }


@pytest.mark.parametrize(("level", "seen"), [(1.0, True), (-1.0, True), (50.0, False)])
def test_zero_is_seen_where_it_is_in_range(shown, qapp: QApplication, level: float, seen: bool) -> None:
    theme.apply_theme(qapp, "dark")
    curve = WCurve()
    shown(curve, 412, 300)
    assert not rows_of(drawn(curve), QColor(theme.colours().level)), "nothing is drawn yet"
    lines = curve_lines(noisy_log(60, level), 400)
    curve.show_lines(lines, 100)
    rows = rows_of(drawn(curve), QColor(theme.colours().level))
    assert bool(rows) == seen
    if seen:
        low, high = lines.span
        assert min(rows) / 300 == pytest.approx(high / (high - low), abs=0.08)
    curve.show_lines(None, 100)
    assert not rows_of(drawn(curve), QColor(theme.colours().level))


def test_what_rounds_to_zero_has_no_sign(shown) -> None:
    assert [signed_text(-0.004), signed_text(0.004), signed_text(-0.006)] == ["0.00", "0.00", "−0.01"]
    assert [short_signed_text(-0.004), short_signed_text(-0.0)] == ["0.00", "0.00"]
    assert [loss_text(-0.004), short_loss_text(-0.04), loss_text(-0.006)] == ["0.00", "0.0", "−0.01"]
    view = RunView()
    shown(view, 900, 600)
    view.begin("faces", TrainingConfig())
    log = StageLog()
    log.append(1, -0.004)
    view.show_stage_log(log)
    view.show_lines(curve_lines(log, 100))
    assert view.stats.values["w"].text() == "0.00"


@pytest.mark.parametrize(("key", "says"), [("w", "lower is better"), ("gap", "above 0"), ("swd", "lower is better")])
def test_the_numbers_are_explained_to_the_mouse_and_to_screen_readers(shown, key: str, says: str) -> None:
    view = RunView()
    shown(view, 900, 600)
    view.begin("faces", TrainingConfig())
    value = view.stats.values[key]
    spoken = QAccessible.queryAccessibleInterface(value)
    assert says in value.toolTip()
    assert spoken.text(QAccessible.Text.Description) == value.toolTip()
    assert spoken.text(QAccessible.Text.Name) == {"w": "W: –", "gap": "Critic gap: –", "swd": "SWD: –"}[key]


def test_pictures_of_the_data_are_not_called_samples(shown) -> None:
    view = GridView()
    shown(view, 500, 500)
    view.show_data(np.zeros((4, 32, 32, 3), np.uint8))
    assert (view.label.text(), view.images.accessibleName()) == ("Your pictures", "Your pictures")
    grid = Numbered(Path("gan-1.png"), "gan", 1)
    view.set_grids([grid])
    view.show_grid(grid, np.zeros((4, 32, 32, 3), np.uint8))
    assert (view.label.text(), view.images.accessibleName()) == ("update 1", "Samples")


def test_the_next_stage_begins_with_an_empty_curve(shown) -> None:
    view = RunView()
    shown(view, 900, 600)
    view.begin("faces", TrainingConfig(generator_updates=100, aware=AwareConfig(updates=100)))
    log = noisy_log(100, 5.0)
    view.show_stage_log(log)
    view.show_lines(curve_lines(log, 100))
    view.follow("aware")
    assert view.curve.lines is None
    assert view.stats.values["w"].text() == "–"


# -- samples ---------------------------------------------------------------------------------------------------------


def grids(count: int) -> list[Numbered]:
    return [Numbered(Path(f"{number}.png"), "gan", 25 * number) for number in range(1, count + 1)]


def test_the_slider_spans_the_grids_there_are(shown) -> None:
    view = GridView()
    shown(view, 500, 500)
    slider = view.slider
    for count in (3, 4):
        view.set_grids(grids(count))
        assert slider.position_of(slider.value()) > slider.width() - 10, "the newest is at the right end"
        assert slider.position_of(0) < 10
    view.choose(1)
    view.set_grids(grids(5))
    assert slider.value() == 1, "what is looked at stays"
    assert view.label.text() == "update 50"
    assert not view.follow.isChecked()
    view.reset()
    assert slider.value() == 4


@pytest.mark.parametrize("size", [(592, 355), (592, 300), (900, 500), (700, 700), (1180, 700), (420, 180)])
@pytest.mark.parametrize("side", [0, 64])
def test_the_image_grid_of_a_preview_ends_where_its_neighbours_do(
    shown, qapp: QApplication, size: tuple[int, int], side: int
) -> None:
    theme.apply_theme(qapp, "dark")
    grid = ImageGrid("What the model will see", room=24)
    shown(grid, *size)
    if side:
        grid.show_pictures(np.full((24, side, side, 3), 200, np.uint8))
    colour = QColor(200, 200, 200) if side else QColor(theme.colours().plot)
    image, seen = grid.grab().toImage(), seen_cells(grid, colour)
    for x in (2, size[0] - 3):
        assert image.pixelColor(x, seen.side // 2).rgb() == colour.rgb()
    rows = -(-24 // seen.columns)
    assert rows * (seen.side + 3) - 3 <= size[1], "all of them are seen"


# -- messages --------------------------------------------------------------------------------------------------------
