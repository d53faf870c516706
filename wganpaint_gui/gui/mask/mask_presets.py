"""Masks that need no painting: the paper's corruptions, the photo's transparency, the mask before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.mask_io import alpha_mask
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.gui.files.mask_files import MaskFiles
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.frame_planner import FramePlanner
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, capitalised, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.widgets import ValueSlider
from wganpaint_gui.gui.work.open_document import after_stroke

from .last_mask import LastMask
from .mask_actions import MaskActions
from .mask_dialog import MaskDialog
from .mask_preview import Made

USUAL_RESOLUTION = 64  # pixels, of a model that is still loading
_CENTRE, _RANDOM = 25, 80  # per cent: the paper's
_MOST_SEED = 99_999

MakeHole = Callable[[Box, Frame, tuple[float, ...]], Mask]  # given the photo's box, a frame and the sliders' values


class MaskPresets(QObject):
    """Each replaces the mask, as one undo entry."""

    def __init__(
        self,
        masks: MaskActions,
        files: MaskFiles,
        controller: FillController,
        planner: FramePlanner,
        messages: MessageBar,
        actions: dict[str, QAction],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._masks, self._files, self._messages, self._window = masks, files, messages, parent
        self._controller, self._planner = controller, planner
        self._actions = actions
        self._document: Document | None = None
        self._last = LastMask(self)
        self._last.changed.connect(self._enable)
        self._enable()

    def set_document(self, document: Document | None) -> None:
        self._document = document
        self._last.set_document(document)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        document = self._document
        self._actions["mask_last"].setEnabled(document is not None and self._last.mask is not None)
        self._actions["mask_transparency"].setEnabled(document is not None and document.photo.has_alpha)

    def last_mask(self) -> None:
        """Bring back the mask that was there before; that of a photo of another size is asked about."""
        last = self._last.mask
        if last is not None:
            self._files.use(QT_TR_NOOP("last mask"), lambda _: last.array())

    def from_transparency(self) -> None:
        """Mask what is fully transparent."""
        document = self._document
        if document is None or document.editing:
            return
        take_photo = document.photo_later()

        def use(mask: Mask) -> None:
            if document is not self._document:
                return
            if mask.any():
                document.replace_mask(QT_TR_NOOP("mask from transparency"), mask)
            else:
                self._messages.show_message(tr("Nothing in this photo is fully transparent."))

        self._masks.background.submit(
            lambda: alpha_mask(take_photo()),
            lambda mask: after_stroke(document, self, lambda: use(mask)),
            self._messages.show_error,
        )

    def centre_square(self) -> None:
        from wganpaint_gui.core.measure.corruption import centre_hole

        tip = tr(
            "Side of the square in per cent of the frame's side, 1 to 100, default 25: the paper's 16 of 64 pixels."
        )
        side = ValueSlider(tr("Side"), 1, 100, tip, default=_CENTRE, unit="%")
        resolution = self._resolution
        self._ask(
            QT_TR_NOOP("centre square"),
            [side],
            lambda photo, frame, values: centre_hole(photo, frame, resolution, values[0] / 100),
        )

    def random_pixels(self) -> None:
        from wganpaint_gui.core.measure.corruption import random_hole

        tip = tr("Per cent of the model's pixels in the frame that are masked, 1 to 99, default 80: the paper's.")
        share = ValueSlider(tr("Share"), 1, 99, tip, default=_RANDOM, unit="%")
        seed = ValueSlider(
            tr("Seed"), 0, _MOST_SEED, tr("Which pixels they are; the same seed, the same pixels. Default 0.")
        )
        resolution = self._resolution
        self._ask(
            QT_TR_NOOP("random pixels"),
            [share, seed],
            lambda photo, frame, values: random_hole(photo, frame, resolution, values[0] / 100, round(values[1])),
        )

    @property
    def _resolution(self) -> int:
        model = self._controller.engine.model
        return USUAL_RESOLUTION if model is None else model.resolution

    def _ask(self, name: str, sliders: list[ValueSlider], hole: MakeHole) -> None:
        """Open a dialog for a hole in the frame; a frame found for it is set with it, so that it stays its own.

        name: of the undo entry, and so the title, in English.
        """
        document = self._document
        if document is None or document.editing:
            return
        chosen = self._planner.frames[self._planner.selected] if self._planner.frames else None
        free = not document.frames and not self._controller.has_any

        @cache
        def frame() -> Frame:
            from wganpaint_gui.core.photo.faces.leaning import largest_face

            return largest_face(document.photo) if chosen is None else chosen

        side = self._resolution
        self._masks.preview(
            name,
            MaskDialog(capitalised(tr(name)), sliders, self._window),
            lambda _, values: Made(hole(document.photo.box, frame(), values), (frame(),) if free else None),
            note=tr("Inside the frame, in the {side}\u00a0×\u00a0{side} pixels of the model.").format(side=side),
        )
