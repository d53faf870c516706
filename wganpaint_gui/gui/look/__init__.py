"""The look of the editor: theme, stylesheet, icons, images, and the formatting of numbers."""
