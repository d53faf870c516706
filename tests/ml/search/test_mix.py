"""A mix of two candidates: the image between their latents, shown, kept and stored like a candidate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.candidate_marks import Mix
from wganpaint_gui.core.search.composed_fill import Selection, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CONFIG = InpaintConfig(start="random", steps=6, refine=0, candidates=2, learning_rate=0.1, blend="none")
FRAME = Frame(20, 10, 70)


@pytest.fixture
def fill(tiny: PreparedModel, photo: Photo, mask: np.ndarray) -> Fill:
    fill = Fill(tiny, photo, mask, FRAME, CONFIG)
    list(fill.run())
    return fill


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("step", [None, 2])
def test_it_is_the_image_of_the_latent_between_both(fill: Fill, share: float, step: int | None) -> None:
    latents = fill.search.best.latents if step is None else fill.search.log.latents[step]
    between = latents[0, 1] + share * (latents[1, 0] - latents[0, 1])
    fill.selection = Selection(0, 1, Mix((1, 0), share))
    shown = fill.snapshot_at(step)
    assert shown.mixed is not None
    assert np.abs(shown.mixed.astype(int) - fill.search.render(between)).max() <= 1
    assert shown.overlay is not None
    assert np.array_equal(shown.overlay, fill.composer.overlay(shown.mixed))


def test_its_ends_are_the_two_candidates(fill: Fill) -> None:
    images = fill.snapshot_at(None).images
    assert images is not None
    for share, place in ((0.0, (0, 1)), (1.0, (1, 0))):
        mixed = fill.search.mixed((0, 1), Mix((1, 0), share), None)
        assert np.abs(mixed.astype(int) - images[place]).max() <= 1


def test_it_is_kept_as_it_is_shown_and_nothing_outside_the_hole_changes(
    fill: Fill, photo: Photo, mask: np.ndarray
) -> None:
    fill.selection = Selection(0, 1, Mix((1, 0), 0.4))
    shown = fill.snapshot_at(None)
    assert shown.mixed is not None
    box, pixels = fill.result()
    assert np.array_equal(pixels, fill.composer.patch(shown.mixed)[1])
    outside = mask[box.slices] == 0
    assert np.array_equal(pixels[outside], photo.pixels[box.slices][outside])
    assert (pixels != fill.result(Selection(0, 1))[1]).any()


def test_it_is_shown_while_the_search_runs(fill: Fill) -> None:
    fill.selection = Selection(0, 0, Mix((0, 1), 0.5))
    for shown in fill.run(3):
        latents = fill.search.log.latents[shown.shown_step]
        assert shown.mixed is not None
        assert np.abs(shown.mixed.astype(int) - fill.search.render(latents[0].mean(axis=0))).max() <= 1


def test_a_stored_search_shows_the_mix_that_was_selected_and_no_other(
    fill: Fill, photo: Photo, mask: np.ndarray
) -> None:
    fill.selection = Selection(0, 1, Mix((1, 0), 0.4))
    before = fill.snapshot_at(None)
    stored = StoredFill(photo, mask, FRAME, fill.stored_search())
    stored.selection = fill.selection
    after = stored.snapshot_at(None)
    assert np.array_equal(after.overlay, before.overlay)
    stored.selection = replace(fill.selection, mix=Mix((1, 0), 0.5))
    with pytest.raises(SettingsError, match="not stored"):
        stored.snapshot_at(None)


def test_a_mix_with_a_candidate_that_is_not_there_is_refused(fill: Fill) -> None:
    for other in ((2, 0), (0, 2), (-1, 0)):
        with pytest.raises(SettingsError):
            fill.snapshot_at(None, Selection(0, 0, Mix(other, 0.5)))
