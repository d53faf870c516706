"""The middle of the window: the photo with the search panel under it, or a page in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from wganpaint_gui.gui.widgets import in_column


class CentralStack(QStackedWidget):
    """Shows the photo or a page. Signal: page_toggled(bool), whether a page is shown now in place of the photo."""

    page_toggled = Signal(bool)

    def __init__(
        self, canvas: QWidget, beside: QWidget, strip: QWidget, search: QWidget, parent: QWidget | None = None
    ) -> None:
        """beside: a second view of the photo, to the right of the canvas, that is mostly hidden. strip: below both."""
        super().__init__(parent)
        self._canvas = canvas
        self._photo = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self.addWidget(self._photo)
        views = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        for view in (canvas, beside):
            views.addWidget(view)
            views.setStretchFactor(views.indexOf(view), 1)
        upper = QWidget(self)
        in_column((views, 1), strip, of=upper, spacing=0)
        self._photo.addWidget(upper)
        self._photo.addWidget(search)
        self._photo.setStretchFactor(0, 1)

    @property
    def shows_page(self) -> bool:
        return self.currentWidget() is not self._photo

    @Slot()
    def show_photo(self) -> None:
        self._show(self._photo, self._canvas)

    def show_page(self, page: QWidget) -> None:
        """Show a page, which must have been added, in place of the photo or of another page."""
        self._show(page, page)

    def _show(self, side: QWidget, focus: QWidget) -> None:
        if self.currentWidget() is not side:
            before = self.shows_page
            self.setCurrentWidget(side)
            focus.setFocus()
            if self.shows_page != before:
                self.page_toggled.emit(self.shows_page)
