"""The model panel: what the model in use is and has learnt from, what it can draw, and which others there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wganpaint_gui.core.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.core.models import ModelEntry
from wganpaint_gui.gui import icons, theme
from wganpaint_gui.gui.widgets import (
    MARGIN,
    SCROLL_BAR,
    Collapsible,
    ElidedLabel,
    Panel,
    PanelScroll,
    QuietList,
    rule,
    set_tone,
)
from wganpaint_gui.gui.widgets.quiet_list import ROW

_MOST_ROWS = 4
_MOST_SAMPLES = 6  # a row and a column of the grid, so that the card is in sight beneath it
_GAPS = 2, 0  # pixels between samples: as this program draws a grid, and as others may
_FACES = "Faces, eyes at 30 % and mouth at 70 % of the height"
_PRESETS = {"gp": "WGAN-GP", "paper": "Paper"}
_Line = tuple[str, str, str]  # of the card: name, value and tooltip
_EMPTY = "No model yet. Choose a model file: the fill is drawn by one."


class ModelPanel(Panel):
    """Signals: choose_requested(), the shell asks for a file; model_selected(Path), by the person only."""

    choose_requested = Signal()
    model_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Model", parent)
        self.name = ElidedLabel(parent=self)
        self.name.setObjectName("model-name")
        self.status = QLabel(self)
        self.status.setObjectName("model-status")
        self.empty = QLabel(_EMPTY, self)
        self.grid = _Grid(self)
        self.card = QWidget(self)
        self._facts = _rows()
        self._details = _rows()
        self.details = Collapsible("Training details", "How the model was trained, for those who train models.", self)
        self.models = QuietList("Models", "The models of this machine; click one to fill with it.", self)
        self.choose = QPushButton("Choose a model file…", self)
        self._arrange()
        self.choose.clicked.connect(self.choose_requested)
        self.models.row_chosen.connect(self._on_chosen)
        self.show_model(None, None, "")

    def _arrange(self) -> None:
        self.name.setFont(theme.heading(self.font()))
        self.status.setWordWrap(True)
        self.empty.setWordWrap(True)
        for quiet in (self.status, self.empty):
            set_tone(quiet, "muted")
        self.details.body.addLayout(self._details)
        card = QVBoxLayout(self.card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(8)
        card.addLayout(self._facts)
        card.addWidget(self.details)
        self.models.setObjectName("models")
        self.choose.setObjectName("choose-model")
        self.choose.setToolTip("Fill with another model: a safetensors file with a WganPaint model card.")
        self._list_title = QLabel("Models", self)
        set_tone(self._list_title, "muted")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 12, MARGIN - SCROLL_BAR, 12)
        column.setSpacing(8)
        for part in (self.name, self.status, self.empty, self.grid, self.card):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = PanelScroll(content, self)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(MARGIN, 12, MARGIN, 16)
        bottom.setSpacing(8)
        for part in (self._list_title, self.models, self.choose):
            bottom.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(rule(self))
        whole.addLayout(bottom)

    def show_model(self, card: ModelCard | None, grid: Path | None, status: str) -> None:
        """card: None where there is no model. grid: an image of its samples. status: what goes on, "" for nothing."""
        self.name.setText(card.name if card is not None else status or "No model")
        self.status.setText(status if card is not None else "")
        self.status.setVisible(bool(self.status.text()))
        self.empty.setVisible(card is None and not status)
        if card is None:
            self.grid.hide()
        else:
            self.grid.show_file(grid, card.network.resolution)
        for rows, lines in ((self._facts, _facts(card)), (self._details, _details(card))):
            while rows.rowCount():
                rows.removeRow(0)
            for line in lines:
                self._add_row(rows, *line)
        self.card.setVisible(card is not None)

    def _add_row(self, rows: QFormLayout, name: str, value: str, tip: str) -> None:
        label, text = QLabel(name), QLabel(value)
        set_tone(label, "muted")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{name}: {value}")
        for part in (label, text):
            part.setToolTip(tip)
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        rows.addRow(label, text)

    def set_models(self, entries: Sequence[ModelEntry], current: Path | None) -> None:
        """The models to choose from, and the one in use."""
        self.models.clear()
        for entry in entries:
            origin = "Came with the program." if entry.shipped else "Added by you."
            item = self.models.add(icons.icon("model"), entry.name, f"{origin} {entry.path}")
            item.setData(Qt.ItemDataRole.UserRole, entry.path)
            item.setSelected(entry.path == current)
        rows = min(max(len(entries), 1), _MOST_ROWS)
        self.models.setFixedHeight(rows * ROW + 2)
        for part in (self._list_title, self.models):
            part.setVisible(bool(entries))

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.model_selected.emit(self.models.item(row).data(Qt.ItemDataRole.UserRole))


def _rows() -> QFormLayout:
    rows = QFormLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setHorizontalSpacing(12)
    rows.setVerticalSpacing(4)
    return rows


def _facts(card: ModelCard | None) -> list[_Line]:
    """What everybody should know of a model; what the card leaves empty is left out."""
    if card is None:
        return []
    data = f"{card.dataset} ({card.dataset_size:,} images)" if card.dataset_size else card.dataset
    side = card.network.resolution
    return _filled(
        ("Trained on", data, "The images it has learnt from; it can only draw what is like them."),
        ("Licence", card.licence, "What may be done with the model."),
        ("Sees", f"{side} × {side} px", "The frame is shrunk to so many model pixels."),
        (
            "Framing",
            _FACES if card.framing == FACE_FRAMING else card.framing,
            "How things must lie in the frame to be known to the model.",
        ),
    )


def _details(card: ModelCard | None) -> list[_Line]:
    """What people who train models ask next."""
    if card is None:
        return []
    updates = f"{card.updates:,}" + (f", then {card.aware_updates:,} of the critic" if card.aware_updates else "")
    counted = "Of the generator; then of the critic, against the search's fills."
    width = f"{card.network.width} channels"
    return _filled(
        ("Preset", _PRESETS.get(card.preset, card.preset), "The training recipe."),
        ("Updates", updates if card.updates else "", counted),
        ("Width", width, "Channels of the layer next to the image; more can draw more."),
        ("Created", card.created, "The day its training ended."),
        ("Notes", card.notes, "By who trained it."),
    )


def _filled(*lines: _Line) -> list[_Line]:
    return [line for line in lines if line[1]]


def _first_samples(grid: QImage, side: int) -> QImage:
    """The upper left of a grid of samples `side` pixels wide and high; all of what is no such grid."""
    for gap in _GAPS:
        pitch = side + gap
        if (grid.width() + gap) % pitch == 0 and (grid.height() + gap) % pitch == 0:
            most = _MOST_SAMPLES * pitch - gap
            return grid.copy(0, 0, min(grid.width(), most), min(grid.height(), most))
    return grid


class _Grid(QWidget):
    """The model's samples, as wide as the panel and sharp: scaled once to the screen's own pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._full = QPixmap()
        self._scaled = QPixmap()
        self._scaled_for = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("sample-grid")
        self.setAccessibleName("Samples of the model")
        self.setToolTip("Samples: what the model draws for random latents z.")

    def show_file(self, path: Path | None, side: int) -> None:
        """An image file of samples `side` pixels wide and high; None, or one that cannot be read, shows nothing."""
        if path != self._path:
            self._path = path
            image = QImage() if path is None else QImageReader(str(path)).read()
            self._full = QPixmap.fromImage(_first_samples(image, side))
            self._scaled = QPixmap()
            self._fit()
            self.update()
        self.setVisible(not self._full.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the width asks for."""
        if not self._full.isNull():
            self.setFixedHeight(round(self.width() * self._full.height() / self._full.width()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._scaled = QPixmap()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._full.isNull():
            return
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._scaled.isNull() or self._scaled_for != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._full.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(ratio)
            self._scaled_for = wanted
        QPainter(self).drawPixmap(0, 0, self._scaled)
