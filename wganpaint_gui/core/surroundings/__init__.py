"""Fills a hole from the photo itself: patches copied from elsewhere, or colours interpolated across thin holes."""
