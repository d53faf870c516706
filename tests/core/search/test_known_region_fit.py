"""What a known-region fit says of a score, and why."""

from __future__ import annotations

import json

import pytest

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit

FACES, OTHERS = ModelCard("faces"), ModelCard("cats", framing="whole pictures")


@pytest.mark.parametrize(
    ("score", "verdict"), [(0.5, "good"), (0.2, "good"), (0.1, "fair"), (0.0, "poor"), (-1, "poor")]
)
def test_the_limits_belong_to_the_better_verdict(score: float, verdict: str):
    assert KnownRegionFit(score, False, good=0.2, fair=0.1).verdict == verdict


def test_only_what_is_not_good_needs_a_reason_and_it_names_the_signal():
    assert KnownRegionFit(0.9, turned=True).reason(FACES) == ""
    poor = KnownRegionFit(-0.9, turned=False)
    assert poor.reason(FACES) == "The model does not know what surrounds the hole: this may not be a face."
    assert "what it was trained on" in poor.reason(OTHERS)
    assert KnownRegionFit(-0.9, turned=True).reason(FACES).endswith("this may not be a face, or it is tilted.")
    assert "hardly knows" in KnownRegionFit(0.15, False, good=0.2, fair=0.1).reason(FACES)


def test_a_fit_survives_json():
    fit = KnownRegionFit(0.1, True, good=0.2, fair=0.1)
    values = json.loads(json.dumps(fit.to_json()))
    assert values["verdict"] == "fair"
    assert KnownRegionFit.from_json(values) == fit


@pytest.mark.parametrize("change", [{"score": float("nan")}, {"good": "much"}, {"turned": 1}])
def test_what_is_no_fit_is_refused(change: dict[str, object]):
    with pytest.raises(SettingsError):
        KnownRegionFit.from_json({**KnownRegionFit(0.1, True).to_json(), **change})
