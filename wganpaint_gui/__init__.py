"""WganPaint: a photo editor that shows its fill being found."""

__version__ = "0.1.0"
