"""Settings of a search: frozen, validated when made, and written as JSON into what they made."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from .errors import SettingsError

Method = Literal["yeh", "critic"]
Optimizer = Literal["adam", "rmsprop", "sgd"]
Weighting = Literal["uniform", "importance"]
Blend = Literal["none", "feather", "poisson"]

METHODS: tuple[Method, ...] = get_args(Method)
METHOD_NAMES: dict[Method, str] = {"yeh": "Contextual + perceptual", "critic": "Critic only"}
MAX_CANDIDATES = 64
MAX_STEPS = 100_000


@dataclass(frozen=True)
class InpaintConfig:
    """How to look for a fill; the defaults were measured on held-out faces, see docs/defaults.md."""

    methods: tuple[Method, ...] = METHODS
    steps: int = 200
    candidates: int = 4  # restarts from different latents, a method
    seed: int = 0
    context_weight: float = 1.0  # lambda of Cooper eq. 6; unitless
    learning_rate: float | None = None  # None: the method's measured default
    optimizer: Optimizer = "adam"
    weighting: Weighting = "uniform"  # of the known pixels; importance is Yeh et al. 2017, eq. 3
    importance_window: int = 7  # model pixels, odd
    blend: Blend = "poisson"

    def __post_init__(self) -> None:
        _require(bool(self.methods), "No method is chosen.", "Choose yeh, critic or both.")
        _require(len(set(self.methods)) == len(self.methods), "A method is named twice.")
        for method in self.methods:
            _one_of("method", method, METHODS)
        _whole("steps", self.steps, 1, MAX_STEPS)
        _whole("candidates", self.candidates, 1, MAX_CANDIDATES)
        _whole("seed", self.seed, 0, 2**63 - 1)
        _number("lambda (context weight)", self.context_weight, low=0.0)
        if self.learning_rate is not None:
            _number("learning rate", self.learning_rate, low=0.0, open_low=True)
        _one_of("optimizer", self.optimizer, get_args(Optimizer))
        _one_of("weighting", self.weighting, get_args(Weighting))
        _whole("importance window", self.importance_window, 3, 63)
        _require(self.importance_window % 2 == 1, "The importance window must be odd.", "Try 7.")
        _one_of("blend", self.blend, get_args(Blend))

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "methods": list(self.methods)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> InpaintConfig:
        """Rebuild from `to_json`; raises SettingsError for unknown names and bad values."""
        unknown = set(values) - {field.name for field in fields(cls)}
        _require(not unknown, f"Unknown settings: {', '.join(sorted(unknown))}.")
        return cls(**{**values, "methods": tuple(values.get("methods", METHODS))})


def _require(condition: bool, message: str, hint: str = "") -> None:
    if not condition:
        raise SettingsError(message, hint)


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    _require(value in allowed, f"{value!r} is no {name}.", f"Choose one of: {', '.join(allowed)}.")


def _whole(name: str, value: object, low: int, high: int) -> None:
    good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    _require(good, f"{name} is {value}; it must be a whole number from {low} to {high}.")


def _number(name: str, value: float, *, low: float, open_low: bool = False) -> None:
    good = math.isfinite(value) and (value > low if open_low else value >= low)
    _require(good, f"{name} is {value}; it must be a number {'above' if open_low else 'of at least'} {low:g}.")
