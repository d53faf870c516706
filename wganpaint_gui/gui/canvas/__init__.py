"""The photo on screen: view, tools, overlays."""
