"""How the editor looks: light or dark, following the system or not; grey chrome, and fixed colours for data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.search.settings import Method

from .stylesheet import stylesheet

# Colours of data mean the same in curves, lanes and on the canvas; on light grounds darker where they are lines.
YEH = "#f2a03d"
CRITIC = "#4fc3a1"
MASK = "#e6399b"
SELECTION = "#4c9aff"


class Mode(StrEnum):
    """What the person chose; SYSTEM follows the desktop, also when it changes while the editor is open."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colours:
    """The chrome of one theme, as #rrggbb. Inks are data colours dark or light enough to read as text (4.5:1)."""

    window: str
    panel: str
    raised: str  # cards and lanes
    field: str  # what can be typed into
    plot: str  # the ground of curves
    control: str  # buttons, grooves, segmented controls
    hover: str
    pressed: str  # also: switched on
    border: str
    knob: str
    level: str  # the filled part of a slider
    surround: str  # around the photo
    text: str
    muted: str
    disabled: str
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    selection: str  # what is chosen or has the keyboard: an outline (3:1)
    yeh_ink: str
    critic_ink: str
    yeh_line: str  # readable as a line (3:1)
    critic_line: str
    good: str
    fair: str
    bad: str


DARK = Colours(
    window="#26272b",
    panel="#2b2c31",
    raised="#313238",
    field="#1f2023",
    plot="#1f2023",
    control="#3a3c42",
    hover="#44464d",
    pressed="#50535b",
    border="#3d3f46",
    knob="#dfe1e5",
    level="#8b8f98",
    surround="#18191b",
    text="#e8e9ec",
    muted="#a9acb4",
    disabled="#6f727a",
    primary="#1f6bcd",
    primary_hover="#2571d6",
    primary_pressed="#1a5db3",
    on_primary="#ffffff",
    selection=SELECTION,
    yeh_ink=YEH,
    critic_ink=CRITIC,
    yeh_line=YEH,
    critic_line=CRITIC,
    good="#5fd0ae",
    fair="#f0b35f",
    bad="#ff8078",
)
LIGHT = Colours(
    window="#ececee",
    panel="#f7f7f8",
    raised="#ffffff",
    field="#ffffff",
    plot="#f0f0f2",
    control="#e2e3e6",
    hover="#d8dade",
    pressed="#c9ccd2",
    border="#d3d5d9",
    knob="#ffffff",
    level="#7f838c",
    surround="#c9cacd",
    text="#1f2125",
    muted="#5b5f68",
    disabled="#9a9da5",
    primary="#1f6bcd",
    primary_hover="#1b63bf",
    primary_pressed="#1757a8",
    on_primary="#ffffff",
    selection="#1f6bcd",
    yeh_ink="#965800",
    critic_ink="#177257",
    yeh_line="#c27400",
    critic_line="#1b9070",
    good="#177257",
    fair="#965800",
    bad="#c0312b",
)


def line_of(method: Method) -> QColor:
    """The method's colour as a thin line or bar, readable on plots and panels."""
    return QColor(colours().yeh_line if method == "yeh" else colours().critic_line)


def is_dark() -> bool:
    """What is shown now, whatever was chosen."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours() -> Colours:
    """The chrome's colours of what is shown now; ask again when painting, never keep them."""
    return DARK if is_dark() else LIGHT


def apply_theme(app: QApplication, mode: Mode | str) -> None:
    """Show the editor in a mode; may be called again at any time, every window and icon follows."""
    follower = app.findChild(_Follower) or _Follower(app)
    follower.follow(Mode(mode))


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that nothing moves when a number changes."""
    result = QFont(font)
    if hasattr(QFont, "Tag"):  # Qt 6.7
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def small(font: QFont) -> QFont:
    """The font one step smaller, for captions."""
    return _scaled(font, 0.9)


def heading(font: QFont) -> QFont:
    """The font of titles: the same size, semi-bold."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def text_width(font: QFont, sample: str) -> int:
    """Whole device-independent pixels a text needs: room for the longest text a label will ever show."""
    return int(QFontMetricsF(font).horizontalAdvance(sample)) + 2


def _scaled(font: QFont, factor: float) -> QFont:
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * factor)
    else:
        result.setPixelSize(round(font.pixelSize() * factor))
    return result


class _Follower(QObject):
    """Lives with the application: re-dresses it when the mode or the desktop's scheme changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = Mode.SYSTEM
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def follow(self, mode: Mode) -> None:
        self._mode = mode
        hints = self._app.styleHints()
        with QSignalBlocker(hints):  # one dressing, below, instead of two
            if hasattr(hints, "setColorScheme"):  # Qt 6.8; tells the desktop to draw title bars and menus alike
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


_SCHEMES = {
    Mode.SYSTEM: Qt.ColorScheme.Unknown,
    Mode.LIGHT: Qt.ColorScheme.Light,
    Mode.DARK: Qt.ColorScheme.Dark,
}


def palette(chosen: Colours) -> QPalette:
    """Every role Fusion paints with, in all colour groups."""
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
