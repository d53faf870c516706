"""Models survive the way to disk and back; everything else is refused with its own sentence."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.errors import ModelError, SaveError
from wganpaint_gui.core.models.model_card import CHECKSUM_KEY, METADATA_KEY, NetworkConfig, read_card
from wganpaint_gui.ml.model_file import Model, load_model, save_model
from wganpaint_gui.ml.tensor_file import checksum

CPU = torch.device("cpu")


@pytest.fixture
def model(make_model: Callable[..., Model]) -> Model:
    return make_model()


def write(model: Model, path: Path, changes: dict[str, torch.Tensor | None]) -> Path:
    """The model's file with some tensors replaced, or taken out where None."""
    tensors = {name: value for name, value in {**model.state(), **changes}.items() if value is not None}
    metadata = {METADATA_KEY: model.card.to_json_text(), CHECKSUM_KEY: checksum(tensors)}
    safetensors.torch.save_file(tensors, path, metadata)
    return path


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flipped=st.integers(0, 7))
def test_a_flipped_bit_is_refused(model: Model, tmp_path: Path, place: float, flipped: int) -> None:
    path = tmp_path / "m.safetensors"
    save_model(model, path, overwrite=True)
    data = bytearray(path.read_bytes())
    first = 8 + int.from_bytes(data[:8], "little")
    data[first + int(place * (len(data) - first))] ^= 1 << flipped
    path.write_bytes(data)
    with pytest.raises(ModelError, match="is damaged: its weights are not those it was saved with"):
        load_model(path, CPU)


def test_a_file_of_version_2_without_a_checksum_is_refused(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    safetensors.torch.save_file(model.state(), path, {METADATA_KEY: model.card.to_json_text()})
    with pytest.raises(ModelError, match="is damaged"):
        load_model(path, CPU)


def test_the_checksum_is_that_of_names_and_bytes_in_order() -> None:
    values = {"b": torch.tensor([1.5], dtype=torch.float32), "a": torch.tensor([3, 4], dtype=torch.uint8)}
    expected = hashlib.sha256(b"a" + bytes([3, 4]) + b"b" + struct.pack("<f", 1.5)).hexdigest()
    assert checksum(values) == expected


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


def test_a_model_with_an_encoder_comes_back_bit_for_bit(make_model: Callable[..., Model], tmp_path: Path) -> None:
    model, path = make_model(encoder=True), tmp_path / "m.safetensors"
    save_model(model, path)
    loaded = load_model(path, CPU)
    assert loaded.card.has_encoder
    assert loaded.encoder is not None
    before = model.state()
    assert {name.split(".")[0] for name in before} == {"generator", "critic", "encoder"}
    assert all(torch.equal(value, before[name]) for name, value in loaded.state().items())
    save_model(model, tmp_path / "half.safetensors", half=True)
    half = load_model(tmp_path / "half.safetensors", CPU).state()
    torch.testing.assert_close(half["encoder.fc.weight"], before["encoder.fc.weight"], rtol=1e-3, atol=1e-4)


def test_a_file_of_version_1_opens_without_an_encoder_and_is_written_as_version_2(model: Model, tmp_path: Path) -> None:
    old, new = tmp_path / "old.safetensors", tmp_path / "new.safetensors"
    values = {**model.card.to_json(), "format": 1}
    del values["encoder_updates"]  # version 1 knew no encoder
    safetensors.torch.save_file(model.state(), old, {METADATA_KEY: json.dumps(values)})
    loaded = load_model(old, CPU)
    assert (loaded.encoder, loaded.card.format, loaded.card.has_encoder) == (None, 1, False)
    assert loaded.card == model.card
    save_model(loaded, new)
    assert read_card(new).format == 2
    assert load_model(new, CPU).card == loaded.card


def test_an_encoder_and_a_card_that_differ_are_refused_both_ways(
    make_model: Callable[..., Model], tmp_path: Path
) -> None:
    path, model = tmp_path / "m.safetensors", make_model(encoder=True)
    model.card = replace(model.card, encoder_updates=0)
    with pytest.raises(ModelError, match="holds an encoder that its card does not mention"):
        load_model(write(model, path, {}), CPU)
    with pytest.raises(ModelError, match="is not saved"):
        save_model(model, tmp_path / "new.safetensors")
    model = make_model()
    model.card = replace(model.card, encoder_updates=1)
    with pytest.raises(ModelError, match="says that it has an encoder, but the file holds none"):
        load_model(write(model, path, {}), CPU)
    with pytest.raises(ModelError, match="is not saved"):
        save_model(model, tmp_path / "new.safetensors")
    assert not (tmp_path / "new.safetensors").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"encoder.fc.weight": torch.zeros(7, 256)}, r"encoder\.fc\.weight has the shape \[7, 256\].* for \[6, 256\]"),
        ({"encoder.norm2.running_mean": None}, r"encoder\.norm2\.running_mean is missing"),
        ({"encoder.conv9.weight": torch.zeros(1)}, r"encoder\.conv9\.weight is not part of it"),
        ({"encoder.fc.bias": torch.full((6,), float("nan"))}, r"encoder\.fc\.bias holds values that are NaN"),
    ],
)
def test_an_encoder_that_does_not_fit_is_named(
    make_model: Callable[..., Model], tmp_path: Path, changes: dict[str, torch.Tensor | None], sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        load_model(write(make_model(encoder=True), tmp_path / "m.safetensors", changes), CPU)


def test_half_precision_halves_the_file_and_loads_as_float32(model: Model, tmp_path: Path) -> None:
    full, half = tmp_path / "full.safetensors", tmp_path / "half.safetensors"
    save_model(model, full)
    save_model(model, half, half=True)
    assert half.stat().st_size < 0.65 * full.stat().st_size
    before = model.state()
    for name, value in load_model(half, CPU).state().items():
        assert value.dtype == before[name].dtype
        torch.testing.assert_close(value, before[name], rtol=1e-3, atol=1e-4)


def test_weights_stored_as_bfloat16_load_as_float32(model: Model, tmp_path: Path) -> None:
    weights = {name: value.bfloat16() for name, value in model.state().items() if value.is_floating_point()}
    loaded = load_model(write(model, tmp_path / "m.safetensors", {**weights}), CPU).state()
    assert all(torch.equal(loaded[name], value.float()) for name, value in weights.items())


@pytest.mark.parametrize("kind", [torch.float64, torch.float8_e4m3fn, torch.int64, torch.uint8, torch.bool])
def test_weights_of_types_that_no_model_is_stored_in_are_refused(
    model: Model, tmp_path: Path, kind: torch.dtype
) -> None:
    weight = model.state()["generator.fc.weight"].to(kind)
    with pytest.raises(ModelError, match=rf"generator\.fc\.weight has the type {str(kind)[6:]}, and weights are"):
        load_model(write(model, tmp_path / "m.safetensors", {"generator.fc.weight": weight}), CPU)


def test_weights_larger_than_any_training_makes_are_refused_both_ways(model: Model, tmp_path: Path) -> None:
    large = torch.full_like(model.state()["critic.conv2.weight"], -2e7)
    with pytest.raises(ModelError, match=r"critic\.conv2\.weight holds values as large as 2e\+07"):
        load_model(write(model, tmp_path / "m.safetensors", {"critic.conv2.weight": large}), CPU)
    model.critic.load_state_dict({"conv2.weight": large}, strict=False)
    with pytest.raises(ModelError, match="is not saved"):
        save_model(model, tmp_path / "new.safetensors")


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
