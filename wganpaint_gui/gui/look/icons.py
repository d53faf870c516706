"""Icons: SVG files whose currentColor is replaced by a palette colour each time they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from wganpaint_gui.core.system.paths import resource

GRID = 20  # device-independent pixels; every icon is drawn on this grid

# Qt deletes a clone with its icon, but Python must not delete it earlier: PySide gives clone() no owner.
_clones: list[QIconEngine] = []


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return the icon resources/icons/NAME.svg in a palette colour, sharp at any scale; it follows the theme.

    Raises FileNotFoundError if there is no such icon.
    """
    _source(name)
    return QIcon(_TintedEngine(name, role))


def pixmap(name: str, size: int, colour: str, scale: float = 1.0) -> QPixmap:
    """Return an icon in one colour (#rrggbb) for labels and painters. size: device-independent pixels."""
    physical = round(size * scale)
    result = QPixmap(physical, physical)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    _renderer(name, colour).render(painter, QRectF(0, 0, physical, physical))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result


def application_icon() -> QIcon:
    """Return the program's icon, in its own colours."""
    path = resource("wganpaint.svg")
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(str(path)).render(painter)
        painter.end()
        result.addPixmap(picture)
    return result


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(_source(name).replace("currentColor", colour).encode())


class _TintedEngine(QIconEngine):
    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def key(self) -> str:
        return "wganpaint"

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        del mode, state
        return [QSize(GRID, GRID)]

    def clone(self) -> QIconEngine:
        copy = _TintedEngine(self._name, self._role)
        _clones.append(copy)
        return copy

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        colour = QGuiApplication.palette().color(group, self._role)
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        _renderer(self._name, colour.name()).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # size is device-independent from Qt 6.8 on.
        result = QPixmap(size * scale)
        if result.isNull():  # Qt asks for an empty size before the first layout
            return result
        result.setDevicePixelRatio(scale)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result
