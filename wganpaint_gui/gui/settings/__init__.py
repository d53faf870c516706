"""Preferences, and when they are saved."""
