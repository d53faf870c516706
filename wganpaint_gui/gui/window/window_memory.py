"""What the window remembers between starts: saved soon after it changes, restored when the window opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from wganpaint_gui.core.mask import Brush, Pressure, fitting_diameter
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tool_options import ToolOptions
from wganpaint_gui.gui.commands.key_map import Keys, apply_keys
from wganpaint_gui.gui.commands.mask_specs import MASK_OPACITIES
from wganpaint_gui.gui.files.file_actions import FileActions
from wganpaint_gui.gui.files.recent_files import RecentFiles
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import MASK_COLOURS
from wganpaint_gui.gui.mask.mask_colour import ask_for_mask_colour
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.settings.preferences import load_preferences
from wganpaint_gui.gui.settings.preferences_writer import PreferencesWriter
from wganpaint_gui.gui.settings.qsettings import window_settings

from .preferences_dialog import PreferencesDialog
from .shortcut_editor import ShortcutEditor

SAVES_AFTER = 500  # milliseconds after a change, in which others may follow
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
        self._actions = actions
        self.recent_files = RecentFiles(recent_menu, self)
        self.recent_files.chosen.connect(lambda path: files.open_paths([path]))
        self.preferences = load_preferences()
        self._chosen_diameter = self.preferences.brush_diameter  # None: fitted to the photo
        self._fitting_diameter = self.preferences.brush.diameter  # photo pixels
        self._saved = self.preferences
        self._geometry: QByteArray | None = None  # as saved last
        self.writer = PreferencesWriter(self.preferences, self)
        self._timer = QTimer(self, singleShot=True, interval=SAVES_AFTER)
        self._timer.timeout.connect(self.remember)

    @Slot()
    def touch(self) -> None:
        """Save soon, because something that is remembered may have changed."""
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange):
            self.touch()
        return super().eventFilter(watched, event)

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
        self.set_mask_colour(preferences.mask_colour)
        self._actions[f"pen_{preferences.pen_pressure}"].setChecked(True)
        self._canvas.set_pen_pressure(preferences.pen_pressure)
        self._tool_options.show_wand(preferences.wand_tolerance, contiguous=preferences.wand_contiguous)
        self._tool_options.wand_changed.connect(self.touch)
        self._actions[f"theme_{preferences.theme}"].setChecked(True)
        self._actions["pixel_grid"].setChecked(preferences.pixel_grid)
        self._canvas.set_pixel_grid(preferences.pixel_grid)
        self._actions["film_strip"].setChecked(preferences.film_strip)
        self._fills.take_settings(preferences.inpaint)
        self._models.choose_device(preferences.device)
        self._models.model = preferences.model
        if preferences.shortcuts:
            apply_keys(self._actions, preferences.shortcuts)
        self._show_recent()
        window.installEventFilter(self)

    @Slot()
    def remember(self) -> None:
        """Collect the user's choices and save those that have changed."""
        self._timer.stop()
        model, device = self._models.remembered
        self.preferences = replace(
            self.preferences,
            model=model,
            device=device,
            brush_diameter=self._chosen_diameter,
            brush_hardness=self._canvas.brush.hardness,
            wand_tolerance=self._tool_options.tolerance,
            wand_contiguous=self._tool_options.contiguous.isChecked(),
            inpaint=self._fills.own_settings.config,
            folder=self._files.folder,
        )
        self._save()
        geometry = self._window.saveGeometry()
        if geometry != self._geometry:
            self._geometry = geometry
            window_settings().setValue("geometry", geometry)

    def _save(self) -> None:
        if self.preferences != self._saved:
            self._saved = self.preferences
            self.writer.save(self.preferences)

    @Slot(str)
    def remember_training(self, folder: str) -> None:
        """Save the folder of the training run in progress ("" for none) at once, in case the program is killed."""
        self.preferences = replace(self.preferences, training=folder)
        self._save()

    def add_recent(self, photo: Path) -> None:
        self.preferences = self.preferences.with_recent(photo)
        self._show_recent()
        self.touch()

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
        self.touch()

    def set_mask_opacity(self, percent: int) -> None:
        self.preferences = replace(self.preferences, mask_opacity=percent / 100)
        self._canvas.set_mask_opacity(percent / 100)
        self.touch()

    def set_mask_colour(self, colour: str) -> None:
        """Show the mask in a colour, #rrggbb, and remember it."""
        self.preferences = replace(self.preferences, mask_colour=colour)
        name = next((name for name, known in MASK_COLOURS.items() if known == colour), "custom")
        self._actions[f"mask_colour_{name}"].setChecked(True)
        self._canvas.set_mask_colour(QColor(colour))
        self.touch()

    def choose_mask_colour(self) -> None:
        ask_for_mask_colour(self._window, self._canvas, self.preferences.mask_colour, self.set_mask_colour)

    def set_pen_pressure(self, changes: Pressure) -> None:
        self.preferences = replace(self.preferences, pen_pressure=changes)
        self._canvas.set_pen_pressure(changes)
        self.touch()

    def set_film_strip(self, shown: bool) -> None:
        self.preferences = replace(self.preferences, film_strip=shown)
        self.touch()

    def set_pixel_grid(self, shown: bool) -> None:
        self.preferences = replace(self.preferences, pixel_grid=shown)
        self._canvas.set_pixel_grid(shown)
        self.touch()

    def edit_preferences(self) -> None:
        """Open the Preferences dialog."""
        self.remember()
        dialog = PreferencesDialog(self.preferences, self._window)
        dialog.changed.connect(self._set_preference)
        dialog.open()

    @Slot(str, object)
    def _set_preference(self, name: str, value: Any) -> None:
        """Do what the menu entry does, and check it."""
        actions, options = self._actions, self._tool_options
        match name:
            case "theme":
                actions[f"theme_{value}"].setChecked(True)
                self.set_theme(value)
            case "language":
                self.preferences = replace(self.preferences, language=value)
            case "pen_pressure":
                actions[f"pen_{value}"].setChecked(True)
                self.set_pen_pressure(value)
            case "mask_opacity":
                actions[f"mask_opacity_{round(100 * value)}"].setChecked(True)
                self.set_mask_opacity(round(100 * value))
            case "pixel_grid":
                actions["pixel_grid"].setChecked(value)
            case "wand_tolerance":
                options.show_wand(value, contiguous=options.contiguous.isChecked())
            case "wand_contiguous":
                options.show_wand(options.tolerance, contiguous=value)
            case _:
                raise KeyError(name)
        self.touch()

    def edit_shortcuts(self) -> None:
        """Open the dialog in which shortcuts are changed."""
        dialog = ShortcutEditor(self.preferences.shortcuts, self._window)
        dialog.chosen.connect(self._set_shortcuts)
        dialog.open()

    @Slot(object)
    def _set_shortcuts(self, changed: dict[str, Keys]) -> None:
        self.preferences = replace(self.preferences, shortcuts=changed)
        apply_keys(self._actions, changed)
        self.touch()

    def set_theme(self, mode: str) -> None:
        self.preferences = replace(self.preferences, theme=mode)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply_theme(app, mode)
        self.touch()

    def _show_recent(self) -> None:
        self.recent_files.show([Path(name) for name in self.preferences.recent])
