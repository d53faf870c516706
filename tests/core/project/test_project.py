"""Projects: what is saved is what is opened, and nobody's work is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tests.core.documents import keep_fill
from tests.core.projects import FRAME, KEPT, a_project, edited, found, noise, saved
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import ChangedError, SaveError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels, save_photo
from wganpaint_gui.core.project.project import Original, Project, SavedFill, find_original, opened_photo, plain_name
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.candidate_marks import UNMARKED
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import InpaintConfig


def assert_same(one: Project, other: Project) -> None:
    assert one.original == other.original
    assert one.settings == other.settings
    assert one.document.frames == other.document.frames
    assert one.document.photo.metadata == other.document.photo.metadata
    for photo in (lambda project: project.document.photo, lambda project: opened_photo(project.document)):
        assert photo(one).pixels.dtype == photo(other).pixels.dtype
        assert np.array_equal(photo(one).pixels, photo(other).pixels)
    assert np.array_equal(one.document.mask.array(), other.document.mask.array())
    counted = [Document.from_state(project.document).changed_outside_mask() for project in (one, other)]
    assert counted[0] == counted[1]
    assert (one.fill is None) == (other.fill is None)
    if one.fill is not None and other.fill is not None:
        assert (one.fill.selection, one.fill.frames, one.fill.active) == (
            other.fill.selection,
            other.fill.frames,
            other.fill.active,
        )
        for mine, theirs in ((one.fill.search, other.fill.search), (one.fill.search.best, other.fill.search.best)):
            for field in fields(mine):
                ours, read = getattr(mine, field.name), getattr(theirs, field.name)
                if isinstance(ours, np.ndarray):
                    assert np.array_equal(ours, read), field.name
                elif field.name != "best":
                    assert ours == read, field.name


# -- the way there and back ----------------------------------------------------------------------------------------


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any photo, any mask, any fills in any places, with or without a search."""
    channels, dtype = draw(st.integers(1, 4)), draw(st.sampled_from([np.uint8, np.uint16]))
    height, width = draw(st.integers(1, 300)), draw(st.integers(1, 300))
    document = Document(photo_from_pixels(noise(channels, dtype, draw(st.integers(0, 9)), (height, width))))
    everything = document.photo.box

    def a_box() -> Box:
        x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        return Box(x, y, draw(st.integers(1, width)), draw(st.integers(1, height))).intersect(everything)

    for _ in range(draw(st.integers(0, 2))):
        box = a_box()
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(box, 255)
        keep_fill(document, box, document.photo.pixels[box.slices] ^ draw(st.integers(1, 255)))
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(a_box(), draw(st.integers(0, 255)))
    place, side = st.integers(-1000, 1000), st.integers(1, 1000)
    document.set_frames(draw(st.lists(st.builds(Frame, place, place, side), max_size=3)))
    state = document.state_later()()
    return Project(find_original(state), state, InpaintConfig(seed=draw(st.integers(0, 2**63 - 1))))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(project=projects())
def test_what_was_saved_is_opened(tmp_path: Path, project: Project):
    path = tmp_path / "any.wganpaint"
    path.unlink(missing_ok=True)
    assert_same(ProjectFile(saved(project, path)).read(), project)


def test_turned_frames_are_opened_as_they_were_and_older_programs_are_told(tmp_path: Path):
    project = a_project()
    assert project.fill is not None
    turned = replace(project.fill, frames=(Frame(0, 0, 20), replace(FRAME, angle=-12.5)))
    document = replace(project.document, frames=(Frame(5, 4, 70, 90.0),))
    path = saved(replace(project, document=document, fill=turned), tmp_path / "a.wganpaint")
    opened = ProjectFile(path).read()
    assert opened.document.frames == document.frames
    assert opened.fill is not None
    assert opened.fill.frames == turned.frames
    versions = [json.loads(zipfile.ZipFile(path).read("project.json"))["version"]]
    saved(project, tmp_path / "b.wganpaint")
    versions.append(json.loads(zipfile.ZipFile(tmp_path / "b.wganpaint").read("project.json"))["version"])
    assert versions == [2, 1]


def test_the_search_is_opened_with_every_number(tmp_path: Path):
    project = a_project()
    assert_same(ProjectFile(saved(project, tmp_path / "a.wganpaint")).read(), project)


def test_a_search_that_found_nothing_finite_in_one_candidate_is_opened(tmp_path: Path):
    project = a_project()
    assert project.fill is not None
    own = found()
    own.best.losses[0, 1], own.best.steps[0, 1], own.best.alive[0, 1] = np.inf, -1, False
    own.step_losses[:, 0, 1] = np.nan
    own = replace(own, known_region=None)
    project = replace(project, fill=replace(project.fill, search=own))
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.fill is not None
    assert np.array_equal(again.fill.search.best.losses, own.best.losses)
    assert np.array_equal(again.fill.search.step_losses, own.step_losses, equal_nan=True)
    assert not again.fill.search.best.alive[0, 1]
    assert again.fill.search.known_region is None


