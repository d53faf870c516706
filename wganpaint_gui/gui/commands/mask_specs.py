"""The part of the table of actions that is about tools and the mask."""

from __future__ import annotations

from wganpaint_gui.gui.look.colours import MASK_COLOURS

from .action_spec import ActionSpec

MASK_OPACITIES = (25, 50, 75, 100)  # per cent
MODIFIERS = "Shift adds, Alt or Ctrl subtracts, both intersect"


def _tool(name: str, key: str, tip: str, hint: str = "", *, text: str = "", icon: str = "") -> ActionSpec:
    """Return the action that chooses a tool; text and icon are those of its name unless given."""
    text, icon = text or name.capitalize(), icon or name
    return ActionSpec(f"tool_{name}", text, "Tools", icon, (key,), tip, hint, checkable=True, group="tools")


TOOL_ACTIONS: tuple[ActionSpec, ...] = (
    _tool(
        "brush",
        "B",
        "Paint over the area to fill.",
        "right button, Alt or Ctrl erases, Shift+click draws a straight line",
    ),
    _tool("eraser", "E", "Erase parts of the mask."),
    _tool("rectangle", "R", "Mask a rectangle.", f"{MODIFIERS}; Shift while dragging makes a square"),
    _tool("ellipse", "O", "Mask an ellipse.", f"{MODIFIERS}; Shift while dragging makes a circle"),
    _tool("lasso", "L", "Mask a freehand shape.", MODIFIERS),
    _tool("polygon", "N", "Mask a shape with straight sides, corner by corner.", "Enter closes, Backspace goes back"),
    _tool("wand", "W", "Mask the pixels of a colour.", MODIFIERS, text="Magic wand"),
    _tool("fill", "G", "Mask the area inside a closed outline.", text="Fill region", icon="fill-region"),
    _tool("frame", "F", "Move, resize and turn the square the model sees."),
    _tool("pan", "H", "Move the view.", "Space+drag, middle-button drag"),
    ActionSpec("swap_tools", "Swap brush and eraser", "Tools", "", ("X",), separator=True),
    ActionSpec(
        "brush_smaller", "Decrease brush size", "Tools", "", ("[",), hint="Alt+wheel, Alt+right-drag", repeats=True
    ),
    ActionSpec(
        "brush_larger", "Increase brush size", "Tools", "", ("]",), hint="Alt+wheel, Alt+right-drag", repeats=True
    ),
    ActionSpec("brush_softer", "Decrease brush hardness", "Tools", "", ("Shift+[", "{"), repeats=True),
    ActionSpec("brush_harder", "Increase brush hardness", "Tools", "", ("Shift+]", "}"), repeats=True),
    *(
        ActionSpec(
            f"pen_{changes}",
            text,
            "Tools",
            tip=tip,
            checkable=True,
            group="pen_pressure",
            separator=changes == "size",
            submenu="Pen pressure",
        )
        for changes, text, tip in (
            ("size", "Changes the size", "A pen that is pressed less paints a smaller circle."),
            ("hardness", "Changes the hardness", "A pen that is pressed less paints a softer edge."),
            ("none", "Has no effect", "A pen paints like a mouse."),
        )
    ),
)
MASK_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("mask_show", "Show mask", "Mask", "eye", ("Q",), "Show or hide the mask.", checkable=True),
    ActionSpec(
        "mask_invert", "Invert", "Mask", "invert", ("Ctrl+I",), "Swap masked and unmasked areas.", separator=True
    ),
    ActionSpec("mask_clear", "Clear", "Mask", "clear", ("Ctrl+D",), "Remove the whole mask."),
    ActionSpec("mask_grow", "Grow", "Mask", "grow", ("Ctrl+Alt+]",), "Expand the mask on all sides.", repeats=True),
    ActionSpec(
        "mask_shrink", "Shrink", "Mask", "shrink", ("Ctrl+Alt+[",), "Contract the mask on all sides.", repeats=True
    ),
    ActionSpec(
        "mask_grow_by",
        "Grow by pixels…",
        "Mask",
        "",
        tip="Expand the mask by a number of pixels, with preview.",
        separator=True,
    ),
    ActionSpec(
        "mask_shrink_by",
        "Shrink by pixels…",
        "Mask",
        "",
        tip="Contract the mask by a number of pixels, with preview.",
    ),
    ActionSpec("mask_smooth", "Smooth…", "Mask", "", tip="Round the outline of the mask; specks and gaps vanish."),
    ActionSpec(
        "mask_feather",
        "Feather…",
        "Mask",
        "",
        ("Shift+F6",),
        "Soften the edge of the mask; a fill fades in over it.",
    ),
    ActionSpec(
        "mask_copy",
        "Copy mask",
        "Mask",
        "",
        ("Ctrl+Shift+C",),
        "Copy the mask to the clipboard, as a grey picture.",
        separator=True,
    ),
    ActionSpec(
        "mask_paste",
        "Paste mask",
        "Mask",
        "",
        ("Ctrl+Shift+V",),
        "Use the picture on the clipboard as the mask; white areas are filled.",
    ),
    ActionSpec(
        "mask_last",
        "Last mask",
        "Mask",
        "",
        ("Ctrl+Shift+D",),
        "Bring back the mask that was cleared or filled last, or that of the photo before.",
    ),
    ActionSpec(
        "mask_centre",
        "Centre square…",
        "Mask",
        "",
        tip="Mask the middle of the frame, as in the paper.",
        submenu="Presets",
    ),
    ActionSpec(
        "mask_random",
        "Random pixels…",
        "Mask",
        "",
        tip="Mask a share of the frame's pixels, chosen at random, as in the paper.",
        submenu="Presets",
    ),
    ActionSpec(
        "mask_transparency",
        "From transparency",
        "Mask",
        "",
        tip="Mask what is fully transparent in the photo.",
        submenu="Presets",
    ),
    *(
        ActionSpec(
            f"mask_opacity_{percent}",
            f"{percent}%",
            "Mask",
            tip="Set how strongly the mask's tint covers the photo; its outline stays visible.",
            checkable=True,
            group="mask_opacity",
            separator=percent == MASK_OPACITIES[0],
            submenu="Opacity",
        )
        for percent in MASK_OPACITIES
    ),
    *(
        ActionSpec(
            f"mask_colour_{name}",
            name.capitalize(),
            "Mask",
            tip="Show the mask in this colour.",
            checkable=True,
            group="mask_colour",
            submenu="Colour",
        )
        for name in MASK_COLOURS
    ),
    ActionSpec(
        "mask_colour_custom",
        "Custom…",
        "Mask",
        tip="Choose any colour for the mask.",
        checkable=True,
        group="mask_colour",
        submenu="Colour",
    ),
)
