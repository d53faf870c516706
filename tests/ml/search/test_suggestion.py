"""Which candidate is suggested: by the known pixels near the hole and by the critic's score of the composite."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.losses import Target, near_hole
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.suggestion import measure, suggest


@given(arrays.arrays(np.float32, (2, 5), elements=st.floats(0, 2, width=32), unique=True), st.randoms())
def test_the_lowest_sum_of_ranks_wins_and_the_known_pixels_decide(near, random):
    scores = near.copy()
    for row in scores:
        random.shuffle(row)
    found = suggest(torch.from_numpy(near), torch.from_numpy(scores))
    for row, judged, chosen in zip(near, scores, found.tolist(), strict=True):
        ranks = [(sum(row < row[k]) + sum(judged > judged[k]), sum(row < row[k])) for k in range(5)]
        assert ranks[chosen] == min(ranks)


def test_a_candidate_without_a_number_is_never_suggested():
    near, scores = torch.tensor([[torch.nan, 0.2, 0.1]]), torch.tensor([[torch.nan, 1.0, 2.0]])
    assert suggest(near, scores).tolist() == [2]


def test_the_scale_of_the_critic_does_not_matter():
    near, scores = torch.rand(50, 4), torch.randn(50, 4)
    assert torch.equal(suggest(near, scores), suggest(near, 1000 * scores - 3))


def test_near_the_hole_means_known_and_within_six_of_sixty_four_pixels():
    known = torch.ones(1, 1, 64, 64, dtype=torch.bool)
    known[0, 0, 20:30, 40:50] = False
    near = near_hole(known)[0, 0]
    for y in range(64):
        for x in range(64):
            off = max(20 - y, y - 29, 40 - x, x - 49)  # pixels from the hole, in the larger direction
            assert near[y, x] == (0 < off <= 6)


def test_it_is_measured_by_the_pixels_near_the_hole_and_by_the_composite(tiny: PreparedModel):
    source = torch.Generator().manual_seed(4)
    side = tiny.resolution
    image = torch.rand(1, 3, side, side, generator=source) * 2 - 1
    known = torch.rand(1, 1, side, side, generator=source) > 0.3
    known[..., : side // 2] = True
    made = torch.rand(3, 3, side, side, generator=source) * 2 - 1
    distance, scores = measure(tiny, made, Target(torch.where(known, image, 0.0), known, known.float()))
    made = (made * 127.5 + 127.5).round() / 127.5 - 1
    pixels = near_hole(known)[0, 0].numpy()
    expected = [np.abs(one - image[0].numpy())[:, pixels].mean() for one in made.numpy()]
    np.testing.assert_allclose(distance.numpy(), expected, rtol=1e-5)
    composites = torch.stack([torch.where(known[0], image[0], one) for one in made])
    torch.testing.assert_close(scores, tiny.score(composites))


@pytest.mark.parametrize("candidates", [1, 4])
def test_a_search_suggests_one_candidate_a_method(tiny: PreparedModel, candidates: int):
    side = tiny.resolution
    known = np.ones((1, side, side), np.bool_)
    known[:, 8:16, 8:16] = False
    image = np.random.default_rng(0).uniform(-1, 1, (3, side, side)).astype(np.float32)
    search = Search(tiny, ModelView(np.where(known, image, np.float32(0)), known), InpaintConfig(candidates=candidates))
    list(search.advance(3))
    images, _ = search.candidates_at(None)
    target = search.state.target
    for method, row in enumerate(images):
        made = torch.from_numpy(row).permute(0, 3, 1, 2) / 127.5 - 1
        near, scores = measure(tiny, made, target)
        assert search.suggested()[method] == suggest(near, scores)
