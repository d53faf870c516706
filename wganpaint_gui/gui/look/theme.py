"""The editor's theme: light, dark or the system's; grey chrome, and fixed colours for data."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.search.settings import FillMethod

from .colours import DARK, LIGHT, RUN_LINES_ON_DARK, RUN_LINES_ON_LIGHT, SELECTION, Colours
from .stylesheet import stylesheet

_SMALLER = 0.9  # of the font's size, for captions


class Mode(StrEnum):
    """The theme chosen by the user; SYSTEM follows the desktop, even when it changes while the editor is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def line_of(method: FillMethod) -> QColor:
    """Return the method's colour for thin lines and bars, readable on plots and panels."""
    now = colours()
    lines = {"yeh": now.yeh_line, "critic": now.critic_line, "surroundings": now.surroundings_line}
    return QColor(lines[method])


def run_line(place: int) -> QColor:
    """Return the colour of a training run among those that are compared. place: 0 to 7."""
    return QColor((RUN_LINES_ON_DARK if is_dark() else RUN_LINES_ON_LIGHT)[place])


def is_dark() -> bool:
    """Return whether the dark theme is shown now, by choice or by the system."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours() -> Colours:
    """Return the colours of the theme shown now; call this whenever painting, never keep the result."""
    return DARK if is_dark() else LIGHT


def apply_theme(app: QApplication, mode: Mode | str) -> None:
    """Switch to a theme; may be called at any time, and every window and icon follows."""
    follower = app.findChild(_Follower) or _Follower(app)
    follower.follow(Mode(mode))


def tabular(font: QFont) -> QFont:
    """Return the font with tabular figures, so that nothing moves when a number changes."""
    result = QFont(font)
    if hasattr(QFont, "Tag"):  # Qt 6.7
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def small(font: QFont) -> QFont:
    """Return the font one step smaller, for captions."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * _SMALLER)
    else:
        result.setPixelSize(round(font.pixelSize() * _SMALLER))
    return result


def heading(font: QFont) -> QFont:
    """Return the semi-bold font of titles, in the same size."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def text_width(font: QFont, sample: str) -> int:
    """Return the width of a text in whole device-independent pixels, to reserve room for it."""
    return int(QFontMetricsF(font).horizontalAdvance(sample)) + 2


class _Follower(QObject):
    """Belongs to the application and restyles it when the mode or the desktop's colour scheme changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = Mode.SYSTEM
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def follow(self, mode: Mode) -> None:
        self._mode = mode
        hints = self._app.styleHints()
        with QSignalBlocker(hints):  # restyle once, below, instead of twice
            if hasattr(hints, "setColorScheme"):  # Qt 6.8; makes the desktop draw title bars and menus to match
                hints.setColorScheme(_SCHEMES[mode])
        self._dress()

    @Slot()
    def _dress(self) -> None:
        system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._mode is Mode.DARK or (self._mode is Mode.SYSTEM and system_dark)
        chosen = DARK if dark else LIGHT
        self._app.setPalette(palette(chosen))
        sheet = stylesheet(chosen)
        if self._app.styleSheet() != sheet:
            self._app.setStyleSheet(sheet)


_SCHEMES = {Mode.SYSTEM: Qt.ColorScheme.Unknown, Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}


def palette(chosen: Colours) -> QPalette:
    """Return a palette with every role that Fusion uses, in all colour groups."""
    role = QPalette.ColorRole
    result = QPalette()
    for which, colour in {
        role.Window: chosen.window,
        role.Base: chosen.field,
        role.AlternateBase: chosen.panel,
        role.Button: chosen.control,
        role.Light: chosen.hover,
        role.Midlight: chosen.hover,
        role.Mid: chosen.border,
        role.Dark: chosen.border,
        role.Shadow: chosen.surround,
        role.WindowText: chosen.text,
        role.Text: chosen.text,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.on_primary,
        role.PlaceholderText: chosen.muted,
        role.Highlight: chosen.primary,
        role.HighlightedText: chosen.on_primary,
        role.Accent: chosen.primary,
        role.Link: chosen.primary if chosen is LIGHT else SELECTION,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
    }.items():
        result.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.disabled))
    return result
