"""The frames drawn over the photo, of which one is active."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter

from wganpaint_gui.core.geometry import Frame

from .frame_item import paint_frame
from .view import View


@dataclass(frozen=True)
class ShownFrames:
    """Several frames have numbers; the active one has the label, handles, and the guides for eyes and mouth."""

    frames: tuple[Frame, ...] = ()
    active: int = 0  # index
    label: str = ""
    guides: bool = False

    @property
    def active_frame(self) -> Frame | None:
        return self.frames[self.active] if 0 <= self.active < len(self.frames) else None

    def paint(self, painter: QPainter, view: View, *, held: Frame | None, handles: bool) -> None:
        """Draw all frames. held: what the user makes of the active one now."""
        numbers = [f"{number}" if len(self.frames) > 1 else "" for number in range(1, len(self.frames) + 1)]
        for index, frame in enumerate(self.frames):
            if index != self.active:
                paint_frame(painter, view, frame, active=False, handles=False, label=numbers[index])
        shown = held or self.active_frame
        if shown is not None:
            said = self.label if held is None or not shown.angle else f"{shown.angle:g}°"
            label = " · ".join(filter(None, [*numbers[self.active : self.active + 1], said]))
            paint_frame(painter, view, shown, active=True, handles=handles, label=label, guides=self.guides)
