"""Several runs in one plot: those that are over and the one in progress, each in its colour."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from tests.gui.seen import pixels_of
from tests.gui.training_helpers import Trainer, run_folder, write_pictures
from wganpaint_gui.core.training.run_curves import Measure, RunCurve
from wganpaint_gui.core.training.run_folder import DataDescription, RunSettings
from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.core.training.training_log import Tick, tick_line, update_line
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.training.comparison.comparison_plot import MOST_RUNS, ComparisonPlot, DrawnRun, value_text
from wganpaint_gui.gui.training.comparison.comparison_view import ComparisonView
from wganpaint_gui.gui.training.comparison.run_row import ComparedRun

without_engine = pytest.mark.usefixtures("without_engine")


def write_run(name: str, w: float, swd: float, updates: int = 8) -> None:
    folder = run_folder(name)
    config = TrainingConfig(generator_updates=updates, tick_updates=4)
    folder.create(RunSettings(config, DataDescription("/pictures", "pictures", "whole", 2, 10, "key")))
    lines = [update_line("gan", update, w, 0.0, 50.0) for update in range(1, updates + 1)]
    lines += [tick_line(Tick("gan", 4, 0.5, swd, None, "")), tick_line(Tick("gan", 8, -0.5, swd, None, ""))]
    folder.metrics_file.write_text("\n".join(lines) + "\n")


def colours_in(plot: ComparisonPlot) -> set[tuple[int, ...]]:
    return {tuple(colour) for colour in np.unique(pixels_of(plot).reshape(-1, 3), axis=0).tolist()}


def values(view: ComparisonView) -> dict[str, str]:
    return {row.run.name: row.value.text() for row in view.rows}


@without_engine
def test_runs_of_the_past_and_the_one_in_progress_are_compared(editor: Editor, tmp_path: Path) -> None:
    write_run("calm", 3.0, 40.0)
    write_run("wild", 7.0, 60.0)
    trainer = Trainer(editor)
    view = trainer.page.comparison
    trainer.actions.comparison._rest.setInterval(20)
    trainer.start(write_pictures(tmp_path / "colours"), tick=2)
    editor.act("compare_runs")
    editor.wait(lambda: len(view.plot.runs) == 3 and all(run.curve.span for run in view.plot.runs))
    assert view.rows[0].run.name == "colours"
    assert (values(view)["calm"], values(view)["wild"]) == ("3.00", "7.00")
    before = view.plot.last_update
    editor.wait(lambda: view.plot.last_update > before)
    QTest.mouseClick(view.measures.button("swd"), Qt.MouseButton.LeftButton)
    editor.wait(lambda: values(view)["calm"] == "40.0" and values(view)["wild"] == "60.0")
    assert "lower is better" in view.explanation.text()
    wild = next(row for row in view.rows if row.run.name == "wild")
    wild.box.setFocus()
    QTest.keyClick(wild.box, Qt.Key.Key_Space)
    assert sorted(run.name for run in view.plot.runs) == ["calm", "colours"]
    trainer.stop()


@without_engine
def test_without_a_run_there_is_nothing_to_compare(editor: Editor) -> None:
    trainer = Trainer(editor)
    assert not editor.window.actions_by_id["compare_runs"].isEnabled()
    assert not trainer.panel.compare.isEnabled()


def curve(values: Sequence[float]) -> RunCurve:
    return RunCurve(np.arange(1, len(values) + 1), np.array(values, np.float32), (min(values), max(values)))


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_every_run_is_drawn_in_its_own_colour(shown, qapp: QApplication, mode: str) -> None:
    theme.apply_theme(qapp, mode)
    plot = ComparisonPlot()
    shown(plot, 300, 200)
    plot.show_runs([DrawnRun(f"run {n}", n, curve([n, n + 0.1])) for n in range(MOST_RUNS)], "w")
    plot.choose(0)
    assert {theme.run_line(n).getRgb()[:3] for n in range(MOST_RUNS)} <= colours_in(plot)


def test_the_mouse_reads_the_values_at_an_update(shown, qtbot) -> None:
    view = ComparisonView()
    shown(view, 800, 400)
    runs = [ComparedRun(Path(name), name, ("gan",)) for name in ("long", "short")]
    view.set_runs(runs)
    view.show_curves({Path("long"): curve([1, 2, 3, 4, 5]), Path("short"): curve([9, 8])})
    assert values(view) == {"long": "5.00", "short": "8.00"}
    QApplication.processEvents()  # the layout
    room = view.plot._room
    qtbot.mouseMove(view.plot, QPoint(round(room.center().x()), 50))
    assert view.heading.text() == "Runs · W, at update 3"
    assert values(view) == {"long": "3.00", "short": "–"}
    assert view.rows[0].box.accessibleName() == "long: 3.00"


def test_no_more_runs_are_chosen_than_there_are_colours(shown) -> None:
    view = ComparisonView()
    shown(view, 800, 400)
    view.set_runs([ComparedRun(Path(str(n)), str(n), ("gan",)) for n in range(MOST_RUNS + 1)])
    for row in view.rows[4:MOST_RUNS]:
        QTest.mouseClick(row.box, Qt.MouseButton.LeftButton, pos=QPoint(10, row.box.height() // 2))
    assert [row.place for row in view.rows] == [*range(MOST_RUNS), None]
    assert not view.rows[-1].box.isEnabled()
    assert view.note.isVisible()
    QTest.mouseClick(view.rows[2].box, Qt.MouseButton.LeftButton, pos=QPoint(10, view.rows[2].box.height() // 2))
    QTest.mouseClick(view.rows[-1].box, Qt.MouseButton.LeftButton, pos=QPoint(10, view.rows[2].box.height() // 2))
    assert view.rows[-1].place == 2, "the colour that became free"
    view.set_runs([row.run for row in view.rows[1:]])
    assert [row.place for row in view.rows] == [1, None, *range(3, MOST_RUNS), 2], "the others keep theirs"


def test_until_the_user_chooses_the_newest_runs_are_compared() -> None:
    view = ComparisonView()
    for names, chosen in (("ABCDE", "ABCD"), ("NABCDE", "NABC"), ("ABE", "ABE"), ("ABCDE", "ABCD")):
        view.set_runs([ComparedRun(Path(name), name, ("gan",)) for name in names])
        assert "".join(run.name for run in view.chosen) == chosen
    view.rows[0].box.click()
    view.set_runs([ComparedRun(Path(name), name, ("gan",)) for name in "NABCDE"])
    assert "".join(run.name for run in view.chosen) == "BCD"


@pytest.mark.parametrize("measure", ["w", "critic_gap", "swd"])
def test_what_is_no_number_is_a_dash(measure: Measure) -> None:
    assert [value_text(measure, value) for value in (np.nan, np.inf)] == ["–", "–"]


def test_a_run_that_cannot_be_read_is_said(shown) -> None:
    view = ComparisonView()
    shown(view, 800, 400)
    view.set_runs([ComparedRun(Path("gone"), "gone", ("gan",))])
    view.show_curves({Path("gone"): None})
    assert values(view) == {"gone": "unreadable"}
