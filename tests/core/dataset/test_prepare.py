"""Pictures become images: once, the same for the same contents, with some held out."""

from __future__ import annotations

import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.dataset import DataOptions, open_cached, prepare, prepare_data, workers
from wganpaint_gui.core.errors import SettingsError

SMALL = DataOptions(resolution=8)


def as_set(images) -> set[bytes]:
    return {image.tobytes() for image in images}


@pytest.fixture
def forty(tmp_path: Path, folder, picture) -> Path:
    return folder(tmp_path / "forty", {f"{seed:02d}.png": picture(seed) for seed in range(40)})


def test_every_picture_becomes_one_image_in_mapped_memory(forty: Path, finish, pixels):
    images = finish(prepare_data(forty, SMALL))
    assert isinstance(images.images, np.memmap)
    assert not images.images.flags.writeable
    assert (images.images.shape, images.images.dtype) == ((40, 8, 8, 3), np.uint8)
    assert images.report.usable == 40
    assert as_set(images.images) == as_set(pixels(seed, (8, 8)) for seed in range(40))


@settings(max_examples=25)
@given(st.permutations(range(9)), st.lists(st.text("abcä/ ", max_size=6), min_size=9, max_size=9), st.booleans())
def test_the_key_and_the_images_depend_on_contents_alone(
    tmp_path_factory, finish, folder, zipped, picture, order, names, as_zip
):
    place = tmp_path_factory.mktemp("same")
    plain = finish(prepare_data(folder(place / "plain", {f"{n}.png": picture(n) for n in range(9)}), SMALL, place))
    files = {f"x{name.strip('/')}x/{n}.png": picture(n) for n, name in zip(order, names, strict=True)}
    other = zipped(place / "other.zip", files) if as_zip else folder(place / "other", files)
    again = finish(prepare_data(other, SMALL, place / "another root"))
    assert again.key == plain.key
    assert again.training == plain.training
    assert np.array_equal(again.images, plain.images)


@pytest.mark.parametrize(
    "changed", [DataOptions(4), DataOptions(8, "celeba"), DataOptions(8, "whole", 3), DataOptions(8, held_out=0)]
)
def test_other_options_have_another_key(tmp_path: Path, folder, picture, finish, changed):
    source = folder(tmp_path / "some", {f"{seed}.png": picture(seed, (40, 40)) for seed in range(20)})
    assert finish(prepare_data(source, changed)).key != finish(prepare_data(source, SMALL)).key


def test_one_picture_more_has_another_key(forty: Path, picture, finish):
    before = finish(prepare_data(forty, SMALL)).key
    (forty / "more.png").write_bytes(picture(99))
    assert finish(prepare_data(forty, SMALL)).key != before


def test_auto_and_what_it_comes_down_to_share_a_cache(forty: Path, finish):
    auto, whole = (finish(prepare_data(forty, DataOptions(8, framing))) for framing in ("auto", "whole"))
    assert auto.key == whole.key
    assert auto.report.framing == "whole"


