"""The table of all actions; menus, toolbar, shortcuts and the help list are built from it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look.icons import icon
from wganpaint_gui.gui.look.translation import tr

from .action_spec import ActionSpec as ActionSpec
from .mask_specs import MASK_ACTIONS, TOOL_ACTIONS

TIP_COLUMNS = 56  # characters per line of a tooltip
# Variants of a listed key, on another part of the keyboard or in another layout: they work, but are not listed.
DOUBLES = ("Return", "Ctrl+Enter", "{", "}", "Ctrl+=")


AMPLIFICATIONS = (1, 2, 4, 8, 16, 32)  # of the difference view
MENUS = ("File", "Edit", "Tools", "Mask", "Fill", "View", "Model", "Help")

_SHOW_OTHER = "Show another candidate on the photo; a contextual one is refined after a search."
ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open", "Open…", "File", "open", ("Ctrl+O",), "Open a photo or a project. You can also drop it on the window."
    ),
    ActionSpec("open_sample", "Open sample portrait", "File", "sample", tip="Open a portrait to try WganPaint on."),
    ActionSpec("previous_photo", "Previous photo in folder", "File", "", ("PgUp",), separator=True),
    ActionSpec("next_photo", "Next photo in folder", "File", "", ("PgDown",)),
    ActionSpec(
        "save",
        "Save",
        "File",
        "save",
        ("Ctrl+S",),
        "Save next to the original under a new name; nothing is overwritten.",
        separator=True,
    ),
    ActionSpec("save_as", "Save as…", "File", "save-as", ("Ctrl+Shift+S",), "Save the photo under a name you choose."),
    ActionSpec(
        "save_project",
        "Save project",
        "File",
        "",
        ("Ctrl+Alt+S",),
        "Save photo, mask, frame and candidates in one file, so that you can continue later.",
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
        "load_mask",
        "Load mask…",
        "File",
        "",
        tip="Use an image as the mask; white areas are filled.",
        separator=True,
    ),
    ActionSpec("save_mask", "Save mask…", "File", "", tip="Save the mask as an 8-bit PNG of the photo's size."),
    ActionSpec(
        "export_region",
        "Filled region…",
        "File",
        tip="Save only what was filled, as a PNG of the photo's size that is transparent elsewhere.",
        separator=True,
        submenu="Export",
    ),
    ActionSpec(
        "export_cropped",
        "Filled region, cropped…",
        "File",
        tip="Save only what was filled, as a PNG that is cropped to it.",
        submenu="Export",
    ),
    ActionSpec(
        "export_quality",
        "Photo with quality…",
        "File",
        tip="Save the photo as a lossy JPEG or WebP; shows the size and what changes first.",
        submenu="Export",
    ),
    ActionSpec(
        "export_film",
        "Film of the search…",
        "File",
        tip="Save the search as an animated WebP or GIF; before the fill is kept or discarded.",
        submenu="Export",
    ),
    ActionSpec(
        "fill_folder",
        "Fill a folder…",
        "File",
        "folder",
        tip="Fill all photos of a folder, each with its own mask.",
    ),
    ActionSpec("quit", "Quit", "File", "", ("Ctrl+Q",), separator=True),
    ActionSpec("undo", "Undo", "Edit", "undo", ("Ctrl+Z",), "Undo the last change."),
    ActionSpec("redo", "Redo", "Edit", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo the change that was undone last."),
    ActionSpec(
        "copy", "Copy photo", "Edit", "copy", ("Ctrl+C",), "Copy the whole photo to the clipboard.", separator=True
    ),
    ActionSpec("paste", "Paste as new photo", "Edit", "paste", ("Ctrl+V",), "Open the picture on the clipboard."),
    ActionSpec(
        "edit_shortcuts",
        "Change shortcuts…",
        "Edit",
        tip="Choose other keys for actions; keys that two actions share are shown.",
        separator=True,
    ),
    ActionSpec("preferences", "Preferences…", "Edit", "", ("Ctrl+,",), "Choose how the program looks and works."),
    *TOOL_ACTIONS,
    *MASK_ACTIONS,
    ActionSpec(
        "run",
        "Fill the mask",
        "Fill",
        "run",
        ("Ctrl+Return", "Ctrl+Enter"),
        "Search for an image that fits the masked area.",
    ),
    ActionSpec(
        "fill_surroundings",
        "Fill from the surroundings",
        "Fill",
        "",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Copy from the rest of the photo, without the model.",
    ),
    ActionSpec("pause", "Pause", "Fill", "pause", ("P",), "Pause or resume the search."),
    ActionSpec("stop", "Stop", "Fill", "stop", ("Esc",), "Stop the search; you can still choose among its candidates."),
    ActionSpec("more_steps", "Run 100 more steps", "Fill", "more-steps", (), "Continue the search where it stopped."),
    ActionSpec("keep", "Keep", "Fill", "keep", ("Enter", "Return"), "Write this fill into the photo.", separator=True),
    ActionSpec("discard", "Discard", "Fill", "discard", ("Backspace",), "Discard all candidates; the mask stays."),
    ActionSpec(
        "previous_candidate",
        "Previous candidate",
        "Fill",
        "previous",
        (",",),
        _SHOW_OTHER,
        separator=True,
        repeats=True,
    ),
    ActionSpec("next_candidate", "Next candidate", "Fill", "next", (".",), _SHOW_OTHER, repeats=True),
    ActionSpec("other_method", "Switch method", "Fill", "", ("M",), "Show the other method's fill on the photo."),
    ActionSpec(
        "promote_candidate",
        "Promote candidate",
        "Fill",
        "",
        ("Shift+P",),
        "Put this candidate first, and suggest it whatever the measures say.",
        "right-click a candidate",
        submenu="Candidate",
    ),
    ActionSpec(
        "lock_candidate",
        "Lock candidate",
        "Fill",
        "",
        ("Ctrl+L",),
        "Leave this candidate as it is while the search goes on with the others.",
        "right-click a candidate",
        submenu="Candidate",
    ),
    ActionSpec(
        "discard_candidate",
        "Discard candidate",
        "Fill",
        "",
        ("Delete",),
        "Put this candidate last, and never suggest it. It can be restored.",
        "right-click a candidate",
        submenu="Candidate",
    ),
    ActionSpec(
        "rename_candidate",
        "Rename candidate…",
        "Fill",
        "",
        ("F2",),
        "Give this candidate a name to compare it by.",
        "right-click a candidate",
        submenu="Candidate",
    ),
    ActionSpec(
        "suggested_step",
        "Show suggested step",
        "Fill",
        "",
        ("S",),
        "Go to the step at which the suggested candidate is best: the star on the timeline.",
    ),
    ActionSpec(
        "critic_step",
        "Show step most real to the critic",
        "Fill",
        "",
        ("Shift+S",),
        "Go to the step at which the critic scores this candidate highest: the eye on the timeline.",
    ),
    ActionSpec(
        "frame_automatic",
        "Place frame automatically",
        "Fill",
        "frame",
        (),
        "Fit the frame to the face, or to the mask where there is no face.",
        separator=True,
    ),
    ActionSpec(
        "frame_whole", "Frame whole photo", "Fill", "", (), "Use the smallest square that contains the whole photo."
    ),
    ActionSpec(
        "frame_add",
        "Add a frame",
        "Fill",
        "",
        ("Shift+F",),
        "Add a frame beside the others. With the Frame tool, Alt+drag draws one.",
    ),
    ActionSpec(
        "frame_remove", "Remove the frame", "Fill", "", ("Shift+Backspace",), "Remove the frame that has handles."
    ),
    ActionSpec("zoom_in", "Zoom in", "View", "zoom-in", ("Ctrl++", "Ctrl+="), hint="wheel", repeats=True),
    ActionSpec("zoom_out", "Zoom out", "View", "zoom-out", ("Ctrl+-",), hint="wheel", repeats=True),
    ActionSpec(
        "zoom_actual", "Zoom to 100%", "View", "zoom-actual", ("Ctrl+1",), "Show one photo pixel per screen pixel."
    ),
    ActionSpec("zoom_fit", "Fit in window", "View", "zoom-fit", ("Ctrl+0",), "Show the whole photo."),
    ActionSpec("zoom_frame", "Zoom to frame", "View", "frame", ("Ctrl+2",), "Zoom to the square the model sees."),
    ActionSpec(
        "original",
        "Show original",
        "View",
        "original",
        (),
        "Show the photo as it was opened.",
        "hold Tab",
        checkable=True,
        separator=True,
    ),
    ActionSpec(
        "split",
        "Split view",
        "View",
        "split",
        ("\\",),
        "Show the original on the left and the current photo on the right.",
        checkable=True,
    ),
    ActionSpec(
        "side_by_side",
        "Compare side by side",
        "View",
        "",
        ("C",),
        "Show another candidate beside the one on the photo.",
        "Ctrl+click a candidate",
        checkable=True,
    ),
    ActionSpec(
        "compare_next",
        "Compare with next candidate",
        "View",
        "",
        ("Shift+C",),
        "Show the next candidate in the second view.",
        repeats=True,
    ),
    ActionSpec(
        "mix",
        "Mix compared candidates",
        "View",
        "",
        ("Shift+M",),
        "Move between the latents of the two candidates with a slider.",
    ),
    ActionSpec(
        "difference",
        "Difference view",
        "View",
        "",
        ("D",),
        "Show how the photo differs from the one you opened, amplified.",
        checkable=True,
        separator=True,
    ),
    *(
        ActionSpec(
            f"amplify_{factor}",
            f"× {factor}",
            "View",
            tip="Show the difference multiplied by this factor.",
            checkable=True,
            group="amplification",
            submenu="Amplification",
        )
        for factor in AMPLIFICATIONS
    ),
    ActionSpec(
        "critic_eye",
        "Critic's eye",
        "View",
        "",
        ("Shift+E",),
        "Show where this fill still looks false to the critic: what it would change first.",
        checkable=True,
    ),
    ActionSpec(
        "film_strip",
        "Film strip",
        "View",
        "",
        ("Ctrl+Shift+F",),
        "Show the photos of the folder below the photo; click one to open it.",
        checkable=True,
    ),
    ActionSpec(
        "pixel_grid",
        "Pixel grid",
        "View",
        "",
        ("Ctrl+'",),
        "Draw lines between the photo's pixels above 800%.",
        checkable=True,
    ),
    *(
        ActionSpec(
            f"theme_{mode}",
            mode.capitalize(),
            "View",
            mode,
            checkable=True,
            group="theme",
            separator=mode == "system",
            submenu="Theme",
        )
        for mode in ("system", "light", "dark")
    ),
    ActionSpec(
        "choose_model",
        "Choose model file…",
        "Model",
        "model",
        tip="Use another WganPaint model (.safetensors) for fills.",
    ),
    ActionSpec(
        "train",
        "Train new model…",
        "Model",
        "train",
        ("Ctrl+T",),
        "Train a model on your own pictures, or show the training run in progress.",
    ),
    ActionSpec(
        "sample_now",
        "Sample now",
        "Model",
        "",
        ("Ctrl+Shift+G",),
        "Draw samples of the model that is being trained, as it is now.",
    ),
    ActionSpec(
        "compare_runs",
        "Compare training runs…",
        "Model",
        "",
        ("Ctrl+Shift+R",),
        "Show W, critic gap or SWD of several training runs in one plot.",
    ),
    ActionSpec(
        "export_metrics",
        "Export metrics…",
        "Model",
        tip="Save W, critic gap, SWD and speed of every update of the training run shown as a CSV table.",
    ),
    ActionSpec(
        "evaluate",
        "Evaluate model…",
        "Model",
        "evaluate",
        ("Ctrl+Shift+T",),
        "Measure the model in use on held-out pictures: the experiment of the paper.",
    ),
    ActionSpec(
        "help_shortcuts", "Shortcuts and gestures", "Help", "help", ("F1",), "List all keyboard shortcuts and gestures."
    ),
    ActionSpec("log", "Show log…", "Help", tip="Read what the program noted about its work.", separator=True),
    ActionSpec(
        "copy_report",
        "Copy diagnostic report",
        "Help",
        tip="Copy versions, system and the last lines of the log, to paste into a report of a problem.",
    ),
    ActionSpec("about", "About WganPaint", "Help", "info", separator=True),
)

SPECS = {spec.id: spec for spec in ACTIONS}


def make_actions(owner: QWidget) -> dict[str, QAction]:
    """Create one QAction per spec, added to `owner` so that its keys work everywhere in the window."""
    actions = {}
    for spec in ACTIONS:
        action = QAction(tr(spec.text), owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setAutoRepeat(spec.repeats)
        action.setCheckable(spec.checkable)
        action.setToolTip(tooltip(spec))
        action.setStatusTip(tr(spec.tip))
        if spec.icon:
            action.setIcon(icon(spec.icon))
        # In a menu an icon would replace the check mark.
        action.setIconVisibleInMenu(not spec.checkable)
        owner.addAction(action)
        actions[spec.id] = action
    return actions


def keys_text(action: ActionSpec | str) -> str:
    """Return the keys of an action (or its id) for display: "Ctrl+Shift+Z or Ctrl+Y", "Enter"; "" if it has none."""
    spec = SPECS[action] if isinstance(action, str) else action
    named = (keys for keys in spec.shortcuts if keys not in DOUBLES)
    return tr(" or ").join(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) for keys in named)


def tooltip(spec: ActionSpec, own_keys: tuple[str, ...] | None = None) -> str:
    """Return the tooltip of an action: "Brush (B): Paint over the area to fill. Also: right button erases".

    own_keys: that the user has chosen in place of the table's.
    """
    keys = keys_text(spec if own_keys is None else replace(spec, shortcuts=own_keys))
    name = tr(spec.text).rstrip("…")
    head = f"{name} ({keys})" if keys else name
    also = tr("Also: {gestures}.").format(gestures=tr(spec.hint)) if spec.hint else ""
    tail = " ".join(part for part in (tr(spec.tip), also) if part)
    return in_lines(f"{head}: {tail}" if tail else head)


def in_lines(text: str) -> str:
    """Wrap a tooltip's text; Qt would show it as one line across the screen."""
    return "\n".join(textwrap.fill(line, TIP_COLUMNS, break_on_hyphens=False) for line in text.splitlines())


def connect_actions(actions: dict[str, QAction], handlers: dict[str, Callable[..., object]]) -> None:
    """Connect every action. Raises KeyError for a missing or surplus handler."""
    if set(actions) != set(handlers):
        raise KeyError(f"Actions and handlers differ: {sorted(set(actions) ^ set(handlers))}")
    for name, handler in handlers.items():
        signal = actions[name].toggled if SPECS[name].checkable and not SPECS[name].group else actions[name].triggered
        if SPECS[name].checkable and not SPECS[name].group:
            signal.connect(handler)
        else:
            signal.connect(lambda _checked=False, call=handler: call())
