"""The numbers of a run in a row: each with its name over it, in a room of its own, so that nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from wganpaint_gui.core.training.training_log import Tick, TrainingStep
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import UNKNOWN, images_text, left_text, memory_text, signed_text
from wganpaint_gui.gui.widgets import TabularLabel, set_tone

_FACTS = (  # key, name, the longest it will say, what it means
    (
        "update",
        "Update",
        "000,000 of 000,000",
        "Updates of the generator that are done; in the second stage, the critic's.",
    ),
    ("speed", "Speed", "0,000 images/s", "Pictures that pass the critic, a second."),
    ("left", "Time left", "00 h 00 min", "Until this stage is done, at the present speed."),
    ("w", "W", "−00.00", "Median of W over the last updates, no unit; lower is better."),
    ("gap", "Critic gap", "+00.00", "At the newest sample grid, no unit; must stay above 0."),
    (
        "swd",
        "SWD",
        "000.0",
        "Sliced Wasserstein distance of samples and held-out images, x 1000; lower is better.",
    ),
    ("psnr", "Fills", "00.0 dB", "How near critic-only fills come to held-out images; higher is better."),
    # The last, for it comes with the first step on a GPU, and nothing else moves then.
    ("memory", "GPU memory", "000.0 GB", "Reserved on the graphics card."),
)
_LONGEST = {key: longest for key, _, longest, _ in _FACTS}
_LONGEST_LEFT = "00 h 00 min, then search-aware"  # of a run with both stages
_BETWEEN, _BETWEEN_ROWS = 16, 4  # pixels


class StatsRow(QWidget):
    """Shows; computes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: dict[str, TabularLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._columns = 0
        self._aware = False
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_BETWEEN)
        grid.setVerticalSpacing(0)
        for key, name, longest, tip in _FACTS:
            caption, value = QLabel(name, self), TabularLabel(longest, parent=self)
            value.setAlignment(caption.alignment())
            caption.setFont(theme.small(self.font()))
            set_tone(caption, "muted")
            for part in (caption, value):
                part.setToolTip(tip)
            value.setObjectName(f"fact-{key}")
            value.setText(UNKNOWN)
            self._values[key], self._names[key] = value, caption
        grid.setColumnStretch(len(_FACTS), 1)
        self._place(len(_FACTS))
        self._offer("psnr", offered=False)
        self._offer("memory", offered=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """In one row, or in two where there is no room for that."""
        widths = [max(self._values[key].width(), self._names[key].sizeHint().width()) + _BETWEEN for key, *_ in _FACTS]
        self._place(len(_FACTS) if sum(widths) - _BETWEEN <= self.width() else -(-len(_FACTS) // 2))

    def minimumSizeHint(self) -> QSize:
        """No width: it wraps."""
        return QSize(0, super().minimumSizeHint().height())

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, (key, *_) in enumerate(_FACTS):
            row, column = divmod(index, columns)
            for below, part in enumerate((self._names[key], self._values[key])):
                self._grid.removeWidget(part)
                self._grid.addWidget(part, 3 * row + below, column)
        self._grid.setRowMinimumHeight(2, _BETWEEN_ROWS if columns < len(_FACTS) else 0)
        self.updateGeometry()

    def text(self, key: str) -> str:
        return self._values[key].text()

    def set_aware(self, aware: bool) -> None:
        """Whether the run has a second stage, which alone measures fills."""
        self._aware = aware
        self._offer("psnr", offered=aware)
        self._values["left"].reserve(_LONGEST_LEFT if aware else _LONGEST["left"])
        self._wrap()

    def show_step(self, step: TrainingStep | None) -> None:
        """None: nothing trains. Memory is there from the first step that knows of any: on a GPU."""
        if step is not None:
            self._offer("memory", offered=step.memory is not None)
        self._say("speed", images_text(step.images_per_second) if step is not None else UNKNOWN)
        self._say("left", left_text(step, aware=self._aware) if step is not None else UNKNOWN)
        self._say("memory", memory_text(step.memory) if step is not None else UNKNOWN)

    def show_update(self, done: int, total: int) -> None:
        self._say("update", f"{done:,} of {total:,}")

    def show_w(self, w: float | None) -> None:
        self._say("w", UNKNOWN if w is None else f"{w:z.2f}".replace("-", "−"))

    def show_tick(self, tick: Tick | None) -> None:
        """The newest examination."""
        gap = None if tick is None else tick.critic_gap
        self._say("gap", UNKNOWN if gap is None else signed_text(gap))
        set_tone(self._values["gap"], "" if gap is None or gap > 0 else "bad")
        self._say("swd", UNKNOWN if tick is None or tick.swd is None else f"{tick.swd:.1f}")
        self._say("psnr", UNKNOWN if tick is None or tick.fill_psnr is None else f"{tick.fill_psnr:.1f} dB")

    def _offer(self, key: str, *, offered: bool) -> None:
        for part in (self._values[key], self._names[key]):
            part.setVisible(offered)

    def _say(self, key: str, text: str) -> None:
        if self._values[key].text() != text:
            self._values[key].setText(text)
