"""The mask as a whole: what its menu does, the dialogs with a preview, presets, its colour."""
