"""Settings of a search: where it starts and how long it is refined, also in files that know neither."""

from __future__ import annotations

from typing import Any

import pytest

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, MAX_REFINE, InpaintConfig


@pytest.mark.parametrize("start", ["guess", "random"])
@pytest.mark.parametrize("refine", [0, 1, MAX_REFINE])
def test_what_is_stored_is_what_is_read(start: Any, refine: int) -> None:
    config = InpaintConfig(start=start, refine=refine, steps=12)
    assert InpaintConfig.from_json(config.to_json()) == config


def test_settings_from_before_are_those_of_a_random_start_without_refinement() -> None:
    """Whatever the defaults are now."""
    values = InpaintConfig(steps=77, seed=3).to_json()
    del values["start"], values["refine"]
    assert InpaintConfig.from_json(values) == InpaintConfig(start="random", refine=0, steps=77, seed=3)
    del values["steps"]
    assert InpaintConfig.from_json(values).steps == DEFAULT_STEPS["random"] == 200


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"refine": -1}, "refinement steps is -1; it must be a whole number from 0 to 1000"),
        ({"refine": MAX_REFINE + 1}, "refinement steps is 1001"),
        ({"refine": 1.5}, "refinement steps is 1.5"),
        ({"refine": True}, "refinement steps is True"),
        ({"start": "here"}, "Unknown start 'here'"),
        ({"start": None}, "Unknown start None"),
    ],
)
def test_impossible_values_are_named(values: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        InpaintConfig.from_json(values)
