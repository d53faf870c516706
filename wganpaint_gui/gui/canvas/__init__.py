"""The canvas, which shows the photo and edits its mask with mouse, wheel and pen."""
