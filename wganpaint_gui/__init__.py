"""WganPaint: a photo editor that shows how each fill is found."""

__version__ = "0.1.0"
