"""Small widgets that panels share."""

from .collapsible import Collapsible
from .labels import Badge, ElidedLabel, NameLabel, TabularLabel, set_tone
from .primary_button import PrimaryButton
from .segmented import Choice, SegmentedControl
from .value_slider import ValueSlider

__all__ = [
    "Badge",
    "Choice",
    "Collapsible",
    "ElidedLabel",
    "NameLabel",
    "PrimaryButton",
    "SegmentedControl",
    "TabularLabel",
    "ValueSlider",
    "set_tone",
]
