"""The view of several training runs: which runs, which number, and their lines in one plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from wganpaint_gui.core.training.run_curves import Measure, RunCurve
from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import UNKNOWN
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.training.run import explanations
from wganpaint_gui.gui.widgets import (
    MARGIN,
    SCROLL_BAR,
    Choice,
    PanelScroll,
    SegmentedControl,
    in_column,
    in_row,
    set_tone,
)

from .comparison_plot import MOST_RUNS, ComparisonPlot, DrawnRun, value_text
from .run_row import ComparedRun, RunRow

_RUNS_WIDTH, _MOST_RUNS_WIDTH = 232, 340  # device-independent pixels
_RUNS_SHARE = 0.3  # of the width, between these
_FIRST_CHOSEN = 4  # of the newest runs, until the user has chosen
_W = QT_TR_NOOP(
    "W: the critic's estimate of how far samples are from the pictures. Compare its course between runs, not its size."
)
_MEASURES = (
    Choice("w", "W", _W),
    Choice("critic_gap", QT_TR_NOOP("Critic gap"), explanations.CRITIC_GAP),
    Choice("swd", "SWD", explanations.SWD),
)
_STAGES = (
    Choice("gan", QT_TR_NOOP("Generator"), QT_TR_NOOP("Updates of the generator.")),
    Choice("aware", QT_TR_NOOP("Search-aware"), QT_TR_NOOP("Updates of the critic in the search-aware stage.")),
)
_NO_RUNS = QT_TR_NOOP("No training runs yet.")
_NONE_CHOSEN = QT_TR_NOOP("Choose runs to compare.")
_NO_VALUES = QT_TR_NOOP("The chosen runs have no such numbers yet: they are measured with each sample grid.")
_NO_W = QT_TR_NOOP("The chosen runs have made no updates in this stage.")
_UNREADABLE = QT_TR_NOOP("unreadable")


class ComparisonView(QWidget):
    """Shows the curves it is given. Signal, by the user only: changed(), of runs, number or stage."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RunRow] = []
        self._places: dict[Path, int] = {}  # of the chosen runs; kept while others come and go
        self._decided = False  # whether the user has chosen runs
        self._curves: Mapping[Path, RunCurve | None] = {}
        self.measures = SegmentedControl(tr("Number"), _MEASURES, self, equal=False)
        self.stages = SegmentedControl(tr("Stage"), _STAGES, self, equal=False)
        self.explanation = QLabel(tr(_MEASURES[0].tip), self, wordWrap=True)
        self.plot = ComparisonPlot(self)
        self.heading = QLabel(self)
        self.note = QLabel(self, wordWrap=True)
        self._arrange()
        self.measures.chosen.connect(self._on_measure)
        self.stages.chosen.connect(self.changed)
        self.plot.pointed_at.connect(self._show_values)
        self._show_values(None)

    def _arrange(self) -> None:
        for small in (self.explanation, self.heading, self.note):
            small.setFont(theme.small(self.font()))
            set_tone(small, "muted")
        self.explanation.setFixedHeight(2 * self.explanation.fontMetrics().lineSpacing() + 2)
        self.note.setText(tr("At most {count} runs at a time.").format(count=MOST_RUNS))
        policy = self.note.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the list above would move
        self.note.setSizePolicy(policy)
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(2, 2, MARGIN - SCROLL_BAR, 2)
        self._list.setSpacing(10)
        self._list.addStretch(1)
        self._right = right = QWidget(self)
        in_column(self.heading, (PanelScroll(content, right), 1), self.note, of=right, spacing=8)
        choices = in_row(self.measures, 1, self.stages, spacing=12)
        left = in_column(choices, self.explanation, (self.plot, 1), spacing=8)
        in_row((left, 1), right, of=self, margins=(MARGIN, 12, MARGIN - SCROLL_BAR, 12), spacing=MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(max(_RUNS_WIDTH, min(_MOST_RUNS_WIDTH, round(_RUNS_SHARE * self.width()))))

    # -- what is chosen --------------------------------------------------------------------------------------------

    @property
    def measure(self) -> Measure:
        return cast(Measure, self.measures.value)

    @property
    def stage(self) -> Stage:
        return cast(Stage, self.stages.value)

    @property
    def chosen(self) -> tuple[ComparedRun, ...]:
        """The runs in the plot."""
        return tuple(row.run for row in self.rows if row.place is not None)

    def set_runs(self, runs: Sequence[ComparedRun]) -> None:
        """Offer runs, in this order; those that were chosen stay so. The newest are chosen until the user decides."""
        if [row.run for row in self.rows] != list(runs):
            for row in self.rows:
                self._list.removeWidget(row)
                row.deleteLater()
            self.rows = [self._row(run) for run in runs]
        there = [run.folder for run in runs]
        stay = there if self._decided else there[:_FIRST_CHOSEN]
        self._places = {folder: place for folder, place in self._places.items() if folder in stay}
        if not self._decided:
            for folder in stay:
                self._take_place(folder)
        self._show_places()

    def _row(self, run: ComparedRun) -> RunRow:
        row = RunRow(run)
        row.toggled.connect(lambda on: self._choose(run.folder, on))
        row.entered.connect(lambda: self.plot.choose(row.place))
        row.left.connect(lambda: self.plot.choose(None))
        self._list.insertWidget(self._list.count() - 1, row)
        return row

    def _take_place(self, folder: Path) -> None:
        """Give a run the first free colour."""
        free = set(range(MOST_RUNS)) - set(self._places.values())
        if folder not in self._places and free:
            self._places[folder] = min(free)

    def _choose(self, folder: Path, on: bool) -> None:
        self._decided = True
        if on:
            self._take_place(folder)
        else:
            self._places.pop(folder, None)
        self._show_places()
        self.changed.emit()

    def _show_places(self) -> None:
        full = len(self._places) >= MOST_RUNS
        for row in self.rows:
            row.set_place(self._places.get(row.run.folder))
            row.box.setEnabled(row.place is not None or not full)
        self.note.setVisible(full)
        staged = any("aware" in run.stages for run in self.chosen)
        self.stages.setVisible(staged)
        if not staged and self.stage != "gan":
            self.stages.set_value("gan")
        self._show_curves()

    @Slot()
    def _on_measure(self) -> None:
        self.explanation.setText(tr(next(choice.tip for choice in _MEASURES if choice.key == self.measure)))
        self.changed.emit()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_curves(self, curves: Mapping[Path, RunCurve | None]) -> None:
        """Show the curves of the chosen runs, by folder; None for a run that cannot be read."""
        self._curves = curves
        self._show_curves()

    def _show_curves(self) -> None:
        drawn = []
        for row in self.rows:
            curve = self._curves.get(row.run.folder)
            if row.place is not None and curve is not None:
                drawn.append(DrawnRun(row.run.name, row.place, curve))
        missing = _NO_W if self.measure == "w" else _NO_VALUES
        message = _NO_RUNS if not self.rows else missing if self._places else _NONE_CHOSEN
        self.plot.show_runs(drawn, self.measure, tr(message))
        self._show_values(self.plot.pointed)

    @Slot(object)
    def _show_values(self, update: int | None) -> None:
        """Show the values at an update, or the newest ones for None."""
        at = tr("newest") if update is None else tr("at update {update}").format(update=grouped(update))
        self.heading.setText(
            tr("Runs · {number}, {at}").format(number=self.measures.button(self.measure).text(), at=at)
        )
        for row in self.rows:
            row.show_value(self._value_of(row, update))

    def _value_of(self, row: RunRow, update: int | None) -> str:
        folder = row.run.folder
        if row.place is None or folder not in self._curves:
            return UNKNOWN
        curve = self._curves[folder]
        if curve is None:
            return tr(_UNREADABLE)
        if not len(curve.updates) or (update is not None and update > curve.updates[-1]):
            return UNKNOWN  # it has not come so far
        value = curve.at(curve.updates[-1] if update is None else update)
        return UNKNOWN if value is None else value_text(self.measure, value)
