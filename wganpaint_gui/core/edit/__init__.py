"""What the user edits: mask strokes, frames, kept fills and undo of one open photo."""
