"""How durations, speeds and sizes of a training run are written."""

from __future__ import annotations

UNKNOWN = "–"


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
