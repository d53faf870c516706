"""Models survive the way to disk and back; everything else is refused with its own sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from wganpaint_gui.core.errors import ModelError, SaveError
from wganpaint_gui.core.models.model_card import METADATA_KEY, NetworkConfig, read_card
from wganpaint_gui.ml.model_file import Model, load_model, model_hash, save_model

CPU = torch.device("cpu")


@pytest.fixture
def model(make_model: Callable[..., Model]) -> Model:
    return make_model()


def write(model: Model, path: Path, changes: dict[str, torch.Tensor | None]) -> Path:
    """The model's file with some tensors replaced, or taken out where None."""
    tensors = {name: value for name, value in {**model.state(), **changes}.items() if value is not None}
    safetensors.torch.save_file(tensors, path, {METADATA_KEY: model.card.to_json_text()})
    return path


def test_a_saved_model_comes_back_bit_for_bit(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    save_model(model, path)
    loaded = load_model(path, CPU)
    assert loaded.card == model.card == read_card(path)
    before = model.state()
    assert all(torch.equal(value, before[name]) for name, value in loaded.state().items())


def test_a_model_that_resizes_comes_back_bit_for_bit(make_model: Callable[..., Model], tmp_path: Path) -> None:
    model, path = make_model(NetworkConfig(32, width=4, latent_size=6, upsampling="resize")), tmp_path / "m.safetensors"
    save_model(model, path)
    loaded = load_model(path, CPU)
    assert loaded.card.network.upsampling == "resize"
    before = model.state()
    assert all(torch.equal(value, before[name]) for name, value in loaded.state().items())


def test_weights_of_the_other_upsampling_do_not_fit(make_model: Callable[..., Model], tmp_path: Path) -> None:
    model, path = make_model(NetworkConfig(32, width=4, latent_size=6, upsampling="resize")), tmp_path / "m.safetensors"
    model.card = replace(model.card, network=replace(model.card.network, upsampling="transposed"))
    save_model(model, path)
    with pytest.raises(ModelError, match=r"generator\.conv1\.weight has the shape"):
        load_model(path, CPU)


def test_half_precision_halves_the_file_and_loads_as_float32(model: Model, tmp_path: Path) -> None:
    full, half = tmp_path / "full.safetensors", tmp_path / "half.safetensors"
    save_model(model, full)
    save_model(model, half, half=True)
    assert half.stat().st_size < 0.65 * full.stat().st_size
    before = model.state()
    for name, value in load_model(half, CPU).state().items():
        assert value.dtype == before[name].dtype
        torch.testing.assert_close(value, before[name], rtol=1e-3, atol=1e-4)


def test_saving_never_overwrites_unasked(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    path.write_bytes(b"precious")
    with pytest.raises(SaveError):
        save_model(model, path)
    assert path.read_bytes() == b"precious"
    save_model(model, path, overwrite=True)
    assert load_model(path, CPU).card == model.card


def test_a_shape_that_does_not_fit_the_card_is_named(model: Model, tmp_path: Path) -> None:
    wrong = replace(model.card, network=replace(model.card.network, width=8))
    path = write(Model(model.generator, model.critic, wrong), tmp_path / "m.safetensors", {})
    with pytest.raises(
        ModelError, match=r"generator\.fc\.weight has the shape \[256, 6\], the card asks for \[512, 6\]"
    ):
        load_model(path, CPU)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"critic.fc.bias": None}, r"critic\.fc\.bias is missing"),
        ({"critic.extra": torch.zeros(1)}, r"critic\.extra is not part of it"),
    ],
)
def test_a_missing_or_foreign_weight_is_named(
    model: Model, tmp_path: Path, changes: dict[str, torch.Tensor | None], sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        load_model(write(model, tmp_path / "m.safetensors", changes), CPU)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_refused_both_ways(model: Model, tmp_path: Path, value: float) -> None:
    broken = model.state()["critic.conv2.weight"].clone()
    broken[0, 0, 0, 0] = value
    path = write(model, tmp_path / "m.safetensors", {"critic.conv2.weight": broken})
    with pytest.raises(ModelError, match=r"critic\.conv2\.weight holds values that are NaN or infinite"):
        load_model(path, CPU)
    model.critic.load_state_dict({"conv2.weight": broken}, strict=False)
    with pytest.raises(ModelError, match="is not saved"):
        save_model(model, tmp_path / "new.safetensors")
    assert not (tmp_path / "new.safetensors").exists()


def test_a_pickle_is_never_opened(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "m.pth"
    torch.save(model.generator.state_dict(), path)
    monkeypatch.setattr(torch, "load", None)
    with pytest.raises(ModelError, match="is a pickle"):
        load_model(path, CPU)


def test_the_hash_is_that_of_the_file(shipped_path: Path) -> None:
    assert model_hash(shipped_path) == hashlib.sha256(shipped_path.read_bytes()).hexdigest()
