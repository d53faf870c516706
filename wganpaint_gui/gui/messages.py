"""The one place where the editor speaks: a bar over the canvas, with what to do next."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QSizePolicy, QToolButton, QWidget

from ..core.errors import WganPaintError
from .icons import icon

log = logging.getLogger(__name__)

Severity = Literal["info", "warning", "error"]
Choice = tuple[str, Callable[[], object]]

INFO_SECONDS = 6
MARGIN = 12  # pixels between the bar and the canvas's edge


class MessageBar(QFrame):
    """Floats over the top of `canvas`, so that nothing below it moves. A new message replaces the old one."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("messageBar")
        self._canvas = canvas
        self._sign = QLabel()
        self._text = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._choices: list[QPushButton] = []
        self._close = QToolButton(autoRaise=True)
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True, interval=INFO_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        canvas.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown now; "" when the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_message(self, text: str, severity: Severity = "info", choices: Sequence[Choice] = ()) -> None:
        """Say one thing. Information without choices goes away by itself; everything else waits for the person."""
        self._text.setText(text)
        self._sign.setPixmap(icon(severity).pixmap(20, 20))
        self._close.setIcon(icon("discard"))
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self._set_choices(choices)
        self._timer.stop()
        if severity == "info" and not choices:
            self._timer.start()
        self.show()
        self._place()
        self.raise_()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """A sentence for what the program knows; for a surprise, a calm one with the details behind a button."""
        if isinstance(error, WganPaintError):
            self.show_message(str(error), "error")
            return
        log.error("Unexpected error", exc_info=error)
        details = "".join(traceback.format_exception(error))
        self.show_message(
            f"Something went wrong in the program ({type(error).__name__}). Your photo and mask are untouched.",
            "error",
            [("Show details", lambda: self._show_details(details))],
        )

    def _show_details(self, details: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, "Details", "What the program noted:", parent=self.window())
        box.setDetailedText(details)
        box.open()

    def _set_choices(self, choices: Sequence[Choice]) -> None:
        for button in self._choices:
            self._row.removeWidget(button)
            button.deleteLater()
        self._choices = []
        for label, act in choices:
            button = QPushButton(label)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignTop)
            self._choices.append(button)

    def _place(self) -> None:
        width = min(720, self._canvas.width() - 2 * MARGIN)
        self.setFixedWidth(max(200, width))
        self.adjustSize()
        self.move((self._canvas.width() - self.width()) // 2, MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
