"""The canvas, which shows the photo and edits its mask with mouse, wheel and pen."""

from .canvas import Canvas
from .tools import Tool

__all__ = ["Canvas", "Tool"]
