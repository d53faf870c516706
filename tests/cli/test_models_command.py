"""`wganpaint models`: list, show, add, remove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_the_list_marks_the_default(wganpaint, arguments: tuple[str, ...]):
    ran = wganpaint("models", *arguments)
    assert ran.code == 0
    (line,) = [line for line in ran.out.splitlines() if line.startswith("faces-64 ")]
    assert line.endswith("shipped (default)")


def test_show_prints_the_card_as_json(wganpaint, tiny_model: Path):
    ran = wganpaint("models", "show", tiny_model)
    card = json.loads(ran.out)
    assert ran.code == 0
    assert (card["name"], card["network"]["resolution"], card["file"]) == ("tiny", 32, str(tiny_model))


def test_an_encoder_is_listed_and_shown(wganpaint, tiny_model: Path, tmp_path: Path):
    from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
    from wganpaint_gui.ml.model_file import new_model, save_model

    path = tmp_path / "guessing.safetensors"
    save_model(new_model(ModelCard("guessing", NetworkConfig(32, width=2), encoder_updates=40)), path)
    assert json.loads(wganpaint("models", "show", path).out)["encoder_updates"] == 40
    assert wganpaint("models", "add", path).code == wganpaint("models", "add", tiny_model).code == 0
    listed = {line.split()[0]: line for line in wganpaint("models").out.splitlines()}
    assert "with encoder" in listed["guessing"]
    assert "with encoder" not in listed["tiny"]


def test_an_added_model_is_listed_usable_and_removable(wganpaint, tiny_model: Path, tmp_path: Path):
    assert wganpaint("models", "add", tiny_model).out == "tiny\n"
    assert any(line.startswith("tiny ") for line in wganpaint("models").out.splitlines())
    assert wganpaint("samples", "tiny", "-o", tmp_path / "grid.png", "--count", 1).code == 0
    assert wganpaint("models", "remove", "tiny").code == 0
    assert "tiny" not in wganpaint("models").out


def test_a_damaged_model_is_listed_as_such(wganpaint, tiny_model: Path, own_home: Path):
    wganpaint("models", "add", tiny_model)
    (own_home / "data" / "models" / "tiny.safetensors").write_bytes(b"rubbish")
    ran = wganpaint("models")
    assert ran.code == 0
    assert "unusable: " in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "dogs"), "Unknown model 'dogs'"),
        (("remove", "dogs"), "Unknown model 'dogs'"),
        (("remove", "faces-64"), "came with the program"),
        (("add", "nowhere.safetensors"), "nowhere.safetensors"),
    ],
)
def test_what_cannot_be_done_is_2_and_a_sentence(wganpaint, arguments: tuple[str, ...], says: str):
    ran = wganpaint("models", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.complaints[0]


def test_a_pickle_is_never_opened(wganpaint, tmp_path: Path):
    path = tmp_path / "model.pt"
    path.write_bytes(b"\x80\x04cos\nsystem\n")
    ran = wganpaint("models", "add", path)
    assert ran.code == 2
    assert "pickle" in ran.complaints[0]
