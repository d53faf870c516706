"""How everything looks: theme, style sheet, icons, images, and how numbers are written."""
