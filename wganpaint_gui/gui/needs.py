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
