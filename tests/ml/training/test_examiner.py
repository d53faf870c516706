"""What is measured now and then: always on the same latents and images, and without a trace in training."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch

from tests.ml.tiny_gan import CPU, LATENT, SIDE, network, random_images
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.quality import sliced_wasserstein
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.training.examiner import FILL_COLUMNS, MOST_HELD_OUT, SAMPLES, Examiner
from wganpaint_gui.ml.training.holes import centre_square

HELD_OUT = random_images(12, seed=7)


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(HELD_OUT, LATENT, CPU)


@pytest.fixture(scope="module")
def model(make_model: Callable[..., Model]) -> PreparedModel:
    return PreparedModel(make_model(network(), seed=3), CPU)


def exact(images: np.ndarray) -> torch.Tensor:
    return torch.tensor(images.transpose(0, 3, 1, 2) / 127.5 - 1, dtype=torch.float32)


def test_an_examination_repeats_itself_exactly(examiner: Examiner, model: PreparedModel) -> None:
    one, other = examiner.examine(model.generate, model.score), examiner.examine(model.generate, model.score)
    again = Examiner(HELD_OUT, LATENT, CPU).examine(model.generate, model.score)
    for found in (other, again):
        assert (found.critic_gap, found.swd) == (one.critic_gap, one.swd)
        np.testing.assert_array_equal(found.samples, one.samples)


def test_an_examination_draws_from_no_random_numbers_of_training(model: PreparedModel) -> None:
    before = torch.get_rng_state()
    Examiner(HELD_OUT, LATENT, CPU).examine(model.generate, model.score)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_samples_are_different_images_of_the_generator(examiner: Examiner, model: PreparedModel) -> None:
    latents: list[torch.Tensor] = []

    def generate(z: torch.Tensor) -> torch.Tensor:
        latents.append(z)
        return model.generate(z)

    samples = examiner.examine(generate, model.score).samples
    assert (samples.shape, samples.dtype) == ((SAMPLES, SIDE, SIDE, 3), np.uint8)
    made = (model.generate(latents[0]).permute(0, 2, 3, 1).numpy() + 1) * 127.5
    np.testing.assert_allclose(samples, made, atol=0.51)
    assert len(np.unique(samples, axis=0)) == SAMPLES


def test_the_gap_is_what_held_out_photos_score_above_generated_images(examiner: Examiner, model: PreparedModel) -> None:
    photos: list[torch.Tensor] = []

    def score(images: torch.Tensor) -> torch.Tensor:
        photos.append(images)
        return images.mean((1, 2, 3))

    gap = examiner.examine(lambda z: model.generate(z) - 2, score).critic_gap
    torch.testing.assert_close(photos[0], exact(HELD_OUT), rtol=0, atol=1e-6)
    brightness = sum(float(part.sum()) for part in photos[1:]) / sum(part.numel() for part in photos[1:])
    assert gap == pytest.approx(float(exact(HELD_OUT).mean()) - brightness, abs=1e-4)
    assert gap > 1


def test_the_distance_is_taken_to_as_many_generated_images_as_photos(examiner: Examiner, model: PreparedModel) -> None:
    found = examiner.examine(model.generate, model.score)
    fakes = exact(found.samples[: len(HELD_OUT)])
    assert found.swd == pytest.approx(sliced_wasserstein(exact(HELD_OUT), fakes), rel=0.02)


def test_no_more_than_200_held_out_images_are_measured_on(model: PreparedModel) -> None:
    counted: list[int] = []

    def score(images: torch.Tensor) -> torch.Tensor:
        counted.append(len(images))
        return images.mean((1, 2, 3))

    Examiner(random_images(MOST_HELD_OUT + 30), LATENT, CPU).examine(model.generate, score)
    assert sum(counted) == 2 * MOST_HELD_OUT == 400


@pytest.mark.parametrize("count", [0, 1])
def test_without_two_held_out_images_there_are_samples_only(count: int, model: PreparedModel) -> None:
    alone = Examiner(HELD_OUT[:count], LATENT, CPU)
    guesses = alone.examine_guesses(model.generate, lambda images, known: images.mean((2, 3)))
    for found in (
        guesses,
        alone.examine(model.generate, model.score),
        alone.examine_fills(model.generate, model.score),
    ):
        assert (found.critic_gap, found.swd, found.fill_psnr) == (None, None, None)
        assert len(found.samples) == SAMPLES


def test_fills_show_photo_hole_and_fill_of_three_holes_an_image(examiner: Examiner, model: PreparedModel) -> None:
    found = examiner.examine_fills(model.generate, model.score)
    assert len(found.samples) == 6 * FILL_COLUMNS
    pictures = found.samples.reshape(6, 3, 3, SIDE, SIDE, 3)  # image, hole, what is shown
    errors = []
    for i, rows in enumerate(pictures):
        for kind, (photo, holed, fill) in enumerate(rows):
            np.testing.assert_array_equal(photo, HELD_OUT[i])
            missing = (holed == 128).all(-1)
            if kind < 2:
                expected = centre_square(SIDE, (1 / 4, 1 / 2)[kind])[0].numpy()
                np.testing.assert_array_equal(missing, ~expected)
            else:
                assert missing.mean() == pytest.approx(0.8, abs=0.001)
            np.testing.assert_array_equal(holed[~missing], photo[~missing])
            np.testing.assert_array_equal(fill[~missing], photo[~missing])
            difference = (fill[missing].astype(float) - photo[missing]) / 127.5
            errors.append(10 * np.log10(4 / np.mean(difference**2)))
    assert found.fill_psnr == pytest.approx(np.mean(errors), abs=0.02)


def test_guesses_are_measured_on_every_held_out_image_and_see_known_pixels_only(model: PreparedModel) -> None:
    held_out = random_images(30, seed=8)
    examiner, seen = Examiner(held_out, LATENT, CPU), []

    def encoder(images: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        seen.append((images, known))
        return torch.where(known, images, 0.0).mean((2, 3)).repeat(1, 2)

    found = examiner.examine_guesses(model.generate, encoder)
    images, known = (torch.cat(parts) for parts in zip(*seen, strict=True))
    torch.testing.assert_close(images, exact(held_out).repeat_interleave(3, dim=0), rtol=0, atol=1e-6)
    errors = []
    for image, keep in zip(images, known, strict=True):
        made = model.generate(encoder(image[None], keep[None]))[0]
        missing = ~keep.expand(3, -1, -1)
        errors.append(10 * math.log10(4 / float((made - image)[missing].square().mean())))
    assert found.fill_psnr == pytest.approx(sum(errors) / 90, abs=0.02)
    assert (found.critic_gap, found.swd, found.measure) == (None, None, pytest.approx(-sum(errors) / 90, abs=0.02))
    assert len(found.samples) == 6 * FILL_COLUMNS
    np.testing.assert_array_equal(found.samples[::9], held_out[:6])


def test_the_fills_were_searched_for(model: PreparedModel) -> None:
    # Photos that the generator can make, and a critic that knows them.
    z = torch.rand(6, LATENT, generator=torch.Generator().manual_seed(5)) * 2 - 1
    photos = to_uint8(model.generate(z)).numpy()
    known = exact(photos).repeat_interleave(3, dim=0)
    examiner = Examiner(photos, LATENT, CPU)

    def score(images: torch.Tensor) -> torch.Tensor:
        return -(images - known).square().sum((1, 2, 3)) if len(images) == 18 else images.mean((1, 2, 3))

    flat = examiner.examine_fills(model.generate, lambda images: 0 * images.mean((1, 2, 3))).fill_psnr
    found = examiner.examine_fills(model.generate, score).fill_psnr
    assert flat is not None
    assert found is not None
    assert found > flat + 1


def test_fills_carry_the_same_measures_besides(examiner: Examiner, model: PreparedModel) -> None:
    one, other = (look(model.generate, model.score) for look in (examiner.examine, examiner.examine_fills))
    assert (other.critic_gap, other.swd) == (one.critic_gap, one.swd)
    assert one.fill_psnr is None
