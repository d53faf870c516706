"""The machine and its disk: atomic writes, locks, folders, logs, crash reports."""
