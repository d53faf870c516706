"""A curve of a run: its ends stay, its scale ignores the wild beginning, and ticks without the number are left out."""

from __future__ import annotations

import numpy as np

from wganpaint_gui.core.training.run_curves import run_curve
from wganpaint_gui.core.training.training_log import StageLog, Tick, running_median


def test_w_is_the_median_thinned_with_both_ends_and_a_scale_without_the_beginning() -> None:
    log, noise = StageLog(), np.random.default_rng(0)
    w = np.concatenate([np.full(100, 500.0), 10 + noise.normal(size=1900)]).astype(np.float32)
    for update, value in enumerate(w, 1):
        log.append(update, float(value))
    curve = run_curve(log, "w", 100)
    assert (curve.updates[0], curve.updates[-1]) == (1, 2000)
    assert 100 <= len(curve.updates) <= 102
    np.testing.assert_array_equal(curve.values, running_median(w)[curve.updates - 1])
    assert curve.span is not None
    assert 9 < curve.span[0] < curve.span[1] < 11


def test_ticks_are_read_at_and_before_their_update_and_those_without_the_number_are_left_out() -> None:
    log = StageLog()
    for update, swd in ((100, 40.0), (200, None), (300, 30.0)):
        log.add_tick(Tick("gan", update, None, swd, None, ""))
    curve = run_curve(log, "swd", 100)
    assert (curve.updates.tolist(), curve.values.tolist(), curve.span) == ([100, 300], [40.0, 30.0], (30.0, 40.0))
    assert [curve.at(update) for update in (99, 100, 299, 1000)] == [None, 40.0, 40.0, 30.0]
    empty = run_curve(log, "critic_gap", 100)
    assert (len(empty.updates), empty.span, empty.at(5)) == (0, None, None)
    assert run_curve(StageLog(), "w", 100).span is None
