"""The dialog in which shortcuts are changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from wganpaint_gui.gui.commands.actions import ACTIONS, MENUS, SPECS
from wganpaint_gui.gui.commands.key_map import RESERVED, Keys, changed_keys, clashes, key_map, listed
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import in_column, in_row, set_tone

_ID = Qt.ItemDataRole.UserRole


class ShortcutEditor(QDialog):
    """A list of actions by menu, with a field for the key of the selected one.

    While two actions share a key, both say so and OK is disabled. Signal: chosen(object), what `changed_keys` returns.
    """

    chosen = Signal(object)

    def __init__(self, changed: Mapping[str, Keys], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Change shortcuts"))
        self.resize(640, 600)
        self._keys = key_map(changed)
        self.tree = QTreeWidget(columnCount=3)
        self.tree.setHeaderLabels([tr("Action"), tr("Keys"), tr("Conflict")])
        self.tree.setAccessibleName(tr("Actions and their keys"))
        for column in (0, 1):
            self.tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        for menu in MENUS:
            heading = QTreeWidgetItem(self.tree, [tr(menu)])
            for spec in (spec for spec in ACTIONS if spec.menu == menu):
                name = f"{tr(spec.submenu)}: {tr(spec.text)}" if spec.submenu else tr(spec.text)
                self._items[spec.id] = QTreeWidgetItem(heading, [name.rstrip("…")])
                self._items[spec.id].setData(0, _ID, spec.id)
        self.tree.expandAll()
        self.field = QKeySequenceEdit(maximumSequenceLength=1)
        self.field.setAccessibleName(tr("Key of the selected action"))
        for inner in self.field.findChildren(QLineEdit):
            inner.setAccessibleName(tr("Key of the selected action"))
        self.clear = QPushButton(tr("Remove key"), autoDefault=False)
        self.reset = QPushButton(tr("Reset"), autoDefault=False)
        self.reset.setToolTip(tr("Give the selected action the key that the program came with."))
        self.note = QLabel(wordWrap=True)
        set_tone(self.note, "muted")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.reset_all = self._buttons.addButton(tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        row = in_row(self.field, self.clear, self.reset, spacing=8)
        row.setStretch(0, 1)
        in_column(self.tree, row, self.note, self._buttons, of=self, margins=(16, 16, 16, 16), spacing=12)
        self.tree.currentItemChanged.connect(self._show_selected)
        self.field.editingFinished.connect(self._take_key)
        self.clear.clicked.connect(lambda: self._set_keys(()))
        self.reset.clicked.connect(lambda: self._set_keys(SPECS[self._selected].shortcuts if self._selected else ()))
        self.reset_all.clicked.connect(self._reset_all)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._show()
        self.tree.setCurrentItem(next(iter(self._items.values())))

    def select(self, name: str) -> None:
        """Select an action by its id."""
        self.tree.setCurrentItem(self._items[name])

    @property
    def _selected(self) -> str | None:
        item = self.tree.currentItem()
        return None if item is None else item.data(0, _ID)

    @Slot()
    def _show_selected(self) -> None:
        keys = self._keys[self._selected] if self._selected else ()
        self.field.setKeySequence(QKeySequence(keys[0] if keys else ""))
        for control in (self.field, self.clear, self.reset):
            control.setEnabled(self._selected is not None)

    @Slot()
    def _take_key(self) -> None:
        key = self.field.keySequence().toString()
        if key in RESERVED:
            taken = tr("{key} belongs to the photo and the fields. Choose another key.").format(key=key)
            self.note.setText(taken)
            self._show_selected()
        elif self._selected and key not in ("", *self._keys[self._selected]):
            self._set_keys((key,))

    def _set_keys(self, keys: Keys) -> None:
        if self._selected:
            self._keys[self._selected] = keys
            self._show()
            self._show_selected()

    @Slot()
    def _reset_all(self) -> None:
        self._keys = key_map({})
        self._show()
        self._show_selected()

    def _show(self) -> None:
        """Show all keys, and who shares one."""
        clash = clashes(self._keys)
        for name, item in self._items.items():
            item.setText(1, listed(self._keys[name]))
            item.setText(2, ", ".join(tr(SPECS[other].text).rstrip("…") for other in clash.get(name, ())))
        self.note.setText(tr("Two actions have the same key: change one of them.") if clash else "")
        set_tone(self.note, "bad" if clash else "muted")
        self.ok.setEnabled(not clash)

    @Slot()
    def _accept(self) -> None:
        self.chosen.emit(changed_keys(self._keys))
        self.accept()
