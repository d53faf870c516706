"""A prepared model answers as the one it was made from, and nothing in it learns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.ml.device import bfloat16_unit
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.losses import context_distance, make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel, load_prepared

CPU = torch.device("cpu")
MakeModel = Callable[..., Model]


def holes(resolution: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Five images of noise and their known pixels: half of them."""
    source = torch.Generator().manual_seed(2)
    images = torch.rand(5, 3, resolution, resolution, generator=source) * 2 - 1
    return images, torch.rand(5, 1, resolution, resolution, generator=source) < 0.5


@pytest.mark.parametrize("norm", ["batch", "layer", "none"])
@pytest.mark.parametrize("resolution", [32, 64])
def test_folding_batch_norm_changes_nothing(make_model: MakeModel, norm: str, resolution: int) -> None:
    model = make_model(NetworkConfig(resolution, width=8, latent_size=10, critic_norm=norm))  # type: ignore[arg-type]
    prepared = PreparedModel(model, CPU)
    z = torch.rand(5, 10, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.no_grad():
        images = model.generator(z)
        scores = model.critic(images)
        assert images.std() > 0.05  # otherwise the comparison would say nothing
        assert scores.std() > 0.005
        torch.testing.assert_close(prepared.generate(z), images, atol=1e-4, rtol=0)
        torch.testing.assert_close(prepared.score(images), scores, atol=1e-4, rtol=1e-4)


def test_folding_changes_nothing_of_a_generator_that_resizes(make_model: MakeModel) -> None:
    model = make_model(NetworkConfig(32, width=8, latent_size=10, upsampling="resize"))
    z = torch.rand(5, 10, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.no_grad():
        images = model.generator(z)
        assert images.std() > 0.05
        torch.testing.assert_close(PreparedModel(model, CPU).generate(z), images, atol=1e-4, rtol=0)


def test_gradients_reach_the_latents_and_no_weight(make_model: MakeModel) -> None:
    model = make_model()
    z = torch.rand(2, 6, requires_grad=True)
    score = PreparedModel(model, CPU)
    score.score(score.generate(z)).sum().backward()
    plain = z.detach().clone().requires_grad_()
    (expected,) = torch.autograd.grad(model.critic(model.generator(plain)).sum(), plain)
    assert z.grad is not None
    torch.testing.assert_close(z.grad, expected, atol=1e-4, rtol=1e-3)
    assert all(value.grad is None for net in (model.generator, model.critic) for value in net.parameters())
    assert not score.score(score.generate(plain.detach())).requires_grad


def test_a_prepared_model_owns_its_weights(make_model: MakeModel) -> None:
    model = make_model()
    prepared = PreparedModel(model, CPU)
    z = torch.zeros(1, 6)
    before = prepared.generate(z)
    with torch.no_grad():
        for value in model.generator.parameters():
            value.zero_()
    assert torch.equal(prepared.generate(z), before)


def test_preparing_leaves_the_model_as_it_was(make_model: MakeModel) -> None:
    model = make_model()
    model.generator.train()
    before = {name: value.clone() for name, value in model.state().items()}
    PreparedModel(model, CPU)
    assert model.generator.training
    assert all(value.requires_grad for value in model.critic.parameters())
    assert all(torch.equal(value, before[name]) for name, value in model.state().items())


@pytest.mark.parametrize("norm", ["batch", "layer", "none"])
@pytest.mark.parametrize("resolution", [32, 64])
def test_a_guess_is_that_of_the_encoder(make_model: MakeModel, norm: str, resolution: int) -> None:
    network = NetworkConfig(resolution, width=8, latent_size=10, critic_norm=norm)  # type: ignore[arg-type]
    model = make_model(network, encoder=True)
    assert model.encoder is not None
    images, known = holes(resolution)
    prepared = PreparedModel(model, CPU)
    assert prepared.has_encoder
    guess = prepared.guess(images, known)
    with torch.no_grad():
        torch.testing.assert_close(guess, model.encoder(images, known), atol=1e-5, rtol=0)
    assert guess.shape == (5, 10)
    assert guess.std() > 0.05  # otherwise the comparison would say nothing
    assert guess.abs().max() <= 1


def test_hidden_pixels_do_not_change_a_bit_of_a_guess(make_model: MakeModel) -> None:
    prepared = PreparedModel(make_model(encoder=True), CPU)
    images, known = holes(32)
    guess = prepared.guess(images, known)
    for hidden in (0.0, 1.0, float("inf"), float("nan")):
        assert torch.equal(prepared.guess(torch.where(known, images, hidden), known), guess), hidden
    assert not torch.equal(prepared.guess(images, torch.ones_like(known)), guess)


def test_a_model_without_an_encoder_refuses_to_guess(tiny: PreparedModel) -> None:
    assert not tiny.has_encoder
    with pytest.raises(ModelError, match="The model tiny has no encoder"):
        tiny.guess(*holes(32))


def test_scores_do_not_write_into_their_images(tiny: PreparedModel) -> None:
    images = torch.rand(2, 3, 32, 32)
    copy = images.clone()
    tiny.score(images)
    assert torch.equal(images, copy)


# --- the precision of steps ------------------------------------------------------------------------------------


def test_steps_in_bfloat16_are_near_those_in_float32_and_renders_are_the_same(make_model: MakeModel) -> None:
    model = make_model(NetworkConfig(32, width=8, latent_size=10, critic_norm="layer"))
    exact, rounded = PreparedModel(model, CPU), PreparedModel(model, CPU, "bfloat16")
    z = torch.rand(5, 10, generator=torch.Generator().manual_seed(1)) * 2 - 1
    images, in_steps = exact.generate(z), rounded.generate_in_step(z)
    assert torch.equal(rounded.generate(z), images)
    assert torch.equal(rounded.score(images), exact.score(images))
    assert torch.equal(exact.generate_in_step(z), images)
    assert in_steps.dtype == rounded.score_in_step(images).dtype == torch.float32
    assert 0 < (in_steps - images).abs().max() < 4 / 127.5  # four levels of a picture
    torch.testing.assert_close(rounded.score_in_step(images), exact.score(images), atol=0.01, rtol=0.02)


def test_a_search_with_steps_in_bfloat16_ends_as_near_the_known_pixels(shipped_path: Path, sample_face: Any) -> None:
    known = np.ones((1, 64, 64), bool)
    known[:, 40:52, 20:44] = False
    view, config = ModelView(sample_face, known), InpaintConfig(methods=("yeh",), candidates=2, steps=15)
    target = make_target(view, config, CPU)

    def distance(precision: Precision) -> float:
        model = load_prepared(shipped_path, CPU, precision)
        search = Search(model, view, config)
        list(search.advance(config.steps))
        best = torch.tensor(search.best.latents[0])
        return float(context_distance(model.generate(best), target).min())

    assert distance("bfloat16") == pytest.approx(distance("float32"), rel=0.02)


def test_auto_takes_bfloat16_where_the_processor_multiplies_it(shipped_path: Path) -> None:
    expected = "bfloat16" if bfloat16_unit() else "float32"
    assert load_prepared(shipped_path, CPU, "auto").step_precision == expected
    assert load_prepared(shipped_path, CPU).step_precision == "float32"
