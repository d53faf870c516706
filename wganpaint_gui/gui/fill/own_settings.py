"""The person's own settings of a search, and in their place, while a project is open, those of the project."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import QObject, Slot

from wganpaint_gui.core.search.settings import InpaintConfig

from .fill_panel import FillPanel


class OwnSettings(QObject):
    """Lends the fill panel to a project, whose file may come from anybody: only the person's own are remembered."""

    def __init__(self, panel: FillPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._own: InpaintConfig | None = None  # while a project's are on the panel; None: what is on it is theirs
        self._shown = InpaintConfig()  # on the panel, before the person's next change of it
        panel.settings_changed.connect(self._on_changed)

    @property
    def config(self) -> InpaintConfig:
        return self._panel.config if self._own is None else self._own

    def lend(self, settings: InpaintConfig) -> None:
        """Show a project's, until `take_back`."""
        self._own = self.config
        self._panel.set_config(settings)
        self._shown = self._panel.config

    def take_back(self) -> None:
        """The project is closed: show the person's own."""
        own, self._own = self._own, None
        if own is not None:
            self._panel.set_config(own)

    @Slot(object)
    def _on_changed(self, config: InpaintConfig) -> None:
        """What is changed by hand while a project is open becomes their own, and nothing else of the project's."""
        if self._own is None:
            return
        names = [one.name for one in fields(InpaintConfig)]
        by_hand = {name: getattr(config, name) for name in names if getattr(config, name) != getattr(self._shown, name)}
        self._own, self._shown = replace(self._own, **by_hand), config
