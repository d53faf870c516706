"""Menu bar and toolbars, built from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from wganpaint_gui.gui.look.mnemonics import give_mnemonics, keep_mnemonics
from wganpaint_gui.gui.look.translation import tr

from .actions import ACTIONS, MENUS, in_lines

T = TypeVar("T")

_ALSO_IN_MASK_MENU = ("load_mask", "save_mask")  # where people look for them, besides File
_BELOW_TOOLS = ("undo", "redo", "zoom_fit", "mask_show", "original", "split")


def make_menus(bar: QMenuBar, actions: dict[str, QAction]) -> tuple[QMenu, QMenu]:
    """Fill the menu bar and return the menus of recent photos and of those with unsaved work, which are still empty."""
    menus = {name: bar.addMenu(tr(name)) for name in MENUS}
    recent, unsaved = QMenu(tr("Open recent"), bar), QMenu(tr("Unsaved work"), bar)
    unsaved.setEnabled(False)
    submenus: dict[str, QMenu] = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        menu, action = menus[spec.menu], actions[spec.id]
        if spec.separator:
            menu.addSeparator()
        if spec.submenu:
            if spec.submenu not in submenus:
                submenus[spec.submenu] = menu.addMenu(tr(spec.submenu))
            menu = submenus[spec.submenu]
        menu.setToolTipsVisible(True)
        menu.addAction(action)
        if spec.id == "open_sample":
            menu.addMenu(recent)
            menu.addMenu(unsaved)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(bar)).addAction(action)
    menus["Mask"].addSeparator()
    menus["Mask"].addActions([actions[name] for name in _ALSO_IN_MASK_MENU])
    for filled in (*menus.values(), *submenus.values(), recent, unsaved):
        keep_mnemonics(filled)
    give_mnemonics(bar)
    return recent, unsaved


def fill_menu(menu: QMenu, rows: Sequence[tuple[str, str, T]], choose: Callable[[T], object]) -> None:
    """List photos. rows: name, tooltip, and what `choose` is called with."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for name, tip, item in rows:
        action = menu.addAction(name.replace("&", "&&"))
        action.setToolTip(in_lines(tip))
        action.triggered.connect(lambda _checked=False, item=item: choose(item))
    menu.setEnabled(bool(rows))


def make_tool_bar(actions: dict[str, QAction]) -> QToolBar:
    """Build the bar with the tools and the actions needed most often."""
    bar = _bar(tr("Tools"), "toolBar")
    bar.setIconSize(QSize(20, 20))
    for spec in ACTIONS:
        if spec.group == "tools":
            bar.addAction(actions[spec.id])
    bar.addSeparator()
    for name in _BELOW_TOOLS:
        bar.addAction(actions[name])
    return bar


def make_options_bar(options: QWidget) -> QToolBar:
    bar = _bar(tr("Tool options"), "toolOptionsBar")
    bar.addWidget(options)
    return bar


def _bar(title: str, name: str) -> QToolBar:
    bar = QToolBar(title, movable=False)
    bar.setObjectName(name)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for extension in bar.findChildren(QToolButton):  # Qt's own, where the window is too low for all
        extension.setAccessibleName(tr("More: {bar}").format(bar=title))
    return bar
