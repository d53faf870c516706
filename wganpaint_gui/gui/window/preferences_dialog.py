"""The Preferences dialog, made from the schema of the preferences."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.settings.preferences import Preferences, Shown, shown_preferences
from wganpaint_gui.gui.widgets import Choice, in_column, set_tone
from wganpaint_gui.gui.widgets.form import combo


class PreferencesDialog(QDialog):
    """One control for each preference of the schema. Signal: changed(str, object), the name and the new value.

    What is changed works at once; there is nothing to confirm.
    """

    changed = Signal(str, object)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self.setMinimumWidth(420)
        self.controls: dict[str, QWidget] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        section = ""
        for name, shown in shown_preferences().items():
            if shown.section != section:
                section = shown.section
                heading = QLabel(tr(section))
                heading.setFont(theme.heading(heading.font()))
                form.addRow(heading)
            control = self.controls[name] = self._control(name, shown)
            label = QLabel("" if isinstance(control, QCheckBox) else tr(shown.label))
            label.setToolTip(tr(shown.tip))
            form.addRow(label, control)
            if name == "language":
                note = QLabel(tr(shown.tip))
                set_tone(note, "muted")
                form.addRow("", note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.reset = buttons.addButton(tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.clicked.connect(self._reset)
        in_column(form, buttons, of=self, margins=(16, 16, 16, 16), spacing=16)
        self._show(preferences)

    def _control(self, name: str, shown: Shown) -> QWidget:
        if shown.choices:
            choices = tuple(Choice(str(number), text, "") for number, text in enumerate(shown.choices.values()))
            box, values = combo(tr(shown.label), choices, tr(shown.tip), self), list(shown.choices)
            box.activated.connect(lambda number: self.changed.emit(name, values[number]))
            return box
        if shown.range is not None:
            spin = QSpinBox(minimum=shown.range[0], maximum=shown.range[1])
            spin.setToolTip(tr(shown.tip))
            spin.setAccessibleName(tr(shown.label))
            spin.valueChanged.connect(lambda value: self.changed.emit(name, value))
            return spin
        check = QCheckBox(tr(shown.label))
        check.setToolTip(tr(shown.tip))
        check.toggled.connect(lambda on: self.changed.emit(name, on))
        return check

    def _show(self, preferences: Preferences) -> None:
        for name, shown in shown_preferences().items():
            self._set(name, shown, getattr(preferences, name))

    def _set(self, name: str, shown: Shown, value: Any) -> None:
        control = self.controls[name]
        control.blockSignals(True)
        if isinstance(control, QCheckBox):
            control.setChecked(value)
        elif isinstance(control, QSpinBox):
            control.setValue(value)
        else:
            control.setProperty("currentIndex", list(shown.choices).index(value))
        control.blockSignals(False)

    @Slot()
    def _reset(self) -> None:
        defaults = Preferences()
        self._show(defaults)
        for name in shown_preferences():
            self.changed.emit(name, getattr(defaults, name))
