"""The registry of models: found by name, added as copies, never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from wganpaint_gui.core.errors import ModelError, NameTakenError
from wganpaint_gui.core.models import installed as models
from wganpaint_gui.core.models.installed import add_model, find_model, list_models, remove_model, samples_beside
from wganpaint_gui.core.models.model_card import METADATA_KEY, ModelCard
from wganpaint_gui.core.system.paths import user_models


def write_model(path: Path, name: str = "made for a test") -> Path:
    card = json.dumps(ModelCard(name=name).to_json())
    path.write_bytes(save({"weight": np.zeros(3, np.float32)}, {METADATA_KEY: card}))
    return path


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped models that holds one, the default."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    write_model(folder / "faces-64.safetensors")
    monkeypatch.setattr(models, "shipped_weights", lambda: folder)
    return folder


def test_the_default_is_the_shipped_face_model(shipped: Path):
    assert find_model() == find_model("faces-64") == shipped / "faces-64.safetensors"


def test_the_program_ships_its_default():
    assert find_model().is_file()


def test_an_added_model_is_a_copy_found_by_its_name(shipped: Path, tmp_path: Path):
    original = write_model(tmp_path / "cats.safetensors")
    (tmp_path / "cats.png").write_bytes(b"a grid")
    entry = add_model(original)
    original.unlink()
    assert (entry.name, entry.shipped) == ("cats", False)
    assert find_model("cats") == entry.path
    assert entry.path.parent == user_models()
    grid = samples_beside(entry.path)
    assert grid is not None
    assert grid.read_bytes() == b"a grid"
    assert [(one.name, one.shipped) for one in list_models()] == [("faces-64", True), ("cats", False)]


def test_a_model_without_a_grid_has_none(shipped: Path):
    assert samples_beside(find_model()) is None


def test_a_name_stands_before_those_that_go_on_from_it(shipped: Path):
    write_model(shipped / "faces-64-paper.safetensors")
    assert [one.name for one in list_models()] == ["faces-64", "faces-64-paper"]


@pytest.mark.parametrize("name", ["faces-64", "cats"])
def test_adding_never_overwrites(shipped: Path, tmp_path: Path, name: str):
    add_model(write_model(tmp_path / "cats.safetensors", "the first"))
    (tmp_path / "new").mkdir()
    second = write_model(tmp_path / "new" / f"{name}.safetensors", "the second")
    with pytest.raises(NameTakenError, match=f"model named {name} already"):
        add_model(second)
    assert b"the second" not in find_model(name).read_bytes()


def test_what_is_no_model_is_not_added(shipped: Path, tmp_path: Path):
    path = tmp_path / "notes.safetensors"
    path.write_text("not a model")
    with pytest.raises(ModelError, match=r"notes\.safetensors"):
        add_model(path)
    assert len(list_models()) == 1


def test_a_removed_model_is_gone_with_its_grid(shipped: Path, tmp_path: Path):
    original = write_model(tmp_path / "cats.safetensors")
    original.with_suffix(".png").write_bytes(b"a grid")
    add_model(original)
    remove_model("cats")
    assert list(user_models().iterdir()) == []
    assert original.is_file()


def test_a_shipped_model_cannot_be_removed(shipped: Path):
    with pytest.raises(ModelError, match="came with the program"):
        remove_model("faces-64")
    assert find_model().is_file()


@pytest.mark.parametrize("look", [find_model, remove_model])
def test_an_unknown_name_is_answered_with_the_known_ones(shipped: Path, look):
    with pytest.raises(ModelError, match=r"Unknown model 'dogs'\. Known models: faces-64\."):
        look("dogs")


def test_a_file_is_found_by_its_path(shipped: Path, tmp_path: Path):
    path = write_model(tmp_path / "elsewhere.safetensors")
    assert find_model(path) == find_model(str(path)) == path


@pytest.mark.parametrize("name", ["nowhere.safetensors", "folder/nowhere"])
def test_a_missing_file_is_named(shipped: Path, name: str):
    with pytest.raises(ModelError, match=f"File not found: {name}"):
        find_model(name)


def test_a_run_is_found_by_its_folder(shipped: Path, tmp_path: Path):
    (tmp_path / "config.json").write_text("{}")
    path = write_model(tmp_path / "model.safetensors")
    assert find_model(tmp_path) == find_model(str(tmp_path)) == path


@pytest.mark.parametrize("name", ["portraits", "runs/portraits"])
def test_a_run_without_a_model_says_so(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.chdir(tmp_path)
    Path(name).mkdir(parents=True)
    (Path(name) / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=f"The training run in {name} has not saved a model yet"):
        find_model(name)


def test_a_name_wins_over_a_file_of_the_same_name(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "faces-64").write_text("something else")
    assert find_model("faces-64").parent == shipped
