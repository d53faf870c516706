"""Filling: settings, a search from Run to Keep or Discard, and what shows it."""
