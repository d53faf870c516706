"""What the program knows without Qt and without torch: photos, masks, frames, settings, errors."""
