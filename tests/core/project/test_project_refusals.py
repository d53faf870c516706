"""Bad project files: a sentence that names the file and says what to do, before anything large is unpacked."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.core.photo.test_photo_refusals import png_claiming
from tests.core.projects import a_project, noise, saved
from wganpaint_gui.core.edit.mask_io import load_mask
from wganpaint_gui.core.errors import PhotoError, ProjectError
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.project.project_file import ProjectFile

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return saved(a_project(), tmp_path_factory.mktemp("whole") / "a.wganpaint").read_bytes()


@pytest.fixture
def rewritten(tmp_path: Path, whole: bytes) -> Callable[..., Path]:
    """A project with other members."""

    def write(change: Callable[[Members], None], compression: int = zipfile.ZIP_STORED) -> Path:
        with zipfile.ZipFile(BytesIO(whole)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        change(members)
        path = tmp_path / "bad.wganpaint"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return path

    return write


def refused(path: Path) -> ProjectError:
    with pytest.raises(ProjectError) as caught:
        ProjectFile(path).read()
    assert path.name in caught.value.message
    assert caught.value.message.endswith(".")
    assert "/tmp/" not in caught.value.message.replace(str(path), "")
    assert caught.value.hint
    return caught.value


def test_a_missing_project_is_said_to_be_missing(tmp_path: Path):
    assert "File not found" in refused(tmp_path / "gone.wganpaint").message
    (tmp_path / "file").touch()
    assert "File not found" in refused(tmp_path / "file" / "gone.wganpaint").message


def test_a_folder_is_said_to_be_one(tmp_path: Path):
    (tmp_path / "a.wganpaint").mkdir()
    assert "is a folder" in refused(tmp_path / "a.wganpaint").message


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\x80\x04K\x01."])
def test_what_is_no_zip_is_no_project(tmp_path: Path, content: bytes):
    (tmp_path / "a.wganpaint").write_bytes(content)
    assert "not a WganPaint project" in refused(tmp_path / "a.wganpaint").message


def test_any_other_zip_is_no_project(rewritten):
    assert "not a WganPaint project" in refused(rewritten(lambda members: members.pop("project.json"))).message
    assert (
        "not a WganPaint project" in refused(rewritten(lambda members: members.update({"project.json": b"{}"}))).message
    )
    assert (
        "not a WganPaint project" in refused(rewritten(lambda members: members.update({"project.json": b"[]"}))).message
    )


@pytest.mark.parametrize("part", [0.99, 0.5, 0.1])
def test_a_project_that_was_cut_short_is_refused(tmp_path: Path, whole: bytes, part: float):
    path = tmp_path / "a.wganpaint"
    path.write_bytes(whole[: int(len(whole) * part)])
    assert "incomplete" in refused(path).message


def described(**changes: Any) -> Callable[[Members], None]:
    """project.json with other values; a name with dots leads into it."""

    def change(members: Members) -> None:
        values = json.loads(members["project.json"])
        for path, value in changes.items():
            *way, last = path.split("__")
            place = values
            for step in way:
                place = place[int(step) if step.isdigit() else step]
            place[last] = value
        members["project.json"] = json.dumps(values).encode()

    return change


@pytest.mark.parametrize("angle", [181, -180, "20", True, None])
def test_an_impossible_angle_is_named(rewritten, angle: object):
    assert "turned by" in refused(rewritten(described(frames=[[5, 4, 70, angle]]))).message


@pytest.mark.parametrize("version", [3, 0, "1", None])
def test_another_version_is_named(rewritten, version: object):
    error = refused(rewritten(described(version=version)))
    assert repr(version) in error.message
    assert "versions up to 2" in error.message
    assert error.hint == "Update the program."


@pytest.mark.parametrize(
    "changes",
    [
        {"photo": None},
        {"photo__width": 91},
        {"photo__width": 10**30},
        {"photo__width": True},
        {"photo__channels": 4},
        {"photo__depth": 16},
        {"photo__file": "../../etc/passwd"},
        {"photo__file": "x" * 300},
        {"photo__changed": [0, 0, 1000, 1000]},
        {"photo__changed": [1, 2, 3]},
        {"frames": [[0, 0, 0]]},
        {"frames": [[0, 0, 10**12]]},
        {"search__fit": "good"},
        {"frames": "none"},
        {"settings__steps": -1},
        {"settings__unknown": 1},
        {"search__settings__candidates": 64},
        {"search__settings__candidates": 10**9},
        {"search__active": 2},
        {"search__frames": [[80, 70, 8], [80, 70, 8]]},
        {"search__selected__number": 4},
        {"search__selected__method": "magic"},
        {"search__candidates": []},
        {"search__candidates__0__loss": "low"},
        {"search__candidates__0__best_step": 7},
        {"search__fit": 3},
        {"search__fit": {"score": 0.1}},
        {"search__fit": {"score": "high", "turned": False, "good": 0.2, "fair": 0.1}},
        {"search__settings__start": 1},
        {"search__suggested": None},
        {"search__suggested": [1, 4]},
        {"search__suggested": [1, True]},
        {"search__refinements": 1},
        {"search__refinements": {}},
        {"search__refinements": [[0, 1, 3]]},
        {"search__refinements": [[6, 2, 0]]},
        {"search__refinements": [[10**9, 1, 0]]},
        {"search__refinements": [[0, 5, 0], [2, 3, 1]]},
        {"search__refinements": [[4, 1, 0], [2, 1, 1]]},
        {"search__refinements": [[0, 1, 0.0]]},
        {"search__model__network__resolution": 64},
        {"search__model__format": 99},
    ],
)
def test_a_description_that_makes_no_sense_is_damage(rewritten, changes: dict[str, Any]):
    assert "damaged" in refused(rewritten(described(**changes))).message


@pytest.mark.parametrize("missing", ["search", "photo", "settings", "frames"])
def test_damage_is_said_in_plain_words(rewritten, missing: str):
    def without(members: dict[str, Any]) -> None:
        values = json.loads(members["project.json"])
        del values[missing]
        members["project.json"] = json.dumps(values).encode()

    path = rewritten(without)
    assert refused(path).message == f"{path} is damaged: its content is invalid."
    path = rewritten(described(**{missing: 7}))
    assert refused(path).message == f"{path} is damaged: its content is invalid."


@pytest.mark.parametrize("text", [b"", b"{", b'{"version": NaN}', b"\xff", b"[" * 100_000])
def test_a_description_that_is_no_json_is_damage(rewritten, text: bytes):
    assert "damaged" in refused(rewritten(lambda members: members.update({"project.json": text}))).message


@pytest.mark.parametrize(
    "name",
    [
        "original/pasted.png",
        "mask.png",
        "current.png",
        "candidates/latents.npy",
        "candidates/losses.npy",
        "candidates/critic-3.png",
    ],
)
def test_whatever_is_missing_is_named(rewritten, name: str):
    message = refused(rewritten(lambda members: members.pop(name))).message
    assert f"{name} is missing" in message


def png(pixels: np.ndarray) -> bytes:
    file = BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(file, "PNG")
    return file.getvalue()


def npy(values: Any, **options: Any) -> bytes:
    file = BytesIO()
    np.save(file, values, **options)
    return file.getvalue()


LATENTS = np.zeros((2, 3, 10), np.float32)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mask.png", png(noise(1, size=(80, 91)))),
        ("mask.png", png(noise(3))),
        ("mask.png", png(noise(1))[:-40]),
        ("mask.png", b"BM" + bytes(1000)),
        ("filled.png", png(noise(1, size=(1, 1)))),
        ("current.png", png(noise(3))),
        ("original/pasted.png", b"hello"),
        ("original/pasted.png", png(noise(4))),
        ("candidates/yeh-1.png", png(noise(3, size=(64, 64)))),
        ("candidates/latents.npy", b""),
        ("candidates/latents.npy", npy(LATENTS[:1])),
        ("candidates/latents.npy", npy(LATENTS + np.nan)),
        ("candidates/latents.npy", npy(LATENTS + np.inf)),
        ("candidates/latents.npy", npy(LATENTS + 2)),
        ("candidates/latents.npy", npy(LATENTS.astype(np.float64))),
        ("candidates/latents.npy", npy(LATENTS)[:-4]),
        ("candidates/latents.npy", npy(np.asfortranarray(np.ones((2, 3, 10), np.float32)))),
        ("candidates/losses.npy", npy(LATENTS)),
        ("candidates/losses.npy", npy(np.zeros((0, 2, 3), np.float32))),
        ("candidates/losses.npy", npy(LATENTS).replace(b"(2, 3, 10)", b"(99999999,)")),
    ],
)
def test_what_does_not_fit_is_damage(rewritten, name: str, data: bytes):
    assert "damaged" in refused(rewritten(lambda members: members.update({name: data}))).message


class Trap:
    """What a pickle would run."""

    def __reduce__(self) -> Any:
        return pytest.fail, ("a pickle was executed",)


def test_nothing_is_ever_unpickled(rewritten):
    trap = npy(np.array([Trap()], object), allow_pickle=True)
    assert "damaged" in refused(rewritten(lambda members: members.update({"candidates/latents.npy": trap}))).message


def test_a_bomb_is_refused_before_it_is_unpacked(rewritten):
    path = rewritten(lambda members: members.update({"mask.png": bytes(200_000_000)}), zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    assert "repacked" in refused(path).message
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["original/pasted.png", "mask.png", "current.png", "candidates/yeh-1.png"])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_picture_bomb_is_refused_before_it_is_decoded(rewritten, name: str, depth: int):
    path = rewritten(lambda members: members.update({name: png_claiming(100_000, 100_000, depth)}))
    tracemalloc.start()
    assert "damaged" in refused(path).message
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_project_opens_or_is_refused(tmp_path: Path, whole: bytes, data: st.DataObject):
    content = bytearray(whole)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        listed = archive.start_dir
    near = st.integers(listed, len(content) - 1) | st.integers(0, 3000) | st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(near, min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.wganpaint"
    path.write_bytes(content)
    with contextlib.suppress(ProjectError):  # any other exception fails
        assert ProjectFile(path).read().document.photo.pixels.size


@pytest.mark.parametrize("read", [load_photo, lambda path: load_mask(path, (90, 80))])
def test_where_a_photo_is_wanted_a_project_is_refused_with_a_way_out(tmp_path: Path, whole: bytes, read):
    path = tmp_path / "a.wganpaint"
    path.write_bytes(whole)
    with pytest.raises(PhotoError, match=r"a\.wganpaint is a project") as caught:
        read(path)
    assert "editor" in caught.value.hint
