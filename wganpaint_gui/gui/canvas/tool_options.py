"""The bar at the top: settings of the current tool on the left, the model on the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from wganpaint_gui.core.edit.region import DEFAULT_TOLERANCE, MAX_TOLERANCE, Combine
from wganpaint_gui.core.mask import MAX_DIAMETER, MIN_DIAMETER, Brush
from wganpaint_gui.gui.commands.mask_specs import MODIFIERS
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import Badge, Choice, SegmentedControl, ValueSlider, in_row

from .shapes import combination
from .tools import Tool

TITLES = {
    Tool.BRUSH: QT_TR_NOOP("Brush"),
    Tool.ERASER: QT_TR_NOOP("Eraser"),
    Tool.RECTANGLE: QT_TR_NOOP("Rectangle"),
    Tool.ELLIPSE: QT_TR_NOOP("Ellipse"),
    Tool.LASSO: QT_TR_NOOP("Lasso"),
    Tool.POLYGON: QT_TR_NOOP("Polygon"),
    Tool.WAND: QT_TR_NOOP("Magic wand"),
    Tool.FILL: QT_TR_NOOP("Fill region"),
    Tool.FRAME: QT_TR_NOOP("Frame"),
    Tool.PAN: QT_TR_NOOP("Pan"),
}
HINTS = {
    Tool.BRUSH: QT_TR_NOOP("Paint over the area to fill. The right button erases; Shift+click draws a straight line."),
    Tool.ERASER: QT_TR_NOOP("Erase parts of the mask. Shift+click draws a straight line."),
    Tool.RECTANGLE: QT_TR_NOOP("Drag a rectangle. {modifiers}."),
    Tool.ELLIPSE: QT_TR_NOOP("Drag an ellipse. {modifiers}."),
    Tool.LASSO: QT_TR_NOOP("Draw around the area to fill. {modifiers}."),
    Tool.POLYGON: QT_TR_NOOP("Click corner by corner, and on the first one to close. {modifiers}."),
    Tool.WAND: QT_TR_NOOP("Click on a colour. {modifiers}."),
    Tool.FILL: QT_TR_NOOP("Click inside a closed outline. {modifiers}."),
    Tool.FRAME: QT_TR_NOOP("Drag the square the model sees, or a handle; the round one turns it."),
    Tool.PAN: QT_TR_NOOP("Drag the photo. With any other tool, hold Space and drag."),
}
MODES = (
    Choice("add", QT_TR_NOOP("Add"), QT_TR_NOOP("Add to the mask.")),
    Choice(
        "subtract",
        QT_TR_NOOP("Subtract"),
        QT_TR_NOOP("Remove from the mask; so does the right button."),
    ),
    Choice(
        "intersect",
        QT_TR_NOOP("Intersect"),
        QT_TR_NOOP("Keep only the part of the mask inside the shape; so do Shift and Alt together."),
    ),
)
COMBINING = (Tool.RECTANGLE, Tool.ELLIPSE, Tool.LASSO, Tool.POLYGON, Tool.WAND, Tool.FILL)

_HEIGHT = 36  # device-independent pixels


def hint(tool: Tool) -> str:
    """Return how a tool is used, in a sentence or two."""
    return tr(HINTS[tool]).format(modifiers=tr(MODIFIERS))


class ToolOptions(QWidget):
    """Has the same height for every tool, so that nothing below it moves.

    Signals, by the user only: brush_changed(Brush); combine_changed(str), how what is painted or selected is combined
    with the mask; wand_changed(); editing_done(), after Return or Esc in a field, when it no longer needs the keyboard;
    angle_changed(float), of the frame, in degrees.
    """

    angle_changed = Signal(float)
    brush_changed = Signal(object)
    combine_changed = Signal(str)
    wand_changed = Signal()
    editing_done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolOptions")
        self.setFixedHeight(_HEIGHT)
        self._brush = Brush()
        self._tool = Tool.BRUSH
        self._combine: Combine = "add"  # of the tools that do not paint
        self._title = QLabel()
        self._title.setFont(theme.heading(self.font()))
        self._title.setMinimumWidth(theme.text_width(self._title.font(), tr(TITLES[Tool.FILL])))
        self.size_slider, self.hardness_slider = _size_slider(), _hardness_slider()
        self.angle_field = _angle_field()
        self.tolerance_slider, self.contiguous = _tolerance_slider(), _contiguous_box()
        self.mode = SegmentedControl(tr("Mode"), MODES)
        self.model_badge = Badge()
        self.model_badge.setObjectName("modelBadge")
        self.model_badge.reserve(tr("Loading…"), "fair")
        self._lay_out()
        self.size_slider.value_changed.connect(lambda diameter: self._choose(diameter=diameter))
        self.hardness_slider.value_changed.connect(lambda percent: self._choose(hardness=percent / 100))
        self.mode.chosen.connect(self._on_mode)
        self.angle_field.value_changed.connect(self.angle_changed)
        self.tolerance_slider.value_changed.connect(self.wand_changed)
        self.contiguous.toggled.connect(self.wand_changed)
        for slider in (self.size_slider, self.hardness_slider, self.angle_field, self.tolerance_slider):
            slider.done.connect(self.editing_done)
        self.show_tool(Tool.BRUSH)

    def _lay_out(self) -> None:
        self.settings = QWidget(self)
        own = (self.size_slider, self.hardness_slider, self.angle_field, self.tolerance_slider, self.contiguous)
        in_row(self._title, *own, self.mode, 1, of=self.settings, spacing=24)
        in_row((self.settings, 1), self.model_badge, of=self, margins=(12, 0, 8, 0), spacing=12)

    def show_tool(self, tool: Tool) -> None:
        """Show the settings of a tool."""
        self._tool = tool
        self._title.setText(tr(TITLES[tool]))
        for widget in (self.size_slider, self.hardness_slider):
            widget.setVisible(tool.paints)
        self.angle_field.setVisible(tool is Tool.FRAME)
        self.tolerance_slider.setVisible(tool is Tool.WAND)
        self.contiguous.setVisible(tool is Tool.WAND)
        self.mode.setVisible(tool.paints or tool in COMBINING)
        self.mode.offer(("add", "subtract") if tool.paints else ("add", "subtract", "intersect"))
        painted = "subtract" if tool is Tool.ERASER else "add"
        self.mode.set_value(painted if tool.paints else self._combine)

    def show_brush(self, brush: Brush) -> None:
        self._brush = brush
        self.size_slider.set_value(brush.diameter)
        self.hardness_slider.set_value(brush.hardness * 100)

    def show_held(self, *, shift: bool, less: bool) -> None:
        """Show what the modifier keys that are held make of the next stroke or shape, see `combination`."""
        if self._tool.paints:
            self.mode.set_value("subtract" if less or self._tool is Tool.ERASER else "add")
        elif self._tool in COMBINING:
            self.mode.set_value(combination(shift=shift, less=less, chosen=self._combine))

    @property
    def tolerance(self) -> int:
        """How far colours may be from the one clicked on, in levels of 255."""
        return round(self.tolerance_slider.value)

    def show_wand(self, tolerance: int, *, contiguous: bool) -> None:
        """Show settings of the wand, see `tolerance`."""
        self.tolerance_slider.set_value(tolerance)
        self.contiguous.setChecked(contiguous)

    def show_angle(self, angle: float | None) -> None:
        """Show how far the frame is turned, in degrees; None: there is no frame to turn."""
        self.angle_field.setEnabled(angle is not None)
        self.angle_field.set_value(angle or 0.0)

    def show_model(self, model: str, *, loading: bool, failed: bool) -> None:
        """Show the model in use, and whether it is ready."""
        self.model_badge.show_text(model, "bad" if failed else "fair" if loading else "good")
        self.model_badge.setToolTip(tr("Model used for fills. See the Model tab for details."))

    @Slot(str)
    def _on_mode(self, mode: Combine) -> None:
        if not self._tool.paints:
            self._combine = mode
        self.combine_changed.emit(mode)

    def _choose(self, **change: float) -> None:
        self._brush = replace(self._brush, **change)
        self.brush_changed.emit(self._brush)


def _size_slider() -> ValueSlider:
    tip = tr("Brush diameter in photo pixels, 1 to 2000, default fitted to the photo. Or Alt+wheel on the photo.")
    default = Brush().diameter
    return ValueSlider(tr("Size"), MIN_DIAMETER, MAX_DIAMETER, tip, default=default, power=3.0, unit="px", inline=True)


def _hardness_slider() -> ValueSlider:
    tip = tr("Sharpness of the brush's edge in percent, default 100: a soft edge blends the fill into the photo.")
    default = Brush().hardness * 100
    return ValueSlider(tr("Hardness"), 0, 100, tip, default=default, unit="%", inline=True)


def _tolerance_slider() -> ValueSlider:
    tip = tr(
        "How much a colour may differ from the one you click on, in any channel: 0 to 255 levels, default {level}."
    ).format(level=DEFAULT_TOLERANCE)
    return ValueSlider(tr("Tolerance"), 0, MAX_TOLERANCE, tip, default=DEFAULT_TOLERANCE, power=2.0, inline=True)


def _contiguous_box() -> QCheckBox:
    box = QCheckBox(tr("Contiguous"))
    box.setChecked(True)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the canvas
    box.setToolTip(tr("Select only what is connected with the pixel you click on; otherwise that colour everywhere."))
    return box


def _angle_field() -> ValueSlider:
    tip = tr(
        "How far the frame is turned, in degrees clockwise, -180 to 180, default 0. Or drag the round handle on the "
        "photo; Shift snaps to 15°."
    )
    field = ValueSlider(tr("Angle"), -180, 180, tip, default=0, decimals=1, unit="°", inline=True)
    field.slider.hide()  # dragging it would be a hundred steps of the history; the handle on the photo is one
    return field
