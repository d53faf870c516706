"""Blends against an independent dense solution, at edges, in parts, and never outside the hole."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.search.blend import Blender, HarmonicExtension
from wganpaint_gui.core.search.settings import Blend

Bools = NDArray[np.bool_]


def dense_poisson(hole: Bools, known: Bools, photo: NDArray, fill: NDArray) -> NDArray:
    """min over f of the sum over neighbouring pairs of ((f_a - f_b) - (g_a - g_b))^2, f = photo on the known: dense.

    Written as least squares over pairs of pixels, not as a Laplacian; lstsq gives the smallest change from the fill
    where a part touches nothing known.
    """
    height, width = hole.shape
    number = -np.ones(hole.shape, int)
    number[hole] = np.arange(hole.sum())
    result = fill.astype(float).copy()
    rows, values = [], []
    for y in range(height):
        for x in range(width):
            for other in ((y, x + 1), (y + 1, x)):
                if other[0] >= height or other[1] >= width:
                    continue
                row, value = np.zeros(hole.sum()), np.zeros(len(photo))
                for at, sign in (((y, x), 1), (other, -1)):
                    if hole[at]:
                        row[number[at]] = sign
                    elif known[at]:
                        value -= sign * (photo[:, *at] - fill[:, *at])
                    else:
                        break
                else:
                    rows.append(row)
                    values.append(value)
    if rows:
        result[:, hole] += np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0].T
    return result


def random_planes(seed: int, shape: tuple[int, int], channels: int = 3) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((channels, *shape), dtype=np.float32)


def poisson(hole: Bools, known: Bools | None = None, **options: int) -> Blender:
    return Blender(hole, ~hole if known is None else known, hole.astype(np.float32), "poisson", **options)


HOLES = {
    "in the middle": (slice(3, 9), slice(4, 10)),
    "at a corner": (slice(0, 6), slice(0, 5)),
    "to three edges": (slice(0, 12), slice(4, 14)),
    "across": (slice(4, 8), slice(0, 14)),
}


@pytest.mark.parametrize("name", HOLES)
def test_poisson_agrees_with_a_dense_least_squares_solution(name):
    hole = np.zeros((12, 14), bool)
    hole[HOLES[name]] = True
    photo, fill = random_planes(1, hole.shape), random_planes(2, hole.shape)
    expected = dense_poisson(hole, ~hole, photo, fill)
    blended = poisson(hole).apply(photo, fill)
    assert np.abs(blended - expected)[:, hole].max() < 1e-5


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 99999), share=st.floats(0.05, 0.95), absent=st.floats(0, 0.5))
def test_poisson_agrees_with_it_for_any_holes_and_any_absent_pixels(seed, share, absent):
    rng = np.random.default_rng(seed)
    hole = rng.random((7, 9)) < share
    known = ~hole & (rng.random((7, 9)) >= absent)
    photo, fill = random_planes(seed, hole.shape, 1), random_planes(seed + 1, hole.shape, 1)
    expected = dense_poisson(hole, known, photo, fill)
    blended = poisson(hole, known).apply(photo, fill)
    assert np.abs(blended - expected)[:, hole].max(initial=0) < 1e-5
    assert np.array_equal(blended[:, ~hole], photo[:, ~hole])


@pytest.mark.parametrize("limit", [100_000, 200])
def test_a_constant_offset_vanishes_entirely(limit):
    rng = np.random.default_rng(0)
    hole = np.zeros((90, 70), bool)
    hole[10:60, 0:50] = True
    hole[rng.random(hole.shape) < 0.2] = True
    known = ~hole & (rng.random(hole.shape) < 0.8)
    fill = random_planes(3, hole.shape)
    blended = poisson(hole, known, direct_limit=limit).matched(fill + np.float32(0.25), fill)
    reached = np.abs(blended - fill).max(axis=0) > 0.1
    assert np.abs(blended - fill - 0.25)[:, hole & reached].max() < 1e-3 * (limit < 1000) + 1e-5
    assert (hole & reached).sum() > 0.95 * hole.sum()


def test_a_part_without_any_known_neighbour_keeps_the_fill():
    hole = np.zeros((12, 12), bool)
    hole[1:4, 1:4] = True
    hole[7:11, 7:11] = True
    known = ~hole
    known[6:12, 6:12] = False
    photo, fill = random_planes(4, hole.shape), random_planes(5, hole.shape)
    blended = poisson(hole, known).apply(photo, fill)
    assert np.array_equal(blended[:, 7:11, 7:11], fill[:, 7:11, 7:11])
    assert not np.array_equal(blended[:, 1:4, 1:4], fill[:, 1:4, 1:4])


@pytest.mark.parametrize("share", [0.0, 0.8])
def test_the_coarse_road_agrees_with_the_direct_one_where_the_photo_is_smooth(share):
    hole = np.zeros((240, 260), bool)
    hole[20:220, 40:260] = True
    hole |= np.random.default_rng(1).random(hole.shape) < share
    y, x = np.mgrid[0:240, 0:260] / 250
    photo = np.stack([0.3 + 0.4 * np.sin(3 * x + 2 * y), 0.5 + 0.3 * x * y, 0.9 - 0.5 * y]).astype(np.float32)
    fill = np.full_like(photo, 0.5)
    exact = poisson(hole).apply(photo, fill)
    coarse = poisson(hole, direct_limit=2000).apply(photo, fill)
    assert np.abs(coarse - exact).max() < 4 / 255
    assert np.abs(coarse - exact).mean() < 1 / 255


def test_the_coarse_road_leaves_no_seam_at_a_noisy_edge():
    hole = np.zeros((200, 200), bool)
    hole[30:170, 30:170] = True
    photo, fill = random_planes(6, hole.shape), np.zeros((3, 200, 200), np.float32)
    exact = poisson(hole).apply(photo, fill)
    coarse = poisson(hole, direct_limit=1000).apply(photo, fill)
    edge = hole.copy()
    edge[31:169, 31:169] = False
    assert np.abs(coarse - exact)[:, edge].max() < 0.1  # of noise that spans 0 to 1
    assert np.abs(coarse - exact)[:, edge].mean() < 0.02
    assert np.abs(coarse - exact).mean() < 0.01


def test_a_harmonic_function_continues_itself():
    unknown = np.zeros((60, 60), bool)
    unknown[5:50, 8:55] = True
    y, x = np.mgrid[0:60, 0:60] / np.float32(60)
    saddle = (x * x - y * y)[None].astype(np.float32)
    assert np.abs(HarmonicExtension(unknown, ~unknown).extend(saddle) - saddle).max() < 1e-6


def test_a_feathered_fill_rises_from_the_edge_to_its_full_weight():
    hole = np.zeros((40, 40), bool)
    hole[5:35, 5:35] = True
    weight = Blender(hole, ~hole, hole.astype(np.float32), "feather", feather=6).weight
    assert (weight[~hole] == 0).all()
    across = weight[20, 5:20]
    assert 0 < across[0] < 0.1
    assert (np.diff(across) >= 0).all()
    assert (across[6:] == 1).all()


def test_a_feather_does_not_fade_where_the_photo_ends():
    hole = np.zeros((30, 30), bool)
    hole[:, :20] = True
    weight = Blender(hole, ~hole, hole.astype(np.float32), "feather", feather=5).weight
    assert (weight[:, :14] == 1).all()
    assert (weight[:, 19] < 0.1).all()


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 9999),
    kind=st.sampled_from(["none", "feather", "poisson"]),
    height=st.integers(1, 24),
    width=st.integers(1, 24),
    channels=st.sampled_from([1, 3]),
    limit=st.sampled_from([5, 100_000]),
)
def test_no_pixel_outside_the_hole_changes_and_none_inside_is_lost(seed, kind: Blend, height, width, channels, limit):
    rng = np.random.default_rng(seed)
    hole = rng.random((height, width)) < rng.random()
    known = ~hole & (rng.random((height, width)) < 0.9)
    photo, fill = random_planes(seed, hole.shape, channels), random_planes(seed + 1, hole.shape, channels)
    alpha = rng.random(hole.shape, dtype=np.float32)
    blended = Blender(hole, known, alpha, kind, direct_limit=limit).apply(photo, fill)
    assert blended.shape == photo.shape
    assert np.array_equal(blended[:, ~hole], photo[:, ~hole])
    assert np.isfinite(blended).all()
    if kind == "none":
        assert np.array_equal(blended[:, hole], (photo + (fill - photo))[:, hole])


def resident() -> int:
    """Bytes of this process in memory, on Linux."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_blenders_that_another_thread_drops_leave_no_memory_behind() -> None:
    hole = np.zeros((80, 80), bool)
    hole[5:-5, 5:-5] = True

    def make_and_drop() -> None:
        made: list[Blender] = []
        thread = threading.Thread(target=lambda: made.append(poisson(hole)))  # each search has a thread of its own
        thread.start()
        thread.join()
        made.clear()

    for _ in range(3):
        make_and_drop()
    before = resident()
    for _ in range(20):
        make_and_drop()
    assert resident() - before < 10e6  # each has factors of several megabytes
