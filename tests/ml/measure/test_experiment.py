"""Many images as one batch: each gets what a search of it alone gives it, and is measured for what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from tests.ml.conftest import Cramped
from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.measure.baselines import BASELINES
from wganpaint_gui.core.measure.evaluation import ORIGINAL, Cases, CorruptionResult, Row
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import METHODS, InpaintConfig
from wganpaint_gui.ml.measure.experiment import BatchSearch, Winners, composed, run_corruption
from wganpaint_gui.ml.quality import l1, psnr, ssim
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CONFIG = InpaintConfig(start="random", refine=0, steps=6, candidates=1, blend="none")


def cases(count: int = 4, side: int = 32, first: int = 0) -> Cases:
    """Noise with a square hole that moves from image to image."""
    images, known = [], np.ones((count, 1, side, side), bool)
    for n in range(count):
        images.append(np.random.default_rng(first + n).uniform(-1, 1, (3, side, side)).astype(np.float32))
        known[n, :, n : n + side // 2, side // 4 : -side // 4] = False
    seeds = tuple(range(first, first + count))
    return Cases(tuple(f"{seed}.png" for seed in seeds), np.stack(images), known, seeds)


def searched(model: Any, batch: Cases, config: InpaintConfig) -> Winners:
    search = BatchSearch(model, batch, config)
    assert list(search.advance(config.steps)) == list(range(config.steps))
    return search.winners()


def finished(steps: Iterator[Any]) -> CorruptionResult:
    *_, last = steps
    assert last.result is not None
    return last.result


def rows_of(result: CorruptionResult, method: str) -> list[Row]:
    return [row for row in result.rows if row.method == method]


# --- the batched search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("weighting", ["uniform", "importance"])
@pytest.mark.parametrize("candidates", [1, 3])
def test_each_image_gets_what_a_search_of_it_alone_gives(tiny: PreparedModel, candidates: int, weighting: Any):
    batch, config = cases(), replace(CONFIG, candidates=candidates, weighting=weighting)
    found = searched(tiny, batch, config)
    for n, seed in enumerate(batch.seeds):
        alone = Search(tiny, ModelView(batch.images[n], batch.known[n]), replace(config, seed=seed))
        list(alone.advance(config.steps))
        for m in range(2):
            winner = alone.suggested()[m]
            np.testing.assert_allclose(found.latents[m, n], alone.best.latents[m, winner], atol=1e-4)
            np.testing.assert_allclose(found.losses[m, n], alone.best.losses[m, winner], rtol=1e-4)
            assert found.steps[m, n] == alone.best.steps[m, winner]


def test_what_else_is_in_the_batch_changes_nothing(tiny: PreparedModel):
    whole = cases()
    together, fewer = searched(tiny, whole, CONFIG), searched(tiny, whole.at([3, 1]), CONFIG)
    np.testing.assert_allclose(fewer.latents, together.latents[:, [3, 1]], atol=1e-4)
    one_method = searched(tiny, whole, replace(CONFIG, methods=("critic",)))
    np.testing.assert_allclose(one_method.latents[0], together.latents[1], atol=1e-4)


def test_what_lies_under_the_holes_changes_nothing(tiny: PreparedModel):
    batch = cases()
    other = replace(batch, images=np.where(batch.known, batch.images, np.float32(0.5)))
    np.testing.assert_array_equal(searched(tiny, batch, CONFIG).latents, searched(tiny, other, CONFIG).latents)


def test_the_best_iterate_counts_not_the_last(tiny: PreparedModel):
    few, many = (searched(tiny, cases(), replace(CONFIG, learning_rate=0.5, steps=steps)) for steps in (12, 30))
    assert (many.losses <= few.losses).all()
    assert (many.steps < 29).any()  # so large a rate jumps up and down
    same = many.losses == few.losses
    np.testing.assert_array_equal(many.latents[same], few.latents[same])


def test_a_candidate_without_a_number_spoils_no_other(toy: Any):
    toy.score = toy.score_in_step = lambda x: torch.where(x[:, 0, 0, 0] > 0, torch.nan, -(x.mean((1, 2, 3)) ** 2))
    batch = cases(2, side=8)
    images = np.full_like(batch.images, -0.5)
    images[1] = 0.5  # a composite whose corner is above zero has no score
    found = searched(toy, replace(batch, images=images), replace(CONFIG, methods=("critic",)))
    assert np.isfinite(found.losses[0, 0])
    assert found.losses[0, 1] == np.inf
    assert found.steps[0, 1] == -1
    result = finished(run_corruption(toy, replace(batch, images=images), "center", CONFIG))
    assert rows_of(result, "critic")[1].loss is None


def test_a_candidate_whose_loss_becomes_no_number_stops_at_its_best_as_in_a_search_of_it_alone(tiny: PreparedModel):
    class Poisoned:
        """From the fifth pass on the first image of a batch, and every image of a single search, has no number."""

        def __init__(self) -> None:
            self.left, self.seen = 4, []

        def __getattr__(self, name: str) -> Any:
            return getattr(tiny, name)

        def generate(self, z: torch.Tensor) -> torch.Tensor:
            self.seen.append(z.detach().clone())
            poison = torch.zeros(len(z))
            poison[0] = torch.nan if self.left <= 0 else 0.0
            self.left -= 1
            return tiny.generate(z) + poison[:, None, None, None]

        generate_in_step = generate

    batch, config = cases(), replace(CONFIG, methods=("critic",), steps=9)
    model: Any = Poisoned()
    found = searched(model, batch, config)
    best = model.seen[found.steps[0, 0]][0]
    assert found.steps[0, 0] < 4
    for later in model.seen[5:]:
        assert torch.equal(later[0], best)
        assert later.isfinite().all()
    np.testing.assert_array_equal(found.latents[0, 0], best.numpy())


def test_a_small_memory_takes_the_batch_in_parts(tiny: PreparedModel):
    cramped: Any = Cramped(tiny, 5, "not enough memory: you tried to allocate")
    np.testing.assert_allclose(
        searched(cramped, cases(), CONFIG).latents, searched(tiny, cases(), CONFIG).latents, atol=1e-4
    )
    none: Any = Cramped(tiny, 0, "not enough memory")
    with pytest.raises(DeviceError, match="not enough memory"):
        searched(none, cases(), CONFIG)


# --- one corruption --------------------------------------------------------------------------------------------


def test_every_image_has_a_row_a_method_and_a_baseline(tiny: PreparedModel):
    batch = cases()
    result = finished(run_corruption(tiny, batch, "random80", CONFIG))
    expected = [(method, name) for method in (ORIGINAL, *METHODS, *BASELINES) for name in batch.names]
    assert [(row.method, row.image) for row in result.rows] == expected
    assert {row.corruption for row in result.rows} == {"random80"}
    assert [row.seed for row in rows_of(result, "telea")] == list(batch.seeds)
    assert set(result.seconds) == {*METHODS, *BASELINES}
    assert result.seconds["yeh"] == result.seconds["critic"] > 0


def test_a_row_measures_the_composite_that_its_latent_makes(tiny: PreparedModel):
    batch = cases()
    result = finished(run_corruption(tiny, batch, "center", CONFIG))
    known, images = torch.from_numpy(batch.known), torch.from_numpy(batch.images)
    for method in METHODS:
        fills = tiny.generate(torch.from_numpy(result.latents[method]))
        composite = torch.where(known, images, fills)
        np.testing.assert_allclose(composed(tiny, batch, result.latents[method]), composite, atol=1e-5)
        for name, values in {
            "psnr": psnr(fills, images, known),
            "ssim": ssim(composite, images, known),
            "l1": l1(fills, images, known),
            "critic_score": tiny.score(composite),
        }.items():
            found = [getattr(row, name) for row in rows_of(result, method)]
            np.testing.assert_allclose(found, values, rtol=1e-3, atol=1e-4, err_msg=name)


def test_the_loss_of_the_critic_method_is_its_composites_score_negated(tiny: PreparedModel):
    result = finished(run_corruption(tiny, cases(), "center", CONFIG))
    for row in rows_of(result, "critic"):
        assert row.loss == pytest.approx(-row.critic_score, rel=1e-3, abs=1e-4)


def test_originals_have_nothing_but_a_score(tiny: PreparedModel):
    batch = cases()
    rows = rows_of(finished(run_corruption(tiny, batch, "center", CONFIG)), ORIGINAL)
    assert {(row.psnr, row.ssim, row.l1, row.best_step, row.loss) for row in rows} == {(None,) * 5}
    np.testing.assert_allclose(
        [row.critic_score for row in rows], tiny.score(torch.from_numpy(batch.images)), rtol=1e-4
    )


def test_progress_counts_every_step_and_baseline_fill(tiny: PreparedModel):
    steps = list(run_corruption(tiny, cases(), "center", CONFIG))
    total = CONFIG.steps + 4 * len(BASELINES)
    assert [step.done for step in steps] == [*range(1, total + 1), total]
    assert {step.total for step in steps} == {total}
    assert [step.result is not None for step in steps] == [*[False] * total, True]


def test_it_can_be_stopped_at_any_step(tiny: PreparedModel):
    steps: Any = run_corruption(tiny, cases(), "center", CONFIG)
    assert next(steps).done == 1
    steps.close()
    assert list(steps) == []


def test_images_in_the_range_of_the_generator_are_told_from_noise(tiny: PreparedModel, make_model: Callable[..., Any]):
    """A picture the model can draw is filled better than one it cannot."""
    source = torch.Generator().manual_seed(1)
    drawn = tiny.generate(torch.rand(3, tiny.latent_size, generator=source) * 2 - 1).numpy()
    noise = cases(3)
    config = replace(CONFIG, steps=60, methods=("yeh",))
    good, bad = (
        np.mean([row.psnr for row in rows_of(finished(run_corruption(tiny, batch, "center", config)), "yeh")])
        for batch in (replace(noise, images=drawn), noise)
    )
    assert good > bad + 3
