"""Whether a model knows what surrounds a hole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skimage.data
import torch
from PIL import Image

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.known_region_fit import FAIR_FIT, FAIR_SEARCH, GOOD_FIT, GOOD_SEARCH, WORST_FIT
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.known_region import (
    FAIR_QUANTILE,
    GOOD_QUANTILE,
    LEAST_LIMITS,
    agreement,
    fit_limits,
    known_region_fit,
    measured_guesses,
    measured_limits,
)
from wganpaint_gui.ml.search.losses import Target, make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CPU = torch.device("cpu")
PORTRAIT = Path(__file__).parents[3] / "resources" / "sample-portrait.png"


@pytest.fixture(scope="module")
def guessing(make_model: Callable[..., Model]) -> PreparedModel:
    return PreparedModel(make_model(encoder=True), CPU)


def target_of(view: ModelView) -> Target:
    return make_target(view, InpaintConfig(), CPU)


def seen(picture: Image.Image) -> Target:
    """The view of a picture with its middle masked."""
    image = np.asarray(picture.convert("RGB").resize((64, 64), Image.Resampling.BOX)).transpose(2, 0, 1) / 127.5 - 1
    known = np.ones((1, 64, 64), bool)
    known[:, 24:40, 24:40] = False
    return target_of(ModelView(image.astype(np.float32), known))


# -- the agreement of edges ----------------------------------------------------------------------------------------


def test_an_image_agrees_with_itself_whatever_its_contrast_brightness_and_hole(view: ModelView) -> None:
    target = target_of(view)
    hidden = torch.where(target.known, target.image, 5.0)
    found = agreement(torch.cat([hidden, 0.5 * hidden + 0.2, -hidden]), target)
    np.testing.assert_allclose(found, [1, 1, -1], atol=0.05)


def test_edges_near_the_hole_count_more() -> None:
    known = torch.ones(1, 1, 64, 64, dtype=torch.bool)
    known[..., 28:36, 28:36] = False
    pattern = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 2 - 1
    target = Target(torch.where(known, pattern, 0.0), known, known.float())
    near, far = pattern.clone(), pattern.clone()
    near[..., 24:40, 24:40] = 0  # these edges are missing
    far[..., 4:20, 4:20] = 0
    assert agreement(near, target) < agreement(far, target)


def test_the_noise_of_a_plain_wall_is_no_pattern() -> None:
    known = torch.ones(1, 1, 64, 64, dtype=torch.bool)
    noise = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 0.01
    target = Target(noise, known, known.float())
    assert abs(float(agreement(noise, target))) < 0.2


def test_large_images_are_compared_at_the_size_of_small_ones() -> None:
    small = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    other = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    results = []
    for factor in (1, 2):
        one, two = (image.repeat_interleave(factor, 2).repeat_interleave(factor, 3) for image in (small, other))
        known = torch.ones(1, 1, 64 * factor, 64 * factor, dtype=torch.bool)
        known[..., 16 * factor : 48 * factor, 16 * factor : 48 * factor] = False
        results.append(float(agreement(one, Target(torch.where(known, two, 0.0), known, known.float()))))
    assert results[0] == pytest.approx(results[1], abs=1e-5)


# -- the verdict ---------------------------------------------------------------------------------------------------


def test_the_shipped_model_knows_an_upright_face_and_neither_a_tilted_one_nor_a_texture(shipped: PreparedModel) -> None:
    portrait = Image.open(PORTRAIT).convert("RGB")
    face = (176, 74, 272, 170)
    upright = known_region_fit(shipped, seen(portrait.crop(face)))
    tilted = known_region_fit(
        shipped, seen(portrait.rotate(30, Image.Resampling.BICUBIC, center=(224, 122)).crop(face))
    )
    grass = known_region_fit(shipped, seen(Image.fromarray(skimage.data.grass()[:200, :200])))
    assert upright.verdict == "good"
    assert tilted.verdict == "poor"
    assert tilted.turned
    assert grass.verdict == "poor"
    assert (upright.good, upright.fair) == fit_limits(shipped.card)


def test_hidden_pixels_do_not_matter(guessing: PreparedModel, view: ModelView) -> None:
    other = replace(view, image=np.where(view.known, view.image, np.float32(0.7)))
    assert known_region_fit(guessing, target_of(view)) == known_region_fit(guessing, target_of(other))


def test_the_worse_of_guess_and_search_counts_and_of_the_search_the_best_image(
    guessing: PreparedModel, view: ModelView
) -> None:
    target = target_of(view)
    plain = known_region_fit(guessing, target)
    assert known_region_fit(guessing, target, target.image).score == plain.score
    worse = known_region_fit(guessing, target, -target.image)
    assert worse.score < plain.score
    assert known_region_fit(guessing, target, torch.cat([-target.image, target.image])).score == plain.score


def test_without_an_encoder_the_search_alone_is_judged(tiny: PreparedModel, view: ModelView) -> None:
    target = target_of(view)
    assert known_region_fit(tiny, target, target.image).verdict == "good"
    assert known_region_fit(tiny, target, -target.image).verdict == "poor"
    assert Search(tiny, view, InpaintConfig(candidates=2)).fit().score < 1
    with pytest.raises(ModelError):
        measured_guesses(tiny, target)


def test_an_image_of_no_number_is_the_worst(tiny: PreparedModel, view: ModelView) -> None:
    target = target_of(view)
    assert known_region_fit(tiny, target, torch.full_like(target.image, torch.nan)).score == WORST_FIT


def test_before_its_first_step_a_search_judges_the_guess(guessing: PreparedModel, view: ModelView) -> None:
    assert Search(guessing, view, InpaintConfig(candidates=2)).fit() == known_region_fit(guessing, target_of(view))


# -- the limits of a model -----------------------------------------------------------------------------------------


def test_limits_are_the_models_own_or_those_of_the_shipped_one(guessing: PreparedModel, tiny: PreparedModel) -> None:
    assert fit_limits(guessing.card) == (GOOD_FIT, FAIR_FIT)
    assert fit_limits(tiny.card) == (GOOD_SEARCH, FAIR_SEARCH)
    assert fit_limits(replace(guessing.card, good_fit=0.4, fair_fit=0.2)) == (0.4, 0.2)


def test_few_of_the_images_that_limits_were_measured_on_lie_below_them(
    guessing: PreparedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = torch.Generator().manual_seed(0)
    images = torch.rand(70, 3, 32, 32, generator=source) * 2 - 1
    known = torch.rand(70, 1, 32, 32, generator=source) > 0.3
    target = Target(torch.where(known, images, 0.0), known, known.float())
    scores = measured_guesses(guessing, target)[0].numpy()
    assert measured_limits(guessing, images, known) == LEAST_LIMITS, "random weights know nothing"
    monkeypatch.setattr("wganpaint_gui.ml.search.known_region.LEAST_LIMITS", (WORST_FIT, WORST_FIT))
    found = measured_limits(guessing, images, known)
    np.testing.assert_allclose(found, np.quantile(scores, [GOOD_QUANTILE, FAIR_QUANTILE]), atol=1e-3)
