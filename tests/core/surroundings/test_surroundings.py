"""The surroundings fill any hole of any photo, and nothing but the hole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.surroundings import surroundings
from wganpaint_gui.core.surroundings.helper import Helper
from wganpaint_gui.core.surroundings.surroundings import SurroundingsFill, fill_from_surroundings

Pixels = NDArray[Any]


def fill(pixels: Pixels, mask: NDArray[np.uint8], **options: float) -> tuple[Pixels, SurroundingsFill]:
    """Fill, check that nothing else changed, and return the filled pixels."""
    before, mask_before = pixels.copy(), mask.copy()
    *_, last = fill_from_surroundings(photo_from_pixels(pixels), mask, **options)
    assert last.fill is not None
    assert last.done == last.total
    filled = pixels.copy()
    filled[last.fill.box.slices] = last.fill.pixels
    np.testing.assert_array_equal(filled[mask <= 127], before[mask <= 127])
    np.testing.assert_array_equal(pixels, before)
    np.testing.assert_array_equal(mask, mask_before)
    assert filled.dtype == before.dtype
    return filled, last.fill


def square(shape: tuple[int, ...], y: int, x: int, side: int) -> NDArray[np.uint8]:
    mask = np.zeros(shape[:2], np.uint8)
    mask[y : y + side, x : x + side] = 255
    return mask


def psnr(found: Pixels, truth: Pixels, mask: NDArray[np.uint8]) -> float:
    most = np.iinfo(truth.dtype).max
    error = (found.astype(float) - truth)[mask > 127] / most
    return float(-10 * np.log10(np.square(error).mean()))


def test_a_thick_hole_gets_the_photos_texture() -> None:
    gravel = data.gravel()[:200, :200, None].copy()
    mask = square(gravel.shape, 80, 80, 40)
    filled, found = fill(np.where(mask[..., None] > 127, np.uint8(255), gravel), mask)
    assert found.ways == ("patches",)
    inside, original = filled[mask > 127], gravel[mask > 127]
    assert 0.6 < inside.std() / original.std() < 1.6


def test_what_lies_under_the_mask_has_no_influence() -> None:
    coffee = data.coffee()[100:180, 100:180].copy()
    mask = square(coffee.shape, 30, 30, 12) | square(coffee.shape, 5, 60, 2)
    black, white = (fill(np.where(mask[..., None] > 127, np.uint8(one), coffee), mask)[0] for one in (0, 255))
    np.testing.assert_array_equal(black, white)


def test_patches_are_copied_in_16_bits() -> None:
    source = np.random.default_rng(0)
    pixels = data.coffee()[100:180, 100:180].astype(np.uint16) * 257
    pixels = pixels // 2 + source.integers(0, 256, pixels.shape, np.uint16)
    mask = square(pixels.shape, 30, 30, 16)
    filled, _ = fill(pixels, mask)
    assert len(np.unique(filled[mask > 127] % 257)) > 200  # all steps between those of 8 bits occur
    coarse, _ = fill((pixels // 257).astype(np.uint8), mask)
    assert np.abs(filled[mask > 127] / 257 - coarse[mask > 127]).mean() < 12


def test_patches_take_the_light_of_the_photo_around_them() -> None:
    ramp = np.linspace(60, 190, 100)[:, None, None] * np.ones((1, 100, 1))
    photo = np.rint(ramp + np.random.default_rng(0).normal(0, 4, (100, 100, 1))).astype(np.uint8)
    mask = square(photo.shape, 38, 38, 24)
    filled, _ = fill(photo, mask)
    rows = filled[38:62, 38:62, 0].mean(axis=1) - ramp[38:62, 0, 0]
    assert np.abs(rows).max() < 8  # patches alone, from elsewhere on the ramp, are off by more
    assert filled[mask > 127].std() > 4


def test_a_large_hole_is_solved_small_and_copied_at_full_size() -> None:
    gravel = np.tile(data.gravel()[..., None], (1, 2, 1))[:400, :500].copy()
    mask = square(gravel.shape, 150, 200, 90)
    filled, found = fill(gravel, mask)
    assert found.ways == ("patches",)
    sharp, original = (np.abs(np.diff(one[150:240, 200:290, 0].astype(int))).mean() for one in (filled, gravel))
    assert sharp > 0.7 * original  # a result enlarged from a smaller copy would be smooth


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_scratch_is_interpolated(depth: type) -> None:
    ramp = np.linspace(0.1, 0.9, 100)[None, :, None] * np.ones((60, 1, 3)) * np.iinfo(depth).max
    pixels, mask = np.rint(ramp).astype(depth), np.zeros((60, 100), np.uint8)
    mask[:, 40:43] = 255
    filled, found = fill(pixels, mask)
    assert "patches" not in found.ways
    assert np.abs(filled.astype(int) - pixels).max() <= (20 if depth is np.uint16 else 1)  # 20 is below 1 in 8 bits


def test_random_missing_pixels_are_as_near_as_the_best_of_the_libraries() -> None:
    from skimage.restoration import inpaint_biharmonic

    coffee = data.coffee()[100:164, 150:214].copy()
    mask = np.where(np.random.default_rng(1).random((64, 64)) < 0.8, np.uint8(255), np.uint8(0))
    filled, found = fill(coffee, mask)
    baseline = np.rint(255 * inpaint_biharmonic(coffee / 255, mask > 127, channel_axis=-1)).astype(np.uint8)
    assert psnr(filled, coffee, mask) > psnr(baseline, coffee, mask) - 0.3
    assert len(found.ways) == 1


def test_alpha_stays_and_what_was_invisible_becomes_opaque() -> None:
    pixels = np.dstack([data.coffee()[:60, :60], np.full((60, 60), 200, np.uint8)])
    pixels[:20, :, 3] = 0
    pixels[:20, :, :3] = (0, 255, 0)  # nobody sees this green, and nobody may copy it
    mask = square(pixels.shape, 10, 20, 20)
    filled, _ = fill(pixels, mask)
    assert (filled[10:20, 20:40, 3] == 255).all()
    assert (filled[20:30, 20:40, 3] == 200).all()
    assert not (filled[10:30, 20:40, :3] == (0, 255, 0)).all(-1).any()


@pytest.mark.parametrize(
    ("height", "width", "known"),
    [
        (1, 2, (0, 0)),
        (3, 1, (1, 0)),
        (11, 11, (7, 2)),
        (11, 2, (4, 1)),
        (3, 3, (1, 1)),
        (90, 70, (45, 30)),
        (9, 200, (4, 0)),
        (1, 40, (0, 39)),
    ],
)
def test_one_known_pixel_is_enough(height: int, width: int, known: tuple[int, int]) -> None:
    pixels = np.full((height, width, 3), 7, np.uint8)
    pixels[known] = (90, 120, 60)
    mask = np.full((height, width), 255, np.uint8)
    mask[known] = 0
    filled, _ = fill(pixels, mask)
    assert np.abs(filled.astype(int) - (90, 120, 60)).max() <= 1


def test_a_hole_that_touches_all_borders_is_filled() -> None:
    pixels = np.full((80, 90, 1), 0, np.uint8)
    pixels[30:50, 30:60] = 130
    mask = np.where(pixels[..., 0] == 0, np.uint8(255), np.uint8(0))
    filled, _ = fill(pixels, mask)
    assert np.abs(filled.astype(int) - 130).max() <= 1


@pytest.mark.parametrize(
    ("marked", "alpha", "words"),
    [(0, 255, "Nothing is masked."), (255, 255, "covers the whole photo"), (None, 0, "transparent")],
)
def test_a_mask_that_cannot_be_filled_is_a_sentence(marked: int | None, alpha: int, words: str) -> None:
    pixels = np.full((1, 4, 4), alpha, np.uint8)
    mask = np.array([[255, 0, 0, 0]], np.uint8) if marked is None else np.full((1, 4), marked, np.uint8)
    with pytest.raises(MaskError, match=words):
        next(fill_from_surroundings(photo_from_pixels(pixels), mask))


def crash(*_: object) -> NDArray[Any]:
    os._exit(1)


def never_end(*_: object) -> NDArray[Any]:
    while True:
        pass


def scattered() -> tuple[Pixels, NDArray[np.uint8]]:
    """Return a photo and a mask of random pixels that takes more than a moment to interpolate."""
    mask = np.where(np.random.default_rng(1).random((60, 60)) < 0.8, np.uint8(255), np.uint8(0))
    return data.coffee()[100:160, 150:210].copy(), mask


@pytest.mark.parametrize(("fault", "limit", "words"), [(crash, 60.0, "crashed"), (never_end, 0.5, "took too long")])
def test_a_fault_of_a_library_is_a_sentence_and_another_fill(
    monkeypatch: pytest.MonkeyPatch, fault: object, limit: float, words: str
) -> None:
    monkeypatch.setattr("wganpaint_gui.core.surroundings.interpolation.interpolate_smoothly", fault)
    coffee, mask = scattered()
    filled, found = fill(coffee, mask, limit=limit)
    assert words in found.notice
    assert psnr(filled, coffee, mask) > 15


def test_a_process_that_cannot_be_started_is_a_sentence_and_another_fill(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(BaseProcess, "start", refuse)
    coffee, mask = scattered()
    filled, found = fill(coffee, mask)
    assert "could not be started" in found.notice
    assert psnr(filled, coffee, mask) > 15


def test_closing_in_the_middle_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    helpers: list[Helper] = []

    class Noted(Helper):
        def __init__(self, limit: float) -> None:
            super().__init__(limit)
            helpers.append(self)

    monkeypatch.setattr(surroundings, "Helper", Noted)
    monkeypatch.setattr("wganpaint_gui.core.surroundings.interpolation.interpolate_smoothly", never_end)
    coffee, mask = scattered()
    steps = fill_from_surroundings(photo_from_pixels(coffee), mask)
    next(steps)
    next(steps)
    assert helpers[0].running
    steps.close()  # type: ignore[attr-defined]
    assert not helpers[0].running


def test_a_fill_can_be_given_up_between_short_steps() -> None:
    gravel = np.tile(data.gravel()[..., None], (2, 2, 1))
    longest, before = 0.0, time.process_time()
    for _ in fill_from_surroundings(photo_from_pixels(gravel), square(gravel.shape, 300, 300, 400)):
        now = time.process_time()
        longest, before = max(longest, now - before), now
    assert longest < 0.3  # processor seconds, which other programs do not lengthen


def test_edges_go_on_through_the_hole() -> None:
    brick = data.brick()[..., None].copy()
    mask = square(brick.shape, 230, 140, 60)
    filled, found = fill(np.where(mask[..., None] > 127, np.uint8(255), brick), mask)
    assert found.ways == ("patches",)
    assert psnr(filled, brick, mask) > 20  # joints that break give less


def test_a_hole_inside_another_is_filled_once() -> None:
    gravel = data.gravel()[:200, :200, None].copy()
    y, x = np.mgrid[:200, :200]
    away = np.hypot(y - 100, x - 100)
    mask = np.where((away < 12) | ((away > 40) & (away < 60)), np.uint8(255), np.uint8(0))
    filled, found = fill(np.where(mask[..., None] > 127, np.uint8(255), gravel), mask)
    assert found.ways == ("patches",)
    assert 0.5 < filled[mask > 127].std() / gravel[mask > 127].std() < 1.5


def random_known(source: np.random.Generator) -> Iterator[NDArray[np.bool_]]:
    """Yield known pixels [h, w] of odd sizes and shapes: borders, specks, nearly everything, all but one pixel."""
    while True:
        height, width = (int(side) for side in source.integers(1, 60, 2))
        known = np.ones((height, width), bool)
        depth = int(source.integers(1, max(2, min(height, width) // 2)))
        known[:depth] = False
        yield known
        yield np.rot90(known).copy()
        yield source.random((height, width)) > source.uniform(0.05, 0.95)
        known[:] = False
        known[source.integers(height), source.integers(width)] = True
        yield known
        yield ~known
        known[depth:-depth, depth:-depth] = True
        yield known


@pytest.mark.parametrize("kind", range(2))
def test_odd_masks_are_filled_or_refused_with_a_sentence(kind: int) -> None:
    masks, source = random_known(np.random.default_rng(kind)), np.random.default_rng(4)
    for _ in range(6):
        known = next(masks)
        photo = source.integers(0, 256, (*known.shape, 1 + 2 * kind), np.uint8)
        try:
            fill(photo, np.where(known, np.uint8(0), np.uint8(255)))
        except MaskError:
            assert known.all() or not known.any()
