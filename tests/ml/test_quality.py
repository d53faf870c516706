"""Measures of quality: as an independent computation gives them, and ordered as an eye would order them."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from wganpaint_gui.ml import quality
from wganpaint_gui.ml.quality import l1, laplacian_pyramid, psnr, sliced_wasserstein, ssim


def images(count: int, side: int = 32, seed: int = 0, smooth: float = 1.0) -> torch.Tensor:
    """[count, 3, side, side]: coloured clouds in [-1, 1]."""
    noise = np.random.default_rng(seed).standard_normal((count, 3, side, side))
    clouds = ndimage.gaussian_filter(noise, (0, 0, smooth, smooth), mode="mirror")
    return torch.tensor(np.clip(clouds / clouds.std() / 2, -1, 1), dtype=torch.float32)


def hole(side: int = 32) -> torch.Tensor:
    """[1, 1, side, side], True = keep: a rectangle off the middle is missing."""
    known = torch.ones(1, 1, side, side, dtype=torch.bool)
    known[..., 3:14, 9:27] = False
    return known


# --- sliced Wasserstein distance -------------------------------------------------------------------------------


def pggan_pyramid(batch: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """As in PGGAN's published code: scipy convolutions with the 5x5 binomial kernel."""
    line = np.array([1, 4, 6, 4, 1], np.float64) / 16
    kernel = np.outer(line, line)[None, None]
    levels = [batch.astype(np.float64)]
    while levels[-1].shape[-1] > 16:
        smaller = ndimage.convolve(levels[-1], kernel, mode="mirror")[:, :, ::2, ::2]
        larger = np.zeros_like(levels[-1])
        larger[:, :, ::2, ::2] = smaller
        levels[-1] = levels[-1] - ndimage.convolve(larger, 4 * kernel, mode="mirror")
        levels.append(smaller)
    return levels


def test_the_pyramid_is_pggans_and_adds_up():
    batch = images(3, 64)
    expected = pggan_pyramid(batch.numpy())
    found = laplacian_pyramid(batch)
    assert [level.shape[-1] for level in found] == [64, 32, 16]
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one.numpy(), other, atol=1e-5)


def test_the_distance_is_what_numpy_computes_in_the_same_places():
    one, other, seed = images(5), images(5, seed=1, smooth=2), 3
    source = torch.Generator().manual_seed(seed)
    distances = []
    for level, of_other in zip(pggan_pyramid(one.numpy()), pggan_pyramid(other.numpy()), strict=True):
        rows, columns = torch.randint(0, level.shape[-1] - 6, (2, 5, quality.PATCHES), generator=source).numpy()
        directions = torch.randn(147, quality.PROJECTIONS, generator=source).numpy()
        directions /= np.sqrt((directions**2).sum(axis=0))
        projected = []
        for batch in (level, of_other):
            patches = np.array(
                [
                    batch[n, :, row : row + 7, column : column + 7]
                    for n in range(5)
                    for row, column in zip(rows[n], columns[n], strict=True)
                ]
            )
            patches -= patches.mean(axis=(0, 2, 3), keepdims=True)
            patches /= patches.std(axis=(0, 2, 3), keepdims=True)
            projected.append(np.sort(patches.reshape(len(patches), -1) @ directions, axis=0))
        distances.append(np.abs(projected[0] - projected[1]).mean())
    assert sliced_wasserstein(one, other, seed=seed) == pytest.approx(1000 * np.mean(distances), rel=1e-4)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**31), other=st.integers(0, 2**31))
def test_the_distance_is_symmetric_never_negative_and_zero_for_equal_sets(seed: int, other: int):
    one, two = images(3, seed=seed), images(3, seed=other, smooth=1.5)
    there, back = sliced_wasserstein(one, two, seed=seed), sliced_wasserstein(two, one, seed=seed)
    assert there == back >= 0
    assert sliced_wasserstein(one, one.clone(), seed=seed) == 0


