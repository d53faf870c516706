"""The Tools menu and the tool options: they choose the tool and its brush, and show what the canvas uses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent

from wganpaint_gui.core.edit.region import Combine
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tool_options import ToolOptions
from wganpaint_gui.gui.canvas.tools import Tool

SMALLER, LARGER = 0.87, 1.15  # factors of the brush's diameter per key press
HARDNESS_STEP = 0.1
_MODIFIER_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Control)


class ToolActions(QObject):
    """Connects canvas, tool options and actions; also shows the original while Tab is held on the canvas."""

    def __init__(self, canvas: Canvas, options: ToolOptions, actions: dict[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._options, self._actions = canvas, options, actions
        canvas.tool_changed.connect(self._on_tool_changed)
        canvas.brush_changed.connect(options.show_brush)
        canvas.installEventFilter(self)
        options.brush_changed.connect(canvas.set_brush)
        options.combine_changed.connect(self._on_combine)
        canvas.angle_shown.connect(options.show_angle)
        options.editing_done.connect(canvas.setFocus)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action of the Tools menu does, by its id."""
        canvas = self._canvas
        return {
            **{_id(tool): lambda tool=tool: canvas.set_tool(tool) for tool in Tool},
            "swap_tools": self._swap,
            "brush_smaller": lambda: canvas.scale_brush(SMALLER),
            "brush_larger": lambda: canvas.scale_brush(LARGER),
            "brush_softer": lambda: canvas.harden_brush(-HARDNESS_STEP),
            "brush_harder": lambda: canvas.harden_brush(+HARDNESS_STEP),
        }

    def _swap(self) -> None:
        self._canvas.set_tool(Tool.ERASER if self._canvas.tool is Tool.BRUSH else Tool.BRUSH)

    @Slot(object)
    def _on_tool_changed(self, tool: Tool) -> None:
        self._actions[_id(tool)].setChecked(True)
        self._options.show_tool(tool)

    @Slot(str)
    def _on_combine(self, how: Combine) -> None:
        if self._canvas.tool.paints:
            self._canvas.set_tool(Tool.ERASER if how == "subtract" else Tool.BRUSH)
        else:
            self._canvas.set_combine(how)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the original while Tab is held on a photo, elsewhere Tab moves the focus; and what modifier keys do."""
        if isinstance(event, QKeyEvent) and event.key() in _MODIFIER_KEYS:
            keys = event.modifiers()
            shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
            less = bool(keys & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier))
            self._options.show_held(shift=shift, less=less)
        original = self._actions["original"]
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab and original.isEnabled():
            if not event.isAutoRepeat() and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                original.setChecked(event.type() == QEvent.Type.KeyPress)
            return event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() == QEvent.Type.FocusOut:
            self._options.show_held(shift=False, less=False)
            original.setChecked(False)
        return super().eventFilter(watched, event)


def _id(tool: Tool) -> str:
    """Return the id of the action that chooses a tool."""
    return f"tool_{tool.name.lower()}"
