"""Rows of a settings form: a control below its name, or beside it. Tooltips are those of tables, translated here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QListView, QVBoxLayout, QWidget

from wganpaint_gui.gui.look.translation import tr

from . import OVERHANG, Choice, NameLabel, SegmentedControl, TypedField, in_column


def combo(name: str, choices: tuple[Choice, ...], tip: str, parent: QWidget) -> QComboBox:
    """Make a combo box of choices with tooltips; the mouse wheel scrolls the panel instead of changing the choice."""
    combo = QComboBox(parent)
    combo.setView(QListView(combo))  # a list that the stylesheet can style like the menus
    for choice in choices:
        combo.addItem(tr(choice.text), choice.key)
        combo.setItemData(combo.count() - 1, tr(choice.tip), Qt.ItemDataRole.ToolTipRole)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)  # the panel's width decides, not the longest name
    combo.setAccessibleName(name)
    combo.view().setAccessibleName(name)
    combo.setToolTip(tr(tip))
    combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    combo.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]  # the panel scrolls instead
    return combo


def field(name: str, tip: str, parent: QWidget) -> TypedField:
    """Make a text field."""
    field = TypedField(parent)
    field.setAccessibleName(name)
    field.setToolTip(tr(tip))
    return field


def titled(name: str, tip: str, control: QWidget) -> QVBoxLayout:
    """Put a control below its name, a double-click on which restores the default of a segmented control."""
    label = NameLabel(name)
    label.setToolTip(tr(tip))
    if isinstance(control, SegmentedControl):
        label.default_requested.connect(control.restore_default)
    return in_column(label, control, margins=(0, 0, OVERHANG, 0), spacing=4)


def beside(*rows: tuple[str, str, QWidget]) -> QGridLayout:
    """Put controls beside their names. rows: name, tooltip and control."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, OVERHANG, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    for number, (name, tip, control) in enumerate(rows):
        label = QLabel(name)
        label.setToolTip(tr(tip))
        grid.addWidget(label, number, 0)
        grid.addWidget(control, number, 1)
    return grid
