"""The timeline under the lanes: the shown step, the progress of the search, and its speed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSlider, QWidget

from wganpaint_gui.core.search.settings import Method
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import speed_text
from wganpaint_gui.gui.widgets import TabularLabel, set_tone

_KNOB = 6  # radius, device-independent pixels
_MARK_WIDTH, _MARK_HEIGHT = 3, 20  # higher than the knob, which often covers them
_LOOK_BACK = (
    "Step that is shown: drag to look back at earlier steps of all candidates, press an arrow key to move one step, "
    "double-click to return to the best."
)
_NO_FILM = "A project stores each candidate at its best, not its earlier steps."
_Mark = tuple[Method, int | None]  # the best step of a method, 0-based; None: not known


class TimelineSlider(QSlider):
    """Spans the steps from the first to the last planned; those still to come cannot be reached.

    Signals, by the user only: moved_to(int), a 0-based step; reset_requested(), by a double-click.
    """

    moved_to = Signal(int)
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._done = 0
        self._marks: tuple[_Mark, ...] = ()
        self.setAccessibleName("Timeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, 1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actionTriggered.connect(self._on_action)

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many steps are done and planned."""
        self._done = done
        self.setMaximum(max(total - 1, 1))
        self.update()

    def show_marks(self, marks: Sequence[_Mark]) -> None:
        """Mark the best step of each method; the first method's mark is above the second's, even at the same step."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    @property
    def last(self) -> int:
        """The newest step, 0-based."""
        return max(self._done - 1, 0)

    def position_of(self, step: int) -> float:
        """Return the position of a step in device-independent pixels from the left."""
        return _KNOB + 1 + (self.width() - 2 * _KNOB - 2) * step / self.maximum()

    @Slot(int)
    def _on_action(self, action: int) -> None:
        del action
        self.setSliderPosition(min(self.sliderPosition(), self.last))
        self.moved_to.emit(self.sliderPosition())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.moved_to.emit(self._step_at(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self._step_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and step != self.value():
            self.moved_to.emit(step)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.reset_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.setValue(self.last)
            self.moved_to.emit(self.last)
        else:
            super().keyPressEvent(event)

    def _step_at(self, place: QPointF) -> int:
        room = max(self.width() - 2 * _KNOB - 2, 1)
        step = round((place.x() - _KNOB - 1) / room * self.maximum())
        return min(max(step, 0), self.last)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        left, right = self.position_of(0), self.position_of(self.maximum())
        done = self.position_of(self.last) if self._done else left
        for end, ground in ((right, colours.control), (done, colours.level)):
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(left - 2, middle - 2, end - left + 4, 4), 2, 2)
        height = _MARK_HEIGHT / max(len(self._marks), 1)
        for row, (method, step) in enumerate(self._marks):
            if step is not None:
                painter.setBrush(theme.line_of(method))
                left, top = self.position_of(step) - _MARK_WIDTH / 2, middle - _MARK_HEIGHT / 2 + row * height
                painter.drawRoundedRect(QRectF(left, top, _MARK_WIDTH, height), 1.5, 1.5)
        if not self.isEnabled():
            return
        outline = colours.selection if self.hasFocus() else colours.level
        painter.setPen(QPen(QColor(outline), 1.5))
        painter.setBrush(QColor(colours.knob))
        painter.drawEllipse(QPointF(self.position_of(min(self.value(), self.last)), middle), _KNOB, _KNOB)


class Timeline(QWidget):
    """The slider with its labels. Signal: scrubbed(int | None), a 0-based step; None: back to live, or to the best."""

    scrubbed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 1
        self._running = False
        self._step: int | None = None  # what the user chose; None: follow the search
        self.label = TabularLabel("step 00000 of 00000", align=Qt.AlignmentFlag.AlignLeft, parent=self)
        self.label.setObjectName("step")
        self.slider = TimelineSlider(self)
        self.slider.setObjectName("timeline")
        self.slider.setToolTip(_LOOK_BACK)
        self.follow = QPushButton(self)
        self.follow.setObjectName("follow")
        self.follow.setCheckable(True)
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the canvas
        self.follow.setFixedWidth(max(theme.text_width(self.font(), word) for word in ("Live", "Best")) + 26)
        self.follow.setToolTip("Show the newest step while the search runs, and the best of each candidate afterwards.")
        self.speed = TabularLabel("0,000 steps/s", parent=self)
        self.speed.setObjectName("speed")
        for label in (self.label, self.speed):
            set_tone(label, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.label, self.slider, self.follow, self.speed):
            row.addWidget(part, 1 if part is self.slider else 0)
        self.slider.moved_to.connect(self.choose)
        self.slider.reset_requested.connect(self.reset)
        self.follow.clicked.connect(self.reset)
        self._show_words()

    def begin(self, total: int, *, film: bool = True) -> None:
        """Start a new search of so many steps. film: whether earlier steps can be shown."""
        self._step = None
        self.slider.setToolTip(_LOOK_BACK if film else _NO_FILM)
        self.speed.setText("")
        self.slider.show_marks(())
        self.slider.setValue(0)
        self.show_progress(0, total)

    def show_progress(self, done: int, total: int) -> None:
        self._total = max(total, done, 1)
        self.slider.show_progress(done, self._total)
        if self._step is None:
            self.slider.setValue(self.slider.last)
        self._show_words()

    def set_running(self, running: bool) -> None:
        """Set whether the search runs; a search that starts to run is followed live."""
        if running and not self._running:
            self._step = None
        self._running = running
        if not running:
            self.speed.setText("")
        self._show_words()

    def set_speed(self, steps_per_second: float) -> None:
        self.speed.setText(speed_text(steps_per_second))

    @Slot(int)
    def choose(self, step: int) -> None:
        """Show a step; emits `scrubbed`."""
        self._step = min(step, self.slider.last)
        self.slider.setValue(self._step)
        self._show_words()
        self.scrubbed.emit(self._step)

    @Slot()
    def reset(self) -> None:
        """Return to live or best; emits `scrubbed`."""
        self._step = None
        self.slider.setValue(self.slider.last)
        self._show_words()
        self.scrubbed.emit(None)

    def _show_words(self) -> None:
        self.follow.setChecked(self._step is None)
        self.follow.setText("Live" if self._running else "Best")
        self.follow.setAccessibleName("Follow the search" if self._running else "Return to the best")
        done = self.slider.last + 1
        if self._step is None and not self._running and done > 1:
            self.label.setText(f"best of {done:,} steps".replace(",", ""))
        else:
            self.label.setText(f"step {self.slider.value() + 1} of {self._total}")
