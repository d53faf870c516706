"""The files of a folder that need attention: which, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import with_names_only
from wganpaint_gui.ml.batch.fill_folder import ReportRow

_FILE_WIDTH = 180  # device-independent pixels
_HEADINGS = (QT_TR_NOOP("File"), QT_TR_NOOP("What happened"))
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def needs_attention(row: ReportRow) -> bool:
    return row.state in ("failed", "unused") or (row.state == "filled" and bool(row.message))


class _Rows(QAbstractTableModel):
    """The rows; one that holds a hundred thousand is as quick as an empty one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ReportRow] = []

    def add(self, rows: Sequence[ReportRow]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def clear(self) -> None:
        self.beginResetModel()
        self.rows.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return tr(_HEADINGS[section]) if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return with_names_only(row.message) if index.column() else row.file.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.file}\n{row.message}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            colours, failed = theme.colours(), row.state == "failed"
            return icons.pixmap(
                "error" if failed else "warning", 16, colours.bad if failed else colours.fair, self.ratio
            )
        return None

    @property
    def ratio(self) -> float:
        parent = self.parent()
        return parent.devicePixelRatioF() if isinstance(parent, QWidget) else 1.0


class ReportTable(QTreeView):
    """Lists the rows that need attention, with the reason in full in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportTable")
        self.setAccessibleName(tr("Files that need attention"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.header().resizeSection(0, _FILE_WIDTH)
        self.header().setSectionsMovable(False)

    @property
    def rows(self) -> list[ReportRow]:
        return self._rows.rows

    def add(self, rows: Sequence[ReportRow]) -> None:
        """Append those of the rows that need attention."""
        self._rows.add([row for row in rows if needs_attention(row)])

    def clear(self) -> None:
        self._rows.clear()
