"""The setup of a new run: its data, its settings, and the check of both."""
