"""The actions under File that write something else than the photo itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.work.engine import Engine

if TYPE_CHECKING:
    from .fill_folder_actions import FillFolderActions


class ExportActions(QObject):
    """Creates what an action needs when it is first used: no start waits for it."""

    def __init__(self, window: QWidget, engine: Engine, settings: Callable[[], InpaintConfig]) -> None:
        """settings: of the next search, as the model in use can use them."""
        super().__init__(window)
        self._window, self._engine, self._settings = window, engine, settings
        self._folder: FillFolderActions | None = None

    def handlers(self) -> dict[str, Callable[..., object]]:
        return {"fill_folder": lambda: self.folder.open()}

    @property
    def folder(self) -> FillFolderActions:
        if self._folder is None:
            from .fill_folder_actions import FillFolderActions

            self._folder = FillFolderActions(self._window, self._engine, self._settings)
        return self._folder

    def close(self) -> None:
        """Stop for good; returns at once."""
        if self._folder is not None:
            self._folder.close()

    def wait(self, deadline: float) -> bool:
        """Block until all has ended, after `close`; False if time.monotonic() reaches `deadline` first."""
        return self._folder is None or self._folder.wait(deadline)
