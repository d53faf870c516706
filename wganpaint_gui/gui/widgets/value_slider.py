"""A number that can be dragged, typed, stepped by keys, and reset to its default."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import local_number, percent_sign, tr

from .labels import NameLabel
from .layouts import in_column, in_row
from .typed_field import TypedField

OVERHANG = 4  # how far the number field extends beyond the slider, so that the number itself is aligned with it

_INLINE = 56, 110  # least and greatest width of an inline slider
_FIELD_EDGE = 6  # left and right of the number in its field: border, padding and Qt's margin
_TICKS = 1000  # positions of the slider; its value is a power of the position
_STEP_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")


class ValueSlider(QWidget):
    """Name, number field and slider.

    Signals, by the user only: value_changed(float), never for text that is not a number; done(), after Return or Esc.

    low, high: limits of the number. default: None is low. slider_high: where the slider ends, by default at high.
    power: how much finer the slider is near low (1 = linear). decimals: shown; 0 makes the number whole. unit: shown
    after the number, and may be typed. inline: everything on one line.
    """

    value_changed = Signal(float)
    done = Signal()

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        tip: str,
        parent: QWidget | None = None,
        *,
        default: float | None = None,
        slider_high: float | None = None,
        power: float = 1.0,
        decimals: int = 0,
        unit: str = "",
        inline: bool = False,
    ) -> None:
        super().__init__(parent)
        self.low, self.high, self.default = low, high, low if default is None else default
        self._slider_high = high if slider_high is None else slider_high
        self._power = power
        self._decimals = decimals
        narrow = f"\u202f{unit}" if unit else ""  # a narrow space that does not break
        self._unit = percent_sign() if unit == "%" else narrow
        self._value = self.default
        self.name = NameLabel(name, self)
        self.field = TypedField(self)
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self._build(name, tip)
        self._lay_out(inline)
        self._connect()
        self._show()

    def _build(self, name: str, tip: str) -> None:
        for widget, what in ((self.name, "name"), (self.field, "number"), (self.slider, "slider")):
            widget.setObjectName(what)
        self.set_tip(tip)
        self.field.setAccessibleName(name)
        self.slider.setAccessibleName(name)
        self.name.setBuddy(self.field)
        self.field.setProperty("quiet", True)
        self.field.setFont(theme.tabular(self.font()))
        self.slider.setRange(0, _TICKS)

    def _lay_out(self, inline: bool) -> None:
        if inline:
            self.slider.setMinimumWidth(_INLINE[0])
            self.slider.setMaximumWidth(_INLINE[1])
            self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.field.setFixedWidth(self._number_width() + 2 * _FIELD_EDGE)
            line = in_row(self.name, (self.slider, 1), self.field, of=self, spacing=0)
            line.insertSpacing(1, 8)
            line.insertSpacing(3, 8 - _FIELD_EDGE)
            return
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setTextMargins(0, 0, -1, 0)
        self.field.setFixedWidth(self._number_width() + 2 * _FIELD_EDGE)
        line = in_row(self.slider, margins=(0, 0, OVERHANG, 0))
        in_column(in_row((self.name, 1), self.field, spacing=4), line, of=self, spacing=0)

    def _connect(self) -> None:
        self.name.default_requested.connect(self.restore_default)
        self.field.editingFinished.connect(self._take_typed)
        self.field.reverted.connect(self._show)
        self.field.stepped.connect(self._step_typed)
        self.field.done.connect(self.done)
        self.slider.valueChanged.connect(self._take_dragged)
        self.slider.stepped.connect(self.step_by)

    def _number_width(self) -> int:
        """Return the width of the longest number with its unit, and of five digits being typed."""
        font = self.field.font()
        longest = max((self._text(self.low), self._text(self.high), "00000"), key=len)
        return theme.text_width(font, longest)

    def set_tip(self, tip: str) -> None:
        tip = tr(tip)
        for widget in (self.name, self.field, self.slider):
            widget.setToolTip(tip)
            widget.setAccessibleDescription(tip)

    @property
    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value, limited to the range, without emitting `value_changed`."""
        self._value = self._fitted(value)
        self._show()

    @Slot()
    def restore_default(self) -> None:
        self._choose(self.default)

    @Slot(int)
    def step_by(self, steps: int) -> None:
        """Change the value in steps of its second significant digit: 0.1 near 1, 10 near 300."""
        size = self._step(self._value)
        self._choose(round((self._value + steps * size) / size) * size)

    @Slot(int)
    def _step_typed(self, steps: int) -> None:
        self._take_typed()
        self.step_by(steps)

    @Slot()
    def _take_typed(self) -> None:
        try:
            typed = self._number(self.field.text().strip().removesuffix(self._unit.strip()).strip())
        except ValueError:
            typed = math.nan
        if math.isfinite(typed):
            self._choose(typed)
        self._show()

    def _number(self, text: str) -> float:
        """Parse a number; a comma separates thousands in whole numbers, as they are shown, and decimals in others."""
        text = local_number(text)
        if not self._decimals and _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        return float(text.replace(",", "."))

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
        return local_number(f"{value:{'' if self._decimals else ','}.{self._decimals}f}") + self._unit

    @Slot()
    def _show(self) -> None:
        self.field.setText(self._text(self._value))
        if not self.slider.isSliderDown():
            share = (min(self._value, self._slider_high) - self.low) / (self._slider_high - self.low)
            self.slider.blockSignals(True)
            self.slider.setValue(round(_TICKS * share ** (1 / self._power)))
            self.slider.blockSignals(False)


class _Slider(QSlider):
    """Steps the value, not the position, by keys, and by the wheel with focus. Signal: stepped(int)."""

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
