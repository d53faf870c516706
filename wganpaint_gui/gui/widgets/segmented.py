"""A row of buttons of which exactly one is on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr

from .layouts import in_row

_GAP = 2  # around and between the segments, device-independent pixels
_PADDING = 8
_TIGHT = 4  # the padding in a narrow layout


@dataclass(frozen=True)
class Choice:
    """One of several values: its key in the program, the text shown, and a tooltip; both are translated where shown."""

    key: str
    text: str
    tip: str


class SegmentedControl(QWidget):
    """Selects one of a few visible values; arrow keys move between them.

    Signals, by the user only: chosen(key); clicked(), also on the value that is shown.

    default: the key to which a double-click on the control's name returns; the first if None.
    """

    chosen = Signal(str)
    clicked = Signal()

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        *,
        default: str | None = None,
        equal: bool = True,
    ) -> None:
        """equal: segments of one width; otherwise each is as wide as its text needs, for little room."""
        super().__init__(parent)
        self._equal = equal
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = in_row(of=self, margins=(_GAP, _GAP, _GAP, _GAP), spacing=_GAP)
        for choice in choices:
            text = tr(choice.text)
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not move the focus
            button.setToolTip(tr(choice.tip))
            button.setAccessibleName(f"{name}: {text}")
            button.setObjectName(f"segment-{choice.key}")
            self._group.addButton(button)
            self._buttons[choice.key] = button
            row.addWidget(button, 1 if equal else theme.text_width(theme.heading(self.font()), text))
        self._buttons[choices[0].key].setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttonClicked.connect(lambda _button: self.clicked.emit())
        self._quiet = False
        self._default = default or choices[0].key

    def restore_default(self) -> None:
        self._buttons[self._default].click()

    def sizeHint(self) -> QSize:
        return QSize(self._width(_PADDING), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(_TIGHT), super().minimumSizeHint().height())

    def _width(self, padding: int) -> int:
        """Return the width of segments that fit their texts in bold; of equal ones, the longest."""
        strong = theme.heading(self.font())
        offered = [button for button in self._buttons.values() if not button.isHidden()]
        widths = [theme.text_width(strong, button.text()) for button in offered]
        count = len(offered)
        texts = count * max(widths) if self._equal else sum(widths)
        return texts + 2 * count * padding + (count + 1) * _GAP

    @property
    def value(self) -> str:
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_value(self, key: str) -> None:
        """Show a choice without emitting `chosen`. Raises KeyError for one that is not offered."""
        self._quiet = True
        self._buttons[key].setChecked(True)
        self._quiet = False

    def offer(self, keys: Collection[str]) -> None:
        """Show only these choices, at least one of them."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)
        self.updateGeometry()

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def _on_toggled(self, _button: QAbstractButton, on: bool) -> None:
        if on and not self._quiet:
            self.chosen.emit(self.value)
