"""Disables the actions on the photo while the training page hides it: nobody changes what they cannot see."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.commands.action_requirements import WORKS_WITHOUT_PHOTO_IN_VIEW


class PageGuard(QObject):
    """Disables and enables every action that is not in WORKS_WITHOUT_PHOTO_IN_VIEW, and the given widgets.

    An action stays disabled while its group is, whatever `setEnabled` says meanwhile, and then takes its last value: so
    the rest of the window enables actions without regard to the page.
    """

    def __init__(self, actions: dict[str, QAction], widgets: Sequence[QWidget], parent: QObject) -> None:
        """actions: by id; actions that exclude one another must already be in their groups."""
        super().__init__(parent)
        self._widgets = tuple(widgets)
        others = QActionGroup(self)
        others.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._groups = {others}
        for name, action in actions.items():
            if name in WORKS_WITHOUT_PHOTO_IN_VIEW:
                continue
            if action.actionGroup() is None:
                others.addAction(action)
            else:
                self._groups.add(action.actionGroup())

    @Slot(bool)
    def set_photo_visible(self, visible: bool) -> None:
        """Enable the actions and widgets where the photo is visible, disable them where it is not."""
        for group in self._groups:
            group.setEnabled(visible)
        for widget in self._widgets:
            widget.setEnabled(visible)