@pytest.mark.parametrize("selection", [Selection(0, None), Selection(1, 0)])
def test_what_was_chosen_is_chosen(tmp_path: Path, selection: Selection):
    project = replace(a_project(), fill=SavedFill(found(), selection, (FRAME,)))
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.fill is not None
    assert again.fill.selection == selection


def test_what_was_decided_about_candidates_stays_decided(tmp_path: Path):
    marks = UNMARKED.toggled("locked", (0, 1)).toggled("discarded", (1, 0)).toggled("promoted", (1, 2))
    marks = marks.named((0, 2), "Wide smile").named((1, 2), "Ж – “quoted”")
    project = replace(a_project(), fill=SavedFill(found(), Selection(0), (FRAME,), 0, marks))
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.fill is not None
    assert again.fill.marks == marks
    assert again.fill.resumed(again.document).marks == marks


def test_a_fill_from_a_project_gives_the_pixels_that_were_seen(tmp_path: Path):
    project = a_project()
    assert project.fill is not None
    before = project.fill.resumed(project.document)
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.fill is not None
    after = again.fill.resumed(again.document)
    (box, pixels), (box_after, pixels_after) = before.result(), after.result()
    assert box == box_after
    assert np.array_equal(pixels, pixels_after)
    for name in ("images", "fills", "losses", "overlay", "selection"):
        assert np.array_equal(getattr(before.snapshot_at(None), name), getattr(after.snapshot_at(None), name))
    document = Document.from_state(again.document)
    assert keep_fill(document, box, pixels_after, after.frame_mask)
    assert document.changed_outside_mask() == 0


def test_the_same_project_is_the_same_bytes(tmp_path: Path):
    one, other = (saved(a_project(), tmp_path / name).read_bytes() for name in ("a.wganpaint", "b.wganpaint"))
    assert one == other


# -- the original ----------------------------------------------------------------------------------------------------


