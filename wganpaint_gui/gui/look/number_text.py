"""How losses and speeds are written: few figures, so that a changing number keeps its width."""

from __future__ import annotations

import math


def loss_text(loss: float) -> str:
    """212.4, -3.18, 1283, and 0.00 without a sign; a dash for what is no number."""
    if not math.isfinite(loss):
        return "–"
    size = abs(loss)
    digits = 0 if size >= 1000 else 1 if size >= 100 else 2
    return f"{loss:z.{digits}f}".replace("-", "−")


def short_loss_text(loss: float) -> str:
    """212, -3.2: what fits onto a thumbnail."""
    if not math.isfinite(loss):
        return "–"
    return f"{loss:z.{1 if abs(loss) < 100 else 0}f}".replace("-", "−")


def speed_text(steps_per_second: float) -> str:
    """14 steps/s, 6.3 steps/s."""
    digits = 1 if steps_per_second < 9.95 else 0
    return f"{steps_per_second:,.{digits}f} steps/s"
