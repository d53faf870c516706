"""The row under the timeline that mixes two compared candidates."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from wganpaint_gui.gui.look.translation import QT_TR_NOOP, percent_sign, tr
from wganpaint_gui.gui.widgets import ElidedLabel, TabularLabel, set_tone

_STEPS = 100  # of the slider
_NAME_WIDTH = 96  # device-independent pixels
_TIP = QT_TR_NOOP(
    "Mix both candidates: the image between their latents, to be kept like a candidate. A refined candidate is mixed "
    "as it was before. Double-click for none of the right one."
)


class MixRow(QWidget):
    """A slider between the names of two candidates. Signal, by the user only: mixed(float), the right one's share."""

    mixed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(tr("Mix"), self)
        self.one, self.other = ElidedLabel("", self), ElidedLabel("", self)
        self.share = TabularLabel("100" + percent_sign(), parent=self)
        self.slider = _MixSlider(self)
        self.slider.setToolTip(tr(_TIP))
        self.slider.setAccessibleDescription(tr(_TIP))
        for label in (self.title, self.one, self.other, self.share):
            set_tone(label, "muted")
        for label in (self.one, self.other):
            label.setFixedWidth(_NAME_WIDTH)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.one.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.title, self.one, self.slider, self.other, self.share):
            row.addWidget(part, 1 if part is self.slider else 0)
        self.slider.valueChanged.connect(self._on_changed)
        self.show_mix("", "", 0.0)

    def show_mix(self, one: str, other: str, share: float) -> None:
        """Show the names of both candidates and the share of the other, 0..1; emits nothing."""
        self.one.setText(one)
        self.other.setText(other)
        self.slider.setAccessibleName(tr("Mix {one} with {other}").format(one=one, other=other))
        if not self.slider.isSliderDown():  # the mouse is ahead of what has been rendered
            before = self.slider.blockSignals(True)
            self.slider.setValue(round(share * _STEPS))
            self.slider.blockSignals(before)
        self._show_share()

    def _show_share(self) -> None:
        self.share.setText(f"{self.slider.value() * 100 // _STEPS}{percent_sign()}")

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        self._show_share()
        self.mixed.emit(value / _STEPS)


class _MixSlider(QSlider):
    """A horizontal slider; a double-click returns to 0."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("mix")
        self.setRange(0, _STEPS)
        self.setSingleStep(5)
        self.setPageStep(10)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.setValue(0)
