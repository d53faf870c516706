"""What the actions do, by their ids: the tables that the main window connects them by."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from wganpaint_gui.core.mask import Pressure
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.commands.mask_specs import MASK_OPACITIES
from wganpaint_gui.gui.files.file_actions import FileActions
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.colours import MASK_COLOURS
from wganpaint_gui.gui.mask.mask_actions import MaskActions
from wganpaint_gui.gui.mask.mask_presets import MaskPresets

from .window_memory import WindowMemory

Handlers = dict[str, Callable[..., object]]


def file_handlers(files: FileActions) -> Handlers:
    return {
        "open": files.open,
        "save": files.save,
        "save_as": files.save_as,
        "save_project": files.projects.save,
        "save_project_as": files.projects.save_as,
        "previous_photo": files.previous_photo,
        "next_photo": files.next_photo,
        "load_mask": files.masks.load,
        "save_mask": files.masks.save,
        "mask_copy": files.masks.copy,
        "mask_paste": files.masks.paste,
        "copy": files.copy,
        "paste": files.paste,
    }


def mask_handlers(masks: MaskActions, presets: MaskPresets) -> Handlers:
    return {
        "mask_invert": masks.invert,
        "mask_clear": masks.clear,
        "mask_grow": masks.grow,
        "mask_shrink": masks.shrink,
        "mask_grow_by": masks.grow_by,
        "mask_shrink_by": masks.shrink_by,
        "mask_smooth": masks.smooth,
        "mask_feather": masks.feather,
        "mask_last": presets.last_mask,
        "mask_centre": presets.centre_square,
        "mask_random": presets.random_pixels,
        "mask_transparency": presets.from_transparency,
    }


def view_handlers(canvas: Canvas) -> Handlers:
    return {
        "mask_show": canvas.set_mask_visible,
        "zoom_in": canvas.zoom_in,
        "zoom_out": canvas.zoom_out,
        "zoom_actual": canvas.zoom_actual,
        "zoom_fit": canvas.zoom_fit,
        "original": canvas.show_original,
        "split": canvas.set_split,
    }


def fill_handlers(fills: FillActions, controller: FillController) -> Handlers:
    return {
        "run": fills.run,
        "fill_surroundings": fills.fill_surroundings,
        "pause": controller.pause_or_resume,
        "stop": controller.stop,
        "more_steps": fills.more_steps,
        "keep": controller.keep,
        "discard": controller.discard,
        "next_candidate": fills.next_candidate,
        "previous_candidate": fills.previous_candidate,
        "other_method": fills.other_method,
        "frame_automatic": fills.frame_automatic,
        "frame_whole": fills.frame_whole,
        "frame_add": fills.frame_add,
        "frame_remove": fills.frame_remove,
        "zoom_frame": fills.zoom_frame,
    }


def preference_handlers(memory: WindowMemory) -> Handlers:
    """Return the handlers of what is remembered for the next start."""
    handlers: Handlers = {
        "pixel_grid": memory.set_pixel_grid,
        "mask_colour_custom": memory.choose_mask_colour,
        "edit_shortcuts": memory.edit_shortcuts,
        "preferences": memory.edit_preferences,
    }
    for percent in MASK_OPACITIES:
        handlers[f"mask_opacity_{percent}"] = lambda percent=percent: memory.set_mask_opacity(percent)
    for name, colour in MASK_COLOURS.items():
        handlers[f"mask_colour_{name}"] = lambda colour=colour: memory.set_mask_colour(colour)
    for changes in get_args(Pressure):
        handlers[f"pen_{changes}"] = lambda changes=changes: memory.set_pen_pressure(changes)
    for mode in ("system", "light", "dark"):
        handlers[f"theme_{mode}"] = lambda mode=mode: memory.set_theme(mode)
    return handlers
