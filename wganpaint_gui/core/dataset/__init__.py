"""From the user's folder or zip of pictures to the images a WGAN trains on, decoded once and kept on disk."""

from .data_options import DataOptions, DataProgress, FixedFraming, Framing
from .data_report import DataReport
from .prepare import ImageSet, open_cached, prepare_data

__all__ = [
    "DataOptions",
    "DataProgress",
    "DataReport",
    "FixedFraming",
    "Framing",
    "ImageSet",
    "open_cached",
    "prepare_data",
]
