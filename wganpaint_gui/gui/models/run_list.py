"""The list of training runs, with actions for the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, local_time, tr
from wganpaint_gui.gui.widgets import KeyButton, MoreButton, QuietList, in_column, in_row, set_tone

from .training_state import LONGER

if TYPE_CHECKING:
    from .past_runs import BestModel, RunEntry

_ROW = 44  # height of a run, device-independent pixels
_ENTRY, _STATE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_EMPTY_BUSY = QT_TR_NOOP("No other runs yet. The run in progress appears here when it is stopped or finished.")
_EMPTY = QT_TR_NOOP("No runs yet. Your training runs appear here and can be resumed at any time.")


class RunList(QWidget):
    """Signals, by the user only, each with a RunEntry: show_requested; resume_requested; use_requested;
    add_requested; export_requested; add_best_requested; export_best_requested; metrics_requested; rename_requested;
    delete_requested.
    """

    show_requested = Signal(object)
    resume_requested = Signal(object)
    use_requested = Signal(object)
    add_requested = Signal(object)
    export_requested = Signal(object)
    add_best_requested = Signal(object)
    export_best_requested = Signal(object)
    metrics_requested = Signal(object)
    rename_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self.runs = QuietList(
            tr("Training runs"), tr("Your training runs, newest first. Click one to select it."), self
        )
        self.runs.setObjectName("runs")
        self.runs.setUniformItemSizes(False)
        self.runs.setItemDelegate(_TwoLines(self.runs))
        self.empty = QLabel(tr(_EMPTY), self, wordWrap=True)
        self.resume = KeyButton(parent=self)
        self.show_run = KeyButton(parent=self)
        self.more = MoreButton(tr("More actions for this run."), self)
        self.menu = self.more.entries
        self._make_buttons()
        buttons = in_row(self.resume, self.show_run, 1, self.more, spacing=8)
        in_column(self.empty, (self.runs, 1), buttons, of=self, spacing=8)
        self.set_entries(())

    def _make_buttons(self) -> None:
        set_tone(self.empty, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.resume.say(tr("Resume"))
        self.resume.reserve(tr(LONGER))
        self.resume.setObjectName("resume-run")
        self.show_run.say(tr("Show"))
        self.show_run.setObjectName("show-run")
        self.show_run.setToolTip(tr("Show the curves and samples of this run."))
        self._act(tr("Use model"), "use-run", tr("Use the newest model of this run for fills."), self.use_requested)
        tip = tr("Copy the newest model to the list of models, where it stays whatever becomes of this run.")
        self._act(tr("Add to models"), "add-run", tip, self.add_requested)
        self._act(
            tr("Export…"), "export-run", tr("Save the newest model and its samples as files."), self.export_requested
        )
        self.menu.addSeparator()
        self._act(tr("Add best to models"), "add-best", "", self.add_best_requested)
        self.export_best = self._act("", "export-best", "", self.export_best_requested)
        self.menu.addSeparator()
        tip = tr("Save W, critic gap, SWD and speed of every update as a CSV table.")
        self._act(tr("Export metrics…"), "export-run-metrics", tip, self.metrics_requested)
        self._act(tr("Rename…"), "rename-run", tr("Give this run another name."), self.rename_requested)
        self._act(
            tr("Delete…"), "delete-run", tr("Delete this run with its checkpoints and model."), self.delete_requested
        )
        self.resume.clicked.connect(lambda: self._emit(self.resume_requested))
        self.show_run.clicked.connect(lambda: self._emit(self.show_requested))
        self.runs.itemSelectionChanged.connect(self._enable)
        self.runs.itemDoubleClicked.connect(lambda _: self._emit(self.show_requested))

    def _act(self, text: str, name: str, tip: str, requested: object) -> QAction:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        action.setToolTip(tip)
        action.triggered.connect(lambda: self._emit(requested))
        return action

    def _emit(self, requested: object) -> None:
        entry = self.chosen
        if entry is not None:
            requested.emit(entry)  # type: ignore[attr-defined]  # a bound signal has no public type

    @property
    def chosen(self) -> RunEntry | None:
        items = self.runs.selectedItems()
        return items[0].data(_ENTRY) if items else None

    def choose(self, name: str) -> None:
        """Select a run without emitting a signal."""
        for row in range(self.runs.count()):
            if self.runs.item(row).text() == name:
                self.runs.setCurrentRow(row)

    def set_entries(self, entries: Sequence[RunEntry]) -> None:
        """Show the runs that are not in progress; the selected one stays selected."""
        chosen = self.chosen
        self.runs.clear()
        for entry in entries:
            item = QListWidgetItem(entry.name)
            item.setData(_ENTRY, entry)
            changed = local_time(entry.changed)
            item.setData(_STATE, f"{entry.progress()} · {changed}")
            data = entry.settings.data
            item.setToolTip(
                tr("{name}: {progress}. %n picture(s) from {source}.", "", data.images).format(
                    name=entry.name, progress=entry.progress(), source=data.source
                )
            )
            item.setSizeHint(QSize(0, _ROW))
            self.runs.addItem(item)
            if chosen is not None and entry.folder.path == chosen.folder.path:
                self.runs.setCurrentItem(item)
        if entries and self.chosen is None:
            self.runs.setCurrentRow(0)
        self.empty.setVisible(not entries)
        self.runs.setVisible(bool(entries))
        for part in (self.resume, self.show_run, self.more):
            part.setVisible(bool(entries))
        self._enable()

    def set_busy(self, busy: bool) -> None:
        """Note whether another run is in progress, because only one can be trained at a time."""
        self._busy = busy
        self.empty.setText(tr(_EMPTY_BUSY if busy else _EMPTY))
        self._enable()

    @Slot()
    def _enable(self) -> None:
        entry = self.chosen
        for part in (self.show_run, self.more):
            part.setEnabled(entry is not None)
        finished = entry is not None and entry.finished
        self.resume.say(tr(LONGER) if finished else tr("Resume"))
        self.resume.setEnabled(entry is not None and not self._busy)
        tip = tr("Resume training where this run stopped.")
        if self._busy:
            tip = tr("Another training run is in progress. Stop it first.")
        elif entry is not None and finished:
            tip = {
                "gan": tr("This run has finished. Set a higher number of updates to train it longer."),
                "aware": tr("This run has finished. Set a higher number of search-aware updates to train it longer."),
                "encoder": tr("This run has finished. Set a higher number of encoder updates to train it longer."),
            }[entry.settings.config.stages[-1]]
        self.resume.setToolTip(tip)
        for action in self.menu.actions():
            if action.objectName() in ("use-run", "add-run", "export-run"):
                action.setEnabled(entry is not None and entry.has_model)
        self._show_best(None if entry is None else entry.best)

    def _show_best(self, best: BestModel | None) -> None:
        """Offer the best model, if it is not the newest."""
        tip = tr("Take the best model of this run instead of the newest.")
        self.export_best.setText(
            tr("Export best…")
            if best is None
            else tr("Export best ({description})…").format(description=best.description())
        )
        for action in self.menu.actions():
            if action.objectName() in ("add-best", "export-best"):
                action.setEnabled(best is not None)
                action.setToolTip(tip if best is not None else tr("The newest model of this run is also the best."))


class _TwoLines(QStyledItemDelegate):
    """Draws the name of a run, and below it its progress in muted text."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        colours = theme.colours()
        room: QRect = option.rect.adjusted(8, 4, -8, -4)
        font = option.font
        left = int(Qt.AlignmentFlag.AlignLeft)
        for text, chosen, colour, flag in (
            (index.data(), font, colours.text, Qt.AlignmentFlag.AlignTop),
            (index.data(_STATE), theme.tabular(theme.small(font)), colours.muted, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(chosen)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(chosen).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, left | int(flag), shown)
