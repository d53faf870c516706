"""The colours of both themes: grey chrome, and fixed colours for data."""

from __future__ import annotations

from dataclasses import dataclass

# Data colours mean the same in curves, lanes and on the canvas; as lines on a light background they are darker.
YEH = "#f2a03d"
CRITIC = "#4fc3a1"
SURROUNDINGS = "#b79cf0"
REFINED = "#ffe3b8"
MASK = "#e6399b"
SELECTION = "#4c9aff"
# In which the user can have the mask shown, where the photo itself is of its colour.
MASK_COLOURS = {
    "magenta": MASK,
    "red": "#ff3b30",
    "yellow": "#ffd60a",
    "green": "#30d158",
    "blue": "#0a84ff",
    "white": "#ffffff",
}
# Of training runs that are drawn in one plot: the same runs keep their places in both themes.
RUN_LINES_ON_DARK = ("#6cb2ff", "#f2a03d", "#5fd06f", "#ff86c8", "#ffe066", "#b79cf0", "#4fd8e0", "#ff8078")
RUN_LINES_ON_LIGHT = ("#1f6bcd", "#c25e00", "#1d8a3a", "#c2297f", "#857000", "#7a4fd0", "#007f93", "#c0312b")


@dataclass(frozen=True)
class Colours:
    """The colours of one theme, as #rrggbb; the defaults are the dark theme's.

    Inks are data colours with enough contrast for text (4.5:1).
    """

    window: str = "#26272b"
    panel: str = "#2b2c31"
    raised: str = "#313238"  # cards and lanes
    field: str = "#1f2023"  # text fields
    plot: str = "#1f2023"  # background of curves
    band: str = "#2a2b30"  # part of it
    control: str = "#3a3c42"  # buttons, grooves, segmented controls
    hover: str = "#44464d"
    pressed: str = "#50535b"  # also: checked
    border: str = "#3d3f46"
    knob: str = "#dfe1e5"
    level: str = "#8b8f98"  # the filled part of a slider
    surround: str = "#18191b"  # around the photo
    text: str = "#e8e9ec"
    muted: str = "#a9acb4"
    disabled: str = "#6f727a"
    primary: str = "#1f6bcd"
    primary_hover: str = "#2571d6"
    primary_pressed: str = "#1a5db3"
    on_primary: str = "#ffffff"
    selection: str = SELECTION  # outline of what is selected or focused (3:1)
    yeh_ink: str = YEH
    critic_ink: str = CRITIC
    yeh_line: str = YEH  # readable as a line (3:1)
    critic_line: str = CRITIC
    surroundings_line: str = SURROUNDINGS
    refined_line: str = REFINED  # yeh_line where a refinement goes on
    good: str = "#5fd0ae"
    fair: str = "#f0b35f"
    bad: str = "#ff8078"


DARK = Colours()
LIGHT = Colours(
    window="#ececee",
    panel="#f7f7f8",
    raised="#ffffff",
    field="#ffffff",
    plot="#f0f0f2",
    band="#e4e4e8",
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
    primary_hover="#1b63bf",
    primary_pressed="#1757a8",
    selection="#1f6bcd",
    yeh_ink="#965800",
    critic_ink="#177257",
    yeh_line="#c27400",
    critic_line="#1b9070",
    surroundings_line="#7a55c7",
    refined_line="#774600",
    good="#177257",
    fair="#965800",
    bad="#c0312b",
)
