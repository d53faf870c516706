"""Keeps the user's own settings of the search while those of a project are shown."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import QObject, Slot

from wganpaint_gui.core.search.settings import InpaintConfig

from .fill_settings import FillSettings


class OwnSettings(QObject):
    """Lends the controls to a project, which may come from anybody: only the user's own settings are remembered."""

    def __init__(self, controls: FillSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._own: InpaintConfig | None = None  # while a project's are shown; None: the user's own are
        self._shown = InpaintConfig()  # before the user's next change
        controls.config_changed.connect(self._on_changed)

    @property
    def config(self) -> InpaintConfig:
        return self._controls.config if self._own is None else self._own

    def lend(self, settings: InpaintConfig) -> None:
        """Show a project's settings until `take_back`."""
        self._own = self.config
        self._controls.set_config(settings)
        self._shown = self._controls.config

    def take_back(self) -> None:
        """Show the user's own settings again: the project is closed."""
        own, self._own = self._own, None
        if own is not None:
            self._controls.set_config(own)

    @Slot(object)
    def _on_changed(self, config: InpaintConfig) -> None:
        """Make what the user changes while a project is open their own, and nothing else of the project's."""
        if self._own is None:
            return
        names = [one.name for one in fields(InpaintConfig)]
        by_hand = {name: getattr(config, name) for name in names if getattr(config, name) != getattr(self._shown, name)}
        self._own, self._shown = replace(self._own, **by_hand), config
