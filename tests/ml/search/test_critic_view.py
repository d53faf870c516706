"""What the critic makes of composites: its scores over all steps, and where it would change one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.ml.conftest import Flat
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.critic_view import critic_gradient, critic_scores
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CONFIG = InpaintConfig(start="random", steps=20, refine=5, candidates=2, learning_rate=0.1, blend="none")


@pytest.fixture
def fill(tiny: PreparedModel) -> Fill:
    photo = photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 120, 3), np.uint8))
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    fill = Fill(tiny, photo, mask, Frame(20, 10, 70), CONFIG)
    fill.selection = Selection(0, 1)
    list(fill.run())
    return fill


def pictures(count: int, side: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, side, side, 3), np.uint8)


def test_the_gradient_of_a_critic_known_by_hand(toy: Flat) -> None:
    """-100 (mean - 0.5)^2 has the same derivative in all 3 * 64 values."""
    (composite,) = pictures(1, 8)
    mean = composite.mean() / 127.5 - 1
    slope = abs(-200 * (mean - 0.5)) / (3 * 64)
    np.testing.assert_allclose(critic_gradient(toy, composite), np.sqrt(3) * slope, rtol=1e-4)


def test_a_small_step_along_a_pixels_gradient_changes_the_score_by_its_length(tiny: PreparedModel) -> None:
    (composite,) = pictures(1, 32)
    strength = critic_gradient(tiny, composite)
    x = torch.tensor(composite).permute(2, 0, 1)[None].double().div(127.5).sub(1).float()
    row, column = np.unravel_index(strength.argmax(), strength.shape)
    gradient = torch.autograd.functional.jacobian(tiny.score, x)[0, 0, :, row, column]
    step = torch.zeros_like(x)
    step[0, :, row, column] = 0.01 * gradient / gradient.norm()
    with torch.no_grad():
        change = (tiny.score(x + step) - tiny.score(x - step)).item() / 0.02
    assert change == pytest.approx(strength[row, column], rel=0.05)


def test_a_gradient_that_is_not_a_number_counts_as_nothing(toy: Flat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toy, "score", lambda x: (x * torch.nan).sum((1, 2, 3)), raising=False)
    assert not critic_gradient(toy, pictures(1, 8)[0]).any()


@pytest.mark.parametrize(("method", "candidate"), [(0, 0), (0, 1), (1, 0)])
def test_the_best_step_by_the_critic_is_the_one_whose_composite_scores_highest(
    fill: Fill, tiny: PreparedModel, method: int, candidate: int
) -> None:
    composites = []
    for step in range(25):
        shown = fill.snapshot_at(step)
        assert shown.fills is not None
        composites.append(shown.fills[method, candidate])
    scores = critic_scores(tiny, np.stack(composites))
    assert fill.best_by_critic(method, candidate) == scores.argmax()


def test_scoring_ends_once_it_is_not_wanted(fill: Fill) -> None:
    answers = iter([True, False])
    assert fill.best_by_critic(0, 0, lambda: next(answers)) is None


def test_without_steps_there_is_no_best_one(tiny: PreparedModel, fill: Fill) -> None:
    photo = photo_from_pixels(np.zeros((100, 120, 3), np.uint8))
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    assert Fill(tiny, photo, mask, Frame(20, 10, 70), replace(CONFIG, steps=3)).best_by_critic(0, 0) is None
