"""Fills that know no faces: they look at known pixels alone, and continue what is simple."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from wganpaint_gui.core.measure.baselines import BASELINES, Baseline, Modelless, baseline_fill, to_picture

SIDE = 24


def ramp() -> np.ndarray:
    """[3, SIDE, SIDE]: from dark to bright, a little different a channel."""
    across = np.linspace(-0.8, 0.8, SIDE, dtype=np.float32)
    return np.stack([np.broadcast_to(across * share, (SIDE, SIDE)) for share in (1, 0.7, -0.5)])


def known() -> np.ndarray:
    keep = np.ones((1, SIDE, SIDE), bool)
    keep[:, 9:15, 8:16] = False
    return keep


@pytest.mark.parametrize("baseline", BASELINES)
def test_a_ramp_is_continued(baseline: Baseline):
    filled = baseline_fill(baseline, ramp(), known())
    assert filled.shape == (3, SIDE, SIDE)
    assert filled.dtype == np.float32
    assert np.abs(filled - ramp())[:, ~known()[0]].max() < (0.02 if baseline == "biharmonic" else 0.25)


@pytest.mark.parametrize("baseline", [*BASELINES, "surroundings"])
def test_what_lies_under_the_hole_is_never_looked_at(baseline: Modelless):
    spoiled = np.where(known(), ramp(), np.float32(1))
    np.testing.assert_array_equal(baseline_fill(baseline, spoiled, known()), baseline_fill(baseline, ramp(), known()))


@pytest.mark.parametrize(("baseline", "flag"), [("telea", cv2.INPAINT_TELEA), ("navier-stokes", cv2.INPAINT_NS)])
def test_opencvs_are_opencvs(baseline: Baseline, flag: int):
    picture = to_picture(ramp().transpose(1, 2, 0))
    expected = cv2.inpaint(picture, np.uint8(255) * ~known()[0], 3, flag)
    found = to_picture(baseline_fill(baseline, ramp(), known()).transpose(1, 2, 0))
    missing = ~known()[0]
    np.testing.assert_array_equal(found[missing], expected[missing])


def test_a_fill_stays_in_range():
    steep = np.where(np.arange(SIDE) < SIDE // 2, np.float32(-1), np.float32(1))
    image = np.broadcast_to(steep, (3, SIDE, SIDE)).astype(np.float32)
    for baseline in BASELINES:
        assert np.abs(baseline_fill(baseline, image, known())).max() <= 1
