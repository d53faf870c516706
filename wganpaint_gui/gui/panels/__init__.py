"""Dockable panels, one widget a file."""
