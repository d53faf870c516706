"""The actions of the Help menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.system.components import components
from wganpaint_gui.core.system.crash_report import diagnostic_report, without_home
from wganpaint_gui.core.system.program_log import last_lines
from wganpaint_gui.gui.commands.key_map import Keys
from wganpaint_gui.gui.commands.shortcuts import ShortcutsDialog
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .about import AboutDialog
from .log_view import MOST_LINES, LogView

T = TypeVar("T")


class HelpActions(QObject):
    """Opens the dialogs; what they show is read in the background."""

    def __init__(
        self,
        window: QWidget,
        messages: MessageBar,
        device: Callable[[], str],
        own_keys: Callable[[], Mapping[str, Keys]],
    ) -> None:
        """device: returns its name, "" while there is none. own_keys: returns the keys that the user has changed."""
        super().__init__(window)
        self._window, self._messages, self._device = window, messages, device
        self._own_keys = own_keys
        self.background = Background("help", self)

    def handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "help_shortcuts": lambda: ShortcutsDialog(self._window, self._own_keys()).open(),
            "log": self.show_log,
            "copy_report": self.copy_report,
            "about": self.show_about,
        }

    @Slot()
    def show_about(self) -> AboutDialog:
        dialog = AboutDialog(self._window)
        dialog.open()
        self._fill(components, dialog.show_components)
        return dialog

    @Slot()
    def show_log(self) -> LogView:
        dialog = LogView(self._window)
        dialog.copy.clicked.connect(self.copy_report)
        dialog.open()
        self._fill(lambda: without_home("\n".join(last_lines(MOST_LINES))).splitlines(), dialog.show_lines)
        return dialog

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard and say so."""
        screen = self._window.screen()
        facts = {
            "Device": self._device() or "none yet",
            "Window": f"{self._window.width()} × {self._window.height()} at {screen.devicePixelRatio():g}x",
            "Window system": QGuiApplication.platformName(),
        }
        self._fill(lambda: diagnostic_report(facts), self._copied)

    def _copied(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        self._messages.show_message(tr("Diagnostic report copied. It holds nothing of your photos but their names."))

    def _fill(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        def deliver(result: T) -> None:
            with suppress(RuntimeError):  # the dialog was closed meanwhile, and its widgets are gone
                done(result)

        self.background.submit(work, deliver, self._messages.show_error)
