"""The dialog that chooses the quality of a lossy file: its size, and what changes, before it is written."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QWidget

from wganpaint_gui.core.photo.lossy_preview import LossyPreview
from wganpaint_gui.gui.look.images import to_qimage
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, local_number, tr
from wganpaint_gui.gui.widgets import Choice, SegmentedControl, ValueSlider, in_column, in_row, set_tone

SIDE = QSize(280, 280)  # device-independent pixels, and photo pixels, of each picture
_DEFAULT = 85
_FORMATS = (
    Choice(".jpg", "JPEG", QT_TR_NOOP("Opens everywhere; cannot hold transparency.")),
    Choice(".webp", "WebP", QT_TR_NOOP("Smaller at the same quality; holds transparency.")),
)


class QualityDialog(QDialog):
    """Signals: changed(), where another preview is needed; save_requested()."""

    changed = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("qualityDialog")
        self.setWindowTitle(tr("Export with quality"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.format = SegmentedControl(tr("Format"), _FORMATS, self, default=".jpg")
        tip = tr("Quality of the file, 1 to 100, default {default}: higher changes less and takes more room.").format(
            default=_DEFAULT
        )
        self.quality = ValueSlider(tr("Quality"), 1, 100, tip, self, default=_DEFAULT)
        self._before, self._after = self._picture(tr("Now")), self._picture(tr("In the file"))
        self.note = QLabel(tr("Computing the preview…"), self, wordWrap=True)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())  # nothing moves when it changes
        set_tone(self.note, "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.save = buttons.addButton(tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setEnabled(False)
        buttons.accepted.connect(self.save_requested)
        buttons.rejected.connect(self.reject)
        pictures = in_row(
            in_column(QLabel(tr("Now"), self), self._before, spacing=4),
            in_column(QLabel(tr("In the file"), self), self._after, spacing=4),
            spacing=12,
        )
        in_column(
            self.format, self.quality, pictures, self.note, buttons, of=self, margins=(16, 14, 16, 14), spacing=12
        )
        self.format.chosen.connect(self.changed)
        self.quality.value_changed.connect(self.changed)

    def _picture(self, name: str) -> QLabel:
        label = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        label.setFixedSize(SIDE)
        label.setAccessibleName(tr("{name}: a part of the photo at 100%").format(name=name))
        return label

    @property
    def suffix(self) -> str:
        return self.format.value

    def show_preview(self, preview: LossyPreview) -> None:
        for label, pixels in ((self._before, preview.before), (self._after, preview.after)):
            label.setPixmap(QPixmap.fromImage(to_qimage(pixels)))
        size = preview.size
        room = local_number(f"{size / 1e6:.1f}") + " MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
        self.note.setText(
            tr(
                "The file will take {room}. In this part, values change by {mean} of 255 on average "
                "and by {largest} at most; so does the photo outside the mask."
            ).format(room=room, mean=local_number(f"{preview.mean:.1f}"), largest=preview.largest)
        )
        self.save.setEnabled(True)

    def show_problem(self, sentence: str) -> None:
        """Say why there is no such file."""
        self.note.setText(sentence)
        self.save.setEnabled(False)
