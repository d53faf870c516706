"""Shows what a dialog makes of the mask while its numbers are chosen, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Mask, hole
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .mask_dialog import MaskDialog

Values = tuple[float, ...]  # of the dialog's sliders


class Made(NamedTuple):
    """What a change makes: a mask [H, W], and perhaps the frames that belong to it."""

    mask: Mask
    frames: Sequence[Frame] | None = None


class MaskPreview(QObject):
    """One dialog from its opening to OK or Cancel; the document changes at OK only, as one undo entry.

    Of the values chosen while one result is computed only the newest is computed next: the preview drops frames, and
    never lags behind.
    """

    def __init__(
        self,
        name: str,
        dialog: MaskDialog,
        change: Callable[[Mask, Values], Made],
        *,
        document: Document,
        canvas: Canvas,
        background: Background,
        messages: MessageBar,
        note: str = "",
    ) -> None:
        """name: of the undo entry. change: called in the background thread with a mask it must not write to."""
        super().__init__(dialog)
        self._name, self._dialog, self._change, self._note = name, dialog, change, note
        self._document, self._canvas, self._background, self._messages = document, canvas, background, messages
        self._before = document.snapshot()
        self._base = cache(self._before.array)
        self._computing: Values | None = None
        self._made: tuple[Values, Made] | None = None
        self._accepted = False
        self._open = True  # not asked of the dialog, which is deleted soon after it has closed
        dialog.changed.connect(self._compute)
        dialog.ok_wanted.connect(self._on_ok)
        dialog.finished.connect(self._end)
        dialog.say(note)
        dialog.open_over(canvas)
        self._compute()

    @Slot()
    def _compute(self) -> None:
        values = self._dialog.values
        if self._computing is not None or (self._made is not None and self._made[0] == values):
            return  # `_take` comes here again
        self._computing = values
        self._background.submit(
            lambda: self._change(self._base(), values), lambda made: self._take(values, made), self._on_failed
        )

    def _take(self, values: Values, made: Made) -> None:
        self._computing, self._made = None, (values, made)
        if not self._open:
            return
        usable = bool(hole(made.mask).any())
        self._dialog.set_usable(usable)
        self._dialog.say(self._note if usable else tr("Nothing would be masked."))
        self._canvas.preview_mask(made.mask)
        self._compute()
        if self._accepted:
            self._on_ok()

    def _on_failed(self, error: BaseException) -> None:
        self._computing, self._made, self._accepted = None, None, False
        if not self._open:
            return
        self._dialog.set_usable(False)
        self._canvas.preview_mask(None)
        if isinstance(error, WganPaintError):
            self._dialog.say(str(error))
        else:
            self._dialog.reject()
            self._messages.show_error(error)

    @Slot()
    def _on_ok(self) -> None:
        """Close with what the numbers say; where that is still computed, once it is there."""
        self._accepted = self._made is None or self._made[0] != self._dialog.values
        if not self._accepted and self._dialog.ok.isEnabled():
            self._dialog.accept()

    @Slot(int)
    def _end(self, answer: int) -> None:
        self._open = False
        self._canvas.preview_mask(None)
        document = self._document
        if answer and self._made is not None:
            if document.editing or document.snapshot() is not self._before:
                said = tr("The mask has changed meanwhile, so “{change}” was left out. Choose it again.")
                self._messages.show_message(said.format(change=self._dialog.windowTitle()), "warning")
            else:
                document.replace_mask(self._name, *self._made[1])
        self._dialog.deleteLater()
