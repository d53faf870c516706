"""Small widgets that panels share."""

from .collapsible import Collapsible
from .drop_area import DropArea
from .key_button import KeyButton
from .labels import Badge, ElidedLabel, NameLabel, TabularLabel, set_tone
from .layouts import in_column, in_row
from .more_button import MoreButton
from .panel import MARGIN, SCROLL_BAR, Panel, PanelScroll, rule
from .quiet_list import QuietList
from .segmented import Choice, SegmentedControl
from .typed_field import TypedField
from .value_slider import OVERHANG, ValueSlider

__all__ = [
    "MARGIN",
    "OVERHANG",
    "SCROLL_BAR",
    "Badge",
    "Choice",
    "Collapsible",
    "DropArea",
    "ElidedLabel",
    "KeyButton",
    "MoreButton",
    "NameLabel",
    "Panel",
    "PanelScroll",
    "QuietList",
    "SegmentedControl",
    "TabularLabel",
    "TypedField",
    "ValueSlider",
    "in_column",
    "in_row",
    "rule",
    "set_tone",
]
