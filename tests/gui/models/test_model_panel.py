"""The model panel: the model's card and samples, and the way to another model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from wganpaint_gui.core.models.installed import ModelEntry
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.gui.models.model_panel import ModelPanel

LEFT = Qt.MouseButton.LeftButton
CARD = ModelCard(
    "faces-64",
    NetworkConfig(width=32),
    preset="gp",
    updates=9000,
    aware_updates=1441,
    dataset="faces",
    dataset_size=13233,
    licence="MIT",
)


@pytest.fixture
def panel(shown) -> ModelPanel:
    panel = ModelPanel()
    shown(panel, 300, 572)
    return panel


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    image = QImage(640, 320, QImage.Format.Format_RGB32)  # ten samples by five of 64 pixels
    image.fill(QColor("#3366cc"))
    path = tmp_path / "faces-64.png"
    assert image.save(str(path))
    return path


def texts(panel: ModelPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_the_card_is_shown(panel: ModelPanel) -> None:
    panel.show_model(CARD, None, "")
    QApplication.processEvents()
    shown = texts(panel)
    for part in ("faces-64", "64 × 64 px", "faces (13,233 images)", "MIT", "Faces, eyes at 30%"):
        assert part in shown
    assert "9,000" not in shown
    panel.details.toggle.setChecked(True)
    QApplication.processEvents()
    shown = texts(panel)
    for part in ("32 channels", "WGAN-GP", "9,000 + 1,441 search-aware"):
        assert part in shown
    assert "Encoder\nnone" in shown
    assert "Notes" not in shown  # what the card leaves empty is left out


def test_a_model_with_an_encoder_says_how_long_it_was_trained(panel: ModelPanel) -> None:
    panel.show_model(replace(CARD, encoder_updates=4000), None, "")
    panel.details.toggle.setChecked(True)
    QApplication.processEvents()
    assert "Encoder\n4,000 updates" in texts(panel)


def test_the_sample_grid_is_as_wide_as_the_panel_and_keeps_its_shape(panel: ModelPanel, grid: Path) -> None:
    panel.show_model(CARD, grid, "")
    QApplication.processEvents()
    assert panel.grid.isVisible()
    assert abs(panel.grid.width() * 4 / 6 - panel.grid.height()) <= 1  # six by four of them
    middle = panel.grid.grab().toImage()
    assert middle.pixelColor(middle.width() // 2, middle.height() // 2).name() == "#3366cc"


def test_the_licence_is_in_sight_under_the_samples(panel: ModelPanel, tmp_path: Path) -> None:
    grid = QImage(658, 658, QImage.Format.Format_RGB32)  # ten by ten, two pixels apart
    grid.fill(QColor("#3366cc"))
    assert grid.save(str(tmp_path / "grid.png"))
    panel.resize(312, 600)
    panel.set_models([ModelEntry("faces-64", Path("/a.safetensors"), True)], None)
    panel.show_model(CARD, tmp_path / "grid.png", "")
    QApplication.processEvents()
    (licence,) = [label for label in panel.findChildren(QLabel) if label.text() == "MIT"]
    assert licence.visibleRegion().boundingRect() == licence.rect()


def test_a_grid_that_cannot_be_read_is_left_out(panel: ModelPanel, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    panel.show_model(CARD, broken, "")
    assert not panel.grid.isVisible()


def test_without_a_model_it_says_what_to_do(panel: ModelPanel) -> None:
    panel.show_model(CARD, None, "")
    panel.show_model(None, None, "")
    assert panel.name.text() == "No model"
    assert "Choose a model" in panel.empty.text()
    assert panel.empty.isVisible()
    assert not panel.card.isVisible()


def test_loading_is_said(panel: ModelPanel) -> None:
    panel.show_model(CARD, None, "Loading…")
    assert panel.status.text() == "Loading…"
    assert panel.status.isVisible()


def test_another_model_is_chosen_by_a_click(panel: ModelPanel, qtbot) -> None:
    entries = [ModelEntry("faces-64", Path("/a.safetensors"), True), ModelEntry("cats", Path("/b.safetensors"), False)]
    panel.set_models(entries, entries[0].path)
    QApplication.processEvents()
    assert panel.models.item(0).isSelected()
    row = panel.models.visualItemRect(panel.models.item(1))
    with qtbot.waitSignal(panel.model_selected) as selected:
        QTest.mouseClick(panel.models.viewport(), LEFT, pos=row.center())
    assert selected.args == [Path("/b.safetensors")]


def test_showing_models_chooses_none(panel: ModelPanel, qtbot) -> None:
    with qtbot.assertNotEmitted(panel.model_selected):
        panel.set_models([ModelEntry("faces-64", Path("/a.safetensors"), True)], Path("/a.safetensors"))


def test_the_button_asks_for_a_file(panel: ModelPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.choose.clicked):
        QTest.mouseClick(panel.choose, LEFT)


def test_long_names_do_not_widen_the_panel(panel: ModelPanel) -> None:
    panel.show_model(ModelCard("a-very-long-name-" * 10, notes="word " * 100), None, "")
    panel.set_models([ModelEntry("another-long-name-" * 10, Path("/a.safetensors"), False)], None)
    QApplication.processEvents()
    assert panel.width() == 300
    assert panel.minimumSizeHint().width() <= 300


def test_every_line_of_the_card_is_seen(panel: ModelPanel, qtbot) -> None:
    framing = "as in the pictures it was trained on: their largest centred square"
    panel.show_model(replace(CARD, framing=framing, dataset="some birds of mine (and others)", licence=""), None, "")
    values = [label for label in panel.card.findChildren(QLabel) if label.wordWrap() and label.isVisible()]

    def whole() -> None:
        assert len({label.height() for label in values}) > 1
        assert all(label.height() == label.heightForWidth(label.width()) for label in values)

    qtbot.waitUntil(whole)  # layouts settle
