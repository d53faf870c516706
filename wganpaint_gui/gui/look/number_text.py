"""How numbers are written: few figures, so that a changing number keeps its width."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wganpaint_gui.core.training.training_log import TrainingStep

UNKNOWN = "–"


def loss_text(loss: float) -> str:
    """212.4, -3.18, 1283, and 0.00 without a sign; a dash for what is no number."""
    if not math.isfinite(loss):
        return UNKNOWN
    size = abs(loss)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2
    return f"{loss:z.{digits}f}".replace("-", "−")


def short_loss_text(loss: float) -> str:
    """212, -3.2: what fits onto a thumbnail."""
    if not math.isfinite(loss):
        return UNKNOWN
    return f"{loss:z.{1 if abs(loss) < 100 else 0}f}".replace("-", "−")


def speed_text(steps_per_second: float) -> str:
    """14 steps/s, 6.3 steps/s."""
    digits = 1 if steps_per_second < 9.95 else 0
    return f"{steps_per_second:,.{digits}f} steps/s"


def duration_text(seconds: float | None) -> str:
    """ "45 s", "12 min", "3 h 20 min", "2 d 5 h": two figures are enough to plan with."""
    if seconds is None:
        return UNKNOWN
    minutes = round(seconds / 60)
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min"
    days, hours = divmod(hours, 24)
    return f"{days:,} d {hours} h"


def images_text(images_per_second: float) -> str:
    """ "132 images/s", "8.4 images/s"."""
    if images_per_second <= 0:
        return UNKNOWN
    digits = 1 if images_per_second < 9.95 else 0
    return f"{images_per_second:,.{digits}f} images/s"


def memory_text(memory: int | None) -> str:
    """memory: bytes on a GPU; None = there is none."""
    return UNKNOWN if memory is None else f"{memory / 2**30:.1f} GB"


def signed_text(value: float) -> str:
    """ "+0.42", "−1.30", with the sign that tells good from bad; "0.00" has none."""
    return _signed(value, 2)


def short_signed_text(value: float) -> str:
    """ "+0.42", "−13.0", "+1300": what fits beside a plot, whatever the value; "0.00" has no sign."""
    size = abs(value)
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return _signed(value, digits)


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{0:.{digits}f}"


def left_text(step: TrainingStep, *, aware: bool) -> str:
    """ "55 s"; "55 s, then search-aware" where a second stage follows: its pace is not known before it begins.

    aware: whether the run has a search-aware stage.
    """
    left = duration_text(step.seconds_left)
    follows = aware and step.stage == "gan" and step.seconds_left is not None
    return f"{left}, then search-aware" if follows else left