@settings(max_examples=30)
@given(st.integers(2, 40), st.integers(0, 60))
def test_training_and_held_out_share_no_image_and_are_all(tmp_path_factory, folder, picture, finish, count, held_out):
    place = tmp_path_factory.mktemp("split")
    source = folder(place / "some", {f"{seed}.png": picture(seed) for seed in range(count)})
    images = finish(prepare_data(source, DataOptions(8, held_out=held_out), place / "root"))
    training, held = as_set(images.training_images), as_set(images.held_out_images)
    assert len(held) == min(held_out, count // 5)
    assert len(training) == images.training == count - len(held)
    assert not training & held


def test_two_hundred_are_held_out_of_many(tmp_path: Path, zipped, picture, finish):
    source = zipped(tmp_path / "many.zip", {f"{seed}.bmp": picture(seed, (4, 4), "BMP") for seed in range(1010)})
    images = finish(prepare_data(source, DataOptions(4)))
    assert (len(images.images), images.training) == (1010, 810)


def test_the_second_time_nothing_is_decoded(forty: Path, finish, monkeypatch):
    first = finish(prepare_data(forty, SMALL))
    (forty / "13.png").rename(forty / "renamed.png")
    monkeypatch.setattr(prepare, "model_image", None)
    second = finish(prepare_data(forty, SMALL))
    assert second.key == first.key
    assert np.array_equal(second.images, first.images)
    assert second.report == first.report


def test_names_in_a_report_are_those_of_today(forty: Path, picture, finish):
    (forty / "torn.png").write_bytes(picture(77)[:60])
    assert finish(prepare_data(forty, SMALL)).report.unreadable == ("torn.png",)
    (forty / "torn.png").rename(forty / "ripped.png")
    assert finish(prepare_data(forty, SMALL)).report.unreadable == ("ripped.png",)


def test_a_run_finds_its_images_after_the_pictures_have_gone(forty: Path, finish):
    images = finish(prepare_data(forty, SMALL))
    for path in forty.iterdir():
        path.unlink()
    cached = open_cached(images.key)
    assert cached is not None
    assert np.array_equal(cached.images, images.images)
    assert (cached.training, cached.key, cached.report) == (images.training, images.key, images.report)


@pytest.mark.parametrize("key", ["0" * 32, "", "..", "../../etc", "nonsense"])
def test_what_is_not_cached_is_none(key: str):
    assert open_cached(key) is None


def test_the_report_names_everything_that_gives_no_image(forty: Path, picture, finish):
    (forty / "copy.png").write_bytes(picture(3))
    (forty / "small.png").write_bytes(picture(3, (7, 90)))
    (forty / "torn.png").write_bytes(picture(50)[:60])
    report = finish(prepare_data(forty, SMALL)).report
    assert (report.found, report.usable) == (43, 40)
    assert report.duplicates == (("copy.png", "03.png"),)
    assert (report.too_small, report.unreadable) == (("small.png",), ("torn.png",))


def test_progress_rises_to_all_and_shows_images(forty: Path, drive, pixels, monkeypatch):
    monkeypatch.setattr(workers, "_SLICE", 0.0)
    records, _ = drive(prepare_data(forty, SMALL))
    for task in ("looking", "decoding"):
        done = [record.done for record in records if record.task == task]
        assert done == sorted(done)
        assert done[-1] == 40
        assert len(set(done)) >= 40
    tasks = [record.task for record in records]
    assert tasks == sorted(tasks, reverse=True)
    known = as_set(pixels(seed, (8, 8)) for seed in range(40))
    previews = [record.preview for record in records if record.preview is not None]
    assert previews
    for preview in previews:
        assert 1 <= len(preview) <= 24
        assert as_set(preview) <= known


@pytest.mark.parametrize("records", [1, 2, 30, 60])
def test_closing_leaves_no_thread(forty: Path, records, monkeypatch):
    monkeypatch.setattr(workers, "_SLICE", 0.0)
    before = threading.active_count()
    generator = prepare_data(forty, SMALL)
    for _ in range(records):
        next(generator)
    generator.close()
    assert threading.active_count() == before


def test_memory_does_not_grow_with_the_pictures(tmp_path: Path, zipped, picture, finish, monkeypatch):
    """300 images of 48 KiB would be 14 MiB."""
    monkeypatch.setattr(prepare, "_BATCH_BYTES", 2**20)
    monkeypatch.setattr("wganpaint_gui.core.dataset.store.BLOCK_BYTES", 2**20)
    source = zipped(tmp_path / "many.zip", {f"{n}.png": picture(n, (128, 128)) for n in range(300)})
    finish(prepare_data(zipped(tmp_path / "two.zip", {f"{n}.png": picture(n) for n in range(2)}), SMALL))
    tracemalloc.start()
    try:
        images = finish(prepare_data(source, DataOptions(128)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert images.images.nbytes > 14 * 2**20
    assert peak < 7 * 2**20


@pytest.mark.parametrize("options", [{"resolution": 0}, {"resolution": 2.5}, {"framing": "tall"}, {"held_out": -1}])
def test_options_without_sense_are_refused(options):
    with pytest.raises(SettingsError):
        DataOptions(**options)
