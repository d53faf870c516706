"""Everything the editor can do, in one table; menus, toolbar, shortcuts and the help list are made from it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look.icons import icon

TIP_COLUMNS = 56  # characters a line of a tooltip
# The same key on another part of the keyboard or in another layout: it works, and goes without saying.
_DOUBLES = ("Return", "Ctrl+Enter", "{", "}", "Ctrl+=")


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can do. shortcuts: as Qt reads them; hint: keys and gestures that are no Qt shortcut."""

    id: str
    text: str
    menu: str
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    hint: str = ""
    checkable: bool = False
    group: str = ""  # actions of one group exclude one another
    repeats: bool = False  # goes on while the key is held
    separator: bool = False  # a line above it in its menu
    submenu: str = ""  # within its menu


MASK_OPACITIES = (25, 50, 75, 100)  # per cent
MENUS = ("File", "Edit", "Tools", "Mask", "Fill", "View", "Model", "Help")

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "Open…", "File", "open", ("Ctrl+O",), "Open a photo or a project; or drop one on the window."),
    ActionSpec("open_sample", "Open the sample portrait", "File", "sample", tip="A portrait to try things on."),
    ActionSpec("previous_photo", "Previous photo of the folder", "File", "", ("PgUp",), separator=True),
    ActionSpec("next_photo", "Next photo of the folder", "File", "", ("PgDown",)),
    ActionSpec(
        "save", "Save", "File", "save", ("Ctrl+S",), "Save under a new name; nothing is overwritten.", separator=True
    ),
    ActionSpec("save_as", "Save as…", "File", "save-as", ("Ctrl+Shift+S",), "Save the photo under a name you choose."),
    ActionSpec(
        "save_project",
        "Save project",
        "File",
        "",
        ("Ctrl+Alt+S",),
        "Photo, mask, frame and candidates in one file, to go on with another time.",
        separator=True,
    ),
    ActionSpec(
        "save_project_as",
        "Save project as…",
        "File",
        "",
        ("Ctrl+Alt+Shift+S",),
        "Save the project under a name you choose.",
    ),
    ActionSpec(
        "load_mask", "Load a mask…", "File", "", tip="An image of the photo's size; white is filled.", separator=True
    ),
    ActionSpec("save_mask", "Save the mask…", "File", "", tip="An 8-bit PNG of the photo's size; white is filled."),
    ActionSpec("quit", "Quit", "File", "", ("Ctrl+Q",), separator=True),
    ActionSpec("undo", "Undo", "Edit", "undo", ("Ctrl+Z",), "Take back the last change."),
    ActionSpec("redo", "Redo", "Edit", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Make the change again."),
    ActionSpec(
        "copy", "Copy the photo", "Edit", "copy", ("Ctrl+C",), "Put the photo on the clipboard.", separator=True
    ),
    ActionSpec("paste", "Paste as a new photo", "Edit", "paste", ("Ctrl+V",), "Open the picture on the clipboard."),
    ActionSpec(
        "tool_brush",
        "Brush",
        "Tools",
        "brush",
        ("B",),
        "Paint over what should go.",
        "right button erases, Shift+click draws a straight line",
        checkable=True,
        group="tools",
    ),
    ActionSpec(
        "tool_eraser", "Eraser", "Tools", "eraser", ("E",), "Take paint away again.", checkable=True, group="tools"
    ),
    ActionSpec(
        "tool_rectangle",
        "Rectangle",
        "Tools",
        "rectangle",
        ("R",),
        "Mask a rectangle.",
        "Shift adds, Alt subtracts",
        checkable=True,
        group="tools",
    ),
    ActionSpec(
        "tool_lasso",
        "Lasso",
        "Tools",
        "lasso",
        ("L",),
        "Mask a free shape.",
        "Shift adds, Alt subtracts",
        checkable=True,
        group="tools",
    ),
    ActionSpec(
        "tool_fill",
        "Fill a region",
        "Tools",
        "fill-region",
        ("G",),
        "Mask a region that is closed all round.",
        checkable=True,
        group="tools",
    ),
    ActionSpec(
        "tool_frame",
        "Frame",
        "Tools",
        "frame",
        ("F",),
        "Move and resize the square the model sees.",
        checkable=True,
        group="tools",
    ),
    ActionSpec(
        "tool_pan",
        "Pan",
        "Tools",
        "pan",
        ("H",),
        "Move the view.",
        "Space+drag, middle drag",
        checkable=True,
        group="tools",
    ),
    ActionSpec("swap_tools", "Swap brush and eraser", "Tools", "", ("X",), separator=True),
    ActionSpec("brush_smaller", "Smaller brush", "Tools", "", ("[",), hint="Alt+wheel, Alt+right-drag", repeats=True),
    ActionSpec("brush_larger", "Larger brush", "Tools", "", ("]",), hint="Alt+wheel, Alt+right-drag", repeats=True),
    ActionSpec("brush_softer", "Softer brush", "Tools", "", ("Shift+[", "{"), repeats=True),
    ActionSpec("brush_harder", "Harder brush", "Tools", "", ("Shift+]", "}"), repeats=True),
    ActionSpec("mask_show", "Show the mask", "Mask", "eye", ("Q",), "Show or hide the mask.", checkable=True),
    ActionSpec(
        "mask_invert",
        "Invert",
        "Mask",
        "invert",
        ("Ctrl+I",),
        "Fill what is kept, keep what is filled.",
        separator=True,
    ),
    ActionSpec("mask_clear", "Clear", "Mask", "clear", ("Ctrl+D",), "Take away the whole mask."),
    ActionSpec("mask_grow", "Grow", "Mask", "grow", ("Ctrl+Alt+]",), "Make the mask wider all round.", repeats=True),
    ActionSpec(
        "mask_shrink", "Shrink", "Mask", "shrink", ("Ctrl+Alt+[",), "Make the mask narrower all round.", repeats=True
    ),
    *(
        ActionSpec(
            f"mask_opacity_{percent}",
            f"{percent} %",
            "Mask",
            tip="How much of the photo the mask's tint covers; its outline stays.",
            checkable=True,
            group="mask_opacity",
            separator=percent == MASK_OPACITIES[0],
            submenu="Opacity",
        )
        for percent in MASK_OPACITIES
    ),
    ActionSpec("run", "Fill the mask", "Fill", "run", ("Ctrl+Return", "Ctrl+Enter"), "Search for what belongs there."),
    ActionSpec("pause", "Pause", "Fill", "pause", ("P",), "Pause the search, or go on."),
    ActionSpec("stop", "Stop", "Fill", "stop", ("Esc",), "Stop and look at what was found."),
    ActionSpec("more_steps", "100 more steps", "Fill", "more-steps", (), "Go on from where the search stands."),
    ActionSpec("keep", "Keep", "Fill", "keep", ("Enter", "Return"), "Write this fill into the photo.", separator=True),
    ActionSpec("discard", "Discard", "Fill", "discard", ("Backspace",), "Forget the fills; the mask stays."),
    ActionSpec("previous_candidate", "Previous candidate", "Fill", "previous", (",",), separator=True, repeats=True),
    ActionSpec("next_candidate", "Next candidate", "Fill", "next", (".",), repeats=True),
    ActionSpec("other_method", "The other method", "Fill", "", ("M",), "Show the other method's fill on the photo."),
    ActionSpec(
        "frame_automatic", "Frame: automatic", "Fill", "frame", (), "Let the program find the frame.", separator=True
    ),
    ActionSpec("frame_whole", "Frame: whole photo", "Fill", "", (), "The smallest square that holds the photo."),
    ActionSpec("zoom_in", "Zoom in", "View", "zoom-in", ("Ctrl++", "Ctrl+="), hint="wheel", repeats=True),
    ActionSpec("zoom_out", "Zoom out", "View", "zoom-out", ("Ctrl+-",), hint="wheel", repeats=True),
    ActionSpec("zoom_actual", "100 %", "View", "zoom-actual", ("Ctrl+1",), "One photo pixel for one screen pixel."),
    ActionSpec("zoom_fit", "Fit", "View", "zoom-fit", ("Ctrl+0",), "Show the whole photo."),
    ActionSpec("zoom_frame", "Zoom to the frame", "View", "frame", ("Ctrl+2",), "Bring what the model sees close."),
    ActionSpec(
        "original",
        "Show the original",
        "View",
        "original",
        (),
        "The photo as it was opened.",
        "hold Tab",
        checkable=True,
        separator=True,
    ),
    ActionSpec("split", "Split before / after", "View", "split", ("\\",), "Original left, fill right.", checkable=True),
    ActionSpec(
        "theme_system",
        "As the system",
        "View",
        "system",
        checkable=True,
        group="theme",
        separator=True,
        submenu="Theme",
    ),
    ActionSpec("theme_light", "Light", "View", "light", checkable=True, group="theme", submenu="Theme"),
    ActionSpec("theme_dark", "Dark", "View", "dark", checkable=True, group="theme", submenu="Theme"),
    ActionSpec("choose_model", "Choose a model file…", "Model", "model", tip="A .safetensors file of this program."),
    ActionSpec(
        "train",
        "Train a new model…",
        "Model",
        "train",
        ("Ctrl+T",),
        "Teach a model to draw what is like pictures of yours; or show the training under way.",
    ),
    ActionSpec("help_shortcuts", "Keys and gestures", "Help", "help", ("F1",), "All keys at a glance."),
    ActionSpec("about", "About WganPaint", "Help", "info"),
)

