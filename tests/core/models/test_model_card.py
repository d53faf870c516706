"""Model cards: round trip, and every file that is no model is refused with its own sentence."""

from __future__ import annotations

import json
import pickle
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.model_card import (
    METADATA_KEY,
    ModelCard,
    NetworkConfig,
    read_card,
    read_header,
    told_apart,
)
from wganpaint_gui.core.system.paths import shipped_weights

CARD = ModelCard("mine", NetworkConfig(resolution=128, critic_norm="layer"), updates=5, notes="ä")


def write(path: Path, card: dict[str, Any] | str | None, *, extra: int = 0) -> Path:
    """A safetensors file, by hand, with one tensor of four zeros."""
    header: dict[str, Any] = {"a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}
    if card is not None:
        header["__metadata__"] = {METADATA_KEY: card if isinstance(card, str) else json.dumps(card)}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(16 + extra))
    return path


def test_a_card_comes_back_from_its_file(tmp_path: Path) -> None:
    header = read_header(write(tmp_path / "m.safetensors", CARD.to_json()))
    assert header.card == CARD
    assert header.shapes == {"a": (2, 2)}


def test_a_card_from_before_there_were_two_kinds_of_upsampling_means_the_papers() -> None:
    values = CARD.to_json()
    del values["network"]["upsampling"]
    assert ModelCard.from_json(values).network.upsampling == "transposed"


def test_upsampling_comes_back_and_what_is_unknown_is_refused_with_a_sentence() -> None:
    values = replace(CARD, network=NetworkConfig(128, upsampling="resize")).to_json()
    assert ModelCard.from_json(values).network.upsampling == "resize"
    values["network"]["upsampling"] = "bilinear"
    with pytest.raises(ModelError, match="upsampling is 'bilinear'; it must be transposed or resize"):
        ModelCard.from_json(values)


def test_a_card_of_version_1_has_no_encoder_and_equals_the_same_one_of_version_2() -> None:
    values = {**CARD.to_json(), "format": 1}
    del values["encoder_updates"]
    card = ModelCard.from_json(values)
    assert (card.format, card.encoder_updates, card.has_encoder) == (1, 0, False)
    assert card == CARD
    assert ModelCard.from_json(card.to_json()).format == 1  # in a project: of the file that it was read from
    assert json.loads(card.to_json_text())["format"] == 2  # in a new file
    with pytest.raises(ModelError, match="knows no encoder"):
        ModelCard.from_json({**values, "encoder_updates": 5})


@pytest.mark.parametrize(
    ("name", "network", "preset", "updates"),
    [
        ("faces-64", NetworkConfig(64, 32, 100, "none"), "gp", 9_000),
        ("faces-64-paper", NetworkConfig(64, 16, 100, "batch"), "paper", 12_000),
        ("faces-128", NetworkConfig(128, 32, 100, "none", upsampling="resize"), "gp", 6_000),
    ],
)
def test_a_shipped_model_says_what_it_is(name: str, network: NetworkConfig, preset: str, updates: int) -> None:
    card = read_card(shipped_weights() / f"{name}.safetensors")
    assert (card.name, card.network, card.preset, card.updates) == (name, network, preset, updates)
    assert "non-commercial" in card.licence
    assert "UTKFace" in card.dataset
    assert card.dataset_size > 20_000


def test_every_shipped_model_has_a_card_for_people_and_a_grid_of_samples() -> None:
    models = sorted(shipped_weights().glob("*.safetensors"))
    assert len(models) == 3
    for path in models:
        text = path.with_suffix(".md").read_text("utf-8")
        for part in ("non-commercial research", "held-out", "PSNR", "Sliced Wasserstein", "framing", "updates"):
            assert part in text, f"{path.stem}: {part}"
        with Image.open(path.with_suffix(".png")) as grid:
            side = 10 * (read_card(path).network.resolution + 2) - 2  # ten images, two pixels between them
            assert grid.size == (side, side)


