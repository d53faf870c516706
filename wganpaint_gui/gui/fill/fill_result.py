"""The result in the fill panel: pixels changed outside the mask, masked pixels, and how well the fill fits."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from wganpaint_gui.core.search.known_region_fit import KnownRegionFit, Verdict
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import grouped, local_number, tr
from wganpaint_gui.gui.widgets import in_column, in_row, set_tone

NOTE_LINES = 3
_NOTHING = "–"
_TONES: dict[Verdict, str] = {"good": "good", "fair": "fair", "poor": "bad"}


@dataclass(frozen=True)
class ResultInfo:
    """What was counted in the photo and measured of the fill in hand; None where there is nothing yet."""

    changed_outside: int | None  # photo pixels that differ from the opened photo outside every mask; must be 0
    masked_pixels: int  # photo pixels
    frames: int
    fit: KnownRegionFit | None  # of the fill in hand
    lossy: bool = False  # the photo as it is now was last saved in a format that changes pixels everywhere
    note: str = ""  # why the fill may not be trusted
    in_hand: bool = False  # there is a fill that is neither kept nor discarded; one with a fit always is


class ResultView(QWidget):
    """Shows a ResultInfo, always at the same size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        set_tone(self.title, "muted")
        column = in_column(self.title, of=self, spacing=4)
        self.changed = self._row(column, tr("Changed outside the mask"), "changed-outside")
        self.masked = self._row(column, tr("Mask"), "masked-pixels")
        self.fit = self._row(column, tr("Known-region fit"), "fit")
        self.note = QLabel(self, wordWrap=True)
        self.note.setObjectName("fit-note")
        self.note.setFont(theme.small(self.font()))
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        set_tone(self.note, "fair")
        self.note.setFixedHeight(NOTE_LINES * self.note.fontMetrics().lineSpacing())  # with and without words
        column.addWidget(self.note)
        self.show_info(ResultInfo(None, 0, 0, None))

    def _row(self, column: QVBoxLayout, name: str, object_name: str) -> QLabel:
        value = QLabel(self)
        value.setObjectName(object_name)
        value.setFont(theme.tabular(theme.heading(self.font())))
        value.setAccessibleName(name)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setFixedHeight(20)
        column.addLayout(in_row(QLabel(name, self), (value, 1)))
        return value

    def show_info(self, info: ResultInfo) -> None:
        in_hand = info.in_hand or info.fit is not None
        self.title.setText(tr("This result") if in_hand or info.changed_outside is not None else tr("This photo"))
        self._show_changed(None if in_hand else info.changed_outside, waits=in_hand, lossy=info.lossy)
        masked = f"{grouped(info.masked_pixels)} px" if info.masked_pixels else _NOTHING
        if info.masked_pixels and info.frames:
            masked = tr("{pixels} in %n frame(s)", "", info.frames).format(pixels=masked)
        self.masked.setText(masked)
        set_tone(self.masked, "" if info.masked_pixels else "muted")
        self.masked.setToolTip(tr("Photo pixels to fill, and the number of frames that the model sees to fill them."))
        self.fit.setText(_NOTHING if info.fit is None else tr(info.fit.verdict))
        set_tone(self.fit, "muted" if info.fit is None else _TONES[info.fit.verdict])
        self.note.setText(info.note)
        tip = tr(
            "Whether the model knows what surrounds the hole: how far the edges of its first guess agree with those of "
            "the known pixels, above all near the hole, and whether it would know the photo better turned."
        )
        if info.fit is not None:
            score, good = (local_number(f"{value:.2f}") for value in (info.fit.score, info.fit.good))
            tip += " " + tr("Now {score}; good from {good}.").format(score=score, good=good)
        self.fit.setToolTip(tip)

    def _show_changed(self, outside: int | None, *, waits: bool, lossy: bool) -> None:
        lossy = lossy and outside == 0  # changed pixels are the worse news
        counted = _NOTHING if outside is None else f"{grouped(outside)} px"
        if lossy:
            counted = tr("{pixels}, file is lossy").format(pixels=counted)
        self.changed.setText(tr("counted when kept") if waits else counted)
        set_tone(self.changed, "muted" if outside is None else "bad" if outside else "fair" if lossy else "good")
        # Words are smaller than a number. After the tone: polishing restores the font.
        self.changed.setFont(theme.small(self.font()) if waits or lossy else self.fit.font())
        tip = tr(
            "Photo pixels outside all masks that differ from the opened file; must be 0. Counted each time a fill is "
            "kept."
        )
        of_file = tr("The file saved last is lossy and differs everywhere: save as PNG to keep every pixel exact.")
        self.changed.setToolTip(f"{tip} {of_file}" if lossy else tip)
