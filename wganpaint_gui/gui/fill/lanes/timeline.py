"""The timeline under the lanes: the shown step, the progress of the search, and its speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSlider, QToolTip, QWidget

from wganpaint_gui.core.search.records import RefinedRun
from wganpaint_gui.core.search.settings import Method
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import speed_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, capitalised, tr
from wganpaint_gui.gui.widgets import TabularLabel, set_tone

from .signs import RADIUS, Sign, paint_sign

_KNOB = 6  # radius, device-independent pixels
_MARK_WIDTH, _MARK_HEIGHT = 3, 16  # higher than the knob, which often covers them
_SIGNS = RADIUS + 1  # middle of the row of landmarks
_MIDDLE, _HEIGHT = 23, 35  # middle of the groove; height of the whole
_RAISED, _LOW_MARK = 19, 8  # middle of the groove, and height of the marks, above the names of the sections
_LOOK_BACK = QT_TR_NOOP(
    "Step that is shown: drag to look back at earlier steps of all candidates, press an arrow key to move one step, "
    "double-click to return to the best."
)
_NO_FILM = QT_TR_NOOP("A project stores each candidate at its best, not its earlier steps.")
_Mark = tuple[Method, int | None]  # the best step of a method, 0-based; None: not known


@dataclass(frozen=True)
class Landmark:
    """A step that one can go to, marked by a sign on the timeline."""

    step: int  # 0-based
    sign: Sign
    words: str  # what it is, for the tooltip


@dataclass(frozen=True)
class Section:
    """A part of a search: steps from the first to one before the end, 0-based."""

    first: int
    end: int
    refined: bool

    @property
    def name(self) -> str:
        return tr("refinement") if self.refined else tr("search")

    @property
    def words(self) -> str:
        return tr("{part}: steps {first} to {last}").format(
            part=capitalised(self.name), first=self.first + 1, last=self.end
        )


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
        self._landmarks: tuple[Landmark, ...] = ()
        self._runs: tuple[RefinedRun, ...] = ()
        self.setAccessibleName(tr("Timeline"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(f"min-height: {_HEIGHT}px;")  # the application's stylesheet overrides setMinimumHeight
        self.setRange(0, 1)
        self.setPageStep(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actionTriggered.connect(self._on_action)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def show_progress(self, done: int, total: int, runs: Sequence[RefinedRun] = ()) -> None:
        """Show how many steps are done and planned, and which of them belong to a refinement."""
        self._done = done
        self._runs = tuple(runs)
        self.setMaximum(max(total - 1, 1))
        self.update()

    def show_marks(self, marks: Sequence[_Mark]) -> None:
        """Mark the best step of each method; the first method's mark is above the second's, even at the same step."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def show_landmarks(self, landmarks: Sequence[Landmark]) -> None:
        """Mark the steps that one may want to go to; a click on a sign goes there."""
        if tuple(landmarks) != self._landmarks:
            self._landmarks = tuple(landmarks)
            said = tr("{what}: step {step}.")
            self.setAccessibleDescription(
                " ".join(said.format(what=mark.words, step=mark.step + 1) for mark in landmarks)
            )
            self.update()

    @property
    def landmarks(self) -> tuple[Landmark, ...]:
        return self._landmarks

    def _landmark_at(self, place: QPointF) -> Landmark | None:
        """Return the landmark whose sign is here."""
        if place.y() > 2 * RADIUS:
            return None
        signs = zip(self._landmarks, self._sign_places(), strict=True)
        return next((mark for mark, at in signs if abs(at.x() - place.x()) <= RADIUS), None)

    @property
    def sections(self) -> list[Section]:
        """The parts of the search in their order; a single one, where there is no refinement."""
        total = self.maximum() + 1
        sections: list[Section] = []
        for run in self._runs:
            start = sections[-1].end if sections else 0
            sections += [Section(start, run.first, False)] * (start < run.first) + [Section(run.first, run.end, True)]
        start = sections[-1].end if sections else 0
        return sections + [Section(start, total, False)] * (start < total)

    def section_of(self, step: int) -> Section:
        return next(one for one in self.sections if one.first <= step < one.end)

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
            mark = self._landmark_at(event.position())
            self.moved_to.emit(self._step_at(event.position()) if mark is None else mark.step)
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

    def _step_at(self, place: QPointF, last: int | None = None) -> int:
        """Return the step at a place, but none after the last; by default, the last that was taken."""
        room = max(self.width() - 2 * _KNOB - 2, 1)
        step = round((place.x() - _KNOB - 1) / room * self.maximum())
        return min(max(step, 0), self.last if last is None else last)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._landmark_at(QPointF(event.pos()))
            step = self._step_at(QPointF(event.pos()), last=self.maximum())
            if mark is not None:
                said = tr("{what}: step {step}. Click to show it.").format(what=mark.words, step=mark.step + 1)
            else:
                said = f"{self.section_of(step).words}. {self.toolTip()}" if self._runs else self.toolTip()
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.groove
        self._paint_groove(painter, middle)
        self._paint_landmarks(painter)
        whole = _LOW_MARK if self._runs else _MARK_HEIGHT
        height = whole / max(len(self._marks), 1)
        for row, (method, step) in enumerate(self._marks):
            if step is not None:
                painter.setBrush(theme.line_of(method))
                left, top = self.position_of(step) - _MARK_WIDTH / 2, middle - whole / 2 + row * height
                painter.drawRoundedRect(QRectF(left, top, _MARK_WIDTH, height), 1.5, 1.5)
        if not self.isEnabled():
            return
        outline = colours.selection if self.hasFocus() else colours.level
        painter.setPen(QPen(QColor(outline), 1.5))
        painter.setBrush(QColor(colours.knob))
        painter.drawEllipse(QPointF(self.position_of(min(self.value(), self.last)), middle), _KNOB, _KNOB)

    def _paint_landmarks(self, painter: QPainter) -> None:
        """Draw the signs, each with a line to its step."""
        for mark, place in zip(self._landmarks, self._sign_places(), strict=True):
            painter.setPen(QPen(QColor(theme.colours().muted), 1))
            painter.drawLine(place, QPointF(self.position_of(mark.step), self.groove - 2))
            paint_sign(painter, mark.sign, place, opacity=220)

    def _sign_places(self) -> list[QPointF]:
        """Return where the signs of the landmarks are, in a row above the groove, apart where their steps are near."""
        places = [self.position_of(mark.step) for mark in self._landmarks]
        order, room = sorted(range(len(places)), key=places.__getitem__), 2 * RADIUS + 1
        for before, after in pairwise(order):
            middle = (places[before] + places[after]) / 2
            if places[after] - places[before] < room:
                middle = min(max(middle, room), self.width() - room)
                places[before], places[after] = middle - room / 2, middle + room / 2
        return [QPointF(x, _SIGNS) for x in places]

    @property
    def groove(self) -> int:
        """The middle of the groove, device-independent pixels from the top."""
        return _RAISED if self._runs else _MIDDLE

    def _paint_groove(self, painter: QPainter, middle: float) -> None:
        colours = theme.colours()
        sections = self.sections
        for number, section in enumerate(sections):
            left = self.position_of(section.first) - 2 if number == 0 else self._border(section)
            right = (
                self.position_of(self.maximum()) + 2 if section is sections[-1] else self._border(sections[number + 1])
            )
            right -= 2 * (section is not sections[-1])  # a gap between two sections
            done = min(max(self.position_of(self.last) + 2 if self._done else left + 4, left), right)
            ground = colours.refined_line if section.refined else colours.level
            for end, colour in ((right, colours.control), (done, ground)):
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(left, middle - 2, end - left, 4), 2, 2)
            if self._runs:
                self._paint_name(painter, section, left, right)

    def _border(self, section: Section) -> float:
        """Return where a section begins, in device-independent pixels."""
        return (self.position_of(section.first - 1) + self.position_of(section.first)) / 2 + 1

    def _paint_name(self, painter: QPainter, section: Section, left: float, right: float) -> None:
        painter.setFont(theme.small(self.font()))
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(section.name) > right - left:
            return
        painter.setPen(QColor(theme.colours().muted))
        painter.drawText(QPointF(left, self.height() - metrics.descent()), section.name)
        painter.setPen(Qt.PenStyle.NoPen)


