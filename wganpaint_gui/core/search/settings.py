"""Settings of a search: frozen, validated when created, and stored as JSON with its results."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from wganpaint_gui.core.checks import number, one_of, require, whole

Method = Literal["yeh", "critic"]  # of a search
FillMethod = Literal["yeh", "critic", "surroundings"]
Optimizer = Literal["adam", "rmsprop", "sgd"]
Weighting = Literal["uniform", "importance"]
Blend = Literal["none", "feather", "poisson"]
Start = Literal["guess", "random"]

METHODS: tuple[Method, ...] = get_args(Method)
SURROUNDINGS: Literal["surroundings"] = "surroundings"  # a fill from the photo itself: no search, no model, no frame
FILL_METHODS: tuple[FillMethod, ...] = get_args(FillMethod)
METHOD_NAMES: dict[FillMethod, str] = {
    "yeh": "Contextual + perceptual",
    "critic": "Critic only",
    "surroundings": "Surroundings",
}
SHORT_METHOD_NAMES: dict[Method, str] = {"yeh": "Contextual", "critic": "Critic"}
REFINED_METHOD: Method = "yeh"  # it says what the known pixels should be; critic-only would find blind spots
DEFAULT_STEPS: dict[Start, int] = {"guess": 30, "random": 200}
MAX_CANDIDATES = 64
MAX_STEPS = 100_000
MAX_REFINE = 1_000


@dataclass(frozen=True)
class InpaintConfig:
    """The settings of a search; the defaults were measured on held-out faces, see docs/defaults.md."""

    methods: tuple[Method, ...] = METHODS
    start: Start = "guess"  # of the latents: the encoder's first guess, or drawn from the prior
    steps: int = DEFAULT_STEPS["guess"]
    refine: int = 50  # steps in which the generator is fitted to the photo after a search by REFINED_METHOD; 0 = none
    candidates: int = 4  # restarts from different latents, a method
    seed: int = 0
    context_weight: float = 1.0  # lambda of Cooper eq. 6; unitless
    learning_rate: float | None = None  # None: the method's measured default
    optimizer: Optimizer = "adam"
    weighting: Weighting = "uniform"  # of the known pixels; importance is Yeh et al. 2017, eq. 3
    importance_window: int = 7  # model pixels, odd
    blend: Blend = "poisson"

    def __post_init__(self) -> None:
        require(bool(self.methods), "No method is chosen.", "Choose yeh, critic or both.")
        require(len(set(self.methods)) == len(self.methods), "A method is listed twice.")
        for method in self.methods:
            one_of("method", method, METHODS)
        one_of("start", self.start, get_args(Start))
        whole("steps", self.steps, 1, MAX_STEPS)
        whole("refinement steps", self.refine, 0, MAX_REFINE)
        whole("candidates", self.candidates, 1, MAX_CANDIDATES)
        whole("seed", self.seed, 0, 2**63 - 1)
        number("lambda (context weight)", self.context_weight, low=0.0)
        if self.learning_rate is not None:
            number("learning rate", self.learning_rate, low=0.0, open_low=True)
        one_of("optimizer", self.optimizer, get_args(Optimizer))
        one_of("weighting", self.weighting, get_args(Weighting))
        whole("importance window", self.importance_window, 3, 63)
        require(self.importance_window % 2 == 1, "The importance window must be odd.", "Try 7.")
        one_of("blend", self.blend, get_args(Blend))

    def started_at(self, start: Start) -> InpaintConfig:
        """Return the settings with this start; where the steps are the default of the other start, with its own."""
        if start == self.start:
            return self
        steps = DEFAULT_STEPS[start] if self.steps == DEFAULT_STEPS[self.start] else self.steps
        return replace(self, start=start, steps=steps)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "methods": list(self.methods)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> InpaintConfig:
        """Rebuild from `to_json`; raises SettingsError for unknown names and bad values.

        Settings without a start or a refinement are from before there were any.
        """
        unknown = set(values) - {field.name for field in fields(cls)}
        require(not unknown, f"Unknown settings: {', '.join(sorted(unknown))}.")
        before: dict[str, Any] = {"start": "random", "refine": 0, "steps": DEFAULT_STEPS["random"]}
        return cls(**{**before, **values, "methods": tuple(values.get("methods", METHODS))})