@pytest.mark.parametrize("length_byte", [0x50, 0x80])
def test_a_header_that_begins_like_a_pickle_is_still_a_model(tmp_path: Path, length_byte: int) -> None:
    values = CARD.to_json()
    path = tmp_path / "m.safetensors"
    while write(path, values).read_bytes()[0] != length_byte:
        values["notes"] += "x"
    assert read_card(path).name == "mine"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.safetensors does not exist"):
        read_card(tmp_path / "gone.safetensors")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(100), struct.pack("<Q", 20) + b"{not json at all...}"]
)
def test_what_is_no_safetensors_file_is_no_model(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="is not a model"):
        read_card(path)


def test_a_pickle_is_refused_unopened(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path(tmp_path / "exploded").touch, ())

    old, new = tmp_path / "old.pth", tmp_path / "new.safetensors"
    old.write_bytes(pickle.dumps(Bomb()))
    with zipfile.ZipFile(new, "w") as archive:  # how torch.save writes today, here under a false name
        archive.writestr("archive/data.pkl", pickle.dumps(Bomb()))
    for path in (old, new):
        with pytest.raises(ModelError, match="is a pickle, which could run code"):
            read_card(path)
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("extra", [-1, 3])
def test_a_file_of_the_wrong_length_is_damaged(tmp_path: Path, extra: int) -> None:
    with pytest.raises(ModelError, match="is damaged"):
        read_card(write(tmp_path / "m.safetensors", CARD.to_json(), extra=extra))


def test_a_safetensors_file_without_a_card_is_none_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no model card"):
        read_card(write(tmp_path / "m.safetensors", None))


@pytest.mark.parametrize("version", [0, 3, "1", 1.0, None, True])
def test_an_unknown_format_version_is_named(tmp_path: Path, version: object) -> None:
    path = write(tmp_path / "m.safetensors", {**CARD.to_json(), "format": version})
    with pytest.raises(ModelError, match=f"has format version {version!r}"):
        read_card(path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"network": {"resolution": 48}}, "resolution is 48"),
        ({"network": {"width": 0}}, "width is 0"),
        ({"network": {"latent_size": 2.5}}, "latent size is 2.5"),
        ({"network": {"critic_norm": "instance"}}, "critic norm is 'instance'"),
        ({"network": {"channels": 1}}, "1 image channels"),
        ({"network": {"depth": 4}}, "unknown entries: depth"),
        ({"network": []}, "network config is not a JSON object"),
        ({"prior": "normal"}, "latent prior is 'normal'"),
        ({"updates": -1}, "updates is -1"),
        ({"encoder_updates": True}, "encoder_updates is True"),
        ({"name": 3}, "name is not a text"),
        ({"surprise": 1}, "unknown entries: surprise"),
    ],
)
def test_a_card_with_a_bad_value_says_which(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    path = write(tmp_path / "m.safetensors", {**CARD.to_json(), **changes})
    with pytest.raises(ModelError, match=sentence) as caught:
        read_card(path)
    assert str(path) in caught.value.message


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "[" * 100_000])
def test_a_damaged_card_is_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(ModelError):
        read_card(write(tmp_path / "m.safetensors", text))


def test_reading_a_card_does_not_import_torch() -> None:
    code = "import sys, wganpaint_gui.core.models.model_card; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_only_a_model_of_faces_warns_where_there_is_none():
    assert "The model mine knows only faces" in ModelCard(name="mine").faceless_warning
    assert ModelCard(name="mine", framing="squares").faceless_warning == ""


def test_a_project_is_said_to_be_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "work.wganpaint", "w") as archive:
        archive.writestr("project.json", "{}")
    with pytest.raises(ModelError, match=r"work\.wganpaint is a project, not a model"):
        read_card(tmp_path / "work.wganpaint")


def test_two_models_in_one_sentence_can_be_told_apart() -> None:
    card = ModelCard("pics", updates=2000)
    assert told_apart(card, replace(card, name="faces")) == ("pics", "faces")
    assert told_apart(card, replace(card, updates=5000)) == ("pics after 2,000 updates", "pics after 5,000 updates")
    aware = replace(card, aware_updates=600)
    assert told_apart(card, aware)[1] == "pics after 2,000 updates and 600 search-aware ones"
    guessing = replace(aware, encoder_updates=4000)
    expected = "pics after 2,000 updates, 600 search-aware ones and 4,000 of its encoder"
    assert told_apart(aware, guessing)[1] == expected
    assert told_apart(card, replace(card, notes="Another.")) == ("pics", "another model called pics")
