"""Renders what the user looks at, off the GUI thread; of the requests that wait, only the newest is done."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot
from wganpaint_gui.gui.work.background import Background


class Renderer(QObject):
    """Renders one picture at a time. Signals: rendered(ComposedFill, FillSnapshot); failed(error)."""

    rendered = Signal(object, object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._busy = False
        self._next: tuple[ComposedFill, int | None] | None = None

    def request(self, fill: ComposedFill, step: int | None) -> None:
        """Render a step of a fill, or its bests (None); replaces the request that waits, if there is one."""
        self._next = fill, step
        if not self._busy:
            self._start()

    def _start(self) -> None:
        if self._next is None:
            return
        (fill, step), self._next = self._next, None
        self._busy = True
        self._background.submit(
            lambda: fill.snapshot_at(step), lambda frame: self._on_rendered(fill, frame), self._on_failed
        )

    def _on_rendered(self, fill: ComposedFill, frame: FillSnapshot) -> None:
        self._busy = False
        self.rendered.emit(fill, frame)
        self._start()

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error)
        self._start()
