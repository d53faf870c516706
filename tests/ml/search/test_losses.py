"""Losses and their gradients against an independent computation in numpy and float64."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.ndimage import convolve, correlate

from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.losses import IMPORTANCE_FLOOR, Target, importance_weights, make_target, search_losses
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CPU = torch.device("cpu")
METHODS = ("yeh", "critic")
LAMBDA = 0.7
Array = NDArray[np.float64]


def both(convolved: Callable[..., Array], x: Array, kernels: Array) -> Array:
    """Convolve each channel of x with its kernel, with zeros beyond the border, and add up: [H, W]."""
    return np.sum([convolved(a, k, mode="constant") for a, k in zip(x, kernels, strict=True)], axis=0)


class Reference:
    """Both networks in numpy, from the unprepared weights; scipy does the convolutions."""

    def __init__(self, model: Model) -> None:
        self.stages = model.generator.stages
        self.values = {name: value.detach().numpy().astype(np.float64) for name, value in model.state().items()}

    def norm(self, x: Array, name: str) -> Array:
        scale, shift, mean, var = (
            self.values[f"{name}.{part}"][:, None, None] for part in ("weight", "bias", "running_mean", "running_var")
        )
        return (x - mean) / np.sqrt(var + 1e-5) * scale + shift

    def generate(self, z: Array) -> Array:
        x = (self.values["generator.fc.weight"] @ z).reshape(-1, 4, 4)
        for i in range(1, self.stages + 1):
            x = np.maximum(self.norm(x, f"generator.bn{i - 1}"), 0)
            weight = self.values[f"generator.conv{i}.weight"]
            # a transposed convolution of stride 2: zeros between the pixels, then an ordinary convolution
            spread = np.zeros((len(x), 2 * x.shape[1], 2 * x.shape[2]))
            spread[:, ::2, ::2] = x
            x = np.stack([both(convolve, spread, weight[:, o]) for o in range(weight.shape[1])])
        return np.tanh(x + self.values[f"generator.conv{self.stages}.bias"][:, None, None])

    def score(self, x: Array) -> float:
        for i in range(1, self.stages + 1):
            weight = self.values[f"critic.conv{i}.weight"]
            x = np.stack([both(correlate, x, w)[::2, ::2] for w in weight])
            x = x + self.values["critic.conv1.bias"][:, None, None] if i == 1 else self.norm(x, f"critic.norm{i}")
            x = np.where(x > 0, x, 0.2 * x)
        return float(self.values["critic.fc.weight"][0] @ x.ravel() + self.values["critic.fc.bias"][0])

    def losses(self, z: Array, view: ModelView) -> Array:
        fill, x, known = self.generate(z), view.image.astype(np.float64), view.known
        yeh = -self.score(fill) + LAMBDA * np.abs(known * (fill - x)).sum()
        return np.array([yeh, -self.score(np.where(known, x, fill))])


@pytest.fixture(scope="module")
def reference(make_model: Callable[..., Model]) -> Reference:
    return Reference(make_model())


def latents(count: int) -> torch.Tensor:
    return torch.rand(1, count, 6, generator=torch.Generator().manual_seed(5)) * 2 - 1


def test_both_losses_equal_an_independent_computation(
    tiny: PreparedModel, reference: Reference, view: ModelView
) -> None:
    z = latents(2)
    losses, images = search_losses(tiny, z.expand(2, -1, -1), METHODS, make_target(view, InpaintConfig(), CPU), LAMBDA)
    for k in range(2):
        exact = z[0, k].double().numpy()
        np.testing.assert_allclose(images[0, k].numpy(), reference.generate(exact), atol=1e-5)
        np.testing.assert_allclose(losses[:, k].numpy(), reference.losses(exact, view), rtol=1e-5)


def test_both_gradients_equal_central_differences(tiny: PreparedModel, reference: Reference, view: ModelView) -> None:
    z = latents(1).expand(2, -1, -1).contiguous().requires_grad_()
    losses, _ = search_losses(tiny, z, METHODS, make_target(view, InpaintConfig(), CPU), LAMBDA)
    (gradient,) = torch.autograd.grad(losses.sum(), z)
    exact, step = latents(1)[0, 0].double().numpy(), 1e-6
    for axis in (0, 3, 5):
        shift = np.eye(6)[axis] * step
        slope = (reference.losses(exact + shift, view) - reference.losses(exact - shift, view)) / (2 * step)
        np.testing.assert_allclose(gradient[:, 0, axis].numpy(), slope, rtol=2e-3, atol=1e-3)


def test_the_critic_method_judges_the_photo_where_it_is_known(tiny: PreparedModel, view: ModelView) -> None:
    target = make_target(view, InpaintConfig(), CPU)
    everything = Target(target.image, torch.ones_like(target.known), target.weights)
    losses, _ = search_losses(tiny, latents(3), ("critic",), everything, LAMBDA)
    expected = -tiny.score(target.image)
    torch.testing.assert_close(losses, expected.expand(1, 3))


def test_values_under_the_mask_change_no_bit_of_the_target(view: ModelView) -> None:
    painted = np.where(view.known, view.image, np.float32(0.9))
    painted[:, 16, 16] = np.nan
    one, two = (make_target(ModelView(image, view.known), InpaintConfig(), CPU) for image in (view.image, painted))
    assert torch.equal(one.image, two.image)


def test_importance_is_the_share_of_missing_pixels_around_a_known_one() -> None:
    known = torch.ones(1, 1, 9, 9, dtype=torch.bool)
    known[..., 4, 4] = False
    weights = importance_weights(known, 3)[0, 0]
    near, far = weights[3, 4], weights[0, 0]
    # 8 of the 80 known pixels see the hole, each the same share of it: they divide 80 among themselves
    assert near.item() == pytest.approx((1 - IMPORTANCE_FLOOR) * 80 / 8 + IMPORTANCE_FLOOR)
    assert far.item() == pytest.approx(IMPORTANCE_FLOOR)
    assert weights[4, 4] == 0
    assert weights.sum().item() == pytest.approx(80)


def test_importance_grows_towards_the_hole() -> None:
    known = torch.ones(1, 1, 32, 32, dtype=torch.bool)
    known[..., 12:20, 12:20] = False
    row = importance_weights(known, 7)[0, 0, 16]
    assert row[11] > row[10] > row[9] > row[8]
    assert row[11] > row[0]  # and not the other way round, as in the authors' first release


def test_uniform_weights_are_one_where_known(view: ModelView) -> None:
    target = make_target(view, InpaintConfig(), CPU)
    assert torch.equal(target.weights, target.known.float())


def test_the_shipped_critic_scores_a_face_above_the_same_face_with_a_strangers_middle(
    shipped: PreparedModel, sample_face: NDArray[np.float32]
) -> None:
    # The sign of the critic, where the search relies on it. Means over the held-out faces stand in the model card.
    z = torch.rand(32, 100, generator=torch.Generator().manual_seed(0)) * 2 - 1
    known = torch.ones(1, 1, 64, 64, dtype=torch.bool)
    known[..., 16:48, 16:48] = False
    real = torch.tensor(sample_face)[None]
    with torch.no_grad():
        pasted = torch.where(known, real, shipped.generate(z))
        below = shipped.score(pasted) < shipped.score(real)
    assert below.float().mean() > 0.9


def test_a_model_of_another_shape_answers_the_same_questions(make_model: Callable[..., Model]) -> None:
    model = PreparedModel(make_model(NetworkConfig(64, 2, 5, "layer")), CPU)
    known = np.ones((1, 64, 64), bool)
    known[:, :8] = False
    target = make_target(ModelView(np.zeros((3, 64, 64), np.float32), known), InpaintConfig(), CPU)
    losses, images = search_losses(model, torch.zeros(1, 2, 5), ("yeh",), target, 1.0)
    assert losses.shape == (1, 2)
    assert images.shape == (1, 2, 3, 64, 64)
