"""The canvas: the photo under mouse, wheel and pen."""

from .canvas import Canvas
from .tools import Tool

__all__ = ["Canvas", "Tool"]
