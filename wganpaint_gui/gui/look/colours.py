"""The colours of both themes: grey chrome, and fixed colours for data."""

from __future__ import annotations

from dataclasses import dataclass

# Data colours mean the same in curves, lanes and on the canvas; as lines on a light background they are darker.
YEH = "#f2a03d"
CRITIC = "#4fc3a1"
MASK = "#e6399b"
SELECTION = "#4c9aff"


@dataclass(frozen=True)
class Colours:
    """The colours of one theme, as #rrggbb. Inks are data colours with enough contrast for text (4.5:1)."""

    window: str
    panel: str
    raised: str  # cards and lanes
    field: str  # text fields
    plot: str  # background of curves
    control: str  # buttons, grooves, segmented controls
    hover: str
    pressed: str  # also: checked
    border: str
    knob: str
    level: str  # the filled part of a slider
    surround: str  # around the photo
    text: str
    muted: str
    disabled: str
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    selection: str  # outline of what is selected or focused (3:1)
    yeh_ink: str
    critic_ink: str
    yeh_line: str  # readable as a line (3:1)
    critic_line: str
    good: str
    fair: str
    bad: str


DARK = Colours(
    window="#26272b",
    panel="#2b2c31",
    raised="#313238",
    field="#1f2023",
    plot="#1f2023",
    control="#3a3c42",
    hover="#44464d",
    pressed="#50535b",
    border="#3d3f46",
    knob="#dfe1e5",
    level="#8b8f98",
    surround="#18191b",
    text="#e8e9ec",
    muted="#a9acb4",
    disabled="#6f727a",
    primary="#1f6bcd",
    primary_hover="#2571d6",
    primary_pressed="#1a5db3",
    on_primary="#ffffff",
    selection=SELECTION,
    yeh_ink=YEH,
    critic_ink=CRITIC,
    yeh_line=YEH,
    critic_line=CRITIC,
    good="#5fd0ae",
    fair="#f0b35f",
    bad="#ff8078",
)
LIGHT = Colours(
    window="#ececee",
    panel="#f7f7f8",
    raised="#ffffff",
    field="#ffffff",
    plot="#f0f0f2",
    control="#e2e3e6",
    hover="#d8dade",
    pressed="#c9ccd2",
    border="#d3d5d9",
    knob="#ffffff",
    level="#7f838c",
    surround="#c9cacd",
    text="#1f2125",
    muted="#5b5f68",
    disabled="#9a9da5",
    primary="#1f6bcd",
    primary_hover="#1b63bf",
    primary_pressed="#1757a8",
    on_primary="#ffffff",
    selection="#1f6bcd",
    yeh_ink="#965800",
    critic_ink="#177257",
    yeh_line="#c27400",
    critic_line="#1b9070",
    good="#177257",
    fair="#965800",
    bad="#c0312b",
)
