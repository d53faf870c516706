"""What is remembered of windows and dialogs, and is none of the person's preferences."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from wganpaint_gui.core.system.paths import config_dir


def window_settings() -> QSettings:
    """The file that places, sizes and folders are kept in."""
    return QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