SPECS = {spec.id: spec for spec in ACTIONS}


def make_actions(owner: QWidget) -> dict[str, QAction]:
    """One QAction a spec, added to `owner` so that its keys work everywhere in the window."""
    actions = {}
    for spec in ACTIONS:
        action = QAction(spec.text, owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setAutoRepeat(spec.repeats)
        action.setCheckable(spec.checkable)
        action.setToolTip(tooltip(spec))
        action.setStatusTip(spec.tip)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        # In a menu the icon would take the place of the check mark.
        action.setIconVisibleInMenu(not spec.checkable)
        owner.addAction(action)
        actions[spec.id] = action
    return actions


def keys_text(action: ActionSpec | str) -> str:
    """ "Ctrl+Shift+Z or Ctrl+Y", "Enter": how people are told the keys of an action or its id; "" where it has none."""
    spec = SPECS[action] if isinstance(action, str) else action
    named = (keys for keys in spec.shortcuts if keys not in _DOUBLES)
    return " or ".join(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in named)


def tooltip(spec: ActionSpec) -> str:
    """ "Brush (B): Paint over what should go. Also: right button erases", in lines of a readable length."""
    keys = keys_text(spec)
    head = f"{spec.text.rstrip('…')} ({keys})" if keys else spec.text.rstrip("…")
    tail = " ".join(part for part in (spec.tip, f"Also: {spec.hint}." if spec.hint else "") if part)
    return in_lines(f"{head}: {tail}" if tail else head)


def in_lines(text: str) -> str:
    """A tooltip's text in lines of a readable length; Qt would show it as one line across the screen."""
    return "\n".join(textwrap.fill(line, TIP_COLUMNS, break_on_hyphens=False) for line in text.splitlines())


def connect_actions(actions: dict[str, QAction], handlers: dict[str, Callable[..., object]]) -> None:
    """Connect every action; a missing or a superfluous handler is a programming error."""
    if set(actions) != set(handlers):
        raise KeyError(f"Actions and handlers differ: {sorted(set(actions) ^ set(handlers))}")
    for name, handler in handlers.items():
        signal = actions[name].toggled if SPECS[name].checkable and not SPECS[name].group else actions[name].triggered
        if SPECS[name].checkable and not SPECS[name].group:
            signal.connect(handler)
        else:
            signal.connect(lambda _checked=False, call=handler: call())
