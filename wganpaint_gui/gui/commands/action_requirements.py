"""What actions need before they can do anything, by their ids."""

from __future__ import annotations

NEEDS_PHOTO = (
    "save",
    "save_as",
    "save_project",
    "save_project_as",
    "load_mask",
    "save_mask",
    "copy",
    "previous_photo",
    "next_photo",
    "mask_invert",
    "frame_automatic",
    "frame_whole",
    "original",
    "split",
    "zoom_in",
    "zoom_out",
    "zoom_actual",
    "zoom_fit",
    "zoom_frame",
)
NEEDS_MASK = ("mask_clear", "mask_grow", "mask_shrink")
NEEDS_FILL = ("keep", "discard", "next_candidate", "previous_candidate", "other_method")
# Files, training and the program itself, and a search that leads back to its photo when it begins. Whatever else there
# is, is done to the photo, its mask or its frame, or looks at them: it rests while the photo is out of sight.
WORKS_UNSEEN = (
    "open",
    "open_sample",
    "previous_photo",
    "next_photo",
    "save",
    "save_as",
    "save_project",
    "save_project_as",
    "save_mask",
    "quit",
    "copy",
    "paste",
    "run",
    "theme_system",
    "theme_light",
    "theme_dark",
    "choose_model",
    "train",
    "help_shortcuts",
    "about",
)