def test_the_blurrier_the_farther():
    real, sharp = images(40), images(40, seed=1)
    blurred = [
        torch.tensor(ndimage.gaussian_filter(sharp.numpy(), (0, 0, sigma, sigma)), dtype=torch.float32)
        for sigma in (0, 0.5, 1, 2)
    ]
    distances = [sliced_wasserstein(real, batch) for batch in blurred]
    assert distances == sorted(distances)
    assert distances[-1] > 1.5 * distances[0]


def test_a_seed_decides_and_the_global_random_numbers_stay():
    one, other = images(4), images(4, seed=1)
    torch.manual_seed(5)
    before = torch.get_rng_state()
    first = sliced_wasserstein(one, other, seed=1)
    assert torch.equal(torch.get_rng_state(), before)
    assert sliced_wasserstein(one, other, seed=1) == first
    assert sliced_wasserstein(one, other, seed=2) != first


def test_of_the_larger_set_the_first_images_count():
    one, other = images(4), images(7, seed=1)
    assert sliced_wasserstein(one, other) == sliced_wasserstein(other[:4], one)


def test_a_generator_that_draws_one_colour_is_far_but_finite():
    distance = sliced_wasserstein(images(6), torch.zeros(6, 3, 32, 32))
    assert math.isfinite(distance)
    assert distance > sliced_wasserstein(images(6), images(6, seed=1))


def test_an_empty_set_is_refused():
    with pytest.raises(ValueError, match="without images"):
        sliced_wasserstein(images(2), images(2)[:0])


def test_two_hundred_images_take_little_time():
    one, other = images(200, 64), images(200, 64, seed=1)
    started = time.process_time()
    sliced_wasserstein(one, other)
    assert time.process_time() - started < 6  # 0.8 s on one core of 2023; slack for a busy and older one


# --- inside the hole -------------------------------------------------------------------------------------------


def test_psnr_is_scikit_images_over_the_missing_pixels():
    from skimage.metrics import peak_signal_noise_ratio

    fill, image, known = images(1, seed=1), images(1), hole()
    missing = (~known).expand_as(image).numpy()
    expected = peak_signal_noise_ratio(image.numpy()[missing], fill.numpy()[missing], data_range=2)
    assert psnr(fill, image, known).item() == pytest.approx(expected, rel=1e-5)


def test_l1_is_the_mean_over_the_missing_pixels():
    fill, image, known = images(1, seed=1), images(1), hole()
    expected = np.abs(fill.numpy() - image.numpy())[..., 3:14, 9:27].mean()
    assert l1(fill, image, known).item() == pytest.approx(expected, rel=1e-5)


def test_ssim_is_the_mean_of_scikit_images_map_over_the_missing_pixels():
    from skimage.metrics import structural_similarity

    fill, image, known = images(2, seed=1), images(2), hole()
    composite = torch.where(known, image, fill)
    found = ssim(composite, image, known)
    for n in range(2):
        _, similarity = structural_similarity(
            image[n].permute(1, 2, 0).numpy(),
            composite[n].permute(1, 2, 0).numpy(),
            channel_axis=2,
            data_range=2,
            full=True,
        )
        assert found[n].item() == pytest.approx(similarity[3:14, 9:27].mean(), abs=1e-4)


def test_no_difference_is_a_finite_best():
    image, known = images(2), hole()
    assert psnr(image, image, known).tolist() == [quality.MAX_PSNR] * 2
    assert l1(image, image, known).tolist() == [0, 0]
    np.testing.assert_allclose(ssim(image, image, known), 1, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**31), size=st.floats(0.01, 0.5))
def test_what_is_known_never_counts_and_more_error_is_worse(seed: int, size: float):
    image, known = images(2, seed=seed), hole().repeat(2, 1, 1, 1)
    noise = images(2, seed=seed + 1)
    little, much = image + size * noise, image + 2 * size * noise
    outside = torch.where(known, image + 1, little)
    for measure in (psnr, l1):
        assert torch.equal(measure(outside, image, known), measure(little, image, known))
    np.testing.assert_allclose(psnr(little, image, known) - psnr(much, image, known), 20 * math.log10(2), atol=1e-3)
    np.testing.assert_allclose(l1(much, image, known), 2 * l1(little, image, known), rtol=1e-4)
