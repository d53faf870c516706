"""A training run as files and records: its settings, its log, its folder."""
