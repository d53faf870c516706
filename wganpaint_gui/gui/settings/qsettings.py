"""The state of windows and dialogs, which is not part of the preferences."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from wganpaint_gui.core.system.paths import config_dir


def window_settings() -> QSettings:
    """Open the settings file that stores positions, sizes and folders."""
    return QSettings(str(config_dir() / "window.ini"), QSettings.Format.IniFormat)
