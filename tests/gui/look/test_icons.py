"""Icons: all there, of one family, sharp, and in the colour of the theme."""

from __future__ import annotations

import gc
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton

from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.colours import DARK, LIGHT

NAMES = [
    "open",
    "save",
    "save-as",
    "copy",
    "paste",
    "undo",
    "redo",
    "brush",
    "eraser",
    "rectangle",
    "ellipse",
    "lasso",
    "polygon",
    "wand",
    "fill-region",
    "frame",
    "pan",
    "eye",
    "invert",
    "clear",
    "grow",
    "shrink",
    "zoom-in",
    "zoom-out",
    "zoom-fit",
    "zoom-actual",
    "original",
    "split",
    "run",
    "pause",
    "resume",
    "stop",
    "more-steps",
    "keep",
    "discard",
    "next",
    "previous",
    "model",
    "train",
    "evaluate",
    "history",
    "settings",
    "help",
    "folder",
    "warning",
    "info",
    "error",
    "chevron-right",
    "chevron-down",
    "dice",
    "light",
    "dark",
    "system",
    "device",
    "sample",
    "best",
]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply_theme(qapp, "light")
    yield qapp
    theme.apply_theme(qapp, "light")


def painted(icon: QIcon, size: int = 20, scale: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal) -> np.ndarray:
    """[H, W, 4] RGBA, straight alpha."""
    image = icon.pixmap(QSize(size, size), scale, mode).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_and_leaves_a_margin(app: QApplication, name: str) -> None:
    alpha = painted(icons.icon(name), 40)[..., 3]
    assert (alpha > 200).sum() > 20
    edge = np.concatenate([alpha[:2].ravel(), alpha[-2:].ravel(), alpha[:, :2].ravel(), alpha[:, -2:].ravel()])
    assert edge.max() == 0


def test_icons_are_of_one_family() -> None:
    for path in resource("icons").glob("*.svg"):
        root = ElementTree.parse(path).getroot()
        shared = {key: root.get(key) for key in ("viewBox", "stroke", "stroke-width", "stroke-linecap", "fill")}
        assert shared == {
            "viewBox": "0 0 20 20",
            "stroke": "currentColor",
            "stroke-width": "1.5",
            "stroke-linecap": "round",
            "fill": "none",
        }, path.name


def test_an_icon_follows_the_theme_without_being_made_again(app: QApplication) -> None:
    icon = icons.icon("stop")
    for mode, colours in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        theme.apply_theme(app, mode)
        picture = painted(icon, 40)
        solid = picture[picture[..., 3] == 255][:, :3]
        wanted = [int(colours.text[at : at + 2], 16) for at in (1, 3, 5)]
        assert np.abs(solid.astype(int) - wanted).max() <= 2


def test_a_disabled_icon_is_fainter(app: QApplication) -> None:
    icon = icons.icon("stop")
    normal, disabled = painted(icon), painted(icon, mode=QIcon.Mode.Disabled)
    assert disabled[..., :3][disabled[..., 3] > 200].mean() > normal[..., :3][normal[..., 3] > 200].mean() + 50


def test_an_icon_is_drawn_in_physical_pixels_on_a_dense_screen(app: QApplication) -> None:
    pixmap = icons.icon("brush").pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0
    fine, coarse = painted(icons.icon("frame"), 20, 2.0)[..., 3], painted(icons.icon("frame"), 20, 1.0)[..., 3]
    assert not np.array_equal(fine, np.kron(coarse, np.ones((2, 2), np.uint8)))


def test_icons_survive_being_copied_and_collected(app: QApplication, qtbot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    for _ in range(50):
        icon = icons.icon("run")
        copy = QIcon(icon)
        copy.addPixmap(icon.pixmap(QSize(20, 20)))  # detaches: Qt clones the engine
        button.setIcon(copy)
        del icon, copy
        gc.collect(0)
        assert not button.icon().pixmap(QSize(20, 20)).isNull()


def test_an_unknown_icon_is_an_error(app: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("unicorn")


def test_the_application_icon_comes_in_many_sizes(app: QApplication) -> None:
    sizes = {size.width() for size in icons.application_icon().availableSizes()}
    assert sizes >= {16, 32, 256}
    assert painted(icons.application_icon(), 256)[128, 128, 3] == 255


def test_an_icon_of_no_size_is_empty_and_nothing_is_painted(qtbot, qtlog) -> None:
    assert icons.icon("dice").pixmap(QSize(0, 0)).isNull()
    assert not [record for record in qtlog.records if "QPainter" in record.message]
