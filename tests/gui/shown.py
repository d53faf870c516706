"""What the window shows, read as a person reads it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from wganpaint_gui.gui.messages import MessageBar


def shown_message(bar: MessageBar) -> str:
    """The text of the message bar; "" while it is hidden."""
    label = bar.findChild(QLabel, "messageText")
    assert isinstance(label, QLabel)
    return "" if bar.isHidden() else label.text()
