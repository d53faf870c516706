"""Formatting of numbers: few figures, so that a changing number keeps its width."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage

from .translation import grouped, local_number, tr

if TYPE_CHECKING:
    from wganpaint_gui.core.training.training_log import TrainingStep

UNKNOWN = "–"


def loss_text(loss: float) -> str:
    """Format a loss: "212.4", "−3.18", "1283"; "0.00" has no sign, NaN and infinity are a dash."""
    if not math.isfinite(loss):
        return UNKNOWN
    size = abs(loss)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2
    return local_number(f"{loss:z.{digits}f}").replace("-", "−")


def short_loss_text(loss: float) -> str:
    """Format a loss for a thumbnail: "212", "−3.2"."""
    if not math.isfinite(loss):
        return UNKNOWN
    return local_number(f"{loss:z.{1 if abs(loss) < 100 else 0}f}").replace("-", "−")


def speed_text(steps_per_second: float) -> str:
    """Format a search's speed: "14 steps/s", "6.3 steps/s"."""
    return _rate(steps_per_second, tr("steps/s"))


def duration_text(seconds: float | None) -> str:
    """Format a duration with one or two units: "45 s", "12 min", "3 h 20 min", "2 d 5 h"."""
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
    return tr("{days} d {hours} h").format(days=grouped(days), hours=hours)


def images_text(images_per_second: float) -> str:
    """Format the speed of training: "132 images/s", "8.4 images/s"."""
    return UNKNOWN if images_per_second <= 0 else _rate(images_per_second, tr("images/s"))


def _rate(number: float, unit: str) -> str:
    return f"{local_number(f'{number:,.{1 if number < 9.95 else 0}f}')} {unit}"


def memory_text(memory: int | None) -> str:
    """Format bytes of GPU memory; None, without a GPU, is a dash."""
    return UNKNOWN if memory is None else local_number(f"{memory / 2**30:.1f}") + " GB"


def signed_text(value: float) -> str:
    """Format a number with its sign: "+0.42", "−1.30"; "0.00" has none."""
    return _signed(value, 2)


def short_signed_text(value: float) -> str:
    """Format a number with its sign to fit beside a plot: "+0.42", "−13.0", "+1300"; "0.00" has none."""
    size = abs(value)
    digits = 2 if size < 9.995 else 1 if size < 99.95 else 0
    return _signed(value, digits)


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits)
    return local_number(f"{rounded:+.{digits}f}".replace("-", "−") if rounded else f"{0:.{digits}f}")


def left_text(step: TrainingStep, follows: Stage | None) -> str:
    """Format the time left of the stage: "55 s"; "55 s, then search-aware" if another stage follows.

    The duration of a stage is unknown before it begins. follows: the stage after this one.
    """
    left = duration_text(step.seconds_left)
    if follows is None or step.seconds_left is None:
        return left
    return tr("{left}, then {stage}").format(left=left, stage=tr(STAGE_NAMES[follows]))
