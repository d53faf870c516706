"""The one place where the editor speaks: a bar over the canvas, with what to do next."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QSizePolicy, QToolButton, QWidget

from wganpaint_gui.core.system.explain import Explanation, explain

from .look import theme
from .look.icons import icon, pixmap

Severity = Literal["info", "warning", "error"]
Choice = tuple[str, Callable[[], object]]
Said = tuple[str, Severity, Sequence[Choice]]

INFO_SECONDS = 6
MARGIN = 12  # pixels between the bar and the canvas's edge
WIDEST, LOWEST = 720, 44  # pixels; lowest: of one line, with room for a button
SIGN_SIDE = 20  # pixels

# The folders of an absolute path: a root, and names up to the last separator before a name. A folder's name may have
# spaces, but what reads as a file with its suffix ("a.png and ") ends the path.
_FOLDERS = re.compile(
    r"""(?<![^\s"'“‘(])(?:[A-Za-z]:[\\/]|\\\\|/)(?=[^\s\\/])"""
    r"""(?:(?:(?!\.[A-Za-z]\w{1,10}[\s"'“”’,;:)])[^\\/\n])*[^\\/\s][\\/])*(?=[^\s\\/])"""
)


def with_names_only(sentence: str) -> str:
    """The sentence with every absolute path cut to its last name, as a person calls a file."""
    return _FOLDERS.sub("", sentence)


class MessageBar(QFrame):
    """Floats over the top of `canvas`, so that nothing below it moves. A new message replaces the old one.

    Signal: room_changed(int), how high a strip it takes at the top of the canvas; 0 when it is hidden.
    """

    room_changed = Signal(int)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("messageBar")
        self._canvas = canvas
        self._below = 0
        self._photo_shown = True
        self._aside: Said | None = None  # of the photo, while the page is shown
        self._said: Said = ("", "info", ())
        self._standing: list[Said] = []  # each until it is answered, one after another
        self._of_photo = True
        self._severity: Severity = "info"
        self._sign = QLabel()
        self._text = QLabel(
            wordWrap=True,
            textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse,
            textFormat=Qt.TextFormat.PlainText,  # a file's name may look like HTML
        )
        self._text.setObjectName("messageText")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._choices: list[QPushButton] = []
        self._close = QToolButton(autoRaise=True)
        self._close.setIcon(icon("discard"))
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self._on_answered)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 7, 8, 7)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self, singleShot=True, interval=INFO_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        canvas.installEventFilter(self)
        self.hide()

    def turn_to_page(self, below: int) -> None:
        """The photo goes out of sight, and what was said of it too. below: pixels to leave free at the top."""
        if not self.isHidden() and self._of_photo and self._said not in self._standing:
            self._aside = self._said
            self.hide()
        self._photo_shown, self._below = False, below
        self._place()
        self.raise_()

    def turn_to_photo(self) -> None:
        """The photo is in sight again, and what was said of it, where nothing else is said now."""
        self._photo_shown, self._below = True, 0
        aside, self._aside = self._aside, None
        if aside is not None and self.isHidden():
            self.show_message(*aside)
        self._place()
        self.raise_()

    def forget_photo(self) -> None:
        """Another photo: nothing is said of the one before any more, nor is anything else."""
        self._aside = None
        self.hide()

    @property
    def text(self) -> str:
        """What is shown now; "" when the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_message(
        self, text: str, severity: Severity = "info", choices: Sequence[Choice] = (), *, of_photo: bool = False
    ) -> None:
        """Say one thing. Information without choices goes away by itself; everything else waits for the person.

        Files are called by their names; the whole paths stand in the tooltip. The first choice is the likely one.
        of_photo: it makes no sense beside anything else; whatever is said while the photo is in sight stays there too.
        """
        if of_photo and not self._photo_shown:
            self._aside = (text, severity, choices)
            return
        self._said, self._of_photo = (text, severity, choices), of_photo or self._photo_shown
        short = with_names_only(text)
        self._text.setText(short)
        self._text.setToolTip(text if text != short else "")
        self._severity = severity
        self._draw_sign()
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

    def withdraw(self, text: str) -> None:
        """This is true no more; whatever else is said stays."""
        self._standing = [said for said in self._standing if said[0] != text]
        if self._aside is not None and self._aside[0] == text:
            self._aside = None
        if self.is_saying(text):
            self.hide()

    def is_saying(self, text: str) -> bool:
        """Whether this is on screen, whatever was cut from it."""
        return not self.isHidden() and self._said[0] == text

    def show_until_answered(self, text: str, severity: Severity, choices: Sequence[Choice]) -> None:
        """Say what must not go by unseen: whatever else is said comes before it, and it comes back afterwards."""
        self._standing.append((text, severity, choices))
        self._say_standing()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show a sentence for any error; an unexpected one is logged and reported as well."""
        self.show_explained(error, explain(error))

    @Slot(object, object)
    def show_explained(self, error: BaseException, explanation: Explanation) -> None:
        """Show what was already logged; of an unexpected error the details and the report stand behind buttons."""
        if explanation.expected:
            self.show_message(explanation.sentence, "error")
            return
        report = explanation.report
        heading = "The traceback:" if report is None else f"The traceback; the report is {report}."
        details = "".join(traceback.format_exception(error))
        choices: list[Choice] = [("Show details", lambda: self._show_details(heading, details))]
        if report is not None:
            choices.append(("Show the report", lambda: self._show_report(report)))
        self.show_message(f"{explanation.sentence} Please save your work.", "error", choices)

    def show_last_crash(self, report: Path) -> None:
        """report: of the last time, when there was no window left to say so."""
        choice: Choice = ("Show the report", lambda: self._show_report(report))
        self.show_until_answered("WganPaint ended unexpectedly last time.", "warning", [choice])

    def _show_report(self, report: Path) -> None:
        """In its folder, from where it can be sent; where nothing can show folders, here."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.parent))):
            self._show_details(f"The report is {report}.", report.read_text("utf-8"))

    def _show_details(self, heading: str, details: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Details", heading, parent=self.window())
        box.setObjectName("detailsBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setDetailedText(details)
        box.open()

    def _draw_sign(self) -> None:
        colours = theme.colours()
        colour = {"info": colours.muted, "warning": colours.fair, "error": colours.bad}[self._severity]
        self._sign.setPixmap(pixmap(self._severity, SIGN_SIDE, colour, self.devicePixelRatioF()))

    def _set_choices(self, choices: Sequence[Choice]) -> None:
        for button in self._choices:
            self._row.removeWidget(button)
            button.hide()  # until it is deleted it would lie over the new message
            button.deleteLater()
        self._choices = []
        for label, act in choices:
            button = QPushButton(label)
            button.setProperty("primary", not self._choices)
            button.clicked.connect(self._on_answered)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.show()  # now: a layout would do so later, when the bar has its place
            self._choices.append(button)

    @Slot()
    def _on_answered(self) -> None:
        self._standing = [said for said in self._standing if said != self._said]
        self.hide()

    def _say_standing(self) -> None:
        if self._standing and self.isHidden():
            self.show_message(*self._standing[0])

    def _place(self) -> None:
        self.setFixedWidth(max(200, min(WIDEST, self._canvas.width() - 2 * MARGIN)))
        self._row.activate()
        self.setFixedHeight(max(LOWEST, self._row.totalHeightForWidth(self.width())))
        self.move((self._canvas.width() - self.width()) // 2, self._below + MARGIN)
        self.room_changed.emit(0 if self.isHidden() else self.height() + MARGIN)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():  # and not only the window
            self.room_changed.emit(0)
            if self._standing:
                QTimer.singleShot(0, self, self._say_standing)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_sign()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
