"""A summary of the evaluation in progress, beside the photo."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import ElidedLabel, KeyButton, in_column, in_row, set_tone

SCALE = 1000  # of a progress bar that shows a share of 0..1


class EvaluationStrip(QWidget):
    """Hidden when no evaluation is in progress. The buttons `stop` and `show_button` are the owner's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluation-strip")
        self.setAccessibleName(tr("Evaluation in progress"))
        self.name = ElidedLabel(parent=self)
        self.name.setFont(theme.heading(self.font()))
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(tr("Progress of the evaluation"))
        self.words = ElidedLabel(parent=self)
        self.words.setFont(theme.tabular(theme.small(self.font())))
        set_tone(self.words, "muted")
        self.stop = KeyButton(parent=self)
        self.stop.say(tr("Stop"))
        self.stop.setObjectName("strip-stop-evaluation")
        self.stop.setToolTip(tr("Stop the evaluation; what is finished is kept and need not be measured again."))
        self.show_button = KeyButton(parent=self)
        self.show_button.say(tr("Show"))
        self.show_button.setObjectName("strip-show-evaluation")
        self.show_button.setToolTip(tr("Show the evaluation in place of the photo."))
        head = in_row((self.name, 1), self.stop, self.show_button, spacing=8)
        in_column(head, self.bar, self.words, of=self, spacing=6)
        self.hide()

    def begin(self, model: str) -> None:
        """Show a new evaluation. model: its name."""
        self.name.setText(tr("Evaluating {model}").format(model=model))
        self.show_progress(0.0, "starting")
        self.show()

    def show_progress(self, share: float, words: str) -> None:
        """share: 0..1 of the work that is done; 0 shows that something is done."""
        self.bar.setRange(0, SCALE if share else 0)
        self.bar.setValue(round(share * SCALE))
        self.words.setText(words)
