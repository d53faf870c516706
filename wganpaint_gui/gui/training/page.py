"""The training page, which covers the photo while a run is set up or viewed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.icons import icon
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import MARGIN, Panel, in_column, in_row, rule
from wganpaint_gui.gui.widgets.drop_area import dropped_source

from .comparison.comparison_view import ComparisonView
from .run.run_view import RunView
from .setup.setup_view import SetupView

_BACK, _BACK_SHORT = QT_TR_NOOP("Back to photo"), QT_TR_NOOP("Photo")
_SPACING = 12  # pixels between the back button and the rest


class TrainingPage(Panel):
    """Shows the setup of a new run, a run, or several compared. Signals: back_requested(), to the photo;
    run_toggled(whether a run is in view).
    """

    back_requested = Signal()
    run_toggled = Signal(bool)

    def __init__(self, runs: Path, parent: QWidget | None = None) -> None:
        """runs: the folder in which new runs are created."""
        super().__init__(QT_TR_NOOP("Training"), parent)
        self.setAcceptDrops(True)
        self.back = QPushButton(tr(_BACK), self)
        self.back.setObjectName("back-to-photo")
        self.back.setIcon(icon("previous"))
        self.back.setIconSize(QSize(16, 16))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back_width = self.back.sizeHint().width()
        self.back.setToolTip(tr("Return to the photo (Esc). Training continues in the background."))
        self.title = QLabel(self)
        self.title.setFont(theme.heading(self.font()))
        self._views = QStackedWidget(self)
        self.setup = SetupView(runs, self._views)
        self.run = RunView(self._views)
        self.comparison = ComparisonView(self._views)
        for view in (self.setup, self.run, self.comparison):
            self._views.addWidget(view)
        heading = (self.back, (self.title, 1), (self.run.header, 1))
        top = in_row(*heading, margins=(MARGIN, 8, MARGIN, 8), spacing=_SPACING)
        in_column(top, rule(self), (self._views, 1), of=self, spacing=0)
        self.back.clicked.connect(self.back_requested)
        self.show_setup()

    @property
    def shows_run(self) -> bool:
        return self._views.currentWidget() is self.run

    @Slot()
    def show_setup(self) -> None:
        self.title.setText(tr("Train new model"))
        self._show(self.setup)

    @Slot()
    def show_run(self) -> None:
        self._show(self.run)

    @Slot()
    def show_comparison(self) -> None:
        self.title.setText(tr("Compare training runs"))
        self._show(self.comparison)

    def _show(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self.run.header.setVisible(self.shows_run)
        self.title.setVisible(not self.shows_run)
        self.run_toggled.emit(self.shows_run and self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.run_toggled.emit(self.shows_run)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.run_toggled.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self._back_width + self.run.header.whole_width + 2 * MARGIN + _SPACING
        narrow = self.width() < whole
        self.back.setText(tr(_BACK_SHORT if narrow else _BACK))
        self.run.header.set_narrow(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._views.currentWidget() is self.setup and dropped_source(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = dropped_source(event)
        if source is not None:
            event.acceptProposedAction()
            self.setup.choose_source(source)
