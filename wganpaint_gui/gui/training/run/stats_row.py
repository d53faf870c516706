"""The numbers of a run in a row, each below its name and in a fixed place, so that nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage, TrainingConfig
from wganpaint_gui.core.training.training_log import Tick, TrainingStep
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import UNKNOWN, images_text, left_text, memory_text, signed_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, local_number, share_text, tr
from wganpaint_gui.gui.widgets import TabularLabel, set_tone

from . import explanations

_STATS = (  # key, name, longest text, tooltip
    (
        "update",
        QT_TR_NOOP("Update"),
        "000,000 of 000,000",
        QT_TR_NOOP("Updates done: of the generator, in the later stages of the critic or the encoder."),
    ),
    ("speed", QT_TR_NOOP("Speed"), QT_TR_NOOP("0,000 images/s"), QT_TR_NOOP("Training images processed per second.")),
    ("left", QT_TR_NOOP("Time left"), "00 h 00 min", QT_TR_NOOP("Until the end of this stage, at the present speed.")),
    ("w", "W", "−00.00", explanations.W),
    ("gap", QT_TR_NOOP("Critic gap"), "+00.00", explanations.CRITIC_GAP),
    ("swd", "SWD", "000.0", explanations.SWD),
    (
        "psnr",
        QT_TR_NOOP("Fill PSNR"),
        "00.0 dB",
        QT_TR_NOOP(
            "PSNR of held-out images inside their holes: of critic-only fills or, in the encoder stage, of "
            "first guesses; "
            "higher is better."
        ),
    ),
    # Last, because it appears with the first step on a GPU, and nothing else may move then.
    ("memory", QT_TR_NOOP("GPU memory"), "000.0 GB", QT_TR_NOOP("Memory reserved on the GPU.")),
)
_LONGEST = {key: longest for key, _, longest, _ in _STATS}
_MEDIAN = QT_TR_NOOP("Here: the median over the last updates.")
_NAMES: dict[Stage, tuple[str, str]] = {  # of w and psnr
    "gan": ("W", QT_TR_NOOP("Fill PSNR")),
    "aware": ("W", QT_TR_NOOP("Fill PSNR")),
    "encoder": (QT_TR_NOOP("Loss"), QT_TR_NOOP("Guess PSNR")),
}
_BETWEEN, _BETWEEN_ROWS = 16, 4  # pixels


class StatsRow(QWidget):
    """Shows numbers; computes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, TabularLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._columns = 0
        self._config = TrainingConfig()
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_BETWEEN)
        grid.setVerticalSpacing(0)
        for key, name, longest, tip in _STATS:
            caption, value = QLabel(tr(name), self), TabularLabel(tr(longest), parent=self)
            value.setAlignment(caption.alignment())
            caption.setFont(theme.small(self.font()))
            set_tone(caption, "muted")
            for part in (caption, value):
                part.setToolTip(f"{tr(tip)} {tr(_MEDIAN)}" if key == "w" else tr(tip))
            value.setObjectName(f"fact-{key}")
            value.setText(UNKNOWN)
            self.values[key], self._names[key] = value, caption
            self._name_value(key)
        grid.setColumnStretch(len(_STATS), 1)
        self._place(len(_STATS))
        self._offer("psnr", offered=False)
        self._offer("memory", offered=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """Use two rows if one is too narrow."""
        widths = [max(self.values[key].width(), self._names[key].sizeHint().width()) + _BETWEEN for key, *_ in _STATS]
        self._place(len(_STATS) if sum(widths) - _BETWEEN <= self.width() else -(-len(_STATS) // 2))

    def minimumSizeHint(self) -> QSize:
        """Need no width, because the row wraps."""
        return QSize(0, super().minimumSizeHint().height())

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, (key, *_) in enumerate(_STATS):
            row, column = divmod(index, columns)
            for below, part in enumerate((self._names[key], self.values[key])):
                self._grid.removeWidget(part)
                self._grid.addWidget(part, 3 * row + below, column)
        self._grid.setRowMinimumHeight(2, _BETWEEN_ROWS if columns < len(_STATS) else 0)
        self.updateGeometry()

    def set_config(self, config: TrainingConfig) -> None:
        """Set which stages the run has; the first measures no fills."""
        self._config = config
        several = config.stages != ("gan",)
        self._offer("psnr", offered=several)
        longest = _LONGEST["left"]
        if several:
            longest = tr("{left}, then {stage}").format(left=longest, stage=tr(STAGE_NAMES["aware"]))
        self.values["left"].reserve(longest)
        self._wrap()

    def set_stage(self, stage: Stage) -> None:
        """Name the numbers as in this stage."""
        for key, name in zip(("w", "psnr"), _NAMES[stage], strict=True):
            self._names[key].setText(tr(name))
            self._name_value(key)
        tip = f"{tr(explanations.LOSS if stage == 'encoder' else explanations.W)} {tr(_MEDIAN)}"
        for part in (self._names["w"], self.values["w"]):
            part.setToolTip(tip)

    def show_step(self, step: TrainingStep | None) -> None:
        """Show a step; None if nothing is being trained. Memory is shown once a step reports it: on a GPU."""
        if step is not None:
            self._offer("memory", offered=step.memory is not None)
        self._say("speed", images_text(step.images_per_second) if step is not None else UNKNOWN)
        follows = None if step is None else self._config.stage_after(step.stage)
        self._say("left", left_text(step, follows) if step is not None else UNKNOWN)
        self._say("memory", memory_text(step.memory) if step is not None else UNKNOWN)

    def show_update(self, done: int, total: int) -> None:
        self._say("update", share_text(done, total))

    def show_w(self, w: float | None) -> None:
        self._say("w", UNKNOWN if w is None else local_number(f"{w:z.2f}").replace("-", "−"))

    def show_tick(self, tick: Tick | None) -> None:
        """Show the newest tick."""
        gap = None if tick is None else tick.critic_gap
        self._say("gap", UNKNOWN if gap is None else signed_text(gap))
        set_tone(self.values["gap"], "" if gap is None or gap > 0 else "bad")
        self._say("swd", UNKNOWN if tick is None or tick.swd is None else local_number(f"{tick.swd:.1f}"))
        self._say(
            "psnr",
            UNKNOWN if tick is None or tick.fill_psnr is None else f"{local_number(f'{tick.fill_psnr:.1f}')} dB",
        )

    def _offer(self, key: str, *, offered: bool) -> None:
        for part in (self.values[key], self._names[key]):
            part.setVisible(offered)

    def _say(self, key: str, text: str) -> None:
        if self.values[key].text() != text:
            self.values[key].setText(text)
            self._name_value(key)

    def _name_value(self, key: str) -> None:
        """Let screen readers say what the number is, and then, as its description, what it means: its tooltip."""
        self.values[key].setAccessibleName(f"{self._names[key].text()}: {self.values[key].text()}")
