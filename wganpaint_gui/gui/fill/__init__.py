"""Filling a mask: the settings, a search from start to Keep or Discard, and the panels that show it."""
