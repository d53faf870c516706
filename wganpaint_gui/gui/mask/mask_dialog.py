"""The dialog that changes the mask by numbers, with its preview on the photo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from wganpaint_gui.gui.widgets import ValueSlider, in_column, set_tone

_WIDTH = 320  # device-independent pixels, like all lengths here
_INSET = 16  # from the corner of the canvas


class MaskDialog(QDialog):
    """Sliders, a note, OK and Cancel; stands in a corner of the canvas, which shows the preview.

    Signals: changed(), by the user; ok_wanted(). Whoever opens it accepts it, once what it shows is there.
    """

    changed = Signal()
    ok_wanted = Signal()

    def __init__(self, title: str, sliders: Sequence[ValueSlider], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("maskDialog")
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH)
        self.sliders = tuple(sliders)
        self._note = QLabel(wordWrap=True)
        self._note.setObjectName("note")
        set_tone(self._note, "muted")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setDefault(True)
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setAutoDefault(False)  # or Return would cancel while OK is disabled
        self._buttons.accepted.connect(self.ok_wanted)
        self._buttons.rejected.connect(self.reject)
        in_column(*self.sliders, self._note, self._buttons, of=self, margins=(16, 14, 16, 14), spacing=12)
        for slider in self.sliders:
            slider.value_changed.connect(self.changed)
            slider.done.connect(self.ok.setFocus)  # Return once takes the number, twice is OK
        self.say("")

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(slider.value for slider in self.sliders)

    def say(self, note: str) -> None:
        """Show a sentence below the sliders."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @property
    def note(self) -> str:
        return self._note.text()

    def open_over(self, canvas: QWidget) -> None:
        """Open in the upper right corner, where it covers little; the first number can be typed at once."""
        self.adjustSize()
        self.move(canvas.mapToGlobal(QPoint(max(0, canvas.width() - self.width() - _INSET), _INSET)))
        self.open()
        field = self.sliders[0].field
        field.setFocus()
        field.selectAll()

    @Slot(bool)
    def set_usable(self, usable: bool) -> None:
        """Enable OK where there is something to accept."""
        self.ok.setEnabled(usable)
