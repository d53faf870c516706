"""Opening and saving of photos, masks and projects, and questions about unsaved work."""
