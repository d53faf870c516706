"""Renders what the user looks at, off the GUI thread; of the requests that wait, only the newest is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.search.composed_fill import ComposedFill
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask


class Renderer(QObject):
    """Renders one picture at a time. Signals: rendered(ComposedFill, FillSnapshot); failed(error)."""

    rendered = Signal(object, object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)

    def request(self, fill: ComposedFill, step: int | None) -> None:
        """Render a step of a fill, or its bests (None); replaces the request that waits, if there is one."""
        self._task.submit(lambda: fill.snapshot_at(step), lambda frame: self.rendered.emit(fill, frame))
