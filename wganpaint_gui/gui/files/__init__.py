"""Opening and saving photos, masks and projects, and asking about unsaved work."""
