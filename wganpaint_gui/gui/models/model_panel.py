"""The model panel: the model in use with its card, the other models, and the training runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QWidget

from wganpaint_gui.core.models.installed import ModelEntry
from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.widgets import (
    MARGIN,
    SCROLL_BAR,
    Choice,
    Collapsible,
    ElidedLabel,
    Panel,
    PanelScroll,
    QuietList,
    SegmentedControl,
    in_column,
    in_row,
    rule,
    set_tone,
)
from wganpaint_gui.gui.widgets.quiet_list import ROW

from .evaluation_strip import EvaluationStrip
from .run_list import RunList
from .sample_grid import SampleGrid
from .training_strip import TrainingStrip

_MOST_ROWS = 4
_VIEWS = (
    Choice("model", QT_TR_NOOP("In use"), QT_TR_NOOP("Model used for fills, and the other models.")),
    Choice("training", QT_TR_NOOP("Training"), QT_TR_NOOP("Your training runs, in progress and finished.")),
)
_EMPTY = QT_TR_NOOP("No model yet. Choose a model to fill with.")
_FACES = QT_TR_NOOP("Faces, eyes at 30% and mouth at 70% of the height")
_RECIPES = {"gp": "WGAN-GP", "paper": QT_TR_NOOP("Paper")}
_Line = tuple[str, str, str]  # name, value and tooltip


class ModelPanel(Panel):
    """The model in use, the other models, and the training runs.

    Signal, by the user only: model_selected(Path). The buttons `choose`, `compare`, `train` and `evaluate` are
    the owner's.
    """

    model_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QT_TR_NOOP("Model"), parent)
        self.name = ElidedLabel(parent=self)
        self.name.setObjectName("model-name")
        self.status = QLabel(self)
        self.status.setObjectName("model-status")
        self.empty = QLabel(tr(_EMPTY), self)
        self.grid = SampleGrid(self)
        self.card = QWidget(self)
        self._summary = _rows()
        self._details = _rows()
        self.details = Collapsible(tr("Training details"), tr("How the model was trained."), self)
        self.models = QuietList(tr("Models"), tr("Models on this computer. Click one to use it for fills."), self)
        self.choose = QPushButton(tr("Choose model file…"), self)
        self.view = SegmentedControl(tr("Model"), _VIEWS, self)
        self.strip = TrainingStrip(self)
        self.runs = RunList(self)
        self.compare = QPushButton(tr("Compare runs…"), self)
        self.train = QPushButton(tr("Train new model…"), self)
        self.evaluation_strip = EvaluationStrip(self)
        self.evaluate = QPushButton(tr("Evaluate…"), self)
        self._arrange()
        self.view.chosen.connect(self._show_view)
        self.models.row_chosen.connect(self._on_chosen)
        self.show_model(None, None, "")

    def _arrange(self) -> None:
        self.name.setFont(theme.heading(self.font()))
        self.status.setWordWrap(True)
        self.empty.setWordWrap(True)
        for quiet in (self.status, self.empty):
            set_tone(quiet, "muted")
        self.details.body.addLayout(self._details)
        in_column(self._summary, self.details, of=self.card, spacing=8)
        self.models.setObjectName("models")
        self.choose.setObjectName("choose-model")
        self.choose.setToolTip(tr("Use another WganPaint model (.safetensors) for fills."))
        self._list_title = QLabel(tr("Models"), self)
        set_tone(self._list_title, "muted")
        self.compare.setObjectName("compare-runs")
        self.compare.setEnabled(False)  # until there are runs
        self.compare.setToolTip(tr("Show W, critic gap or SWD of several runs in one plot."))
        self.train.setObjectName("train-model")
        self.train.setToolTip(tr("Train a model on your own pictures."))
        self.evaluate.setObjectName("evaluate-model")
        self.evaluate.setToolTip(tr("Measure the model in use on held-out pictures."))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._model_view())
        self._stack.addWidget(self._training_view())
        top = in_column(self.view, margins=(MARGIN, 12, MARGIN, 0))
        bottom = in_column(
            self.evaluation_strip,
            self.strip,
            in_row((self.train, 1), (self.evaluate, 1), spacing=8),
            margins=(MARGIN, 12, MARGIN, 16),
            spacing=12,
        )
        in_column(top, (self._stack, 1), rule(self), bottom, of=self, spacing=0)

    def _model_view(self) -> QWidget:
        content, view = QWidget(), QWidget()
        parts = (self.name, self.status, self.empty, self.grid, self.card, 1)
        in_column(*parts, of=content, margins=(MARGIN, 12, MARGIN - SCROLL_BAR, 12), spacing=8)
        self._scroll = PanelScroll(content, self)
        models = in_column(self._list_title, self.models, self.choose, margins=(MARGIN, 8, MARGIN, 12), spacing=8)
        in_column((self._scroll, 1), rule(view), models, of=view, spacing=0)
        return view

    def _training_view(self) -> QWidget:
        view = QWidget()
        in_column((self.runs, 1), self.compare, of=view, margins=(MARGIN, 12, MARGIN, 12), spacing=8)
        return view

    @Slot(str)
    def _show_view(self, view: str) -> None:
        self._stack.setCurrentIndex([choice.key for choice in _VIEWS].index(view))

    def show_model(self, card: ModelCard | None, grid: Path | None, status: str) -> None:
        """Show a model. card: None if there is none. grid: image of its samples. status: such as "Loading…", or ""."""
        self.name.setText(card.name if card is not None else status or tr("No model"))
        self.status.setText(status if card is not None else "")
        self.status.setVisible(bool(self.status.text()))
        self.empty.setVisible(card is None and not status)
        if card is None:
            self.grid.hide()
        else:
            self.grid.show_file(grid, card.network.resolution)
        for rows, lines in ((self._summary, _summary_lines(card)), (self._details, _detail_lines(card))):
            while rows.rowCount():
                rows.removeRow(0)
            for line in lines:
                self._add_row(rows, *line)
        self.card.setVisible(card is not None)

    def _add_row(self, rows: QFormLayout, name: str, value: str, tip: str) -> None:
        label, text = QLabel(name), _Wrapped(value)
        set_tone(label, "muted")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAccessibleName(f"{name}: {value}")
        for part in (label, text):
            part.setToolTip(tip)
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        rows.addRow(label, text)

    def set_models(
        self, entries: Sequence[ModelEntry], current: Path | None, trained: Sequence[ModelEntry] = ()
    ) -> None:
        """Show the models to choose from, and mark the one in use. trained: those of the user's training runs."""
        self.models.clear()
        for entry in entries:
            origin = tr("Comes with WganPaint.") if entry.shipped else tr("Added by you.")
            self._add_model(entry, entry.name, "model", origin, current)
        taken = {entry.name for entry in entries}
        for entry in trained:
            name = tr("{name} (training run)").format(name=entry.name) if entry.name in taken else entry.name
            self._add_model(entry, name, "train", tr("Trained by you: the newest model of this run."), current)
        rows = min(max(self.models.count(), 1), _MOST_ROWS)
        self.models.setFixedHeight(rows * ROW + 2)
        for part in (self._list_title, self.models):
            part.setVisible(self.models.count() > 0)

    def _add_model(self, entry: ModelEntry, name: str, icon: str, origin: str, current: Path | None) -> None:
        item = self.models.add(icons.icon(icon), name, f"{origin} {entry.path}")
        item.setData(Qt.ItemDataRole.UserRole, entry.path)
        item.setSelected(entry.path == current)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.model_selected.emit(self.models.item(row).data(Qt.ItemDataRole.UserRole))


