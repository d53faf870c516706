"""Figures as in the paper, drawn with Pillow alone: fills side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from wganpaint_gui.core.search.settings import Method

# Colours of the editor's light theme; those of the methods are its inks, which are legible as text.
INK = "#1f2125"
METHOD_INKS: dict[Method, str] = {"yeh": "#965800", "critic": "#177257"}
MISSING = 217  # grey of missing pixels, 0..255; unlike skin
PAPER = "#ffffff"
MUTED = "#5b5f68"
_LINE = "#d3d5d9"

MARGIN = 32  # pixels, like all lengths here
_CELL = 128  # approximately; an image takes a whole multiple of its resolution
_GAP = 6  # between two images
_BETWEEN = 30  # between two groups of columns
TITLE, LABEL, SMALL = 20, 15, 13  # sizes of text
_LEADING = 1.25  # line height in text sizes


@dataclass(frozen=True, eq=False)
class Column:
    """Pictures below each other, one per row."""

    title: str
    pictures: NDArray[np.uint8]  # [S, R, R, 3] RGB
    colour: str = INK  # of the title


@dataclass(frozen=True, eq=False)
class Group:
    """Columns that belong together, under a common title."""

    title: str
    columns: tuple[Column, ...]


def comparison_figure(groups: Sequence[Group], caption: str) -> Image.Image:
    """Draw figure 4: groups of columns side by side. All columns have equally many pictures, of one size."""
    rows, resolution = groups[0].columns[0].pictures.shape[:2]
    cell = resolution * max(1, round(_CELL / resolution))
    titles = {id(column): _wrapped(column.title, LABEL, cell) for group in groups for column in group.columns}
    label_lines = max(map(len, titles.values()))
    top = MARGIN + round(TITLE * 1.9) + round(label_lines * LABEL * _LEADING) + 4
    widths = [len(group.columns) * (cell + _GAP) - _GAP for group in groups]
    width = 2 * MARGIN + sum(widths) + _BETWEEN * (len(groups) - 1)
    foot = top + rows * (cell + _GAP) - _GAP
    lines = _wrapped(caption, SMALL, width - 2 * MARGIN)
    height = foot + 16 + round(len(lines) * SMALL * _LEADING) + MARGIN - 8
    figure = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(figure)
    left = MARGIN
    for group, group_width in zip(groups, widths, strict=True):
        if group.title:
            write(draw, (left + group_width / 2, MARGIN + TITLE), group.title, TITLE, INK, "ms")
            rule = MARGIN + round(TITLE * 1.45)
            draw.line((left, rule, left + group_width - 1, rule), _LINE)
        for index, column in enumerate(group.columns):
            x = left + index * (cell + _GAP)
            for number, line in enumerate(reversed(titles[id(column)])):
                y = top - 8 - round(number * LABEL * _LEADING)
                write(draw, (x + cell / 2, y), line, LABEL, column.colour, "ms")
            for row, picture in enumerate(column.pictures):
                large = Image.fromarray(picture).resize((cell, cell), Image.Resampling.NEAREST)
                figure.paste(large, (x, top + row * (cell + _GAP)))
        left += group_width + _BETWEEN
    for number, line in enumerate(lines):
        write(draw, (MARGIN, foot + 16 + round(number * SMALL * _LEADING)), line, SMALL, MUTED, "lt")
    return figure


def corrupted_picture(image: NDArray[np.uint8], known: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Draw the missing pixels grey. image: [..., R, R, 3]. known: [..., R, R]."""
    return np.where(known[..., None], image, np.uint8(MISSING))


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, colour: str, anchor: str
) -> None:
    """Draw one line of text. anchor: Pillow's two letters for the point of the text that lies at `place`."""
    draw.text(place, text, fill=colour, font=ImageFont.load_default(size), anchor=anchor)


def text_width(text: str, size: int) -> float:
    return ImageFont.load_default(size).getlength(text)


def _wrapped(text: str, size: int, width: int) -> list[str]:
    """Break the text into as few lines as fit; a longer word gets a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
