"""The view of a training run: samples, W and the critic gap beside them, numbers and actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from wganpaint_gui.core.dataset import DataProgress
from wganpaint_gui.core.training.training_config import Stage, TrainingConfig
from wganpaint_gui.core.training.training_log import StageLog, TrainingStep
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, share_text, tr
from wganpaint_gui.gui.models.training_state import LONGER, TrainingState
from wganpaint_gui.gui.widgets import MARGIN, Choice, SegmentedControl, in_column, in_row, set_tone

from .curve_lines import CurveLines, axis_span
from .grid_view import GridView
from .run_header import RunHeader
from .stats_row import StatsRow
from .tick_plot import TickPlot
from .w_curve import WCurve

_CURVES_WIDTH = 340  # device-independent pixels, in a wide window
_CURVES_SHARE = 0.45  # of the width, in a narrow window
_AROUND_SAMPLES = 120  # pixels above and below the samples
_STAGES = (
    Choice(
        "gan", QT_TR_NOOP("Generator"), QT_TR_NOOP("Generator against critic: the generator learns to make images.")
    ),
    Choice(
        "aware",
        QT_TR_NOOP("Search-aware"),
        QT_TR_NOOP("Only the critic learns, from the results of the critic-only search."),
    ),
    Choice(
        "encoder",
        QT_TR_NOOP("Encoder"),
        QT_TR_NOOP("Only the encoder learns, to guess from the known pixels where a search begins."),
    ),
)
_CAPTIONS: dict[Stage, tuple[str, str]] = {  # of the curve, and of the plot below it
    "gan": (QT_TR_NOOP("W per update; bold: median of 101"), QT_TR_NOOP("Critic gap")),
    "aware": (QT_TR_NOOP("W per update; bold: median of 101"), QT_TR_NOOP("Critic gap")),
    "encoder": (QT_TR_NOOP("Loss per update; bold: median of 101"), QT_TR_NOOP("PSNR of first guesses, dB")),
}


_BADGES = {  # text and tone
    TrainingState.IDLE: (QT_TR_NOOP("Saved"), ""),
    TrainingState.PREPARING: (QT_TR_NOOP("Preparing"), "fair"),
    TrainingState.RUNNING: (QT_TR_NOOP("Training"), "good"),
    TrainingState.YIELDING: (QT_TR_NOOP("Waiting for fill"), "fair"),
    TrainingState.PAUSING: (QT_TR_NOOP("Pausing"), "fair"),
    TrainingState.PAUSED: (QT_TR_NOOP("Paused"), "fair"),
    TrainingState.STOPPING: (QT_TR_NOOP("Stopping"), "fair"),
    TrainingState.ENDED: (QT_TR_NOOP("Saved"), ""),
}


class RunView(QWidget):
    """Shows one run, current or past. Computes nothing.

    Signals, by the user only: pause_requested(); resume_requested(); stage_chosen(stage). The header's other buttons
    are the owner's.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    stage_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.config = TrainingConfig()
        self._state = TrainingState.IDLE
        self._followed: Stage | None = None  # the stage chosen by the user, if any
        self.stage: Stage = "gan"  # whose curve is shown
        self.header = RunHeader(self)  # placed by the page, beside its back button
        self.stats = StatsRow(self)
        self.grids = GridView(self)
        self.stages = SegmentedControl(tr("Stage"), _STAGES, self, equal=False)
        self.curve = WCurve(self)
        self.ticks = TickPlot(self)
        self.bar = QProgressBar(self, textVisible=False)
        self.notice = QLabel(self, wordWrap=True)
        self._arrange()
        self.header.pause.clicked.connect(self._on_pause)
        self.stages.chosen.connect(self._on_stage)
        self.set_state(TrainingState.IDLE, finished=False)

    def _arrange(self) -> None:
        self.bar.setAccessibleName(tr("Progress of the run"))
        self.notice.setObjectName("run-notice")
        self.notice.setFont(theme.small(self.font()))
        self.notice.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        room = 3 * self.notice.fontMetrics().lineSpacing() + 2  # always reserved, so that nothing moves
        self.notice.setFixedHeight(room)
        self._right = QWidget(self)
        self._captions = [self._caption(text) for text in map(tr, _CAPTIONS["gan"])]
        curve, ticks = self._captions
        parts = (self.stages, curve, (self.curve, 1), ticks, self.ticks, self.notice)
        in_column(*parts, of=self._right, spacing=8)
        body = in_row((self.grids, 1), self._right, spacing=MARGIN)
        in_column(self.bar, self.stats, (body, 1), of=self, margins=(MARGIN, 12, MARGIN, 12), spacing=12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the curves the width that the square samples leave."""
        super().resizeEvent(event)
        square = self.height() - _AROUND_SAMPLES
        room = self.width() - 3 * MARGIN
        self._right.setFixedWidth(max(min(_CURVES_WIDTH, round(_CURVES_SHARE * room)), room - square))

    def _caption(self, text: str) -> QLabel:
        caption = QLabel(text, self)
        caption.setFont(theme.small(self.font()))
        set_tone(caption, "muted")
        return caption

    # -- content -------------------------------------------------------------------------------------------------

    def begin(self, name: str, config: TrainingConfig) -> None:
        """Show another run, without any progress yet."""
        self.config, self._followed = config, None
        self.header.title.setText(name)
        self.grids.clear("")
        self.stages.offer(config.stages)
        self.stages.setVisible(len(config.stages) > 1)
        self.stats.set_config(config)
        self.stats.show_step(None)
        self._show_stage(config.stages[0])
        self.say("")

    def set_state(self, state: TrainingState, *, finished: bool, usable: bool = True) -> None:
        """Show a state. finished: all updates are done. usable: there is a model, or will be at the next update."""
        self._state = state
        header, over = self.header, finished and not state.is_in_progress
        text, tone = (QT_TR_NOOP("Finished"), "good") if over else _BADGES[state]
        header.badge.show_text(tr(text), tone)
        header.pause.say(
            tr("Pause") if state.is_live or state is TrainingState.PAUSING else tr(LONGER) if over else tr("Resume")
        )
        header.say_use(tr("Use now") if state.is_in_progress else tr("Use model"))
        header.pause.setEnabled(state not in (TrainingState.PAUSING, TrainingState.STOPPING))
        header.use.setEnabled(usable and state not in (TrainingState.PREPARING, TrainingState.STOPPING))
        for button in (header.stop, header.discard):
            header.offer(button, offered=state.is_in_progress)
            button.setEnabled(state is not TrainingState.STOPPING and state is not TrainingState.PAUSING)
        header.offer(header.new, offered=not state.is_in_progress)
        self.grids.offer_samples(offered=state is TrainingState.RUNNING)
        if state is not TrainingState.PREPARING:
            self._show_bar()
        if not state.is_live:
            self.stats.show_step(None)

    def show_preparing(self, progress: DataProgress) -> None:
        """Show how many pictures are decoded."""
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        if progress.total and self.grids.shown is None:
            words = tr("Preparing pictures")
            self.grids.images.show_message(f"{words}: {share_text(progress.done, progress.total)}")
        if progress.preview is not None:
            self.grids.show_data(progress.preview)

    def show_step(self, step: TrainingStep | None) -> None:
        self.stats.show_step(step)
        if step is not None:
            self.follow(step.stage)

    def follow(self, stage: Stage) -> None:
        """Switch to the stage that the run has reached, unless the user has chosen one."""
        if self._followed is None and stage != self.stage:
            self._show_stage(stage)

    def show_stage_log(self, log: StageLog) -> None:
        """Show the progress of the current stage, and its ticks."""
        total = self.config.updates(self.stage)
        ticks = log.ticks
        self._done = max(len(log), ticks[-1].update if ticks else 0)
        self.stats.show_update(self._done, total)
        self.stats.show_tick(ticks[-1] if ticks else None)
        self.ticks.show_ticks(ticks, axis_span(self._done, total))
        if self._state is not TrainingState.PREPARING:
            self._show_bar()

    def show_lines(self, lines: CurveLines) -> None:
        self.curve.show_lines(lines, axis_span(self._done, self.config.updates(self.stage)))
        self.stats.show_w(lines.newest)

    def say(self, notice: str, tone: str = "muted") -> None:
        """Show a notice that stays visible, such as a full disk or a critic that overfits."""
        self.notice.setText(notice)
        self.notice.setToolTip(notice)
        set_tone(self.notice, tone)

    _done = 0

    def _show_bar(self) -> None:
        self.bar.setRange(0, max(self.config.updates(self.stage), 1))
        self.bar.setValue(self._done)

    def _show_stage(self, stage: Stage) -> None:
        self.stage, self._done = stage, 0
        self.stages.set_value(stage)
        for caption, text in zip(self._captions, map(tr, _CAPTIONS[stage]), strict=True):
            caption.setText(text)
        for part in (self.curve, self.ticks, self.stats):
            part.set_stage(stage)
        self.stats.show_update(0, self.config.updates(stage))
        self.stats.show_w(None)
        self.stats.show_tick(None)
        self.ticks.show_ticks((), axis_span(0, self.config.updates(stage)))
        self.curve.show_lines(None, axis_span(0, self.config.updates(stage)))

    # -- input ---------------------------------------------------------------------------------------------------

    @Slot()
    def _on_pause(self) -> None:
        (self.pause_requested if self._state.is_live else self.resume_requested).emit()

    @Slot(str)
    def _on_stage(self, stage: Stage) -> None:
        self._followed = stage
        self._show_stage(stage)
        self.stage_chosen.emit(stage)
