"""The user's own shortcuts in place of those of the table of actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtGui import QAction, QKeySequence

from wganpaint_gui.gui.look.translation import tr

from .actions import ACTIONS, DOUBLES, SPECS, tooltip

Keys = tuple[str, ...]  # of one action, in Qt's portable notation
# The canvas and the fields need these themselves.
RESERVED = ("Space", "Tab", "Shift+Tab", "Left", "Right", "Up", "Down")


def key_map(changed: Mapping[str, Keys]) -> dict[str, Keys]:
    """Return the keys of every action. changed: those that differ from the table; ids that it lacks are ignored."""
    return {spec.id: changed.get(spec.id, spec.shortcuts) for spec in ACTIONS}


def changed_keys(keys: Mapping[str, Keys]) -> dict[str, Keys]:
    """Return the part of a key map that differs from the table: what is saved."""
    return {name: own for name, own in keys.items() if own != SPECS[name].shortcuts}


def clashes(keys: Mapping[str, Keys]) -> dict[str, list[str]]:
    """Return, by action, the other actions that have one of its keys too."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    for name, own in keys.items():
        for key in own:
            users[QKeySequence(key).toString()].append(name)
    result: defaultdict[str, list[str]] = defaultdict(list)
    for names in users.values():
        for name in names:
            result[name] += [other for other in names if other != name]
    return {name: others for name, others in result.items() if others}


def apply_keys(actions: Mapping[str, QAction], changed: Mapping[str, Keys]) -> None:
    """Give every action its keys, and a tooltip that names them."""
    for name, keys in key_map(changed).items():
        actions[name].setShortcuts([QKeySequence(key) for key in keys])
        actions[name].setToolTip(tooltip(SPECS[name], keys))


def listed(keys: Keys) -> str:
    """Return keys for display, without the variants of another part of the keyboard."""
    named = (QKeySequence(key) for key in keys if key not in DOUBLES)
    return tr(" or ").join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in named)
