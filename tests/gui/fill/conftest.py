"""Models with and without an encoder, whatever the shipped one has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.gui.commands.actions import make_actions
from wganpaint_gui.ml.model_file import Model, load_model, save_model
from wganpaint_gui.ml.networks import Encoder, init_weights


def _shipped_with(encoder_updates: int, path: Path) -> Path:
    shipped = load_model(shipped_weights() / "faces-64.safetensors", torch.device("cpu"))
    encoder = Encoder(shipped.card.network) if encoder_updates else None
    if encoder is not None:
        init_weights(encoder, 0)
    card = replace(shipped.card, name=path.stem, format=2, encoder_updates=encoder_updates)
    save_model(Model(shipped.generator, shipped.critic, card, encoder), path)
    return path


@pytest.fixture(scope="session")
def guessing_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped generator with an encoder of random weights."""
    return _shipped_with(3, tmp_path_factory.mktemp("models") / "guessing.safetensors")


@pytest.fixture(scope="session")
def plain_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped generator without an encoder."""
    return _shipped_with(0, tmp_path_factory.mktemp("models") / "plain.safetensors")


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[dict[str, QAction]]:
    """All actions with their keys, connected to nothing."""
    owner = QWidget()
    qtbot.addWidget(owner)
    yield make_actions(owner)
    owner.deleteLater()
