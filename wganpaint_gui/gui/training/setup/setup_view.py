"""The setup of a new run: the pictures on the left, the settings on the right, and the start button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from wganpaint_gui.core.dataset import DataOptions, DataReport
from wganpaint_gui.core.errors import TrainingError, WganPaintError
from wganpaint_gui.core.file_names import numbered
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.measured_speed import MeasuredSpeed, TimeEstimate, estimate_time
from wganpaint_gui.core.training.run_folder import checked_name
from wganpaint_gui.core.training.training_config import STAGE_NAMES, TrainingConfig
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import duration_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import (
    MARGIN,
    Choice,
    KeyButton,
    PanelScroll,
    SegmentedControl,
    in_column,
    in_row,
    rule,
    set_tone,
)

from .data_panel import DataPanel
from .training_settings import TrainingSettings

_SETTINGS_WIDTH = 304  # device-independent pixels
_BOTH = 640  # width needed for pictures and settings side by side
_SIDES = (
    Choice("pictures", QT_TR_NOOP("Pictures"), QT_TR_NOOP("What the model is trained on.")),
    Choice("settings", QT_TR_NOOP("Settings"), QT_TR_NOOP("How the model is trained.")),
)
_NAME = 60  # longest name that is proposed, characters


class SetupView(QWidget):
    """Collects data and settings of a new run.

    Signals, by the user only: check_requested(Path, DataOptions); start_requested(TrainingRequest).
    """

    check_requested = Signal(object, object)
    start_requested = Signal(object)

    def __init__(self, runs: Path, parent: QWidget | None = None) -> None:
        """runs: the folder in which new runs are created."""
        super().__init__(parent)
        self._runs = runs
        self.source: Path | None = None
        self._report: DataReport | None = None
        self._problem = ""  # with the pictures
        self._taken: set[str] = set()
        self._speeds: tuple[MeasuredSpeed, ...] = ()
        self._base_path: Path | None = None
        self._busy = False  # another run is in progress
        self.side = SegmentedControl(tr("View"), _SIDES, self)
        self.data = DataPanel(self)
        self.settings = TrainingSettings(self)
        self.start = KeyButton(tall=True, parent=self)
        self.start.say(tr("Start training"), primary=True)
        self.start.setObjectName("start-training")
        self.note = QLabel(self, wordWrap=True)
        self.note.setObjectName("start-note")
        self._arrange()
        self._connect()
        self.update_start()

    def _arrange(self) -> None:
        self.note.setFont(theme.small(self.font()))
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.note.setFixedHeight(2 * self.note.fontMetrics().lineSpacing() + 4)  # always, so that nothing moves
        set_tone(self.note, "muted")
        self._right = right = QWidget(self)
        self._scroll = PanelScroll(self.settings, right)
        bottom = in_column(self.start, self.note, margins=(MARGIN, 12, MARGIN, 8), spacing=8)
        in_column((self._scroll, 1), rule(right), bottom, of=right, spacing=0)
        left = in_column(self.side, (self.data, 1), margins=(MARGIN, 12, MARGIN, 12), spacing=12)
        self._row = in_row((left, 1), right, of=self, spacing=0)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _place(self) -> None:
        """Show pictures and settings side by side, or only the chosen ones in a narrow window."""
        narrow, side = self.width() < _BOTH, self.side.value
        self.side.setVisible(narrow)
        self.data.setVisible(not narrow or side == "pictures")
        self._scroll.setVisible(not narrow or side == "settings")
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setStretch(1, int(narrow and side == "settings"))
        self._row.setStretch(0, int(not (narrow and side == "settings")))
        self._right.setMinimumWidth(0 if narrow else _SETTINGS_WIDTH)
        self._right.setMaximumWidth(self.width() if narrow else _SETTINGS_WIDTH)

    def _connect(self) -> None:
        self.data.drop.source_dropped.connect(self.choose_source)
        self.data.framing_changed.connect(self._check)
        self.settings.resolution_changed.connect(self._check)
        self.settings.changed.connect(self.update_start)
        self.settings.device.activated.connect(self.update_start)
        self.start.clicked.connect(self._on_start)
        self.side.chosen.connect(self._place)

    # -- the pictures --------------------------------------------------------------------------------------------

    @property
    def options(self) -> DataOptions:
        return DataOptions(self.settings.side, self.data.framing.value)  # type: ignore[arg-type]

    @Slot(object)
    def choose_source(self, source: Path) -> None:
        """Use the pictures of a folder or zip; they are checked first."""
        fresh = not self.settings.name.text().strip() or self.settings.name.text() == self._proposed
        self.source = source
        self.data.show_source(source)
        if fresh:
            self._propose_name()
        self._check()

    _proposed = ""

    def _propose_name(self) -> None:
        assert self.source is not None
        stem = self.source.stem if self.source.suffix.lower() == ".zip" else self.source.name
        try:
            name = checked_name(stem[:_NAME])
        except TrainingError:
            name = "training"
        taken = {run.casefold() for run in self._taken}  # case does not tell folders apart everywhere
        self._proposed = next(free for free in numbered(name) if free.casefold() not in taken)
        self.settings.name.setText(self._proposed)

    @Slot()
    def _check(self) -> None:
        if self.source is None:
            return
        self._report, self._problem = None, ""
        self.settings.suggest(None)
        self.data.begin_check()
        self.update_start()
        self.check_requested.emit(self.source, self.options)

    @Slot(object)
    def show_report(self, report: DataReport) -> None:
        self._report = report
        self.data.show_report(report, self.options)
        self.settings.suggest(report.usable)
        self.update_start()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show that the pictures could not be read, or that a run could not start with them."""
        self._problem = tr("These pictures cannot be used.")
        self.data.show_error(error)
        self.update_start()

    # -- names, model, start -------------------------------------------------------------------------------------

    def set_taken(self, names: set[str]) -> None:
        """Note the names of existing runs."""
        self._taken = names
        if self.source is not None and self.settings.name.text() == self._proposed:
            self._propose_name()
        self.update_start()

    def set_busy(self, busy: bool) -> None:
        """Note whether another run is in progress, because only one can be trained at a time."""
        self._busy = busy
        self.update_start()

    @Slot(object, object)
    def show_base(self, card: ModelCard | None, path: Path | None) -> None:
        """Offer the model in use to start from; (None, None) if there is none, or its file was deleted."""
        self.settings.show_model(card)
        self._base_path = path

    def set_speeds(self, speeds: Sequence[MeasuredSpeed]) -> None:
        """Note how fast this machine has trained, the newest first."""
        self._speeds = tuple(speeds)
        self.update_start()

    def _estimate(self) -> str:
        """Say how long the run will take, as far as earlier runs tell, and how free the user is meanwhile."""
        config = self.settings.config()
        return estimate_text(estimate_time(self._speeds, config, self.settings.device_choice), config)

    @Slot()
    def update_start(self) -> None:
        """Enable the start button, or say why it is disabled."""
        reason = self._reason()
        self.start.setEnabled(not reason)
        note = reason or self._estimate()
        self.note.setText(note)
        self.start.setToolTip(note)

    def _reason(self) -> str:
        if self._busy:
            return tr("Another training run is in progress. Stop it first.")
        if self.source is None:
            return tr("Choose pictures first.")
        if self._problem:
            return self._problem
        if self._report is None:
            return tr("Checking the pictures…")
        try:
            name = checked_name(self.settings.name.text())
            config = self.settings.config()
        except WganPaintError as error:
            return str(error)
        if name.casefold() in {taken.casefold() for taken in self._taken}:
            return tr("A run named {name} already exists.").format(name=name)
        return _nothing_to_train(config, from_model=self.settings.base is not None)

    @Slot()
    def _on_start(self) -> None:
        assert self.source is not None
        name = checked_name(self.settings.name.text())
        request = TrainingRequest(
            source=self.source,
            folder=self._runs / name,
            config=self.settings.config(),
            data=self.options,
            base_model=self._base_path if self.settings.base is not None else None,
            device=self.settings.device_choice,
            licence=self.settings.licence.text().strip(),
        )
        self.start_requested.emit(request)


def estimate_text(estimate: TimeEstimate, config: TrainingConfig) -> str:
    """Say how long a run with these settings will take, in at most two lines."""
    meanwhile = tr("Pause at any time; your photo stays open.")
    if len(estimate.unknown) == len(config.stages):
        return tr("Time: unknown before a first run like this.") + f"\n{meanwhile}"
    known = duration_text(estimate.seconds)
    if not estimate.unknown:
        return tr("About {time}, as earlier runs tell.").format(time=known) + f"\n{meanwhile}"
    names = tr(" and ").join(tr(STAGE_NAMES[stage] or QT_TR_NOOP("generator")) for stage in estimate.unknown)
    return tr("About {time} without the {names} updates, not measured yet.").format(time=known, names=names)


def _nothing_to_train(config: TrainingConfig, *, from_model: bool) -> str:
    """Say what is missing for training with these numbers of updates; "" if nothing is."""
    if config.generator_updates:
        return ""
    if not any(config.updates(stage) for stage in config.stages):
        return tr("Nothing to train: all numbers of updates are 0.")
    return "" if from_model else tr("The later stages need a generator: train one, or start from a model.")
