"""The window that fills a folder: what to fill, how far it is, and what went wrong."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLabel, QProgressBar, QPushButton, QWidget

from wganpaint_gui.core.search.settings import FILL_METHODS, METHOD_NAMES, FillMethod
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import Choice, ElidedLabel, in_column, in_row, set_tone
from wganpaint_gui.gui.widgets.form import beside, combo
from wganpaint_gui.ml.batch.fill_folder import FolderRequest

from .folder_field import FolderField
from .report_table import ReportTable

_SIZE = 640, 520  # device-independent pixels
_STEPS = 1000  # of the progress bar
_TIPS: dict[FillMethod, str] = {
    "yeh": QT_TR_NOOP("Search for an image that matches the known pixels and convinces the critic."),
    "critic": QT_TR_NOOP("Search for an image that convinces the critic, without regard to the known pixels."),
    "surroundings": QT_TR_NOOP("Copy from the rest of each photo, without the model."),
}


class FillFolderDialog(QDialog):
    """Stays open beside the editor. Signals: start_requested(FolderRequest); pause_requested(); stop_requested();
    report_requested(); results_requested()."""

    start_requested = Signal(object)
    pause_requested = Signal()
    stop_requested = Signal()
    report_requested = Signal()
    results_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("fillFolderDialog")
        self.setWindowTitle(tr("Fill a folder"))
        self.resize(*_SIZE)
        self._running = False
        self._usable = True  # whether the method's model is there
        self.photos = FolderField(
            tr("Photos"), tr("The photos to fill; folders inside are left out."), "batch-photos", self
        )
        self.masks = FolderField(
            tr("Masks"), tr("A mask for each photo: named like it, or like it with -mask."), "masks", self
        )
        self.results = FolderField(
            tr("Results"), tr("Where filled photos are saved under their own names; it is created."), "results", self
        )
        choices = tuple(Choice(method, METHOD_NAMES[method], _TIPS[method]) for method in FILL_METHODS)
        self.method: QComboBox = combo(tr("Method"), choices, tr("What every photo is filled with."), self)
        self.replace = QCheckBox(tr("Fill again what is in the results already"), self)
        self.replace.setToolTip(tr("Replace files of the results folder. Off: photos with a result are skipped."))
        self._settings = ElidedLabel("", self)
        set_tone(self._settings, "muted")
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName(tr("Progress"))
        self.status = ElidedLabel("", self)
        self.status.setObjectName("folderStatus")
        self.table = ReportTable(self)
        self._lay_out()
        for field in (self.photos, self.masks, self.results):
            field.changed.connect(self._update)
        self.photos.chosen.connect(self._propose)
        self.photos.field.editingFinished.connect(self._propose_typed)
        self.show_state("idle", tr("Choose the photos and their masks."))

    def _lay_out(self) -> None:
        self.start = self._button(tr("Start"), tr("Fill all photos that have a mask."))
        self.start.setProperty("primary", True)
        self.pause = self._button(tr("Pause"), tr("Pause after the step in progress."))
        self.stop = self._button(tr("Stop"), tr("Stop now; finished photos are kept, and Start does the rest."))
        self.save_report = self._button(tr("Save report…"), tr("Save what became of each file as a table (CSV)."))
        self.open_results = self._button(tr("Show results"), tr("Open the results folder."))
        self.start.clicked.connect(self._on_start)
        self.pause.clicked.connect(self.pause_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.save_report.clicked.connect(self.report_requested)
        self.open_results.clicked.connect(self.results_requested)
        fields = beside(
            *(
                (one.field.accessibleName(), one.field.toolTip(), one)
                for one in (self.photos, self.masks, self.results)
            ),
            (tr("Method"), self.method.toolTip(), self.method),
            ("", "", self.replace),
            ("", "", self._settings),
        )
        attention = QLabel(tr("Files that need attention"), self)
        in_column(
            fields,
            self.bar,
            self.status,
            attention,
            (self.table, 1),
            in_row(self.save_report, self.open_results, 1, self.pause, self.stop, self.start, spacing=8),
            of=self,
            margins=(16, 16, 16, 16),
            spacing=10,
        )
        self.setTabOrder(self.start, self.photos.field)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    @property
    def request(self) -> FolderRequest | None:
        """What is to be filled; None while a folder is missing."""
        photos, masks, results = self.photos.folder, self.masks.folder, self.results.folder
        if photos is None or masks is None or results is None:
            return None
        return FolderRequest(photos, masks, results, self.method.currentData(), self.replace.isChecked())

    @Slot(object)
    def _propose(self, photos: Path) -> None:
        """Propose the other folders: masks inside the photos' folder, or else among them."""
        inside = photos / "masks"
        self.masks.propose(inside if os.path.isdir(inside) else photos)
        self.results.propose(photos / "filled")

    @Slot()
    def _propose_typed(self) -> None:
        if self.photos.folder is not None and os.path.isdir(self.photos.folder):
            self._propose(self.photos.folder)

    @Slot()
    def _on_start(self) -> None:
        request = self.request
        if request is not None:
            self.start_requested.emit(request)

    def show_settings(self, text: str, *, usable: bool) -> None:
        """Say what the search will use, and whether it can start."""
        self._settings.setText(text)
        self._settings.setToolTip(text)
        self._usable = usable
        self._update()

    def show_progress(self, share: float, text: str) -> None:
        """share: of the whole, from 0 to 1."""
        self.bar.setValue(round(share * _STEPS))
        self.status.setText(text)

    def show_state(self, state: str, text: str) -> None:
        """state: idle, running or paused."""
        self._running = state != "idle"
        self.pause.setText(tr("Resume") if state == "paused" else tr("Pause"))
        self.status.setText(text)
        self._update()

    @Slot()
    def _update(self) -> None:
        request, running = self.request, self._running
        for control in (self.photos, self.masks, self.results, self.method, self.replace):
            control.setEnabled(not running)
        self.start.setEnabled(request is not None and not running and self._usable)
        self.pause.setEnabled(running)
        self.stop.setEnabled(running)
        self.open_results.setEnabled(request is not None and os.path.isdir(request.results))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc must not stop or hide what runs."""
        if not (event.key() == Qt.Key.Key_Escape and self._running):
            super().keyPressEvent(event)