def jpeg(path: Path) -> Path:
    """Lying on its side, with a profile, and who took it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Somebody"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(noise()).save(path, exif=exif, icc_profile=profile, quality=80)
    return path


def png16(path: Path) -> Path:
    save_photo(photo_from_pixels(noise(4, np.uint16)), path)
    return path


def tiff16(path: Path) -> Path:
    tifffile.imwrite(path, noise(3, np.uint16), photometric="rgb")
    return path


def cmyk(path: Path) -> Path:
    Image.fromarray(noise(4), "CMYK").save(path)
    return path


def grey_alpha(path: Path) -> Path:
    save_photo(photo_from_pixels(noise(2)), path)
    return path


@pytest.mark.parametrize(
    ("make", "name"),
    [(jpeg, "Größe 日本.jpg"), (png16, "a.png"), (tiff16, "a.tif"), (cmyk, "c.jpg"), (grey_alpha, "g.webp")],
)
def test_the_file_of_the_photo_is_kept_byte_for_byte(tmp_path: Path, make, name: str):
    file = make(tmp_path / name)
    project = a_project(load_photo(file))
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.original == Original(name, file.read_bytes())
    assert_same(again, project)
    assert again.document.photo.metadata == load_photo(file).metadata


def test_a_pasted_photo_is_kept_as_a_png(tmp_path: Path):
    project = a_project(photo_from_pixels(noise(4, np.uint16)))
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    assert again.original.name == "pasted.png"
    assert np.array_equal(opened_photo(again.document).pixels, noise(4, np.uint16))


@pytest.mark.parametrize("happened", ["gone", "another", "no photo"])
def test_the_pixels_outlive_the_file_they_were_opened_from(tmp_path: Path, happened: str):
    file = jpeg(tmp_path / "a.jpg")
    before = load_photo(file)
    document = edited(load_photo(file))
    if happened == "gone":
        file.unlink()
    elif happened == "another":
        Image.fromarray(noise(seed=1)).save(file)
    else:
        file.write_bytes(b"hello")
    state = document.state_later()()
    project = Project(find_original(state), state, InpaintConfig())
    again = ProjectFile(saved(project, tmp_path / "a.wganpaint")).read()
    opened = opened_photo(again.document)
    assert again.original.name == "a.png"
    assert np.array_equal(opened.pixels, before.pixels)
    assert (opened.metadata.icc, opened.metadata.exif) == (before.metadata.icc, before.metadata.exif)


def test_only_what_changed_is_stored_beside_the_original(tmp_path: Path, sample_photo_path: Path):
    project = a_project(load_photo(sample_photo_path), searched=False)
    size = saved(project, tmp_path / "a.wganpaint").stat().st_size
    assert 0 < size - sample_photo_path.stat().st_size < 4000
    assert KEPT.area > 0


def test_names_are_such_as_every_system_can_write():
    assert plain_name('a\udcff/b\\c:"d?.png') == "a__b_c__d_.png"
    assert plain_name("..") == "photo"
    assert plain_name("Größe 日本.jpg") == "Größe 日本.jpg"


# -- nobody's work is overwritten ------------------------------------------------------------------------------------


def changed(project: Project, seed: int) -> Project:
    return replace(project, settings=InpaintConfig(seed=seed))


def test_a_project_can_be_saved_again_and_again(tmp_path: Path):
    file = ProjectFile(tmp_path / "a.wganpaint")
    for seed in range(3):
        file.write(changed(a_project(), seed))
    reopened = ProjectFile(tmp_path / "a.wganpaint")
    assert reopened.read().settings.seed == 2
    reopened.write(changed(a_project(), 7))
    assert ProjectFile(tmp_path / "a.wganpaint").read().settings.seed == 7
    assert os.listdir(tmp_path) == ["a.wganpaint"]


def test_a_new_project_replaces_nothing(tmp_path: Path):
    (tmp_path / "a.wganpaint").write_bytes(b"precious")
    with pytest.raises(SaveError, match="already exists"):
        ProjectFile(tmp_path / "a.wganpaint").write(a_project())
    assert (tmp_path / "a.wganpaint").read_bytes() == b"precious"
    ProjectFile.replacing(tmp_path / "a.wganpaint").write(a_project())
    assert ProjectFile(tmp_path / "a.wganpaint").read().settings.seed == 9


def test_what_another_saved_meanwhile_is_not_overwritten(tmp_path: Path):
    path = saved(changed(a_project(), 0), tmp_path / "a.wganpaint")
    one, other = ProjectFile(path), ProjectFile(path)
    one.read()
    other.read()
    one.write(changed(a_project(), 1))
    with pytest.raises(ChangedError, match="another program"):
        other.write(changed(a_project(), 2))
    assert ProjectFile(path).read().settings.seed == 1
    one.write(changed(a_project(), 3))
    ProjectFile.replacing(path).write(changed(a_project(), 4))
    assert ProjectFile(path).read().settings.seed == 4
    assert os.listdir(tmp_path) == ["a.wganpaint"]


def test_a_change_of_nothing_but_the_clock_is_none(tmp_path: Path):
    path = saved(a_project(), tmp_path / "a.wganpaint")
    file = ProjectFile(path)
    file.read()
    shutil.copy(path, tmp_path / "copy")
    os.utime(tmp_path / "copy", (1, 1))
    os.replace(tmp_path / "copy", path)  # another file, another time, the same content
    file.write(changed(a_project(), 1))
    assert ProjectFile(path).read().settings.seed == 1


def test_a_project_that_was_deleted_meanwhile_is_written_again(tmp_path: Path):
    path = saved(a_project(), tmp_path / "a.wganpaint")
    file = ProjectFile(path)
    file.read()
    path.unlink()
    file.write(changed(a_project(), 1))
    assert ProjectFile(path).read().settings.seed == 1


def test_of_many_that_save_at_one_moment_one_succeeds(tmp_path: Path):
    path = saved(a_project(), tmp_path / "a.wganpaint")
    files = [ProjectFile(path) for _ in range(8)]
    for file in files:
        file.read()
    together = threading.Barrier(8)

    def save(seed: int) -> int | None:
        own = changed(a_project(), seed)
        together.wait()
        try:
            files[seed].write(own)
        except ChangedError:
            return None
        return seed

    with ThreadPoolExecutor(8) as pool:
        succeeded = [seed for seed in pool.map(save, range(8)) if seed is not None]
    assert len(succeeded) == 1
    assert ProjectFile(path).read().settings.seed == succeeded[0]
    assert os.listdir(tmp_path) == ["a.wganpaint"]


def test_the_old_project_survives_a_disk_that_fills_up(tmp_path: Path):
    resource = pytest.importorskip("resource")
    path = saved(a_project(), tmp_path / "a.wganpaint")
    before, file = path.read_bytes(), ProjectFile(path)
    file.read()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    project = changed(a_project(), 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(SaveError, match="disk is full"):
            file.write(project)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.wganpaint"]
    file.write(project)
    assert ProjectFile(path).read().settings.seed == 1


def test_a_photo_stays_itself_when_its_project_is_written(tmp_path: Path):
    photo: Photo = photo_from_pixels(noise())
    project = a_project(photo)
    before = project.document.photo.pixels.copy()
    saved(project, tmp_path / "a.wganpaint")
    assert np.array_equal(project.document.photo.pixels, before)
