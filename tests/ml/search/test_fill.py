"""A fill from search to full-resolution patch, as the command line and the editor drive it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.errors import FrameError, MaskError, SettingsError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels
from wganpaint_gui.core.search.composed_fill import Selection, StoredFill
from wganpaint_gui.core.search.frame import model_view
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel

FRAME = Frame(20, 10, 70)
CONFIG = InpaintConfig(start="random", refine=0, steps=6, candidates=2, learning_rate=0.1, blend="none")


@pytest.fixture
def photo() -> Photo:
    return photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 120, 3), np.uint8))


@pytest.fixture
def mask() -> NDArray[np.uint8]:
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    return mask


@pytest.fixture
def fill(tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8]) -> Fill:
    return Fill(tiny, photo, mask, FRAME, CONFIG)


def test_a_run_yields_every_step_with_pictures_where_somebody_looks(fill: Fill) -> None:
    answers = iter([False, True, False, False, False, False])
    frames = list(fill.run(watched=lambda: next(answers)))
    assert [frame.shown_step for frame in frames] == list(range(6))
    assert [frame.images is not None for frame in frames] == [False, True, False, False, False, True]
    last = frames[-1]
    assert last.images is not None
    assert last.fills is not None
    assert last.overlay is not None
    assert last.images.shape == last.fills.shape == (2, 2, 32, 32, 3)
    assert last.overlay.shape == (70, 70, 4)


def test_an_earlier_step_is_rendered_again_as_it_was(fill: Fill) -> None:
    frames = list(fill.run())
    again = fill.snapshot_at(2)
    assert again.step is None
    for name in ("images", "fills", "losses", "overlay"):
        np.testing.assert_array_equal(getattr(again, name), getattr(frames[2], name))
    assert again.selection == frames[2].selection


def test_the_best_of_all_steps_is_shown_without_a_step(fill: Fill) -> None:
    list(fill.run())
    best = fill.snapshot_at(None)
    assert best.shown_step is None
    np.testing.assert_array_equal(best.losses, fill.search.log.losses.min(axis=0))
    assert best.selection.candidate == best.losses[0].argmin()


def test_a_selection_is_obeyed_and_checked(fill: Fill) -> None:
    list(fill.run())
    fill.selection = Selection(1, 0)
    assert fill.snapshot_at(None).selection == Selection(1, 0)
    assert fill.snapshot_at(None, Selection(1)).selection.method == 1
    for wrong in (Selection(2), Selection(0, 2), Selection(-1)):
        with pytest.raises(SettingsError):
            fill.snapshot_at(None, wrong)


@pytest.mark.parametrize("step", [-1, 6])
def test_a_step_that_was_not_taken_is_refused(fill: Fill, step: int) -> None:
    list(fill.run())
    with pytest.raises(SettingsError, match="was not taken"):
        fill.snapshot_at(step)


@pytest.mark.parametrize("blend", ["none", "feather", "poisson"])
def test_the_patch_changes_the_hole_and_nothing_else(
    tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8], blend: str
) -> None:
    fill = Fill(tiny, photo, mask, FRAME, replace(CONFIG, blend=blend))  # type: ignore[arg-type]
    list(fill.run())
    box, pixels = fill.result()
    assert box == Box(20, 10, 70, 70)
    assert pixels.dtype == np.uint8
    before, hole = photo.pixels[box.slices], mask[box.slices] > 127
    np.testing.assert_array_equal(pixels[~hole], before[~hole])
    assert (pixels[hole] != before[hole]).any(axis=-1).mean() > 0.9


def test_the_patch_of_a_step_differs_from_that_of_another(fill: Fill) -> None:
    list(fill.run())
    _, first = fill.result(Selection(0, 0), step=0)
    _, last = fill.result(Selection(0, 0), step=5)
    assert (first != last).any()


def test_running_again_goes_on(fill: Fill) -> None:
    list(fill.run(2))
    assert [frame.shown_step for frame in fill.run(2)] == [2, 3]


def test_a_new_mask_is_searched_and_composed_from_then_on(fill: Fill, photo: Photo, mask: NDArray[np.uint8]) -> None:
    list(fill.run(2))
    larger = mask.copy()
    larger[60:70, 40:70] = 255
    fill.change(mask=larger, context_weight=0.5)
    list(fill.run(2))
    assert fill.config.context_weight == 0.5
    box, pixels = fill.result()
    changed = (pixels != photo.pixels[box.slices]).any(axis=-1)
    assert changed[larger[box.slices] > 127].mean() > 0.9
    assert not changed[larger[box.slices] <= 127].any()


def test_another_blend_composes_the_same_search_otherwise(fill: Fill) -> None:
    list(fill.run(3))
    _, plain = fill.result()
    fill.change(blend="poisson")
    _, blended = fill.result()
    assert fill.config.blend == "poisson"
    assert (plain != blended).any()
    list(fill.run(1))
    assert fill.search.steps_done == 4


def test_the_frame_is_averaged_once_and_not_at_all_for_another_blend(
    tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8]
) -> None:
    class Counting(Photo):
        """Counts the pixels that are converted for a model."""

        converted = 0

        def srgb(self, box: Box) -> NDArray[np.float32]:
            self.converted += box.area
            return super().srgb(box)

    counted = Counting(photo.pixels)
    fill = Fill(tiny, counted, mask, FRAME, CONFIG)
    once = Counting(photo.pixels)
    model_view(once, mask, FRAME, tiny.resolution)
    assert counted.converted == once.converted > 0
    list(fill.run(1))
    counted.converted = 0
    fill.change(blend="poisson")
    fill.result()
    assert counted.converted == 0
    fill.change(mask=np.roll(mask, 5))
    assert counted.converted == once.converted


def test_a_mask_that_leaves_nothing_to_do_is_refused_and_changes_nothing(fill: Fill, mask: NDArray[np.uint8]) -> None:
    list(fill.run(1))
    composer = fill.composer
    with pytest.raises(MaskError):
        fill.change(mask=np.zeros_like(mask))
    assert fill.composer is composer
    list(fill.run(1))


def test_a_frame_that_cannot_be_filled_is_refused(tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8]) -> None:
    with pytest.raises(FrameError):
        Fill(tiny, photo, mask, Frame(500, 0, 50), CONFIG)
    with pytest.raises(MaskError):
        Fill(tiny, photo, np.full_like(mask, 255), FRAME, CONFIG)


def test_values_painted_over_change_no_bit_from_photo_to_latents(
    tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8]
) -> None:
    painted = photo.replaced(np.where(mask[..., None] > 127, np.uint8(77), photo.pixels))
    one, two = (Fill(tiny, p, mask, FRAME, CONFIG) for p in (photo, painted))
    list(one.run())
    list(two.run())
    np.testing.assert_array_equal(one.search.log.latents, two.search.log.latents)


def test_looking_back_while_it_runs_does_no_harm(fill: Fill) -> None:
    errors: list[BaseException] = []
    over = threading.Event()

    def look_back() -> None:
        try:
            while not over.is_set():
                taken = fill.search.steps_done
                fill.snapshot_at(taken - 1 if taken else None)
                fill.result()
        except BaseException as error:
            errors.append(error)

    other = threading.Thread(target=look_back)
    other.start()
    frames = list(fill.run(20))
    over.set()
    other.join()
    assert not errors
    assert len(frames) == 20


def test_the_shipped_model_fills_a_mouth_with_what_fits_the_face(shipped: PreparedModel) -> None:
    photo = load_photo(Path(__file__).parents[3] / "resources" / "sample-portrait.png")
    mask = np.zeros((512, 512), np.uint8)
    mask[126:160, 192:250] = 255
    fill = Fill(
        shipped, photo, mask, Frame(176, 74, 96), InpaintConfig(start="random", refine=0, steps=40, candidates=1)
    )
    frames = list(fill.run(watched=lambda: False))
    start, end = frames[0].losses, fill.search.best.losses
    assert end[0, 0] < 0.6 * start[0, 0]
    assert end[1, 0] < start[1, 0]
    assert fill.search.fit().verdict == "good"
    box, pixels = fill.result()
    hole = mask[box.slices] > 127
    difference = pixels[hole].mean(axis=0) - photo.pixels[box.slices][~hole].mean(axis=0)
    assert np.abs(difference).max() < 60  # skin, not a white or black square


def test_what_was_found_is_what_is_shown_and_lives_without_the_search(
    fill: Fill, photo: Photo, mask: NDArray[np.uint8]
) -> None:
    list(fill.run())
    found = fill.stored_search()
    stored, shown = StoredFill(photo, mask, FRAME, found), fill.snapshot_at(None)
    again = stored.snapshot_at(None)
    for name in ("images", "fills", "losses", "overlay"):
        np.testing.assert_array_equal(getattr(again, name), getattr(shown, name))
    np.testing.assert_array_equal(stored.result()[1], fill.result()[1])
    np.testing.assert_array_equal(stored.search.log.losses, fill.search.log.losses)
    np.testing.assert_array_equal(found.best.latents, fill.search.best.latents)
    assert again.step is not None
    np.testing.assert_array_equal(again.step.best_steps, fill.search.best.steps)
    assert stored.search.fit() == fill.search.fit()
    stored.change(blend="feather")
    assert stored.stored_search().config == replace(CONFIG, blend="feather")
    with pytest.raises(SettingsError, match="was not stored"):
        stored.snapshot_at(2)


def test_what_is_found_is_of_one_moment(tiny: PreparedModel, photo: Photo, mask: NDArray[np.uint8]) -> None:
    class Advancing:
        """A model with which the search goes on while somebody renders."""

        def __getattr__(self, name: str) -> Any:
            return getattr(tiny, name)

        def generate(self, z: torch.Tensor) -> torch.Tensor:
            if not torch.is_grad_enabled():
                with torch.enable_grad():
                    list(fill.run(3, watched=lambda: False))
            return tiny.generate(z)

    fill = Fill(Advancing(), photo, mask, FRAME, CONFIG)  # type: ignore[arg-type]
    list(fill.run(2))
    fit = Search(tiny, model_view(photo, mask, FRAME, 32), CONFIG, start=fill.search.best.latents).fit()
    fill.change(context_weight=0.5)
    found = fill.stored_search()
    assert fill.search.steps_done > 2
    assert found.config == CONFIG
    assert len(found.step_losses) == 2
    np.testing.assert_array_equal(found.best.losses, found.step_losses.min(axis=0))
    assert found.known_region == fit


def test_what_is_found_during_a_search_fits_together(fill: Fill) -> None:
    steps = fill.run(2000)
    next(steps)
    done = threading.Event()

    def search() -> None:
        for _ in steps:
            if done.is_set():
                break

    thread = threading.Thread(target=search)
    thread.start()
    try:
        for _ in range(10):  # StoredSearch checks itself
            assert len(fill.stored_search().step_losses) <= len(fill.search.log)
    finally:
        done.set()
        thread.join()
