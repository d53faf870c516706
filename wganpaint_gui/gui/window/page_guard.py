"""What is not seen is not changed: while the training page has the photo's place, what is done to the photo rests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.commands.action_requirements import WORKS_WITHOUT_PHOTO_IN_VIEW


class PageGuard(QObject):
    """Switches off and on again every action that is not named in WORKS_WITHOUT_PHOTO_IN_VIEW, and these widgets.

    An action whose group is off stays off, whatever it is told meanwhile, and is then as it was told last: what else it
    needs, others go on saying without knowing of the page.
    """

    def __init__(self, actions: dict[str, QAction], widgets: Sequence[QWidget], parent: QObject) -> None:
        """actions: by id; those that exclude one another are in their groups already."""
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
    def set_seen(self, seen: bool) -> None:
        """seen: whether the photo is in sight."""
        for group in self._groups:
            group.setEnabled(seen)
        for widget in self._widgets:
            widget.setEnabled(seen)