class Timeline(QWidget):
    """The slider with its labels. Signal: scrubbed(int | None), a 0-based step; None: back to live, or to the best."""

    scrubbed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 1
        self._running = False
        self._live = False  # it runs or is paused
        self._step: int | None = None  # what the user chose; None: follow the search
        self.label = TabularLabel(
            tr("refinement {share}").format(share=_share(100, 100)), align=Qt.AlignmentFlag.AlignLeft, parent=self
        )
        self.label.setObjectName("step")
        self.slider = TimelineSlider(self)
        self.slider.setObjectName("timeline")
        self.slider.setToolTip(tr(_LOOK_BACK))
        self.follow = QPushButton(self)
        self.follow.setObjectName("follow")
        self.follow.setCheckable(True)
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the canvas
        self.follow.setFixedWidth(max(theme.text_width(self.font(), word) for word in (tr("Live"), tr("Best"))) + 26)
        self.follow.setToolTip(
            tr("Show the newest step while the search runs, and the best of each candidate afterwards.")
        )
        self.speed = TabularLabel(speed_text(9_999), parent=self)
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

    def begin(self, total: int, runs: Sequence[RefinedRun] = (), *, film: bool = True) -> None:
        """Start a new search of so many steps. film: whether earlier steps can be shown."""
        self._step = None
        self.slider.setToolTip(tr(_LOOK_BACK if film else _NO_FILM))
        self.speed.setText("")
        self.slider.show_marks(())
        self.slider.show_landmarks(())
        self.slider.setValue(0)
        self.show_progress(0, total, runs)

    def show_progress(self, done: int, total: int, runs: Sequence[RefinedRun] = ()) -> None:
        """Show how many steps are done and planned, and which of them belong to a refinement."""
        self._total = max(total, done, 1)
        self.slider.show_progress(done, self._total, runs)
        if self._step is None:
            self.slider.setValue(self.slider.last)
        self._show_words()

    def set_running(self, running: bool, *, paused: bool = False) -> None:
        """Set whether the search runs or is paused; a search that starts to run is followed live."""
        if running and not self._running:
            self._step = None
        self._running, self._live = running, running or paused
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
        self.follow.setText(tr("Live") if self._live else tr("Best"))
        self.follow.setAccessibleName(tr("Follow the search") if self._live else tr("Return to the best"))
        done = self.slider.last + 1
        if self._step is None and not self._live and done > 1:
            self.label.setText(tr("best of {count} steps").format(count=done))
        else:
            step = self.slider.value()
            section = self.slider.section_of(step)
            place = tr("step {share}").format(share=_share(step + 1, self._total))
            if section.refined:
                share = _share(step - section.first + 1, section.end - section.first)
                place = tr("refinement {share}").format(share=share)
            self.label.setText(place)


def _share(done: int, total: int) -> str:
    """Return "12 of 80": without separators of thousands, as there is no room for them."""
    return tr("{done} of {total}").format(done=done, total=total)
