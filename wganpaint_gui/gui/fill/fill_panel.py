"""The fill panel: the settings of the search, the button that starts and pauses it, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import MARGIN, KeyButton, Panel, PanelScroll, in_column, rule, set_tone

from .fill_result import ResultView
from .fill_settings import FillSettings
from .fill_state import FillState


@dataclass(frozen=True)
class _Offer:
    """What the button does in one state."""

    words: str
    action: str  # whose key it shows
    primary: bool  # the likely next step; with a result in hand that is Keep, in the search panel
    note: str  # under the button: why it is disabled, or what it does
    enabled: bool = True


_OFFERS = {
    FillState.NO_PHOTO: _Offer(
        QT_TR_NOOP("Fill the mask"), "run", True, QT_TR_NOOP("Open a photo first, or drop one here."), False
    ),
    FillState.NO_MASK: _Offer(
        QT_TR_NOOP("Fill the mask"), "run", True, QT_TR_NOOP("Paint over the area to fill first."), False
    ),
    FillState.LOADING: _Offer(
        QT_TR_NOOP("Fill the mask"), "run", True, QT_TR_NOOP("The model is loading; one moment."), False
    ),
    FillState.READY: _Offer(QT_TR_NOOP("Fill the mask"), "run", True, ""),
    FillState.RUNNING: _Offer(
        QT_TR_NOOP("Pause"), "pause", False, QT_TR_NOOP("You can change context weight and mask.")
    ),
    FillState.PAUSED: _Offer(QT_TR_NOOP("Resume"), "pause", False, QT_TR_NOOP("Keep the fill, look back, or resume.")),
    FillState.COPYING: _Offer(
        QT_TR_NOOP("Fill the mask"), "run", False, QT_TR_NOOP("Copying from the rest of the photo…"), False
    ),
    FillState.COPIED: _Offer(
        QT_TR_NOOP("Search with the model"), "run", False, QT_TR_NOOP("Also fills the mask with the model.")
    ),
    FillState.FINISHED: _Offer(QT_TR_NOOP("Continue"), "run", False, QT_TR_NOOP("Continues from the present latents.")),
}


class FillPanel(Panel):
    """Settings above; the button and the result below, always visible.

    Signal, by the user only: surroundings_requested(). What `button` does depends on the state; it is the owner's.
    """

    surroundings_requested = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        """actions: by id, whose keys the buttons show."""
        super().__init__(QT_TR_NOOP("Fill"), parent)
        self._actions = actions
        self._state = FillState.NO_PHOTO
        self._aside = False
        self.settings = FillSettings(self)
        self.button = KeyButton(tall=True, parent=self)
        self.button.setObjectName("run")
        self.surroundings = KeyButton(parent=self)
        self.surroundings.setObjectName("fill-surroundings")
        self.surroundings.say(tr("Fill from the surroundings"), actions["fill_surroundings"])
        self.surroundings.setToolTip(tr("Copy from the rest of the photo, without the model: for anything but faces."))
        self.note = QLabel(self)
        self.note.setObjectName("run-note")
        self.note.setFont(theme.small(self.font()))
        set_tone(self.note, "muted")
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.result = ResultView(self)
        self._arrange()
        self.surroundings.clicked.connect(self.surroundings_requested)
        self.settings.more.toggle.toggled.connect(self._on_more)
        self.set_state(self._state)

    def _arrange(self) -> None:
        self._scroll = PanelScroll(self.settings, self)
        self.note.setFixedHeight(self.note.fontMetrics().height() + 4)  # there in every state: nothing jumps
        parts = (self.button, self.note, self.surroundings, rule(self), self.result)
        bottom = in_column(*parts, margins=(MARGIN, 12, MARGIN, 16), spacing=8)
        in_column((self._scroll, 1), rule(self), bottom, of=self, spacing=0)

    @Slot(object)
    def set_state(self, state: FillState) -> None:
        self._state = state
        offer = _OFFERS[state]
        self.button.say(tr(offer.words), self._actions[offer.action], primary=offer.primary and not self._aside)
        self.button.setEnabled(offer.enabled)
        note = tr(offer.note)
        self.button.setToolTip(note or tr("Search for a fill of the masked area."))
        self.note.setText(note)
        without = (FillState.NO_PHOTO, FillState.NO_MASK, FillState.COPYING)
        self.surroundings.setEnabled(state not in without)

    def set_aside(self, aside: bool) -> None:
        """Set whether the window shows something else in place of the photo, which has a next step of its own."""
        self._aside = aside
        self.set_state(self._state)

    @Slot(bool)
    def _on_more(self, opened: bool) -> None:
        if opened:  # when the settings have got their new height
            QTimer.singleShot(0, self, lambda: self._scroll.bring_into_sight(self.settings.more))
