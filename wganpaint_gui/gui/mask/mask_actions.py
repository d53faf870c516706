"""The Mask menu: operations on the whole mask, computed off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit import mask_changes as masks
from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.region import Combine, Region
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.core.search.settings import Blend
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, capitalised, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.widgets import ValueSlider
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.open_document import DocumentSubscription, after_stroke

from .mask_dialog import MaskDialog
from .mask_preview import Made, MaskPreview, Values

MOST_PIXELS, SLIDER_PIXELS = 500, 100  # photo pixels: of a dialog's number, and where its slider ends
GROW_STEP = 2  # photo pixels per key press in photos of up to 1,000 pixels; more in larger ones
_PIXELS_PER_STEP = 1000  # of the photo's longer side


class MaskActions(QObject):
    """Applies each operation as one undo entry; its result is dropped if the mask has changed meanwhile."""

    def __init__(self, canvas: Canvas, messages: MessageBar, blend: Callable[[], Blend], parent: QWidget) -> None:
        """blend: how fills meet the photo at present."""
        super().__init__(parent)
        self._window, self._canvas, self._blend = parent, canvas, blend
        self._dialog: MaskDialog | None = None  # while it is open
        self._pixels: dict[str, float] = {}  # chosen last in each dialog, by its title
        # Not polite: it imports OpenCV, and the user waits for what a click selects.
        self.background = Background("mask", self, polite=False)
        self.document: Document | None = None
        self._messages = messages
        self._edits = 0
        self._subscription = DocumentSubscription(self._count_edit)

    def set_document(self, document: Document | None) -> None:
        if self._dialog is not None:
            self._dialog.reject()  # it is about another photo
        self.document = document
        self._subscription.follow(document)

    def invert(self) -> None:
        self._apply(QT_TR_NOOP("invert mask"), masks.invert)

    def clear(self) -> None:
        self._apply(QT_TR_NOOP("clear mask"), masks.clear)

    def grow(self) -> None:
        self._apply(QT_TR_NOOP("grow mask"), lambda mask: masks.grow(mask, self._step()))

    def shrink(self) -> None:
        self._apply(QT_TR_NOOP("shrink mask"), lambda mask: masks.shrink(mask, self._step()))

    def grow_by(self) -> None:
        self._ask(QT_TR_NOOP("grow mask"), tr("How far the mask grows on all sides"), masks.grow, default=self._step)

    def shrink_by(self) -> None:
        self._ask(
            QT_TR_NOOP("shrink mask"), tr("How far the mask shrinks on all sides"), masks.shrink, default=self._step
        )

    def smooth(self) -> None:
        tip = tr("How strongly the outline is rounded; specks and gaps much narrower than this vanish")
        self._ask(QT_TR_NOOP("smooth mask"), tip, masks.smooth, default=lambda: 2 * self._step())

    def feather(self) -> None:
        """Soften the edge. The hole stays; how strongly a fill covers the photo there is for the blend to use."""
        blend = self._blend()
        note = tr("The model's fills fade over a soft edge.")
        if blend != "feather":
            used = {"none": tr("None", "blend"), "poisson": tr("Poisson")}[blend]
            note = tr("Fills fade over a soft edge with the edge blend Feather only; yours is {used}.").format(
                used=used
            )
        tip = tr("How far the edge is softened on both sides; 0 makes it hard. Which pixels are filled stays the same")
        self._ask(QT_TR_NOOP("feather mask"), tip, masks.feather, default=lambda: 2 * self._step(), least=0, note=note)

    def _ask(
        self,
        name: str,
        tip: str,
        change: Callable[[Mask, int], Mask],
        *,
        default: Callable[[], int],
        least: int = 1,
        note: str = "",
    ) -> None:
        """Open a dialog that changes the mask by a number of pixels.

        name: of the undo entry, and so the title, in English. tip: without the full stop.
        """
        if self.document is None or self.document.editing:
            return
        usual = default()
        tip = tr("{what}, in photo pixels, {least} to {most}, default {usual}.").format(
            what=tip, least=least, most=MOST_PIXELS, usual=usual
        )
        slider = ValueSlider(
            tr("Pixels"), least, MOST_PIXELS, tip, default=usual, slider_high=SLIDER_PIXELS, power=2.0, unit="px"
        )
        slider.set_value(self._pixels.get(name, usual))
        dialog = MaskDialog(capitalised(tr(name)), [slider], self._window)
        dialog.accepted.connect(lambda: self._pixels.update({name: slider.value}))
        self.preview(name, dialog, lambda mask, values: Made(change(mask, round(values[0]))), note=note)

    def preview(self, name: str, dialog: MaskDialog, change: Callable[[Mask, Values], Made], *, note: str = "") -> None:
        """Open a dialog with a preview on the photo, see `MaskPreview`."""
        assert self.document is not None
        self._dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        MaskPreview(
            name,
            dialog,
            change,
            document=self.document,
            canvas=self._canvas,
            background=self.background,
            messages=self._messages,
            note=note,
        )

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None

    def prepare_wand(self) -> None:
        """Import now what the wand needs: its first click would wait a fifth of a second for it."""
        self.background.submit(lambda: import_module("cv2"), lambda _: None, self._messages.show_error)

    def use_wand(self, x: int, y: int, how: Combine, tolerance: int, *, contiguous: bool) -> None:
        """Combine with the mask what has the colour of photo pixel (x, y), see `Document.alike_later`."""
        document = self.document
        if document is None:
            return

        def combine(region: Region) -> None:
            if document is self.document:
                with document.edit_mask(QT_TR_NOOP("magic wand")) as edit:
                    edit.combine(region, how)

        self.background.submit(
            document.alike_later(x, y, tolerance, contiguous=contiguous),
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
