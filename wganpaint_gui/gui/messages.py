"""The message bar: the only place where the editor reports events, with buttons for what to do next.

It has a strip of the window to itself, so that no message covers the photo or a figure, and none moves them.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from wganpaint_gui.core.system.explain import Explanation, explain

from .look import theme
from .look.icons import icon, pixmap
from .look.translation import tr

Severity = Literal["info", "warning", "error"]
Choice = tuple[str, Callable[[], object]]
Message = tuple[str, Severity, Sequence[Choice]]

INFO_SECONDS = 6  # that information stays
HEIGHT = 40  # device-independent pixels: two lines, or one and buttons; what needs more takes it
ICON_SIDE = 20  # pixels

# The folders of an absolute path: a root, and names up to the last separator before a name. The name of a folder may
# contain spaces, but text that reads like a file with its suffix ("a.png and ") ends the path.
_FOLDERS = re.compile(
    r"""(?<![^\s"'“‘(])(?:[A-Za-z]:[\\/]|\\\\|/)(?=[^\s\\/])"""
    r"""(?:(?:(?!\.[A-Za-z]\w{1,10}[\s"'“”’,;:)])[^\\/\n])*[^\\/\s][\\/])*(?=[^\s\\/])"""
)


def with_names_only(sentence: str) -> str:
    """Cut every absolute path in a sentence to its last name, as people refer to files."""
    return _FOLDERS.sub("", sentence)


class MessageBar(QFrame):
    """Shows one message; a new one replaces the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._photo_shown = True
        self._deferred: Message | None = None  # about the photo, while the training page covers it
        self._message: Message = ("", "info", ())
        self._unanswered: list[Message] = []  # each stays until it is answered, one after another
        self._of_photo = True
        self._severity: Severity = "info"
        self._icon = QLabel()
        self._icon.setObjectName("messageIcon")
        self._text = QLabel(
            wordWrap=True,
            textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse,
            textFormat=Qt.TextFormat.PlainText,  # the name of a file may look like HTML
        )
        self._text.setObjectName("messageText")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._choices: list[QPushButton] = []
        self._close = QToolButton(autoRaise=True)
        self._close.setIcon(icon("discard"))
        self._close.setToolTip(tr("Close this message"))
        self._close.setAccessibleName(tr("Close this message"))
        self._close.clicked.connect(self._on_answered)
        self.setMinimumHeight(HEIGHT)
        self._row = QHBoxLayout(self)  # as high as the words need at its width
        self._row.setContentsMargins(12, 3, 8, 3)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self, singleShot=True, interval=INFO_SECONDS * 1000)
        self._timer.timeout.connect(self._leave)
        self._covered: Message | None = None  # an error that nobody has closed, while information is shown in its place
        self.hide()

    def turn_to_page(self) -> None:
        """Hide a message about the photo while a page covers it."""
        if not self.isHidden() and self._of_photo and self._message not in self._unanswered:
            self._deferred = self._covered or self._message
            self.hide()
        self._photo_shown = False

    def turn_to_photo(self) -> None:
        """Show the message about the photo again, unless another one is shown now."""
        self._photo_shown = True
        deferred, self._deferred = self._deferred, None
        if deferred is not None and self.isHidden():
            self.show_message(*deferred)

    def forget_photo(self) -> None:
        """Hide everything that was said before another photo was opened."""
        self._deferred = None
        self.hide()

    def show_message(
        self, text: str, severity: Severity = "info", choices: Sequence[Choice] = (), *, of_photo: bool = False
    ) -> None:
        """Show one message. Information without choices disappears by itself, and an error it has replaced returns;
        everything else waits for the user.

        Files are shown by name, with their paths in the tooltip. The first choice is the recommended one.
        of_photo: the message only makes sense beside the photo, and waits until the photo is in view. Whatever is shown
        while the photo is in view is treated the same.
        """
        if of_photo and not self._photo_shown:
            self._deferred = (text, severity, choices)
            return
        passes = severity == "info" and not choices
        if passes and not self.isHidden() and self._severity == "error":
            self._covered = self._message
        elif not passes or self.isHidden():
            self._covered = None
        self._message, self._of_photo = (text, severity, choices), of_photo or self._photo_shown
        short = with_names_only(text)
        self._text.setText(short)
        self._text.setToolTip(text if text != short else "")
        self._severity = severity
        self._draw_icon()
        self.setProperty("severity", severity)
        self.style().unpolish(self)
        self.style().polish(self)
        self._set_choices(choices)
        self._timer.stop()
        if passes:
            self._timer.start()
        self.show()

    def withdraw(self, text: str) -> None:
        """Remove a message that is no longer true; other messages stay."""
        self._unanswered = [message for message in self._unanswered if message[0] != text]
        if self._deferred is not None and self._deferred[0] == text:
            self._deferred = None
        if self._covered is not None and self._covered[0] == text:
            self._covered = None
        if self.is_showing(text):
            self._leave()

    def reword(self, text: str, new: str) -> None:
        """Change the words of a message that is on screen, for news of the same; its buttons stay."""
        if self.is_showing(text):
            self._message = (new, *self._message[1:])
            self._text.setText(with_names_only(new))

    def is_showing(self, text: str) -> bool:
        """Return whether this message, paths included, is on screen."""
        return not self.isHidden() and self._message[0] == text

    def show_until_answered(self, text: str, severity: Severity, choices: Sequence[Choice]) -> None:
        """Show a message that must not be missed: another message hides it only for a while."""
        self._unanswered.append((text, severity, choices))
        self._show_unanswered()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Show a sentence for any error; an unexpected one is logged and reported as well."""
        self.show_explained(error, explain(error))

    @Slot(object, object)
    def show_explained(self, error: BaseException, explanation: Explanation) -> None:
        """Show an explained error; buttons lead to the details and the report of an unexpected one."""
        if explanation.expected:
            self.show_message(explanation.sentence, "error")
            return
        report = explanation.report
        heading = tr("Error details") if report is None else tr("Report: {report}").format(report=report)
        details = "".join(traceback.format_exception(error))
        choices: list[Choice] = [(tr("Show details"), lambda: self._show_details(heading, details))]
        if report is not None:
            choices.append((tr("Show report"), lambda: self._show_report(report)))
        advice = tr("Please save your work.")
        self.show_message(f"{explanation.sentence} {advice}", "error", choices)

    def show_last_crash(self, report: Path) -> None:
        """Say that the program crashed last time. report: the file written then."""
        choice: Choice = (tr("Show report"), lambda: self._show_report(report))
        self.show_until_answered(tr("WganPaint closed unexpectedly last time."), "warning", [choice])

    def _show_report(self, report: Path) -> None:
        """Open the report's folder, from where it can be sent; without a file manager, show its text here."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.parent))):
            self._show_details(tr("Report: {report}").format(report=report), report.read_text("utf-8"))

    def _show_details(self, heading: str, details: str) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, tr("Error details"), heading, parent=self.window())
        box.setObjectName("detailsBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setDetailedText(details)
        box.open()

    def _draw_icon(self) -> None:
        colours = theme.colours()
        colour = {"info": colours.muted, "warning": colours.fair, "error": colours.bad}[self._severity]
        self._icon.setPixmap(pixmap(self._severity, ICON_SIDE, colour, self.devicePixelRatioF()))
        names = {"info": tr("Information"), "warning": tr("Warning"), "error": tr("Error")}
        self._icon.setAccessibleName(names[self._severity])

    def _set_choices(self, choices: Sequence[Choice]) -> None:
        for button in self._choices:
            self._row.removeWidget(button)
            button.hide()  # or it would cover the new message until it is deleted
            button.deleteLater()
        self._choices = []
        for label, act in choices:
            button = QPushButton(label)
            button.setProperty("primary", not self._choices)
            button.clicked.connect(self._on_answered)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.show()  # now: the layout would do so later
            self._choices.append(button)

    @Slot()
    def _on_answered(self) -> None:
        self._unanswered = [message for message in self._unanswered if message != self._message]
        self._leave()

    @Slot()
    def _leave(self) -> None:
        """Hide the message, or show the error again that it has covered, unless both were hidden meanwhile."""
        covered, self._covered = self._covered, None
        if covered is None or self.isHidden():
            self.hide()
        else:
            self.show_message(*covered)

    def _show_unanswered(self) -> None:
        if self._unanswered and self.isHidden():
            self.show_message(*self._unanswered[0])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden() and self._unanswered:  # and not only the window
            QTimer.singleShot(0, self, self._show_unanswered)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()


class MessageStrip(QWidget):
    """The place of the message bar, always there; between messages it shows a hint about what can be done."""

    def __init__(self, bar: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(HEIGHT + 1)  # and a line above
        self._bar = bar
        self._hint = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._hint.setObjectName("hint")
        self._hint.setProperty("tone", "muted")
        self._hint.setContentsMargins(12, 0, 12, 0)
        cell = QGridLayout(self)  # both in one, or the strip would be higher for a moment
        cell.setContentsMargins(0, 1, 0, 0)
        for part in (self._hint, bar):
            cell.addWidget(part, 0, 0)
        bar.installEventFilter(self)

    def show_hint(self, hint: str) -> None:
        """Show a hint whenever there is no message; "" shows none."""
        self._hint.setText(hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._hint.setVisible(self._bar.isHidden())
        return super().eventFilter(watched, event)
