"""The model panel: what the model in use is and has learnt from, what it can draw, and which others there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wganpaint_gui.core.model_card import ModelCard
from wganpaint_gui.core.models import ModelEntry
from wganpaint_gui.gui import icons, theme
from wganpaint_gui.gui.widgets import ElidedLabel, QuietList, set_tone
from wganpaint_gui.gui.widgets.quiet_list import ROW

_MOST_ROWS = 4
_SCROLLBAR = 8
_EMPTY = "No model yet. Choose a model file: the fill is drawn by one."


class ModelPanel(QWidget):
    """Signals: choose_requested(), the shell asks for a file; model_selected(Path), by the person only."""

    choose_requested = Signal()
    model_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model-panel")
        self.setAccessibleName("Model")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = ElidedLabel(parent=self)
        self.name.setObjectName("model-name")
        self.status = QLabel(self)
        self.status.setObjectName("model-status")
        self.empty = QLabel(_EMPTY, self)
        self.grid = _Grid(self)
        self.card = QWidget(self)
        self._rows = QFormLayout(self.card)
        self.models = QuietList("Models", "The models of this machine; click one to fill with it.", self)
        self.choose = QPushButton(icons.icon("folder"), "Choose a model file…", self)
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
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(6)
        self.models.setObjectName("models")
        self.choose.setObjectName("choose-model")
        self.choose.setToolTip("Fill with another model: a safetensors file with a WganPaint model card.")
        self._list_title = QLabel("Models", self)
        set_tone(self._list_title, "muted")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self.name, self.status, self.empty, self.grid, self.card):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(16, 8, 16, 16)
        bottom.setSpacing(8)
        for part in (self._list_title, self.models, self.choose):
            bottom.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(bottom)

    def show_model(self, card: ModelCard | None, grid: Path | None, status: str) -> None:
        """card: None where there is no model. grid: an image of its samples. status: what goes on, "" for nothing."""
        self.name.setText(card.name if card is not None else status or "No model")
        self.status.setText(status if card is not None else "")
        self.status.setVisible(bool(self.status.text()))
        self.empty.setVisible(card is None and not status)
        self.grid.show_file(grid if card is not None else None)
        while self._rows.rowCount():
            self._rows.removeRow(0)
        for name, value, tip in _facts(card) if card is not None else ():
            self._add_row(name, value, tip)
        self.card.setVisible(card is not None)

    def _add_row(self, name: str, value: str, tip: str) -> None:
        label, text = QLabel(name), QLabel(value)
        set_tone(label, "muted")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{name}: {value}")
        for part in (label, text):
            part.setToolTip(tip)
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._rows.addRow(label, text)

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


def _facts(card: ModelCard) -> list[tuple[str, str, str]]:
    """Name, value and tooltip of each line of the card; what the card leaves empty is left out."""
    network = card.network
    data = f"{card.dataset} ({card.dataset_size:,} images)" if card.dataset_size else card.dataset
    updates = f"{card.updates:,}" + (f" + {card.aware_updates:,} of the critic" if card.aware_updates else "")
    facts = [
        ("Sees", f"{network.resolution} × {network.resolution} px", "The frame is shrunk to so many model pixels."),
        ("Width", f"{network.width} channels", "Channels of the layer next to the image; more can draw more."),
        ("Preset", card.preset, "The training recipe."),
        (
            "Updates",
            updates if card.updates else "",
            "Of the generator; then of the critic, against the search's fills.",
        ),
        ("Trained on", data, "The images it has learnt from; it can only draw what is like them."),
        ("Framing", card.framing, "How things must lie in the frame to be known to the model."),
        ("Licence", card.licence, "What may be done with the model."),
        ("Created", card.created, "The day its training ended."),
        ("Notes", card.notes, "By who trained it."),
    ]
    return [fact for fact in facts if fact[1]]


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

    def show_file(self, path: Path | None) -> None:
        """An image file; None, or one that cannot be read, shows nothing."""
        if path != self._path:
            self._path = path
            self._full = QPixmap() if path is None else QPixmap.fromImage(QImageReader(str(path)).read())
            self._scaled = QPixmap()
            self._fit(tolerance=0)
            self.update()
        self.setVisible(not self._full.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(tolerance=_SCROLLBAR)

    def _fit(self, tolerance: int) -> None:
        """As high as the width asks for; a scroll bar that comes and goes must not make it come and go."""
        if not self._full.isNull():
            height = round(self.width() * self._full.height() / self._full.width())
            if abs(height - self.height()) > tolerance:
                self.setFixedHeight(height)

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
