"""Lists of action ids by what the actions need before they can run."""

from __future__ import annotations

NEEDS_PHOTO = (
    "save",
    "save_as",
    "save_project",
    "save_project_as",
    "load_mask",
    "mask_paste",
    "mask_centre",
    "mask_random",
    "copy",
    "previous_photo",
    "next_photo",
    "mask_invert",
    "frame_automatic",
    "frame_whole",
    "frame_add",
    "frame_remove",
    "original",
    "split",
    "zoom_in",
    "zoom_out",
    "zoom_actual",
    "zoom_fit",
    "zoom_frame",
)
NEEDS_MASK = (
    "fill_surroundings",
    "save_mask",
    "mask_clear",
    "mask_grow",
    "mask_shrink",
    "mask_grow_by",
    "mask_shrink_by",
    "mask_smooth",
    "mask_feather",
    "mask_copy",
)
NEEDS_FILL = ("keep", "discard", "next_candidate", "previous_candidate", "other_method")
# Enabled while a page covers the photo: files, training, evaluation, the program itself, and a search, which shows the
# photo again when it starts. All other actions change or view the photo, its mask or its frame.
WORKS_WITHOUT_PHOTO_IN_VIEW = (
    "open",
    "open_sample",
    "previous_photo",
    "next_photo",
    "save",
    "save_as",
    "save_project",
    "save_project_as",
    "save_mask",
    "fill_folder",
    "quit",
    "copy",
    "paste",
    "run",
    "theme_system",
    "theme_light",
    "theme_dark",
    "choose_model",
    "train",
    "evaluate",
    "help_shortcuts",
    "about",
)
