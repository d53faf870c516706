"""Small widgets that panels share."""

from .collapsible import Collapsible
from .key_button import KeyButton
from .labels import Badge, ElidedLabel, NameLabel, TabularLabel, set_tone
from .quiet_list import QuietList
from .segmented import Choice, SegmentedControl
from .value_slider import ValueSlider

__all__ = [
    "Badge",
    "Choice",
    "Collapsible",
    "ElidedLabel",
    "KeyButton",
    "NameLabel",
    "QuietList",
    "SegmentedControl",
    "TabularLabel",
    "ValueSlider",
    "set_tone",
]
