"""Asks for the colour in which the mask is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.look.translation import tr


def ask_for_mask_colour(window: QWidget, canvas: Canvas, colour: str, chosen: Callable[[str], object]) -> None:
    """Show each colour on the photo while one looks for it; then call `chosen` with the new one, or `colour` again.

    Colours are written as #rrggbb.
    """
    dialog = QColorDialog(QColor(colour), window)
    dialog.setObjectName("maskColourDialog")
    dialog.setWindowTitle(tr("Mask colour"))
    dialog.currentColorChanged.connect(canvas.set_mask_colour)
    dialog.finished.connect(lambda answer: chosen(dialog.currentColor().name() if answer else colour))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
