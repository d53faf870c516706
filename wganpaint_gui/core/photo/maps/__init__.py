"""Maps over a photo: where it differs from the opened one, and the colours of such maps."""
