"""A training before it starts: its pictures, its settings, and the check of both."""
