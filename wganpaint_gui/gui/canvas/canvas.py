"""The canvas: turns mouse, wheel, pen and keys over a photo into edits of its mask and frames."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.region import Combine, joined
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush, Point, Pressure
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr

from . import cursor, frame_item, navigation
from .empty_state import EmptyState
from .scene import DIVIDER_REACH
from .shapes import EllipseBand, LassoBand, PolygonBand, RectangleBand, Shape, combination
from .shown_frames import ShownFrames
from .tools import BrushDrag, Drag, FrameDrag, Gesture, Pointer, Stroke, Tool, limited_brush
from .viewer import PhotoViewer

_BRUSH_STEP = 1.15  # a notch of Alt+wheel
_ARROW_STEP = 48.0  # logical pixels an arrow key scrolls
_READOUT_MS = 900
_SHAPES: dict[Tool, type[Shape]] = {
    Tool.RECTANGLE: RectangleBand,
    Tool.ELLIPSE: EllipseBand,
    Tool.LASSO: LassoBand,
    Tool.POLYGON: PolygonBand,
}
_POLYGON_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
_FIRST_STEP = QT_TR_NOOP("Paint over the area to fill")
_FIRST_STEP_RISE = 16  # logical pixels from the lower edge


class Canvas(PhotoViewer):
    """Edits the document's mask itself and requests everything else by signals. Positions are in photo pixels."""

    brush_changed = Signal(object)  # Brush
    tool_changed = Signal(object)  # Tool
    frame_edited = Signal(object)  # Frame, in place of the active one; on release
    frame_added = Signal(object)  # Frame, drawn beside the others while Alt is held; on release
    frame_selected = Signal(int)
    wand_used = Signal(int, int, str)  # photo pixel, and how what it selects is combined with the mask
    refused = Signal(str)  # why a gesture does nothing
    angle_shown = Signal(object)  # of the active frame, degrees; None without a frame

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Photo canvas"))
        self.setAccessibleDescription(tr("The photo with its mask. Paint over the area to fill; arrow keys scroll."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setMouseTracking(True)
        self._tool = Tool.BRUSH
        self._brush = Brush()
        self._combine: Combine = "add"
        self._pressure_changes: Pressure = "size"
        self._shown_frames = ShownFrames()
        self._gesture: Gesture | None = None
        self._held_back: PolygonBand | None = None  # goes on when the view was panned
        self._button = Qt.MouseButton.NoButton
        self._painted = QRect()  # where cursor, readout and rubber band were last drawn
        self._space = False
        self._pressure = 1.0
        self._last_end: Point | None = None  # of the last stroke; Shift+click continues from there
        self._shows_first_step = False  # the photo is new and untouched
        self._hint = ""
        self._readout = QTimer(self, singleShot=True, interval=_READOUT_MS)
        self._readout.timeout.connect(self._repaint_mouse)
        self.empty = EmptyState(self)
        self._update_cursor()

    def show_document(self, document: Document | None, pyramid: Pyramid | None) -> None:
        """Show a document fitted to the window, or the empty state; pyramid None: built here."""
        self._end_gesture()
        self._last_end = None
        self._shown_frames = ShownFrames()
        self.empty.setVisible(document is None)
        super().show_document(document, pyramid)
        self._shows_first_step = self._scene.bare
        self._update_cursor()

    def set_hint(self, hint: str) -> None:
        """Show a second line under the first step on a new photo, such as "The model is loading"; "" removes it."""
        self._hint = hint
        self.update()

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames that are drawn over the photo."""
        return self._shown_frames.frames

    def set_frames(self, frames: Sequence[Frame], active: int, label: str, *, guides: bool = False) -> None:
        """Show the frames; the active one has handles and the label, and the guides for eyes and mouth."""
        self._shown_frames = ShownFrames(tuple(frames), active, label, guides)
        shown = self._shown_frames.active_frame
        self.angle_shown.emit(None if shown is None else shown.angle)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.empty.setGeometry(self.rect())
        super().resizeEvent(event)

    def _set_hot(self, hot: bool) -> None:
        self.empty.set_hot(hot)
        super()._set_hot(hot)

    def set_split(self, split: bool) -> None:
        super().set_split(split)
        self._update_cursor()

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        if tool is self._tool:
            return
        self._end_gesture()
        self._tool = tool
        self._update_cursor()
        self.update()
        self.tool_changed.emit(tool)

    @property
    def brush(self) -> Brush:
        return self._brush

    def set_brush(self, brush: Brush, *, by_hand: bool = True) -> None:
        """Change the brush. by_hand: the user changes it, so show the new size beside the cursor."""
        if brush == self._brush:
            return
        self._brush = brush
        if self._mouse is not None and by_hand:
            self._readout.start()
        self._repaint_mouse()
        self.brush_changed.emit(brush)

    def scale_brush(self, factor: float) -> None:
        """Multiply the brush's diameter, within its limits."""
        self.set_brush(limited_brush(self._brush.diameter * factor, self._brush.hardness))

    def harden_brush(self, step: float) -> None:
        """Change the brush's hardness by a step, within its limits."""
        self.set_brush(limited_brush(self._brush.diameter, self._brush.hardness + step))

    def set_combine(self, how: Combine) -> None:
        """Choose what shapes, wand and fill do to the mask without modifier keys."""
        self._combine = how

    def set_pen_pressure(self, changes: Pressure) -> None:
        """Choose what the pressure of a pen changes."""
        self._pressure_changes = changes

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        if isinstance(self._gesture, PolygonBand):
            self._click(self._gesture, event)
            return
        if self._scene.document is None or self._gesture is not None:
            return
        self._hide_first_step()
        self._button = event.button()
        self._gesture = self._begin(event.button(), self._pointer(event))
        self._update_cursor()
        self._repaint_mouse()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        if self._gesture is not None:
            self._gesture.move(self._pointer(event))
            if isinstance(self._gesture, FrameDrag):
                self.update()
        else:
            self._update_cursor()
        self._repaint_mouse()
        self._report_position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        if self._gesture is None or isinstance(self._gesture, PolygonBand) or event.button() != self._button:
            return
        gesture, self._gesture, self._held_back = self._gesture, self._held_back, None
        gesture.release(self._pointer(event))
        if isinstance(gesture, Stroke):
            self._last_end = gesture.last
        self._update_cursor()
        self.update() if isinstance(gesture, FrameDrag) else self._repaint_mouse()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Remember the pen's pressure; ignored here, the event reaches the mouse handlers as well."""
        lifted = event.type() == QEvent.Type.TabletRelease
        self._pressure = 1.0 if lifted else max(0.05, event.pressure())
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and self._scene.document is not None:
            self.scale_brush(_BRUSH_STEP ** navigation.notches(event))
            event.accept()
        else:
            super().wheelEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._mouse = event.position()
        self._repaint_mouse()

    def leaveEvent(self, _event: QEvent) -> None:
        if self._gesture is None:
            self._mouse = None
            self._repaint_mouse()
            self.cursor_moved.emit(None)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        at, keys = event.position(), event.modifiers()
        return Pointer(
            at,
            self.view.to_photo(at.x(), at.y()),
            shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(keys & Qt.KeyboardModifier.AltModifier),
            ctrl=bool(keys & Qt.KeyboardModifier.ControlModifier),
            pressure=self._pressure,
        )

    def _begin(self, button: Qt.MouseButton, at: Pointer) -> Gesture | None:
        """Return the gesture that a press of this button here begins."""
        left, right = button == Qt.MouseButton.LeftButton, button == Qt.MouseButton.RightButton
        panning = self._tool is Tool.PAN and self._frame_grip(at.screen) is None
        if left and self._over_divider(at.screen):
            return Drag(at, self._move_divider, Qt.CursorShape.SplitHCursor)
        if button == Qt.MouseButton.MiddleButton or (left and (self._space or panning)):
            return Drag(at, self._pan, Qt.CursorShape.ClosedHandCursor)
        if self._scene.original or not (left or right):
            return None
        if right and at.alt and self._tool.paints:
            return BrushDrag(at, self._brush, self.set_brush)
        if self._tool in (Tool.FRAME, Tool.PAN):
            return self._begin_frame(at) if left else None
        return self._begin_edit(at, right=right)

    def _begin_edit(self, at: Pointer, *, right: bool) -> Gesture | None:
        document = self._scene.document
        assert document is not None
        less = right or at.alt or at.ctrl
        if self._tool.paints:
            erase = less or self._tool is Tool.ERASER
            start = self._last_end if at.shift else None
            return Stroke(document, self._brush, at, erase=erase, start=start, pressure=self._pressure_changes)
        how = combination(shift=at.shift and not right, less=less, chosen=self._combine)
        x, y = int(at.photo[0] // 1), int(at.photo[1] // 1)
        if self._tool is Tool.WAND:
            self.wand_used.emit(x, y, how)
            return None
        if self._tool is Tool.FILL:
            with document.edit_mask(QT_TR_NOOP("fill region")) as edit:
                edit.combine(joined(document.mask, x, y), how)
            return None
        return _SHAPES[self._tool](document, at, how=how, tint=self._scene.mask_colour)

    def _click(self, polygon: PolygonBand, event: QMouseEvent) -> None:
        """Add a corner, or pan the view; the polygon goes on afterwards."""
        at, left = self._pointer(event), event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._held_back, self._button = polygon, event.button()
            self._gesture = Drag(at, self._pan, Qt.CursorShape.ClosedHandCursor)
            self._update_cursor()
        elif left and polygon.click(at, self.view):
            self._close_polygon(polygon)
        self._repaint_mouse()

    def _close_polygon(self, polygon: PolygonBand) -> None:
        if polygon.corners < 3:
            self.refused.emit(tr("A polygon needs three corners: click where the next one should be, or press Esc."))
            return
        self._gesture = None
        polygon.close()
        self.update()

    def _begin_frame(self, at: Pointer) -> Gesture | None:
        if at.alt and self._tool is Tool.FRAME:
            return FrameDrag(None, None, at, self.view.photo, self.frame_added.emit)
        active = self._shown_frames.active_frame
        grip = self._frame_grip(at.screen)
        if grip is None:
            for index, frame in enumerate(self._shown_frames.frames):
                if index != self._shown_frames.active and frame_item.grip_at(self.view, frame, at.screen):
                    self.frame_selected.emit(index)
                    return None
        return FrameDrag(active, grip, at, self.view.photo, self.frame_edited.emit)

    def _frame_grip(self, at: QPointF) -> frame_item.Grip | None:
        """Return the part of the active frame that a press here grabs; with the pan tool its inside pans the photo."""
        active = self._shown_frames.active_frame
        if active is None or self._tool not in (Tool.FRAME, Tool.PAN):
            return None
        grip = frame_item.grip_at(self.view, active, at)
        return None if self._tool is Tool.PAN and grip is frame_item.Grip.INSIDE else grip

    def _over_divider(self, at: QPointF) -> bool:
        scene = self._scene
        return scene.split and not scene.original and abs(at.x() - scene.divider_x) <= DIVIDER_REACH

    def _move_divider(self, dx: float, _dy: float) -> None:
        self._scene.divider = min(1.0, max(0.0, self._scene.divider + dx / self.width()))
        self.update()

    def _end_gesture(self, *, cancel: bool = False) -> None:
        """End a gesture without a release: Escape cancels it, anything else keeps what was painted."""
        if self._gesture is None:
            return
        gesture, self._gesture, self._held_back = self._gesture, None, None
        if cancel:
            gesture.cancel()
        else:
            gesture.interrupt()
        self._update_cursor()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {
            Qt.Key.Key_Left: (1, 0),
            Qt.Key.Key_Right: (-1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._update_cursor()
        elif event.key() == Qt.Key.Key_Escape and self._gesture is not None:
            self._end_gesture(cancel=True)
        elif isinstance(self._gesture, PolygonBand) and event.key() in _POLYGON_KEYS:
            if event.key() != Qt.Key.Key_Backspace:
                self._close_polygon(self._gesture)
            elif not self._gesture.remove_corner():
                self._gesture = None
            self.update()
        elif event.key() in arrows and self._scene.document is not None:
            x, y = arrows[Qt.Key(event.key())]
            self._pan(x * _ARROW_STEP, y * _ARROW_STEP)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._update_cursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        if not isinstance(self._gesture, PolygonBand):  # no button is down that could be let go of elsewhere
            self._end_gesture()
        self._update_cursor()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # These keys belong to the canvas now, whatever the menus do with them.
            escape = self._gesture is not None and event.key() == Qt.Key.Key_Escape
            corner = isinstance(self._gesture, PolygonBand) and event.key() in _POLYGON_KEYS
            if escape or corner or event.key() == Qt.Key.Key_Space:
                event.accept()
                return True
        return super().event(event)

    def _changed(self, change: Change) -> None:
        super()._changed(change)
        if self._shows_first_step and not self._scene.bare:  # counting the mask copies what changed of it
            self._hide_first_step()

    def _hide_first_step(self) -> None:
        if self._shows_first_step:
            self._shows_first_step = False
            self.update()

    def _update_cursor(self) -> None:
        if self._gesture is not None and self._gesture.cursor is not None:
            shape = self._gesture.cursor
        elif self._scene.document is None:
            shape = Qt.CursorShape.ArrowCursor
        elif self._mouse is not None and self._over_divider(self._mouse):
            shape = Qt.CursorShape.SplitHCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._mouse is not None and (grip := self._frame_grip(self._mouse)) is not None:
            active = self._shown_frames.active_frame
            shape = grip.cursor(active.angle if active else 0.0)
        elif self._tool is Tool.PAN:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.BlankCursor if self._tool.paints else Qt.CursorShape.CrossCursor
        if shape != self.cursor().shape():
            self.setCursor(shape)
            self.update()

    @property
    def _circle(self) -> tuple[QPointF, float] | None:
        """Centre and diameter of the brush's circle in logical pixels; None if it is not shown."""
        if self._mouse is None or self._scene.document is None or self.cursor().shape() != Qt.CursorShape.BlankCursor:
            return None
        centre = self._gesture.centre if isinstance(self._gesture, BrushDrag) else self._mouse
        return centre, self._brush.diameter * self.view.scale

    def _readout_box(self, centre: QPointF, diameter: float) -> QRectF | None:
        """Return where the readout is drawn: beside the circle, and always inside the window; None if it is hidden."""
        if not (self._readout.isActive() or isinstance(self._gesture, BrushDrag)):
            return None
        box = cursor.label_box(self.font(), cursor.readout_text(self._brush), centre)
        box.translate(diameter / 2 * 0.71 + 12, diameter / 2 * 0.71 + 12)
        box.moveLeft(max(6.0, min(box.left(), self.width() - box.width() - 6)))
        box.moveTop(max(6.0, min(box.top(), self.height() - box.height() - 6)))
        return box

    def _repaint_mouse(self) -> None:
        """Repaint where the cursor, its readout and a rubber band were, and where they are now."""
        shown = self._mouse_box()
        self._repaint(shown.united(self._painted))
        self._painted = shown

    def _mouse_box(self) -> QRect:
        """Return the rectangle around cursor, readout and rubber band."""
        shown = QRect()
        if self._circle is not None:
            shown = cursor.circle_box(*self._circle)
            readout = self._readout_box(*self._circle)
            if readout is not None:
                shown = shown.united(readout.toAlignedRect())
        if self._gesture is not None:
            shown = shown.united(self._gesture.bounds(self.view))
        return shown

    def _paint_over(self, painter: QPainter) -> None:
        # After zooming the circle is larger than in the last repaint request.
        self._painted = self._painted.united(self._mouse_box())
        if not self._scene.original:
            self._paint_frames(painter)
            if self._shows_first_step:
                middle = QPointF(self.width() / 2, self.height() - _FIRST_STEP_RISE)
                cursor.paint_pill(painter, middle, [line for line in (tr(_FIRST_STEP), self._hint) if line])
        if self._gesture is not None:
            self._gesture.paint(painter, self.view)
        if self._circle is not None:
            erase = self._gesture.erase if isinstance(self._gesture, Stroke) else self._tool is Tool.ERASER
            cursor.paint_circle(painter, *self._circle, erase=erase, hardness=self._brush.hardness)
            readout = self._readout_box(*self._circle)
            if readout is not None:
                cursor.paint_label(painter, readout, self.font(), cursor.readout_text(self._brush))

    def _paint_frames(self, painter: QPainter) -> None:
        held = self._gesture.frame if isinstance(self._gesture, FrameDrag) else None
        hovered = self._mouse is not None and self._frame_grip(self._mouse) is not None
        handles = self._tool is Tool.FRAME or hovered or held is not None
        self._shown_frames.paint(painter, self.view, held=held, handles=handles)
