"""What the window remembers between starts: collected when it closes, restored when it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from wganpaint_gui.core.mask import Brush, fitting_diameter
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tool_options import ToolOptions
from wganpaint_gui.gui.commands.actions import MASK_OPACITIES
from wganpaint_gui.gui.commands.menus import fill_recent_menu
from wganpaint_gui.gui.files.file_actions import FileActions
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.settings.preferences import load_preferences
from wganpaint_gui.gui.settings.preferences_writer import PreferencesWriter
from wganpaint_gui.gui.settings.qsettings import window_settings

TITLE_BAR = 40  # height that a desktop adds to a window, device-independent pixels


class WindowMemory(QObject):
    """Maps the state of the window to preferences; `PreferencesWriter` saves them."""

    def __init__(
        self,
        window: QMainWindow,
        *,
        canvas: Canvas,
        tool_options: ToolOptions,
        fills: FillActions,
        models: ModelActions,
        files: FileActions,
        actions: Mapping[str, QAction],
        recent_menu: QMenu,
    ) -> None:
        super().__init__(window)
        self._window, self._canvas, self._tool_options = window, canvas, tool_options
        self._fills, self._models, self._files = fills, models, files
        self._actions, self._recent_menu = actions, recent_menu
        self.preferences = load_preferences()
        self._chosen_diameter = self.preferences.brush_diameter  # None: fitted to the photo
        self._fitting_diameter = self.preferences.brush.diameter  # photo pixels
        self.writer = PreferencesWriter(self.preferences, self)

    def restore(self) -> None:
        """Restore window, brush and settings as they were left."""
        window, preferences = self._window, self.preferences
        geometry = window_settings().value("geometry")
        if geometry is not None:
            window.restoreGeometry(geometry)
        else:
            window.resize(QSize(1280, 800).boundedTo(window.screen().availableSize() - QSize(0, TITLE_BAR)))
        self._files.folder = preferences.folder
        self._canvas.set_brush(preferences.brush)
        self._canvas.brush_changed.connect(self._on_brush_changed)
        percent = min(MASK_OPACITIES, key=lambda percent: abs(percent - 100 * preferences.mask_opacity))
        self._actions[f"mask_opacity_{percent}"].setChecked(True)
        self.set_mask_opacity(percent)
        self._actions[f"theme_{preferences.theme}"].setChecked(True)
        self._fills.take_settings(preferences.inpaint)
        self._models.choose_device(preferences.device)
        self._models.model = preferences.model
        self._show_recent()

    def remember(self, unfinished_training: str | None) -> None:
        """Collect the user's choices and save those that have changed.

        unfinished_training: see `remember_training`; None keeps the remembered value.
        """
        model, device = self._models.remembered
        self.preferences = replace(
            self.preferences,
            model=model,
            device=device,
            training=self.preferences.training if unfinished_training is None else unfinished_training,
            brush_diameter=self._chosen_diameter,
            brush_hardness=self._canvas.brush.hardness,
            inpaint=self._fills.own_settings.config,
            folder=self._files.folder,
        )
        self.writer.save(self.preferences)
        window_settings().setValue("geometry", self._window.saveGeometry())

    @Slot(str)
    def remember_training(self, folder: str) -> None:
        """Save the folder of the training run in progress ("" for none) at once, in case the program is killed."""
        if folder != self.preferences.training:
            self.preferences = replace(self.preferences, training=folder)
            self.writer.save(self.preferences)

    def add_recent(self, photo: Path) -> None:
        self.preferences = self.preferences.with_recent(photo)
        self._show_recent()

    def fit_brush(self, photo: Photo) -> None:
        """Fit the size of the brush to the photo, unless the user has chosen one."""
        canvas = self._canvas
        fitting = self._fitting_diameter = fitting_diameter(photo.width, photo.height)
        self._tool_options.size_slider.default = fitting
        if self._chosen_diameter is None:
            canvas.set_brush(replace(canvas.brush, diameter=fitting), by_hand=False)

    @Slot(object)
    def _on_brush_changed(self, brush: Brush) -> None:
        if brush.diameter != (self._chosen_diameter or self._fitting_diameter):
            self._chosen_diameter = None if brush.diameter == self._fitting_diameter else brush.diameter

    def set_mask_opacity(self, percent: int) -> None:
        self.preferences = replace(self.preferences, mask_opacity=percent / 100)
        self._canvas.set_mask_opacity(percent / 100)

    def set_theme(self, mode: str) -> None:
        self.preferences = replace(self.preferences, theme=mode)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply_theme(app, mode)

    def _show_recent(self) -> None:
        fill_recent_menu(self._recent_menu, self.preferences.recent, lambda path: self._files.open_paths([path]))
