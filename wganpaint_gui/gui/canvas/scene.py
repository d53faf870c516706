"""The layers of the canvas from bottom to top: photo, fill, mask, and the original beside or instead of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from wganpaint_gui.core.edit.document import Document, Tiles
from wganpaint_gui.core.geometry import Box, Frame, around
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.core.photo.maps.difference import opened_part
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import MASK
from wganpaint_gui.gui.look.images import to_qimage
from wganpaint_gui.gui.look.translation import tr

from .cursor import label_box, paint_label
from .frame_item import screen_rect
from .heat_map import HeatMap, paint_heat_map, paint_legend
from .mask_layer import MaskLayer
from .pixel_grid import PixelGrid
from .render import PhotoLayer
from .view import View

_CAPTION = 10  # logical pixels between a caption and the edges of what it names
_KNOB = 11.0  # logical pixels, radius of the divider's knob
DIVIDER_REACH = 6.0  # logical pixels beside the divider that still hold it


@dataclass(frozen=True, eq=False)
class Shown:
    """What is in sight, for a worker thread."""

    view: View
    pyramid: Pyramid
    photo: Photo
    photo_state: int  # of its pixels; no others ever get it
    originals: Tiles  # what was in the photo where fills changed it
    fill: tuple[Frame, NDArray[np.uint8]] | None  # one in hand: straight RGBA [s, s, 4] over its frame's box


class Scene:
    """Draws one document under one view. Knows neither mouse nor widget; sizes are logical pixels."""

    def __init__(self) -> None:
        self.view = View()
        self.document: Document | None = None
        self.mask_visible = True
        self.grid_visible = True  # at high zoom
        self.original = False  # nothing but the opened photo
        self.split = False
        self.caption = ""
        self.heat_map: HeatMap | None = None  # over photo and fill
        self.divider = 0.5  # where the split is, as part of the window's width
        self.pyramid: Pyramid | None = None
        self._before: tuple[Pyramid, Box] | None = None  # the opened photo where fills changed it
        self._before_known = False
        self._photo = PhotoLayer()
        self._original = PhotoLayer()
        self._mask = MaskLayer(QColor(MASK))
        self._grid = PixelGrid()
        self._preview: Mask | None = None
        self._fill: tuple[Frame, QImage] | None = None
        self._fill_pixels: NDArray[np.uint8] | None = None  # of that

    def show(self, document: Document | None, pyramid: Pyramid | None) -> None:
        self.document = document
        self.pyramid = pyramid or (Pyramid.build(document.photo) if document else None)
        self._fill = self._preview = self.heat_map = None
        self._mask.set_bare(None)
        if document:
            self.view = View((document.photo.width, document.photo.height), self.view.viewport, self.view.ratio)
        self._before_known = False
        self.invalidate()

    def invalidate(self) -> None:
        """Redraw everything: the photo or the theme's colours have changed."""
        self._photo.invalidate()
        self._original.invalidate()
        self._mask.invalidate()

    def preview_mask(self, mask: Mask | None) -> None:
        """Show another mask of the photo's size in place of its own; None: its own again."""
        self._preview = mask
        self._mask.invalidate()

    def mask_changed(self, parts: Sequence[Box]) -> QRect:
        """Note that photo pixels of the mask changed; return the part of the window to repaint."""
        return self._logical(around([self._mask.mark(part) for part in parts]))

    def photo_changed(self, box: Box) -> QRect:
        """Note that pixels of the photo changed; return the part of the window to repaint."""
        if self.document is None or self.pyramid is None or box.empty:
            return QRect()
        self.pyramid.update(self.document.photo, box)
        self._before_known = False
        self._photo.invalidate()
        self._original.invalidate()
        return self._logical(self.view.device_box(box).grown(2 + math.ceil(self.view.zoom)))

    @property
    def bare(self) -> bool:
        """Whether there is a photo with neither mask nor fill."""
        return self.document is not None and self._fill is None and self.document.masked_pixels == 0

    def set_mask_opacity(self, opacity: float) -> None:
        self._mask.set_opacity(opacity)

    @property
    def mask_colour(self) -> QColor:
        return self._mask.colour

    def set_mask_colour(self, colour: QColor) -> None:
        self._mask.set_colour(colour)

    def set_fill(self, frame: Frame | None, rgba: NDArray[np.uint8] | None) -> QRect:
        """Show [s, s, 4] straight RGBA over the frame's box, or nothing; return the part to repaint."""
        old = self._fill[0] if self._fill else None
        self._fill = (frame, to_qimage(rgba)) if frame is not None and rgba is not None else None
        self._fill_pixels = rgba
        new = self._fill[0] if self._fill else None
        self._mask.set_bare(new)
        dirty = QRect()
        for shown in (old, new):
            if shown is not None:
                dirty = dirty.united(self._fill_rect(shown).toAlignedRect().adjusted(-2, -2, 2, 2))
        return dirty

    def look_as(self, other: Scene) -> None:
        """Show the layers that another scene shows; its fill and its maps are its own."""
        self.mask_visible, self.grid_visible = other.mask_visible, other.grid_visible
        self._mask.look_as(other._mask)

    @property
    def shown(self) -> Shown | None:
        """What is in sight; None without a photo."""
        if self.document is None or self.pyramid is None:
            return None
        document = self.document
        fill = None if self._fill is None or self._fill_pixels is None else (self._fill[0], self._fill_pixels)
        state, originals = document.history.photo_state, document.original_patches
        return Shown(self.view, self.pyramid, document.photo, state, originals, fill)

    def photo_rect(self) -> QRectF:
        """Return where the whole photo lies, in logical pixels of the window."""
        left, top = self.view.to_screen(0, 0)
        width, height = self.view.photo
        return QRectF(left, top, width * self.view.scale, height * self.view.scale)

    @property
    def divider_x(self) -> float:
        """Position of the divider, a whole logical pixel."""
        return float(round(self.divider * self.view.viewport[0] / self.view.ratio))

    def paint(self, painter: QPainter) -> None:
        """Draw the part the painter is clipped to."""
        if self.document is None or self.pyramid is None:
            return
        if self.original:
            painter.drawImage(QPointF(0, 0), self._opened())
            self._paint_grid(painter)
            self._paint_caption(painter, self._shown_photo(), tr("Original"), right=False)
            return
        pieces = [(self.pyramid, self.document.photo.box)]
        painter.drawImage(QPointF(0, 0), self._render(self._photo, pieces))
        if self._fill is not None:
            frame, image = self._fill
            # A fill at the photo's own resolution shows its pixels as squares, like the photo.
            smooth = self.view.smooth or image.width() != frame.box.width
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(self._fill_rect(frame), image)
        if self.heat_map is not None:
            paint_heat_map(painter, self.view, self.heat_map, self._shown_photo())
        if self.split:
            self._paint_left_half(painter)
        self._paint_grid(painter)
        if self.mask_visible or self._preview is not None:
            self._paint_mask(painter, self.document)
        if self.split:
            self._paint_divider(painter)
        elif self.caption:
            self._paint_caption(painter, self._shown_photo(), self.caption, right=False)

    def paint_legend(self, painter: QPainter) -> None:
        """Draw the scale of the map, over everything else."""
        if self.heat_map is not None and self.document is not None and not self.original:
            paint_legend(painter, self.heat_map, self._shown_photo())

    def _paint_grid(self, painter: QPainter) -> None:
        grid = self._grid.image(self.view) if self.grid_visible else None
        if grid is not None:
            painter.drawImage(QPointF(0, 0), grid)

    def _paint_mask(self, painter: QPainter, document: Document) -> None:
        """Draw the mask; in a split view, on the right only: the photo on the left is as it was opened."""
        painter.save()
        if self.split:
            painter.setClipRect(self._half(right=True), Qt.ClipOperation.IntersectClip)
        painter.drawImage(QPointF(0, 0), self._mask.image(self.view, self._shown_mask(document)))
        painter.restore()

    def _shown_mask(self, document: Document) -> Mask:
        return document.mask if self._preview is None else self._preview

    def _half(self, *, right: bool) -> QRectF:
        """Return one side of a split window, in logical pixels."""
        width, height = (size / self.view.ratio for size in self.view.viewport)
        x = self.divider_x
        return QRectF(x, 0, width - x, height) if right else QRectF(0, 0, x, height)

    def _fill_rect(self, frame: Frame) -> QRectF:
        """Return where the fill of a frame is drawn: over its upright box."""
        return screen_rect(self.view, Frame(frame.box.x, frame.box.y, frame.box.width))

    def _shown_photo(self) -> QRectF:
        """Return the visible part of the photo."""
        width, height = self.view.viewport
        return self.photo_rect().intersected(QRectF(0, 0, width / self.view.ratio, height / self.view.ratio))

    def _opened(self) -> QImage:
        """Return an image of the window with the photo as it was opened."""
        assert self.document is not None
        assert self.pyramid is not None
        if not self._before_known:
            self._before = opened_part(self.document.photo, self.document.original_patches)
            self._before_known = True
        pieces = [(self.pyramid, self.document.photo.box)]
        if self._before is None:
            return self._render(self._photo, pieces)
        return self._render(self._original, [*pieces, self._before])

    def _render(self, layer: PhotoLayer, pieces: list[tuple[Pyramid, Box]]) -> QImage:
        assert self.document is not None
        surround = QColor(theme.colours().surround)
        return layer.image(self.view, pieces, alpha=self.document.photo.has_alpha, surround=surround)

    def _paint_left_half(self, painter: QPainter) -> None:
        painter.save()
        painter.setClipRect(self._half(right=False), Qt.ClipOperation.IntersectClip)
        painter.drawImage(QPointF(0, 0), self._opened())
        painter.restore()

    def _paint_divider(self, painter: QPainter) -> None:
        x, shown = self.divider_x, self._shown_photo()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 120), 3.5), (QColor("#ffffff"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
        centre = QPointF(x, shown.center().y())
        painter.setPen(QPen(QColor(0, 0, 0, 120), 1.0))
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(centre, _KNOB, _KNOB)
        painter.setPen(QPen(QColor("#35373c"), 1.6))
        for side in (-1, 1):
            tip = centre + QPointF(side * 6.0, 0)
            painter.drawPolyline([tip + QPointF(-side * 3, -3.5), tip, tip + QPointF(-side * 3, 3.5)])
        painter.restore()
        before, now = QRectF(shown), QRectF(shown)
        before.setRight(x)
        now.setLeft(x)
        self._paint_caption(painter, before, tr("Original"), right=False)
        self._paint_caption(painter, now, tr("Current"), right=True)

    def _paint_caption(self, painter: QPainter, part: QRectF, text: str, *, right: bool) -> None:
        """Draw a caption in the lower corner of a part of the window, if there is room."""
        box = label_box(painter.font(), text, QPointF(0, 0))
        if part.width() > box.width() + 24:
            box.moveTo(
                part.right() - box.width() - _CAPTION if right else part.left() + _CAPTION,
                part.bottom() - box.height() - _CAPTION,
            )
            paint_label(painter, box, painter.font(), text)

    def _logical(self, device: Box) -> QRect:
        ratio = self.view.ratio
        rect = QRectF(device.x / ratio, device.y / ratio, device.width / ratio, device.height / ratio)
        return rect.toAlignedRect() if not device.empty else QRect()
