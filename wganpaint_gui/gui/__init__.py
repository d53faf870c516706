"""The editor: the only importer of PySide6."""
