"""The middle of the window: the photo with its search under it, or, in their place, the training page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget


class CentralStack(QStackedWidget):
    """Signal: turned(bool), to the page or back to the photo."""

    turned = Signal(bool)

    def __init__(self, canvas: QWidget, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._page: QWidget | None = None
        self._photo = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self._photo.addWidget(canvas)
        self._photo.addWidget(search)
        self._photo.setStretchFactor(0, 1)
        self.addWidget(self._photo)

    def set_page(self, page: QWidget) -> None:
        """What can be turned to."""
        self._page = page
        self.addWidget(page)

    @property
    def shows_page(self) -> bool:
        return self.currentWidget() is not self._photo

    @Slot()
    def show_photo(self) -> None:
        self._turn(self._photo, self._canvas)

    @Slot()
    def show_page(self) -> None:
        assert self._page is not None
        self._turn(self._page, self._page)

    def _turn(self, side: QWidget, focus: QWidget) -> None:
        if self.currentWidget() is not side:
            self.setCurrentWidget(side)
            focus.setFocus()
            self.turned.emit(self.shows_page)
