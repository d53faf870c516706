"""A summary of the run in progress, beside the photo: progress, speed and samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import images_text, left_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, share_text, tr
from wganpaint_gui.gui.widgets import ElidedLabel, KeyButton, in_column, in_row, set_tone
from wganpaint_gui.gui.widgets.picture import Picture

from .training_state import TrainingState

if TYPE_CHECKING:
    from wganpaint_gui.core.dataset import DataProgress
    from wganpaint_gui.core.training.training_log import TrainingStep

_SAMPLES = 6
_SIDE = 40  # device-independent pixels
_WORDS = {
    TrainingState.PREPARING: QT_TR_NOOP("preparing pictures"),
    TrainingState.YIELDING: QT_TR_NOOP("waiting for fill"),
    TrainingState.PAUSING: QT_TR_NOOP("saving before pausing"),
    TrainingState.PAUSED: QT_TR_NOOP("paused"),
    TrainingState.STOPPING: QT_TR_NOOP("saving before stopping"),
}


class TrainingStrip(QWidget):
    """Hidden when no run is in progress.

    Signals, by the user only: pause_requested(); resume_requested(). The button `show_button` is the owner's.
    """

    pause_requested = Signal()
    resume_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = TrainingState.IDLE
        self.setObjectName("training-strip")
        self.setAccessibleName(tr("Training in progress"))
        self.name = ElidedLabel(parent=self)
        self.name.setFont(theme.heading(self.font()))
        self.words = ElidedLabel(parent=self)
        self.words.setObjectName("strip-words")
        self.words.setFont(theme.tabular(theme.small(self.font())))
        set_tone(self.words, "muted")
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setAccessibleName(tr("Training progress"))
        self.samples = [Picture(self) for _ in range(_SAMPLES)]
        for number, sample in enumerate(self.samples, 1):
            sample.setAccessibleName(tr("Sample {number}").format(number=number))
        self.pause = KeyButton(parent=self)
        self.pause.reserve(tr("Resume"))
        self.pause.setObjectName("strip-pause")
        self.pause.setToolTip(tr("Pause the training and free the device, or resume it."))
        self.show_button = KeyButton(parent=self)
        self.show_button.say(tr("Show"))
        self.show_button.setObjectName("strip-show")
        self.show_button.setToolTip(tr("Show the training run in place of the photo."))
        self._arrange()
        self.pause.clicked.connect(self._on_pause)
        self.set_state(TrainingState.IDLE)

    def _arrange(self) -> None:
        for picture in self.samples:
            picture.set_side(_SIDE)
            picture.setToolTip(tr("A sample of the model as it is now, always of the same latent."))
            picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = in_row((self.name, 1), self.pause, self.show_button, spacing=8)
        in_column(head, self.bar, self.words, in_row(*self.samples, 1, spacing=8), of=self, spacing=6)

    def begin(self, name: str) -> None:
        """Show another run."""
        self.name.setText(name)
        self.show_samples(None)
        self.bar.setRange(0, 0)

    @Slot(object)
    def set_state(self, state: TrainingState) -> None:
        self._state = state
        self.setVisible(state.is_in_progress)
        resumes = state is TrainingState.PAUSED
        self.pause.say(tr("Resume") if resumes else tr("Pause"))
        self.pause.setEnabled(state.is_live or resumes)
        if state in _WORDS:
            self.words.setText(tr(_WORDS[state]))

    def show_preparing(self, progress: DataProgress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        if progress.total:
            self.words.setText(tr("pictures {share}").format(share=share_text(progress.done, progress.total)))

    def show_step(self, step: TrainingStep, follows: Stage | None) -> None:
        """Show progress and speed. follows: the stage after this one."""
        self.bar.setRange(0, max(step.total, 1))
        self.bar.setValue(step.update)
        if self._state is TrainingState.RUNNING:
            done = f"{tr(STAGE_NAMES[step.stage])} {share_text(step.update, step.total)}".strip()
            left = left_text(step, follows)
            speed = images_text(step.images_per_second)
            if step.seconds_left is None:
                self.words.setText(f"{done} · {speed}")
            elif follows is not None:
                self.words.setText(f"{done} · {left}")  # no room for the speed
            else:
                self.words.setText(tr("{done} · {speed} · {left} left").format(done=done, speed=speed, left=left))

    def show_samples(self, pictures: NDArray[np.uint8] | None) -> None:
        """Show samples, [N, R, R, 3], of the newest grid; None empties the cells."""
        for index, cell in enumerate(self.samples):
            cell.show_picture(pictures[index] if pictures is not None and index < len(pictures) else None)

    @Slot()
    def _on_pause(self) -> None:
        (self.pause_requested if self._state.is_live else self.resume_requested).emit()
