"""The header of a run: name, state and actions; most actions move to a menu in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.models.training_state import LONGER
from wganpaint_gui.gui.widgets import Badge, ElidedLabel, KeyButton, MoreButton, in_row

_NAME = 60  # least pixels for the name before the buttons move to the menu
_SPACING = 8


class RunHeader(QWidget):
    """Buttons, and a menu of the same actions; the owner decides which of them are offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(parent=self)
        self.title.setObjectName("run-name")
        self.title.setFont(theme.heading(self.font()))
        self.badge = Badge(parent=self)
        self.badge.reserve(tr("Waiting for fill"), "fair")
        self.pause = self._button("pause-training", tr("Pause"), tr("Save, and free the device until you resume."))
        self.pause.reserve(tr(LONGER))
        self.use = self._button(
            "use-model", tr("Use now"), tr("Use the model as it is now for fills; training continues.")
        )
        self.use.reserve(tr("Use model"))
        self.stop = self._button(
            "stop-training", tr("Stop and save"), tr("End the run and keep it in the list of runs.")
        )
        self.discard = self._button(
            "discard-training", tr("Stop and discard…"), tr("End the run and delete all of it.")
        )
        self.new = self._button("new-training", tr("New training…"), tr("Choose pictures for another model."))
        self.more = MoreButton(tr("More actions for this run."), self)
        self._narrow = False
        self._offered = dict.fromkeys((self.use, self.stop, self.discard, self.new), True)
        self._entries: dict[KeyButton, QAction] = {}
        self._make_menu()
        row = in_row((self.title, 1), self.badge, self.pause, *self._offered, self.more, of=self, spacing=_SPACING)
        row.insertSpacing(2, _SPACING)
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
        """Set whether a button, and its entry in the menu, is offered for the run."""
        self._offered[button] = offered
        self._show()

    @property
    def whole_width(self) -> int:
        """Width needed to show every button that may be offered at the same time."""
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
