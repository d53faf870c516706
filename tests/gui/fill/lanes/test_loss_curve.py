"""The curve of a lane: every peak is drawn, faint curves are few, and a long one is updated quickly."""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.seen import pixels_of
from tests.gui.synthetic_search import make_losses
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.lanes import loss_curve
from wganpaint_gui.gui.fill.lanes.loss_curve import LossCurve, outline, thinned


def test_an_outline_keeps_every_peak_and_every_trough() -> None:
    rng = np.random.default_rng(5)
    losses = rng.standard_normal(5000).astype(np.float32)
    losses[1234], losses[4321] = 99, -99
    steps, values = outline(losses, 100)
    assert len(steps) == len(values) == 200
    assert values.max() == 99
    assert values.min() == -99
    assert (np.diff(steps) >= 0).all()
    assert (values[0::2] >= values[1::2]).all()


def test_a_short_curve_is_drawn_as_it_is() -> None:
    losses = np.arange(5, dtype=np.float32)
    steps, values = outline(losses, 100)
    assert steps.tolist() == values.tolist() == [0, 1, 2, 3, 4]


def test_faint_curves_are_parted_and_few() -> None:
    losses = np.arange(5000 * 63, dtype=np.float32).reshape(5000, 63)
    steps, values = thinned(losses, 600)
    assert len(steps) == len(values) <= 600 + 2 * 63
    assert np.isnan(values).sum() == 63
    assert thinned(losses[:0], 600)[0].size == 0
    assert thinned(losses[:, :0], 600)[0].size == 0


def test_a_long_curve_is_updated_quickly(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loss_curve, "REDRAW_MS", 0)  # it rests no longer than to the next event
    curve = LossCurve("yeh")
    qtbot.addWidget(curve)
    curve.resize(300, 60)
    curve.show()
    qtbot.waitExposed(curve)
    losses = make_losses(InpaintConfig(candidates=4), 5000)[:, 0]
    curve.show_losses(losses, 0, 5000)
    spent = []
    for strong in [1, 2, 3] * 5:
        QApplication.processEvents()
        before = pixels_of(curve)
        start = time.process_time()
        curve.show_losses(losses, strong, 5000)
        spent.append(time.process_time() - start)
        assert not np.array_equal(pixels_of(curve), before), "it was drawn at once"
    assert min(spent) < 0.003


def test_pyqtgraph_waits_until_a_curve_is_shown() -> None:
    code = (
        "import sys; import wganpaint_gui.gui.fill.lanes.search_panel, wganpaint_gui.gui.fill.fill_panel;"
        "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from PySide6.QtWidgets import QWidget; from wganpaint_gui.gui.commands.actions import make_actions;"
        "panel = wganpaint_gui.gui.fill.lanes.search_panel.SearchPanel(make_actions(owner := QWidget()));"
        "assert not {'pyqtgraph', 'torch', 'scipy', 'skimage'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
