"""The middle of the window: the photo with the search panel under it, or the training page in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget


class CentralStack(QStackedWidget):
    """Shows the photo or the page. Signal: page_toggled(bool), whether the page is shown now."""

    page_toggled = Signal(bool)

    def __init__(self, canvas: QWidget, beside: QWidget, search: QWidget, parent: QWidget | None = None) -> None:
        """beside: a second view of the photo, to the right of the canvas, that is mostly hidden."""
        super().__init__(parent)
        self._canvas = canvas
        self._page: QWidget | None = None
        self._photo = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self.addWidget(self._photo)
        views = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        for view in (canvas, beside):
            views.addWidget(view)
            views.setStretchFactor(views.indexOf(view), 1)
        self._photo.addWidget(views)
        self._photo.addWidget(search)
        self._photo.setStretchFactor(0, 1)

    def set_page(self, page: QWidget) -> None:
        """Set the page that can take the place of the photo."""
        self._page = page
        self.addWidget(page)

    @property
    def shows_page(self) -> bool:
        return self.currentWidget() is not self._photo

    @Slot()
    def show_photo(self) -> None:
        self._show(self._photo, self._canvas)

    @Slot()
    def show_page(self) -> None:
        assert self._page is not None
        self._show(self._page, self._page)

    def _show(self, side: QWidget, focus: QWidget) -> None:
        if self.currentWidget() is not side:
            self.setCurrentWidget(side)
            focus.setFocus()
            self.page_toggled.emit(self.shows_page)
