"""The film strip: the photos of the folder in a row of thumbnails; a click opens one.

It paints the cells in view and knows nothing of the others, so that a folder of 100,000 photos scrolls like one of ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from wganpaint_gui.core.photo.photo_folder import photos_in
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import SELECTION
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background

from .thumbnails import Thumbnails

CELL = 72  # width of a photo's place, device-independent pixels
_GAP = 4  # around a thumbnail
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FilmStrip(QAbstractScrollArea):
    """Signal, by the user only: photo_chosen(Path)."""

    photo_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = Thumbnails(self)
        self.photos: tuple[Path, ...] = ()
        self._places: dict[Path, int] = {}
        self._current: Path | None = None  # the open photo
        self._cursor = -1  # place that the arrow keys have reached
        self.listing = Background("folder", self)
        self._stamp = 0
        self.setObjectName("film-strip")
        self.setAccessibleName(tr("Film strip: the photos of the folder"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFixedHeight(CELL + 8)  # and the scroll bar
        self.horizontalScrollBar().setSingleStep(CELL)
        self.thumbnails.made.connect(self._on_made)
        self.hide()

    @property
    def threads(self) -> tuple[Thumbnails, Background]:
        """What has threads, for the owner to end."""
        return self.thumbnails, self.listing

    def show_photo(self, path: Path | None, row: Sequence[Path] = ()) -> None:
        """Show the photos around one: those opened together with it or, if it is alone, all of its folder."""
        self._current = path
        if path is None:
            self._set(())
        elif path in row:
            self._set(tuple(row))
        else:
            self._list(path.parent)
        self._bring_into_view()

    def _list(self, folder: Path) -> None:
        """Read the folder again, in the background: photos may have come and gone."""
        self._stamp += 1
        stamp = self._stamp

        def done(found: tuple[tuple[Path, ...], dict[Path, int]]) -> None:
            if stamp == self._stamp:
                self._set(*found)
                self._bring_into_view()

        def work() -> tuple[tuple[Path, ...], dict[Path, int]]:
            photos = tuple(photos_in(folder))
            return photos, {photo: place for place, photo in enumerate(photos)}

        self.listing.submit(work, done, lambda _: None)

    def _set(self, photos: tuple[Path, ...], places: dict[Path, int] | None = None) -> None:
        self._stamp += 1
        self.photos = photos
        self._places = {photo: place for place, photo in enumerate(photos)} if places is None else places
        self._cursor = -1
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        bar.setRange(0, max(0, len(self.photos) * CELL - room))
        bar.setPageStep(room)

    def _bring_into_view(self) -> None:
        place = self._places.get(self._current) if self._current is not None else None
        if place is not None:
            self.horizontalScrollBar().setValue(place * CELL - (self.viewport().width() - CELL) // 2)
        self.viewport().update()

    def cell(self, place: int) -> QRect:
        """Return where a photo is shown, in the viewport."""
        return QRect(place * CELL - self.horizontalScrollBar().value(), 0, CELL, self.viewport().height())

    def _at(self, point: QPoint) -> Path | None:
        place = (point.x() + self.horizontalScrollBar().value()) // CELL
        return self.photos[place] if 0 <= place < len(self.photos) else None

    @Slot(object)
    def _on_made(self, path: Path) -> None:
        place = self._places.get(path)
        if place is not None:
            self.viewport().update(self.cell(place))

    # -- Qt ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self.viewport()), theme.colours()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        dirty, offset = event.rect(), self.horizontalScrollBar().value()
        painter.fillRect(dirty, QColor(colours.panel))
        first, last = (dirty.left() + offset) // CELL, (dirty.right() + offset) // CELL
        for place in range(max(0, first), min(last + 1, len(self.photos))):
            self._paint_cell(painter, place)

    def _paint_cell(self, painter: QPainter, place: int) -> None:
        photo, cell = self.photos[place], QRectF(self.cell(place)).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        image = self.thumbnails.get(photo)
        if image is None or image.isNull():
            painter.fillRect(cell, QColor(theme.colours().plot))
            if image is not None:
                painter.setPen(QColor(theme.colours().muted))
                painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), "?")
        else:
            scale = min(cell.width() / image.width(), cell.height() / image.height())
            place_of = QRectF(0, 0, image.width() * scale, image.height() * scale)
            place_of.moveCenter(cell.center())
            painter.drawImage(place_of, image)
        if photo == self._current or (place == self._cursor and self.hasFocus()):
            line = Qt.PenStyle.SolidLine if photo == self._current else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(SELECTION), 2, line))
            painter.drawRect(cell.adjusted(-1, -1, 1, 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        photo = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and photo is not None:
            self.photo_chosen.emit(photo)

    def wheelEvent(self, event: QWheelEvent) -> None:
        moved = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (moved.y() or moved.x()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            photo = self._at(event.pos())
            QToolTip.showText(event.globalPos(), photo.name if photo is not None else "", self)
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        # Return is also the shortcut that keeps a fill; here it opens a photo.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _CHOOSING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self.photos:
            here = self._cursor if self._cursor >= 0 else self._places.get(self._current, 0) if self._current else 0
            self._cursor = min(max(here + steps[Qt.Key(event.key())], 0), len(self.photos) - 1)
            bar, left = self.horizontalScrollBar(), self._cursor * CELL
            bar.setValue(min(max(bar.value(), left + CELL - self.viewport().width()), left))
            self.setAccessibleDescription(self.photos[self._cursor].name)
            self.viewport().update()
        elif event.key() in _CHOOSING and 0 <= self._cursor < len(self.photos):
            self.photo_chosen.emit(self.photos[self._cursor])
        else:
            super().keyPressEvent(event)
