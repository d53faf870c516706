"""From the user's folder or zip of pictures to the images a WGAN trains on, decoded once and kept on disk."""

from .data_options import DataOptions as DataOptions
from .data_options import DataProgress as DataProgress
from .data_options import FixedFraming as FixedFraming
from .data_options import Framing as Framing
from .data_report import DataReport as DataReport
from .prepare import ImageSet as ImageSet
from .prepare import open_cached as open_cached
from .prepare import prepare_data as prepare_data
