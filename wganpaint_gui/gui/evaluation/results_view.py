"""The results of an evaluation: its table and its figures, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QStackedWidget, QTableWidget, QWidget

from wganpaint_gui.core.measure.evaluation import TABLE_HEAD
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, capitalised, tr
from wganpaint_gui.gui.widgets import Choice, PanelScroll, SegmentedControl, in_column, in_row, set_tone

from .figure_view import FigureView
from .table_item import TableItem

_TABLE = "table"
_TEXTS = 2  # columns of the table that hold words; the others hold numbers
_VIEWS = (
    Choice(
        _TABLE,
        QT_TR_NOOP("Table"),
        QT_TR_NOOP("Mean ± standard error of each method, and the seconds that all its fills took."),
    ),
    Choice(
        "figure-4.png",
        QT_TR_NOOP("Fills"),
        QT_TR_NOOP("Original, corrupted and filled images side by side, as in the paper's figure 4."),
    ),
    Choice(
        "figure-2.png",
        QT_TR_NOOP("W curve"),
        QT_TR_NOOP("The W curve of the training run, as in the paper's figure 2."),
    ),
    Choice("figure-3.png", QT_TR_NOOP("Samples"), QT_TR_NOOP("100 samples of the model, as in the paper's figure 3.")),
)
_TIPS = {
    "PSNR, dB": QT_TR_NOOP("Peak signal-to-noise ratio inside the hole, in dB; higher is better."),
    "SSIM": QT_TR_NOOP("Structural similarity inside the hole, −1 to 1; higher is better."),
    "L1": QT_TR_NOOP("Mean absolute difference inside the hole, 0 to 2; lower is better."),
    "critic score": QT_TR_NOOP("The critic's score of the whole image; higher is more real."),
    "seconds": QT_TR_NOOP("Seconds that all fills of the method took."),
}


class ResultsView(QWidget):
    """Shows table and figures; hidden until there are some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = SegmentedControl(tr("Results"), _VIEWS, self, equal=False)
        self.remarks = QLabel(self, wordWrap=True)
        self.remarks.setObjectName("evaluation-remarks")
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)  # the name of a file may look like HTML
        self.remarks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remarks.setFont(theme.small(self.font()))
        set_tone(self.remarks, "muted")
        self.table = QTableWidget(0, len(TABLE_HEAD), self)
        self.table.setObjectName("evaluation-table")
        self.table.setAccessibleName(tr("Table of the evaluation"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setHighlightSections(False)
        for column, name in enumerate(TABLE_HEAD):
            head = TableItem(capitalised(tr(name)), right=column >= _TEXTS)
            head.setToolTip(tr(_TIPS.get(name, "")))
            self.table.setHorizontalHeaderItem(column, head)
        self.figure = FigureView(tr("Figure of the evaluation"))
        self.figure_scroll = PanelScroll(self.figure, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.figure_scroll)
        self._figures: Mapping[str, QImage] = {}
        in_column(in_row(self.views, 1), self.remarks, (self._stack, 1), of=self, spacing=8)
        self.views.chosen.connect(self._show_view)
        self.hide()

    def show_results(
        self, cells: Sequence[Sequence[str]], remarks: Sequence[str], figures: Mapping[str, QImage]
    ) -> None:
        """cells: the table, below TABLE_HEAD. figures: by the names of their files."""
        self._figures = figures
        self.table.setRowCount(len(cells))
        for row, line in enumerate(cells):
            for column, text in enumerate(line):
                self.table.setItem(row, column, TableItem(text, right=column >= _TEXTS))
        self.remarks.setText("\n".join(remarks))
        self.views.offer({_TABLE, *figures})
        self.views.set_value(_TABLE)
        self._show_view()
        self.show()

    @Slot()
    def _show_view(self) -> None:
        shown = self.views.value
        self._stack.setCurrentIndex(int(shown != _TABLE))
        if shown in self._figures:
            self.figure.show_image(self._figures[shown])
            self.figure.setAccessibleName(next(tr(choice.tip) for choice in _VIEWS if choice.key == shown))
