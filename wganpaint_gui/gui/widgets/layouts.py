"""Rows and columns of widgets, written as they stand."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Layout = TypeVar("Layout", bound=QBoxLayout)
Part = QWidget | QLayout | int
Margins = tuple[int, int, int, int]  # left, top, right, bottom

_NONE = (0, 0, 0, 0)


def in_column(
    *parts: Part | tuple[Part, int], of: QWidget | None = None, margins: Margins | None = _NONE, spacing: int = -1
) -> QVBoxLayout:
    """Put parts below each other. A part with a number stretches by it; a number alone is empty room that stretches.

    of: the widget that is laid out; None for a part of another layout. margins: None for the style's. spacing: between
    parts; -1 for the style's. Lengths are device-independent pixels.
    """
    return _filled(QVBoxLayout(of) if of else QVBoxLayout(), parts, margins, spacing)


def in_row(
    *parts: Part | tuple[Part, int], of: QWidget | None = None, margins: Margins | None = _NONE, spacing: int = -1
) -> QHBoxLayout:
    """Put parts beside each other, as `in_column` does below each other."""
    return _filled(QHBoxLayout(of) if of else QHBoxLayout(), parts, margins, spacing)


def _filled(
    layout: Layout, parts: tuple[Part | tuple[Part, int], ...], margins: Margins | None, spacing: int
) -> Layout:
    if margins is not None:
        layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for each in parts:
        part, stretch = each if isinstance(each, tuple) else (each, 0)
        if isinstance(part, QWidget):
            layout.addWidget(part, stretch)
        elif isinstance(part, QLayout):
            layout.addLayout(part, stretch)
        else:
            layout.addStretch(part)
    return layout
