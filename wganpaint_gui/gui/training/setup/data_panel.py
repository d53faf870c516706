"""The training data of a new run: source, framing, preview, and a report of the check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QStackedWidget, QWidget

from wganpaint_gui.core.dataset import DataOptions, DataProgress, DataReport
from wganpaint_gui.core.dataset.data_options import PREVIEW_IMAGES
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, share_text, tr
from wganpaint_gui.gui.messages import with_names_only
from wganpaint_gui.gui.widgets import ElidedLabel, PanelScroll, SegmentedControl, in_column, in_row, set_tone
from wganpaint_gui.gui.widgets.form import titled
from wganpaint_gui.gui.widgets.image_grid import ImageGrid

from . import training_tips as tips
from .data_drop_area import DataDropArea

_LEAST_LINES, _MOST_LINES = 5, 10  # of the report that are visible without scrolling
_TASKS = {"looking": QT_TR_NOOP("Scanning files"), "decoding": QT_TR_NOOP("Checking pictures")}


class DataPanel(QWidget):
    """Shows the data and its check.

    Signal, by the user only: framing_changed(). The buttons `folder` and `zip`, here and in `drop`, are the owner's.
    """

    framing_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(tr("Your pictures"), self)
        self.drop = DataDropArea(self)
        self.chosen = QWidget(self)
        self.source = ElidedLabel(parent=self.chosen)
        self.place = ElidedLabel(parent=self.chosen)
        self.folder = QPushButton(tr("Choose folder…"), self.chosen)
        self.zip = QPushButton(tr("Choose zip…"), self.chosen)
        self.framing = SegmentedControl(tr("Framing"), tips.FRAMING_CHOICES, self.chosen)
        self.preview = ImageGrid(
            tr("Your pictures, as the model will see them"), room=PREVIEW_IMAGES, parent=self.chosen
        )
        self.preview.setMinimumHeight(48)
        self.bar = QProgressBar(self.chosen, textVisible=False)
        self.task = QLabel(self.chosen)
        self.report = QLabel(self.chosen, wordWrap=True)
        self._arrange()
        self.framing.chosen.connect(self.framing_changed)

    def _arrange(self) -> None:
        self.title.setFont(theme.heading(self.font()))
        self.source.setObjectName("data-name")
        self.place.setFont(theme.small(self.font()))
        self.task.setFont(theme.small(self.font()))
        for quiet in (self.place, self.task):
            set_tone(quiet, "muted")
        self.folder.setToolTip(tr("Choose another folder of pictures."))
        self.zip.setToolTip(tr("Choose another zip of pictures."))
        self.report.setObjectName("data-report")
        self.report.setTextFormat(Qt.TextFormat.PlainText)  # the name of a file may look like HTML
        self.report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.report.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.report.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar.setAccessibleName(tr("Progress of the check"))
        self.report_scroll = _ReportScroll(self.report, self.chosen)
        framing = titled(tr("Framing: what the model sees of each picture"), tips.FRAMING, self.framing)
        framing.setContentsMargins(0, 0, 0, 0)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the widgets below would move
        self.bar.setSizePolicy(policy)
        names = in_column(self.source, self.place, spacing=0)
        top = in_row((names, 1), self.folder, self.zip, spacing=8)
        progress = in_row(self.task, (self.bar, 1), spacing=8)
        in_column(top, framing, (self.preview, 1), progress, self.report_scroll, of=self.chosen, spacing=12)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.drop)
        self._stack.addWidget(self.chosen)
        in_column(self.title, (self._stack, 1), of=self, spacing=8)

    def show_source(self, source: Path) -> None:
        """Show the folder or zip from which the pictures come."""
        self._stack.setCurrentWidget(self.chosen)
        self.source.setText(source.name)
        self.place.setText(str(source.parent))

    def begin_check(self) -> None:
        self.preview.show_pictures(None)
        self.preview.show_message("")
        self._say("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.task.setText(tr(_TASKS["looking"]))

    @Slot(object)
    def show_progress(self, progress: DataProgress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        words = tr(_TASKS[progress.task])
        self.task.setText(f"{words}: {share_text(progress.done, progress.total)}" if progress.total else f"{words}…")

    def show_report(self, report: DataReport, options: DataOptions) -> None:
        """Show the result of the check, each sentence on its own line."""
        self._end_check(tr("Check finished"))
        usable = tr("{usable} of %n picture(s) can be used.", "", report.found).format(usable=grouped(report.usable))
        _, *faults = report.sentences()
        self._say("\n".join((usable, _division(report.usable, options.held_out_of(report.usable)), *faults)))

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        self._end_check(tr("These pictures cannot be used"))
        self._say(with_names_only(str(error)), "bad")

    def _say(self, report: str, tone: str = "") -> None:
        self.report.setText(report)
        set_tone(self.report, tone)
        self.report_scroll.updateGeometry()  # its height depends on the text

    def _end_check(self, words: str) -> None:
        self.bar.hide()
        self.task.setText(words)


class _ReportScroll(PanelScroll):
    """Grows with the report, from a least to a greatest number of lines."""

    def __init__(self, report: QLabel, parent: QWidget) -> None:
        self._report = report
        super().__init__(report, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = max(self._report.heightForWidth(self.viewport().width()) + 8, self._lines(_LEAST_LINES))
        return QSize(super().sizeHint().width(), min(height, self._lines(_MOST_LINES)))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._lines(_LEAST_LINES))

    def _lines(self, count: int) -> int:
        return count * self.fontMetrics().lineSpacing() + 8


def _division(usable: int, aside: int) -> str:
    """Describe how the pictures are split."""
    if not aside:
        return tr("All are used for training; none is held out for testing.")
    return tr("{trained} for training, {aside} held out for testing.").format(
        trained=grouped(usable - aside), aside=grouped(aside)
    )
