"""Small widgets that panels share."""

from .collapsible import Collapsible as Collapsible
from .drop_area import DropArea as DropArea
from .key_button import KeyButton as KeyButton
from .labels import Badge as Badge
from .labels import ElidedLabel as ElidedLabel
from .labels import NameLabel as NameLabel
from .labels import TabularLabel as TabularLabel
from .labels import set_tone as set_tone
from .layouts import in_column as in_column
from .layouts import in_row as in_row
from .more_button import MoreButton as MoreButton
from .panel import MARGIN as MARGIN
from .panel import SCROLL_BAR as SCROLL_BAR
from .panel import Panel as Panel
from .panel import PanelScroll as PanelScroll
from .panel import rule as rule
from .quiet_list import QuietList as QuietList
from .segmented import Choice as Choice
from .segmented import SegmentedControl as SegmentedControl
from .typed_field import TypedField as TypedField
from .value_slider import OVERHANG as OVERHANG
from .value_slider import ValueSlider as ValueSlider
