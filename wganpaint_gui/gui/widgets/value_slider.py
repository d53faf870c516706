"""A number that can be dragged, typed, stepped by keys, and put back to its default."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from wganpaint_gui.gui import theme

from .labels import NameLabel

_TICKS = 1000  # positions of the slider; its value is a power of the position
_STEP_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class ValueSlider(QWidget):
    """Name, typed number and slider. Signal: value_changed(float), by the person only, never for what is no number.

    low, high: what may be typed. slider_high: where the slider ends, high unless told. power: how much finer the
    slider is near low (1 = even). decimals: of the shown number; 0 makes it whole. unit: shown behind the number, and
    may be typed. inline: all on one line.
    """

    value_changed = Signal(float)

    def __init__(
        self,
        name: str,
        *,
        low: float,
        high: float,
        default: float,
        decimals: int,
        tip: str,
        slider_high: float | None = None,
        power: float = 1.0,
        unit: str = "",
        inline: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.low, self.high, self.default = low, high, default
        self._slider_high = high if slider_high is None else slider_high
        self._power = power
        self._decimals = decimals
        self._unit = f"\u202f{unit}" if unit else ""  # a narrow space that does not break
        self._value = default
        self.name = NameLabel(name, self)
        self.field = QLineEdit(self)
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self._build(name, tip)
        self._lay_out(inline)
        self._show()

    def _build(self, name: str, tip: str) -> None:
        for widget, what in ((self.name, "name"), (self.field, "number"), (self.slider, "slider")):
            widget.setToolTip(tip)
            widget.setObjectName(what)
            widget.setAccessibleDescription(tip)
        self.field.setAccessibleName(name)
        self.slider.setAccessibleName(name)
        self.name.setBuddy(self.field)
        self.field.setProperty("quiet", True)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setTextMargins(0, 0, -3, 0)  # the number ends where the slider ends
        font = theme.tabular(self.font())
        self.field.setFont(font)
        widest = max(len(self._text(self.high)), len(self._text(self.low)))
        self.field.setFixedWidth(theme.text_width(font, "0" * max(widest, 5)) + 14)
        self.field.installEventFilter(self)
        self.slider.setRange(0, _TICKS)
        self.name.default_requested.connect(self.restore_default)
        self.field.editingFinished.connect(self._take_typed)
        self.slider.valueChanged.connect(self._take_dragged)
        self.slider.stepped.connect(self.step_by)

    def _lay_out(self, inline: bool) -> None:
        if inline:
            line = QHBoxLayout(self)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            self.slider.setFixedWidth(110)
            for widget in (self.name, self.slider, self.field):
                line.addWidget(widget)
            return
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.name, 1)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.slider)

    @property
    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value without telling anybody; beyond the ends it becomes the end."""
        self._value = self._fitted(value)
        self._show()

    @Slot()
    def restore_default(self) -> None:
        self._choose(self.default)

    @Slot(int)
    def step_by(self, steps: int) -> None:
        """One step is the last of two significant digits: 0.1 near 1, 10 near 300, 1 near 4."""
        size = self._step(self._value)
        self._choose(round((self._value + steps * size) / size) * size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._take_typed()
                self.step_by(1 if event.key() == Qt.Key.Key_Up else -1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._show()
                self.field.clearFocus()
                return True
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # Esc, digits and arrows belong to the field while it is typed into
            return event.key() == Qt.Key.Key_Escape
        return super().eventFilter(watched, event)

    @Slot()
    def _take_typed(self) -> None:
        try:
            typed = float(self.field.text().strip().removesuffix(self._unit.strip()).replace(",", "."))
        except ValueError:
            typed = math.nan
        if math.isfinite(typed):
            self._choose(typed)
        self._show()

    @Slot(int)
    def _take_dragged(self, position: int) -> None:
        value = self.low + (self._slider_high - self.low) * (position / _TICKS) ** self._power
        size = self._step(value)
        self._choose(round(value / size) * size)

    def _choose(self, value: float) -> None:
        fitted = self._fitted(value)
        if fitted != self._value:
            self._value = fitted
            self._show()
            self.value_changed.emit(fitted)

    def _fitted(self, value: float) -> float:
        return round(min(max(value, self.low), self.high), self._decimals)

    def _step(self, value: float) -> float:
        finest = 10.0**-self._decimals
        return finest if value <= 0 else max(finest, 10.0 ** (math.floor(math.log10(value) + 1e-9) - 1))

    def _text(self, value: float) -> str:
        return f"{value:.{self._decimals}f}{self._unit}"

    def _show(self) -> None:
        self.field.setText(self._text(self._value))
        if not self.slider.isSliderDown():
            share = (min(self._value, self._slider_high) - self.low) / (self._slider_high - self.low)
            self.slider.blockSignals(True)
            self.slider.setValue(round(_TICKS * share ** (1 / self._power)))
            self.slider.blockSignals(False)


class _Slider(QSlider):
    """Keys and wheel step the value, not the position; the wheel only with focus. Signal: stepped(int)."""

    stepped = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEP_KEYS.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the panel scrolls instead
            return
        turned = event.angleDelta().y()
        if turned:
            self.stepped.emit(1 if turned > 0 else -1)
        event.accept()
