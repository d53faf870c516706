"""The Mask menu: operations on the whole mask, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from wganpaint_gui.core.edit import mask_changes
from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.region import Combine, Region, alike
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.open_document import DocumentSubscription, after_stroke

GROW_STEP = 2  # photo pixels per key press in photos of up to 1,000 pixels; more in larger ones
_PIXELS_PER_STEP = 1000  # of the photo's longer side


class MaskActions(QObject):
    """Applies each operation as one undo entry; its result is dropped if the mask has changed meanwhile."""

    def __init__(self, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self.background = Background("mask", self)
        self.document: Document | None = None
        self._messages = messages
        self._edits = 0
        self._subscription = DocumentSubscription(self._count_edit)

    def set_document(self, document: Document | None) -> None:
        self.document = document
        self._subscription.follow(document)

    def invert(self) -> None:
        self._apply("invert mask", mask_changes.invert)

    def clear(self) -> None:
        self._apply("clear mask", mask_changes.clear)

    def grow(self) -> None:
        self._apply("grow mask", lambda mask: mask_changes.grow(mask, self._step()))

    def shrink(self) -> None:
        self._apply("shrink mask", lambda mask: mask_changes.shrink(mask, self._step()))

    def use_wand(self, x: int, y: int, how: Combine, tolerance: int, *, contiguous: bool) -> None:
        """Combine with the mask what has the colour of photo pixel (x, y), see `alike`."""
        document = self.document
        if document is None:
            return
        take_photo = document.photo_later()

        def combine(region: Region) -> None:
            if document is self.document:
                with document.edit_mask("magic wand") as edit:
                    edit.combine(region, how)

        self.background.submit(
            lambda: alike(take_photo().pixels, x, y, tolerance, contiguous=contiguous),
            lambda region: after_stroke(document, self, lambda: combine(region)),
            self._messages.show_error,
        )

    def _step(self) -> int:
        assert self.document is not None
        return GROW_STEP * max(1, round(max(self.document.photo.width, self.document.photo.height) / _PIXELS_PER_STEP))

    def _count_edit(self, _change: Change) -> None:
        self._edits += 1

    def _apply(self, name: str, change: Callable[[Mask], Mask]) -> None:
        document = self.document
        if document is None or document.editing:
            return
        edits, before = self._edits, document.snapshot()

        def done(after: Mask) -> None:
            if document is self.document and edits == self._edits and not document.editing:
                document.replace_mask(name, after)

        self.background.submit(lambda: change(before.array()), done, self._messages.show_error)
