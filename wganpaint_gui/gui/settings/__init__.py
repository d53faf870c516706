"""Preferences: what they are, and when they are written."""
