"""The experiment with guess and refinement: each image gets what a search and a refinement of it alone give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from tests.ml.measure.test_experiment import cases, finished, rows_of
from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.measure.baselines import BASELINES
from wganpaint_gui.core.measure.evaluation import BLENDED, GUESS, ORIGINAL, REFINED
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.measure.experiment import BatchSearch, composed, run_corruption
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.quality import l1, psnr, ssim
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedGenerator, PreparedModel
from wganpaint_gui.ml.search.start import initial_latents

CONFIG = InpaintConfig(start="guess", steps=6, refine=5, candidates=2)


@pytest.fixture(scope="module")
def guessing(make_model: Callable[..., Model]) -> PreparedModel:
    return PreparedModel(make_model(encoder=True), torch.device("cpu"))


def test_first_guess_and_refinement_stand_beside_the_search(guessing: PreparedModel):
    result = finished(run_corruption(guessing, cases(), "center", CONFIG))
    methods = list(dict.fromkeys(row.method for row in result.rows))
    assert methods == [ORIGINAL, GUESS, "yeh", REFINED, BLENDED["yeh"], "critic", BLENDED["critic"], *BASELINES]
    assert set(result.seconds) == {"yeh", "critic", REFINED, *BASELINES}
    assert set(result.latents) == {"yeh", "critic"}
    assert {(row.best_step, row.loss) for row in rows_of(result, GUESS)} == {(None, None)}


@pytest.mark.parametrize("candidates", [1, 3])
def test_each_image_is_refined_as_a_search_of_it_alone_is(guessing: PreparedModel, candidates: int):
    batch, config = cases(), replace(CONFIG, candidates=candidates)
    result = finished(run_corruption(guessing, batch, "center", config))
    for n, (seed, row) in enumerate(zip(batch.seeds, rows_of(result, REFINED), strict=True)):
        alone = Search(guessing, ModelView(batch.images[n], batch.known[n]), replace(config, seed=seed))
        list(alone.advance(config.steps))
        winner = int(alone.suggested()[0])
        list(alone.refine(winner, config.refine))
        refined = alone.state.refined[winner]
        assert row.loss == pytest.approx(refined.loss, rel=1e-4)
        assert row.best_step == refined.step
        assert result.refined is not None
        hidden = ~batch.known[n, 0]
        assert np.abs(result.refined[n].astype(int) - refined.image)[hidden].max() <= 1


def test_a_guess_is_measured_before_any_step(guessing: PreparedModel):
    batch = cases()
    rows = rows_of(finished(run_corruption(guessing, batch, "center", CONFIG)), GUESS)
    images, known = torch.from_numpy(batch.images), torch.from_numpy(batch.known)
    fills = guessing.generate(guessing.guess(images, known))
    np.testing.assert_allclose([row.psnr for row in rows], psnr(fills, images, known), rtol=1e-4)


def test_a_refined_row_measures_its_composite(guessing: PreparedModel):
    batch = cases()
    result = finished(run_corruption(guessing, batch, "center", CONFIG))
    known, images = torch.from_numpy(batch.known), torch.from_numpy(batch.images)
    assert result.refined is not None
    composites = torch.from_numpy(result.refined).permute(0, 3, 1, 2) / 127.5 - 1  # 8 bits of them
    whole = (to_uint8(images).numpy() == result.refined).all(axis=3)
    assert whole[batch.known[:, 0]].all(), "known pixels are the image's own"
    for name, values in {
        "psnr": psnr(composites, images, known),
        "ssim": ssim(composites, images, known),
        "l1": l1(composites, images, known),
        "critic_score": guessing.score(composites),
    }.items():
        found = [getattr(row, name) for row in rows_of(result, REFINED)]
        np.testing.assert_allclose(found, values, rtol=5e-3, atol=5e-3, err_msg=name)
    assert (composites - torch.from_numpy(composed(guessing, batch, result.latents["yeh"]))).abs().max() > 0.01


def test_the_last_fills_are_also_measured_blended(guessing: PreparedModel):
    """Poisson's equation solved as one dense system: in the hole the fill's Laplacian, around it the image itself."""
    batch = cases()
    result = finished(run_corruption(guessing, batch, "center", CONFIG))
    rows = rows_of(result, BLENDED["critic"])
    fills = guessing.generate(torch.from_numpy(result.latents["critic"])).numpy()
    for image, known, fill, row in zip(batch.images, batch.known[:, 0], fills, rows, strict=True):
        side = len(known)
        system, given = np.eye(side * side), np.where(known, image, 0).reshape(3, -1)
        for y, x in np.argwhere(~known):
            there = [(y + dy, x + dx) for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0))]
            there = [place for place in there if min(place) >= 0 and max(place) < side]
            row_number = y * side + x
            system[row_number, [side * b + a for b, a in there]] = -1
            system[row_number, row_number] = len(there)
            given[:, row_number] = sum(fill[:, y, x] - fill[:, b, a] for b, a in there)
        blended = np.linalg.solve(system, given.T).T.reshape(image.shape).clip(-1, 1)
        error = ((blended - image)[:, ~known] / 2).astype(np.float64)
        assert row.psnr == pytest.approx(-10 * np.log10((error**2).mean()), abs=1e-2)
    assert {row.best_step for row in rows_of(result, BLENDED["yeh"])} == {
        row.best_step for row in rows_of(result, REFINED)
    }


def test_progress_counts_every_image_that_is_refined(guessing: PreparedModel):
    steps = list(run_corruption(guessing, cases(), "center", CONFIG))
    total = CONFIG.steps + 4 + 4 * len(BASELINES)
    assert [step.done for step in steps] == [*range(1, total + 1), total]
    assert {step.total for step in steps} == {total}


@pytest.mark.parametrize(
    ("config", "images"),
    [(replace(CONFIG, refine=0), 0), (replace(CONFIG, methods=("critic",)), 0), (CONFIG, 4)],
)
def test_it_refines_only_what_is_asked_for_and_never_critic_only(guessing: PreparedModel, config: Any, images: int):
    result = finished(run_corruption(guessing, cases(), "center", config))
    assert len(rows_of(result, REFINED)) == images
    assert (result.refined is not None) == (images > 0)
    assert (REFINED in result.seconds) == (images > 0)


def test_a_model_without_an_encoder_has_no_guess_to_measure(tiny: PreparedModel):
    result = finished(run_corruption(tiny, cases(), "center", CONFIG))
    assert rows_of(result, GUESS) == []
    search = BatchSearch(tiny, cases(), CONFIG)
    assert search.guesses is None


def test_at_random_nothing_depends_on_an_encoder(guessing: PreparedModel, tiny: PreparedModel):
    config = replace(CONFIG, start="random", refine=0)
    one, two = (finished(run_corruption(model, cases(), "center", config)) for model in (guessing, tiny))
    np.testing.assert_array_equal(one.latents["yeh"], two.latents["yeh"])
    assert [row.method for row in one.rows] == [row.method for row in two.rows]


def test_what_lies_under_the_holes_changes_nothing(guessing: PreparedModel):
    batch = cases()
    other = replace(batch, images=np.where(batch.known, batch.images, np.float32(0.5)))
    one, two = (finished(run_corruption(guessing, some, "center", CONFIG)) for some in (batch, other))
    assert one.refined is not None
    assert two.refined is not None
    hidden = ~batch.known[:, 0]
    np.testing.assert_array_equal(one.refined[hidden], two.refined[hidden])


# --- trouble ---------------------------------------------------------------------------------------------------


def test_an_image_that_cannot_be_refined_keeps_the_fill_of_its_search(toy: Any):
    """Its loss is not a number from the start; the others go on."""
    toy.score = toy.score_in_step = lambda x: torch.where(x[:, 0, 0, 0] > 0.3, torch.nan, -(x.mean((1, 2, 3)) ** 2))
    toy.has_encoder = False
    toy.generator = Trainable()
    toy.generate = toy.generator.__call__
    batch, config = cases(2, side=8), InpaintConfig(start="random", steps=3, refine=4, candidates=1)
    first = [initial_latents(seed, 1, 3)[0, 0] > 0.3 for seed in range(40)]
    seeds = (first.index(False), first.index(True))
    result = finished(run_corruption(toy, replace(batch, seeds=seeds), "center", config))
    healthy, sick = rows_of(result, REFINED)
    assert healthy.loss is not None
    assert healthy.best_step is not None
    assert healthy.best_step >= 3
    assert (sick.loss, sick.best_step) == (None, -1)
    assert sick.psnr == rows_of(result, "yeh")[1].psnr


class Trainable(PreparedGenerator):
    """The toy's generator, every pixel of colour c has the value z_c, with a weight: how bright."""

    def __init__(self) -> None:
        super().__init__([torch.ones(1)])

    def __call__(self, z: torch.Tensor) -> torch.Tensor:
        return (z * self.weights[0])[:, :, None, None].expand(-1, -1, 8, 8)

    def copy(self) -> PreparedGenerator:
        other = Trainable()
        other.weights = [weight.clone().requires_grad_() for weight in self.weights]
        return other


def test_no_room_for_a_copy_of_the_generator_is_said_in_a_sentence(
    guessing: PreparedModel, monkeypatch: pytest.MonkeyPatch
):
    def scarce(_: Any) -> Any:
        raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes.")

    monkeypatch.setattr(PreparedGenerator, "copy", scarce)
    with pytest.raises(DeviceError, match="not enough memory on cpu to refine a fill"):
        finished(run_corruption(guessing, cases(), "center", CONFIG))
