"""The head of a run: its name, what it does, and what can be done with it; where it is narrow, most of it in a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.models.training_state import LONGER
from wganpaint_gui.gui.widgets import Badge, ElidedLabel, KeyButton, MoreButton

_NAME = 60  # pixels that are left to the name at least, before the buttons go into the menu
_SPACING = 8


class RunHeader(QWidget):
    """Buttons and a menu of the same; whoever makes the header says which of them are offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(parent=self)
        self.title.setObjectName("run-name")
        self.title.setFont(theme.heading(self.font()))
        self.badge = Badge(parent=self)
        self.badge.reserve("Waits for the fill", "fair")
        self.pause = self._button("pause-training", "Pause", "Saves, and leaves the device to others until you resume.")
        self.pause.reserve(LONGER)
        self.use = self._button("use-model", "Use now", "Fills with the model as it is now; training goes on.")
        self.use.reserve("Use model")
        self.stop = self._button("stop-training", "Stop and save", "Ends the run; it stays in the list of runs.")
        self.discard = self._button("discard-training", "Stop and discard…", "Ends the run and deletes all of it.")
        self.new = self._button("new-training", "New training…", "Chooses pictures for another model.")
        self.more = MoreButton("What else can be done with this run.", self)
        self._narrow = False
        self._offered = dict.fromkeys((self.use, self.stop, self.discard, self.new), True)
        self._entries: dict[KeyButton, QAction] = {}
        self._make_menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.title, 1)
        row.addWidget(self.badge)
        row.addSpacing(_SPACING)
        for part in (self.pause, *self._offered, self.more):
            row.addWidget(part)
        self._show()

    def _button(self, name: str, words: str, tip: str) -> KeyButton:
        button = KeyButton(parent=self)
        button.say(words)
        button.setObjectName(name)
        button.setToolTip(tip)
        return button

    def _make_menu(self) -> None:
        menu = self.more.entries
        self.more.setObjectName("more-of-run")
        for button in self._offered:
            entry = self._entries[button] = menu.addAction(button.words)
            entry.setObjectName(f"{button.objectName()}-entry")
            entry.setToolTip(button.toolTip())
            entry.triggered.connect(button.click)
            button.installEventFilter(self)

    def offer(self, button: KeyButton, *, offered: bool) -> None:
        """Whether what a button does can be done with the run at all."""
        self._offered[button] = offered
        self._show()

    @property
    def whole_width(self) -> int:
        """What it needs to show every button that is ever offered at one time."""
        buttons = (self.pause, self.use, self.stop, self.discard)
        return _NAME + self.badge.sizeHint().width() + sum(b.whole_width + _SPACING for b in buttons) + 2 * _SPACING

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, KeyButton):
            self._show_entry(watched)
        return super().eventFilter(watched, event)

    def say_use(self, words: str) -> None:
        self.use.say(words)
        self._show_entry(self.use)

    def _show_entry(self, button: KeyButton) -> None:
        entry = self._entries[button]
        entry.setText(button.words)
        entry.setVisible(self._offered[button])
        entry.setEnabled(button.isEnabledTo(self))

    def _show(self) -> None:
        for button, offered in self._offered.items():
            button.setVisible(offered and not self._narrow)
            self._show_entry(button)
        self.more.setVisible(self._narrow)