class _Wrapped(QLabel):
    """A label as high as its lines need, which a form layout does not see to."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))


def _rows() -> QFormLayout:
    rows = QFormLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setHorizontalSpacing(12)
    rows.setVerticalSpacing(4)
    return rows


def _summary_lines(card: ModelCard | None) -> list[_Line]:
    """Return what everybody should know about a model, without empty lines."""
    if card is None:
        return []
    images = tr("%n image(s)", "", card.dataset_size)
    data = f"{card.dataset} ({images})" if card.dataset_size else card.dataset
    side, framing = card.network.resolution, tr(_FACES) if card.framing == FACE_FRAMING else card.framing
    return _filled(
        (tr("Trained on"), data, tr("Training data; the model can only generate similar images.")),
        (tr("Licence"), card.licence, tr("Terms for using the model.")),
        (tr("Resolution"), f"{side} × {side} px", tr("Resolution of the model, to which the frame is scaled.")),
        (tr("Framing"), framing, tr("Framing of the training images; the frame in your photo should match it.")),
    )


def _detail_lines(card: ModelCard | None) -> list[_Line]:
    """Return how a model was trained, for people who train models."""
    if card is None:
        return []
    updates = grouped(card.updates)
    if card.aware_updates:
        updates += f" + {grouped(card.aware_updates)} " + tr("search-aware")
    of_which = tr("Updates of the generator, plus those of the critic in the search-aware stage.")
    width = tr("{width} channels").format(width=card.network.width)
    encoder = tr("%n update(s)", "", card.encoder_updates) if card.has_encoder else tr("none", "encoder")
    return _filled(
        (tr("Recipe"), tr(_RECIPES.get(card.preset, card.preset)), tr("Recipe with which the model was trained.")),
        (tr("Updates"), updates if card.updates else "", of_which),
        (
            tr("Encoder"),
            encoder,
            tr("Guesses from the known pixels where a search begins; without one, it begins at random."),
        ),
        (tr("Width"), width, tr("Channels of the layer next to the image; wider networks can learn more detail.")),
        (tr("Created"), card.created, tr("Date on which the training ended.")),
        (tr("Notes"), card.notes, tr("Notes by whoever trained the model.")),
    )


def _filled(*lines: _Line) -> list[_Line]:
    return [line for line in lines if line[1]]
