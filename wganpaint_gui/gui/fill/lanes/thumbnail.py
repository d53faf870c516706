"""One candidate of a lane: its fill, its loss, whether it is chosen, and whether it has stopped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.colours import REFINED
from wganpaint_gui.gui.look.number_text import loss_text, short_loss_text
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets.picture import RADIUS, Picture, paint_pill

from .signs import paint_sign

_LEAST_NAME = 28  # room for a name, device-independent pixels; less would show a letter or two


class Thumbnail(Picture):
    """A button with the candidate's fill; `clicked` chooses it.

    Signal: menu_requested(QPoint on the screen), by a right click or the menu key.
    """

    menu_requested = Signal(QPoint)

    def __init__(self, number: int, *, refines: bool = False, parent: QWidget | None = None) -> None:
        """refines: a click after the search refines the candidate."""
        super().__init__(parent)
        self.number = number  # 0-based; shown from 1
        self._refines = refines
        self._loss = float("nan")
        self._alive = True
        self._refined = False
        self._suggested = False
        self._name = ""  # given by the user
        self._locked = self._discarded = False
        self._compared = False
        self._chosen = False
        self._active = False  # the lane whose candidate is on the photo
        self.setCheckable(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the canvas
        self.setObjectName(f"candidate-{number}")
        self._describe()

    def show_candidate(
        self, fill: NDArray[np.uint8] | None, loss: float, *, alive: bool, refined: bool, suggested: bool
    ) -> None:
        """Show a fill, [R, R, 3] RGB or None to keep the picture, and its loss."""
        same = (alive, refined, suggested) == (self._alive, self._refined, self._suggested)
        self._loss, self._alive, self._refined, self._suggested = loss, alive, refined, suggested
        # Describing 128 thumbnails 30 times a second is noticeable; only those that are pointed at or read out matter.
        if not same or self.underMouse() or self.hasFocus():
            self._describe()
        if fill is not None:
            self.show_picture(fill)
        self.update()

    def set_chosen(self, chosen: bool, *, active: bool) -> None:
        """Set whether the candidate is shown large in its lane (chosen), and also on the photo (active)."""
        if (chosen, active) != (self._chosen, self._active):
            self._chosen, self._active = chosen, active
            self._describe()
            self.update()

    def show_marks(self, name: str, *, locked: bool, discarded: bool) -> None:
        """Show what the user decided about the candidate. name: "" = none was given."""
        self._name, self._locked, self._discarded = name, locked, discarded
        self._describe()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_requested.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft()))

    def set_compared(self, compared: bool) -> None:
        """Set whether the candidate is in the second view beside the photo."""
        if compared != self._compared:
            self._compared = compared
            self._describe()
            self.update()

    def _describe(self) -> None:
        marks = (
            (tr("suggested"), self._suggested),
            (tr("refined"), self._refined),
            (tr("locked"), self._locked),
            (tr("discarded"), self._discarded),
        )
        notes = [note for note, true in marks if true]
        called = tr("Candidate {number}").format(number=self.number + 1) + (f", “{self._name}”" if self._name else "")
        loss = tr("loss {loss}").format(loss=loss_text(self._loss))
        text = f"{called}: {', '.join([loss, *notes])}."
        if not self._alive:
            text = tr("{candidate} has stopped: its loss is no longer a number. Its best step remains.").format(
                candidate=called
            )
        elif not self._chosen:
            show = tr("Click to show it on the photo.")
            if self._refines and not self._refined:
                show = tr("Click to show it on the photo and refine it.")
            text += f" {show}"
        self.setToolTip(text)
        if self._chosen:
            text += " " + tr("Chosen.")
        if self._compared:
            text += " " + tr("Compared.")
        self.setAccessibleName(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._describe()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._alive or self._discarded:
            painter.setOpacity(0.35 if not self._discarded else 0.2)
        self.paint_picture(painter)
        painter.setOpacity(1.0)
        if self._discarded:
            pass
        elif not self._alive:
            self._paint_sign(painter)
        elif not self.image.isNull():
            self._paint_pills(painter)
        if self._refined:
            self._paint_dot(painter)
        if self._locked:
            paint_sign(painter, "lock", QPointF(10, 26 if self._refined else 10))
        if self._suggested and not self._discarded:
            paint_sign(painter, "star", QPointF(self.width() - 10, 10))
        self._paint_outline(painter)

    def _paint_pills(self, painter: QPainter) -> None:
        """Write the loss into one lower corner and the name, where one was given, into the other."""
        loss = short_loss_text(self._loss)
        paint_pill(painter, loss, self, Qt.AlignmentFlag.AlignRight)
        metrics = painter.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(loss) - 20
        if self._name and room >= _LEAST_NAME:
            name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
            paint_pill(painter, name, self, Qt.AlignmentFlag.AlignLeft)

    def _paint_sign(self, painter: QPainter) -> None:
        sign = icons.pixmap("warning", 20, theme.colours().fair, self.devicePixelRatioF())
        painter.drawPixmap(QPoint((self.width() - 20) // 2, (self.height() - 20) // 2), sign)

    def _paint_dot(self, painter: QPainter) -> None:
        """Mark a refined candidate in a corner."""
        painter.setPen(Qt.PenStyle.NoPen)
        for radius, colour in ((6.0, QColor(0, 0, 0, 150)), (3.0, QColor(REFINED))):
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(10, 10), radius, radius)

    def _paint_outline(self, painter: QPainter) -> None:
        colours = theme.colours()
        if self._compared:
            colour = colours.selection
        elif self._chosen:
            colour = colours.selection if self._active else colours.level
        elif self.hasFocus():
            colour = colours.text
        elif self.underMouse():
            colour = colours.muted
        else:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._chosen:  # a gap in the lane's colour separates the outline from any picture
            painter.setPen(QPen(QColor(colours.raised), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 2, RADIUS - 2)
        style = Qt.PenStyle.DashLine if self._compared else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 2, style))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
