"""The curves and numbers of a run."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.core.training.training_log import StageLog, Tick, TrainingStep, running_median
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import CRITIC, DARK
from wganpaint_gui.gui.look.number_text import (
    short_signed_text,
)
from wganpaint_gui.gui.training.run.curve_lines import axis_span, curve_lines
from wganpaint_gui.gui.training.run.run_view import RunView
from wganpaint_gui.gui.training.run.stats_row import StatsRow
from wganpaint_gui.gui.training.run.tick_plot import TickPlot
from wganpaint_gui.gui.training.run.w_curve import GUTTER, WCurve


def make_log(count: int) -> StageLog:
    log, source = StageLog(), np.random.default_rng(1)
    for update in range(1, count + 1):
        log.append(update, float(10 * np.exp(-update / 500) + source.normal()))
    return log


def test_curve_lines_hold_the_median_and_every_peak() -> None:
    log = make_log(3000)
    lines = curve_lines(log, 200)
    assert len(lines.raw[0]) == 400
    assert lines.raw[1].max() == log.values.max()
    places = lines.median[0].astype(int) - 1
    np.testing.assert_array_equal(lines.median[1], running_median(log.values)[places])
    assert places[-1] == 2999, "the newest is always drawn"
    assert lines.newest == pytest.approx(float(np.median(log.values[-51:])))


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
    assert view.curve.span == view.ticks.span == 400
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
    plot = TickPlot()
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


def test_a_plot_of_the_encoder_names_its_loss(shown) -> None:
    curve = WCurve()
    shown(curve, 300, 120)
    assert (curve.accessibleName(), curve.toolTip()[:2]) == ("W per update", "W:")
    curve.set_stage("encoder")
    assert (curve.accessibleName(), curve.toolTip()[:5]) == ("Loss per update", "Loss:")


def test_a_gap_below_zero_is_seen_at_once(shown, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")
    plot = TickPlot()
    shown(plot, 300, 84)
    plot.show_ticks([Tick("gan", 100, 1.0, None, None, ""), Tick("gan", 200, -0.5, None, None, "")], 200)
    image = plot.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {DARK.bad, QColor(CRITIC).name()} <= colours


def test_the_encoders_plot_spans_the_guesses_that_were_measured(shown, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")
    plot = TickPlot()
    shown(plot, 300, 84)
    plot.set_stage("encoder")
    plot.show_ticks([Tick("encoder", update, None, None, 14.0 + update / 50, "") for update in (1, 50, 100)], 100)
    assert [value for _, value in plot.values] == [14.02, 15.0, 16.0]
    image, ink = plot.grab().toImage(), QColor(CRITIC).name()
    rows = [y for y in range(84) for x in range(GUTTER, 300) if image.pixelColor(x, y).name() == ink]
    assert min(rows) < 12, "the highest is at the top"
    assert max(rows) > 70, "and the lowest at the bottom, for there is no zero"
    assert QColor(DARK.level).name() not in {image.pixelColor(x, y).name() for x in range(300) for y in range(84)}
    assert "PSNR" in plot.toolTip()


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
