"""The evaluation page, which covers the photo: what is measured, how far it is, and the results."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QProgressBar, QPushButton, QSpinBox, QWidget

from wganpaint_gui.core.measure.evaluation import CORRUPTIONS, Corruption
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.icons import icon
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.models.evaluation_strip import SCALE
from wganpaint_gui.gui.widgets import MARGIN, ElidedLabel, KeyButton, Panel, in_column, in_row, rule, set_tone
from wganpaint_gui.gui.widgets.drop_area import dropped_source

from .results_view import ResultsView

MOST_IMAGES = 100_000
_REMOVED: dict[Corruption, tuple[str, str]] = {
    "center": (QT_TR_NOOP("Centre"), QT_TR_NOOP("Remove the middle quarter of the side, 16 of 64 pixels.")),
    "center32": (QT_TR_NOOP("Large centre"), QT_TR_NOOP("Remove the middle half of the side, 32 of 64 pixels.")),
    "random80": (QT_TR_NOOP("80% of pixels"), QT_TR_NOOP("Remove 80% of the pixels at random.")),
}
_NOTHING = QT_TR_NOOP("No pictures chosen")
_ABOUT = QT_TR_NOOP(
    "Removes parts of pictures that the model was not trained on, fills them, and measures the fills: the experiment "
    "of the paper. If you choose the pictures of the model's own training run, those it held out are used."
)


class EvaluationPage(Panel):
    """Signals, by the user only: back_requested(), to the photo; start_requested(); changed()."""

    back_requested = Signal()
    start_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QT_TR_NOOP("Evaluation"), parent)
        self.setAcceptDrops(True)
        self.source: Path | None = None
        self.back = QPushButton(tr("Back to photo"), self)
        self.back.setObjectName("back-from-evaluation")
        self.back.setIcon(icon("previous"))
        self.back.setIconSize(QSize(16, 16))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setToolTip(tr("Return to the photo (Esc). The evaluation continues in the background."))
        self.title = ElidedLabel(parent=self)
        self.title.setFont(theme.heading(self.font()))
        self.about = QLabel(tr(_ABOUT), self, wordWrap=True)
        set_tone(self.about, "muted")
        self.name = ElidedLabel(tr(_NOTHING), self)
        self.name.setObjectName("evaluation-source")
        self.folder = _button("evaluation-folder", tr("Choose folder…"), tr("Choose a folder of pictures."), self)
        self.zip = _button("evaluation-zip", tr("Choose zip…"), tr("Choose a zip of pictures."), self)
        self.removed = {key: self._check(*map(tr, _REMOVED[key]), on=True) for key in CORRUPTIONS}
        self.surroundings = self._check(
            tr("Surroundings"), tr("Measure also the fill from the image itself, without a model."), on=False
        )
        self.count = QSpinBox(self)
        self.count.setRange(1, MOST_IMAGES)
        self.count.setValue(100)
        self.count.setAccessibleName(tr("Most images"))
        self.count.setToolTip(tr("Number of images, the first by name; default 100."))
        self.start = KeyButton(parent=self)
        self.start.setObjectName("start-evaluation")
        self.start.reserve(tr("Evaluate"))
        self.save = _button("save-evaluation", tr("Save results…"), tr("Save table and figures in a new folder."), self)
        self.save.setEnabled(False)
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the evaluation"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the results below would move
        self.bar.setSizePolicy(policy)
        self.words = ElidedLabel(parent=self)
        self.words.setObjectName("evaluation-words")
        self.words.setFont(theme.tabular(self.font()))
        set_tone(self.words, "muted")
        self.results = ResultsView(self)
        self._arrange()
        self._connect()
        self.set_running(False)

    def _check(self, text: str, tip: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(on)
        box.setToolTip(tip)
        return box

    def _arrange(self) -> None:
        top = in_row(self.back, (self.title, 1), margins=(MARGIN, 8, MARGIN, 8), spacing=12)
        pictures = in_row((self.name, 1), self.folder, self.zip, spacing=8)
        remove, images = QLabel(tr("Remove"), self), QLabel(tr("Images"), self)
        choices = in_row(remove, *self.removed.values(), self.surroundings, 1, images, self.count, spacing=12)
        progress = in_row(self.start, (in_column(self.words, self.bar, spacing=4), 1), self.save, spacing=12)
        content = in_column(
            self.about,
            pictures,
            choices,
            progress,
            (self.results, 1),
            margins=(MARGIN, 12, MARGIN, 12),
            spacing=12,
        )
        content.addStretch(0)
        in_column(top, rule(self), (content, 1), of=self, spacing=0)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.start.clicked.connect(self.start_requested)
        self.count.valueChanged.connect(self.changed)
        for box in self.removed.values():
            box.toggled.connect(self.changed)

    @property
    def corruptions(self) -> tuple[Corruption, ...]:
        return tuple(key for key, box in self.removed.items() if box.isChecked())

    @Slot(object)
    def choose_source(self, source: Path) -> None:
        """Measure the pictures of a folder or zip."""
        self.source = source
        self.name.setText(str(source))
        self.changed.emit()

    def show_model(self, name: str) -> None:
        """name: of the model in use; "" for none."""
        self.title.setText(tr("Evaluate model: {name}").format(name=name) if name else tr("Evaluate model"))

    def set_running(self, running: bool) -> None:
        """Show whether an evaluation is in progress: what it measures cannot be changed meanwhile."""
        self.start.say(tr("Stop") if running else tr("Evaluate"), primary=not running)
        for part in (self.folder, self.zip, self.count, self.surroundings, *self.removed.values()):
            part.setEnabled(not running)
        self.bar.setVisible(running)

    def show_progress(self, share: float, words: str) -> None:
        """share: 0..1 of the work that is done; 0 shows that something is done."""
        self.bar.setRange(0, SCALE if share else 0)
        self.bar.setValue(round(share * SCALE))
        self.words.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.folder.isEnabled() and dropped_source(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = dropped_source(event)
        if source is not None:
            event.acceptProposedAction()
            self.choose_source(source)


def _button(name: str, text: str, tip: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
