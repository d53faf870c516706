"""The known-region fit: whether a model knows what surrounds a hole, so that its fill can be trusted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from wganpaint_gui.core.checks import number, yes_or_no
from wganpaint_gui.core.models.model_card import ModelCard

Verdict = Literal["good", "fair", "poor"]

# Limits of a model whose card has none: those of faces-64, with its encoder and without it, where a search is judged.
GOOD_FIT, FAIR_FIT = 0.152, 0.029
GOOD_SEARCH, FAIR_SEARCH = 0.35, 0.2
WORST_FIT = -10.0  # below every score of an image


@dataclass(frozen=True)
class KnownRegionFit:
    """What was measured of one view, see ml.search.known_region, and what a model needs for it to count as good."""

    score: float  # HIGHER is better, about -1..1
    turned: bool  # whether the model knows the view better when that is turned
    good: float = GOOD_FIT  # least score that is good
    fair: float = FAIR_FIT  # least that is not poor

    def __post_init__(self) -> None:
        for name in ("score", "good", "fair"):
            number(f"known-region fit's {name}", getattr(self, name), low=WORST_FIT)
        yes_or_no("known-region fit's turned", self.turned)

    @property
    def verdict(self) -> Verdict:
        if self.score >= self.good:
            return "good"
        return "fair" if self.score >= self.fair else "poor"

    def reason(self, card: ModelCard) -> str:
        """Say why the verdict is below good, in one sentence; "" where it is good. card: of the model."""
        if self.verdict == "good":
            return ""
        unknown = "The model does not know what surrounds the hole"
        knows = unknown if self.verdict == "poor" else unknown.replace("does not know", "hardly knows")
        what = "a face" if card.knows_faces else "what it was trained on"
        tilted = ", or it is tilted" if self.turned else ""
        return f"{knows}: this may not be {what}{tilted}."

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict, **asdict(self)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> KnownRegionFit:
        """Rebuild from `to_json`. Raises SettingsError, KeyError or TypeError where it is something else."""
        return cls(values["score"], values["turned"], values["good"], values["fair"])
