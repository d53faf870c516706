"""Copies of model files under another name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from wganpaint_gui.core.errors import ModelError, SaveError
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig, copy_model, read_card
from wganpaint_gui.ml.model_file import load_model, new_model, save_model

CARD = ModelCard("cats", NetworkConfig(32, 4, 6, "none"), updates=9, encoder_updates=3, notes="ü and 猫")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    save_model(new_model(CARD), path)
    return path


@pytest.mark.parametrize("name", ["c", "a much longer name than before, with Ünïcödé 猫"])
def test_the_card_says_the_new_name_and_every_tensor_stays(model: Path, tmp_path: Path, name: str):
    target = tmp_path / "copy.safetensors"
    copy_model(model, target, name=name, overwrite=False)
    assert read_card(target) == replace(CARD, name=name)
    before, after = safetensors.torch.load_file(model), safetensors.torch.load_file(target)
    assert before.keys() == after.keys()
    assert "encoder.fc.weight" in after
    assert all(torch.equal(value, after[key]) for key, value in before.items())
    assert load_model(target, torch.device("cpu")).card.name == name


def test_under_its_own_name_a_copy_is_the_same_file(model: Path, tmp_path: Path):
    copy_model(model, tmp_path / "copy.safetensors", name="cats", overwrite=False)
    assert (tmp_path / "copy.safetensors").read_bytes() == model.read_bytes()


def test_what_is_there_is_replaced_only_where_that_is_wanted(model: Path, tmp_path: Path):
    target = tmp_path / "copy.safetensors"
    target.write_text("another")
    with pytest.raises(SaveError):
        copy_model(model, target, name="dogs", overwrite=False)
    assert target.read_text() == "another"
    copy_model(model, target, name="dogs", overwrite=True)
    assert read_card(target).name == "dogs"


def test_what_is_no_model_is_refused(tmp_path: Path):
    (tmp_path / "photo.png").write_bytes(b"a photo")
    with pytest.raises(ModelError):
        copy_model(tmp_path / "photo.png", tmp_path / "copy.safetensors", name="cats", overwrite=False)
    assert not (tmp_path / "copy.safetensors").exists()
