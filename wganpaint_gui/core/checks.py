"""Checks of settings: each raises SettingsError, which names the setting, its value and what is allowed."""

from __future__ import annotations

import math
import sys

from .errors import SettingsError
from .wording import quoted


def require(condition: bool, message: str, hint: str = "") -> None:
    if not condition:
        raise SettingsError(message, hint)


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    require(value in allowed, f"Unknown {name} {quoted(value)}.", f"Choose one of: {', '.join(allowed)}.")


def yes_or_no(name: str, value: object) -> None:
    require(isinstance(value, bool), f"{name} is {quoted(value)}; it must be true or false.")


def whole(name: str, value: object, low: int, high: int) -> None:
    good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    require(good, f"{name} is {quoted(value)}; it must be a whole number from {low} to {high}.")


def number(name: str, value: object, *, low: float, high: float = math.inf, open_low: bool = False) -> None:
    good = (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and low <= value <= min(high, sys.float_info.max)
        and not (open_low and value == low)
    )
    limit = f"above {low:g}" if open_low else f"of at least {low:g}"
    most = "" if high == math.inf else f" and at most {high:g}"
    require(good, f"{name} is {quoted(value)}; it must be a number {limit}{most}.")
