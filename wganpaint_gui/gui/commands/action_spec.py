"""One action of the table: what menus, toolbar and the list of shortcuts know of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """One thing the user can do. shortcuts: in Qt's notation; hint: keys and gestures that are not Qt shortcuts."""

    id: str
    text: str
    menu: str
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    hint: str = ""
    checkable: bool = False
    group: str = ""  # actions of one group exclude one another
    repeats: bool = False  # while the key is held
    separator: bool = False  # above it in its menu
    submenu: str = ""  # within its menu
