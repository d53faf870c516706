"""Pixels that nobody sees: missing for the model and for the blend, and opaque once they are filled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.documents import keep_fill
from tests.core.projects import a_project, noise, saved
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.project.project import Project, find_original
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.compose import Composer
from wganpaint_gui.core.search.frame import check_frame, model_view
from wganpaint_gui.core.search.settings import Blend, InpaintConfig

BLENDS: tuple[Blend, ...] = ("none", "feather", "poisson")
KINDS = [(dtype, channels) for dtype in (np.uint8, np.uint16) for channels in (2, 4)]
SIDE = 64
HOLE = Box(20, 16, 24, 30)  # its left half lies on transparent pixels, and so does the photo's left edge


def cut_out(dtype: type = np.uint8, channels: int = 4, *, hidden: int = 7) -> Photo:
    """Noise of every alpha but 0, and left of the middle nothing but a hidden colour."""
    most = np.iinfo(dtype).max
    pixels = np.random.default_rng(1).integers(1, most + 1, (SIDE, SIDE, channels), dtype)
    pixels[:, : SIDE // 2] = hidden
    pixels[:, : SIDE // 2, -1] = 0
    return photo_from_pixels(pixels)


def marked(box: Box = HOLE, value: int = 255) -> np.ndarray:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[box.slices] = value
    return mask


def an_image(seed: int = 5) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (16, 16, 3), np.uint8)


def test_a_cut_out_on_transparent_magenta_is_known_where_it_is_visible_alone():
    pixels = np.full((64, 64, 4), (255, 0, 255, 0), np.uint8)
    pixels[:32, :32] = 90, 90, 90, 255
    view = model_view(photo_from_pixels(pixels), marked(Box(8, 8, 8, 8)), Frame(0, 0, 64), 64)
    assert view.known.sum() == 32 * 32 - 8 * 8
    assert (view.image[:, ~view.known[0]] == 0).all()


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 99),
    blend=st.sampled_from(BLENDS),
    soft=st.sampled_from([255, 180]),
    size=st.sampled_from([SIDE, 48, 90]),
)
def test_no_hidden_colour_reaches_view_fill_or_preview(kind, seed, blend, soft, size):
    mask, frame = marked(value=soft), Frame(-3, 2, size)
    seen = []
    for other in range(2):
        photo = cut_out(*kind)
        hidden = photo.transparent(photo.box)
        colours = np.random.default_rng(seed + 1000 * other).integers(0, photo.max_value + 1, photo.pixels.shape)
        photo.pixels[hidden, :-1] = colours[hidden, :-1]
        composer = Composer(photo, mask, frame, 16, blend)
        box, patch = composer.patch(an_image(seed))
        view = model_view(photo, mask, frame, 16)
        filled = patch[mask[box.slices] > 127]
        seen.append((view.image, view.known, filled, composer.overlay(an_image(seed)), composer.fill(an_image(seed))))
    for one, another in zip(*seen, strict=True):
        assert one.tobytes() == another.tobytes()


@pytest.mark.parametrize(("dtype", "channels"), KINDS)
@pytest.mark.parametrize("blend", BLENDS)
def test_a_filled_pixel_that_was_transparent_is_opaque_and_every_other_alpha_stays(dtype, channels, blend):
    photo, mask = cut_out(dtype, channels), marked()
    box, patch = Composer(photo, mask, Frame(0, 0, SIDE), 16, blend).patch(an_image())
    after = photo.pixels.copy()
    after[box.slices] = patch
    filled, alpha = mask > 127, photo.pixels[..., -1]
    assert np.array_equal(after[~filled], photo.pixels[~filled]), "outside the mask everything stays"
    opaque = filled & (alpha == 0)
    assert opaque.sum() == 12 * 30
    assert (after[opaque, -1] == photo.max_value).all()
    assert np.array_equal(after[~opaque, -1], alpha[~opaque])


def test_a_feathered_fill_does_not_fade_into_what_nobody_sees():
    composer = Composer(cut_out(), marked(), Frame(0, 0, SIDE), 16, "feather")
    overlay = composer.overlay(an_image())
    hidden, visible = overlay[16:46, 20:32, 3], overlay[16:46, 32:44, 3]
    assert (hidden == 255).all()
    assert visible[:, -1].max() < 255, "it fades into the known pixels at its right"


@pytest.mark.parametrize("blend", BLENDS)
def test_the_preview_of_a_transparent_hole_is_the_fill_that_is_kept(blend):
    photo, mask = cut_out(), marked()
    composer = Composer(photo, mask, Frame(0, 0, SIDE), 16, blend)
    _, patch = composer.patch(an_image())
    hidden = (mask > 127) & photo.transparent(photo.box)
    assert np.abs(composer.overlay(an_image())[hidden].astype(int) - patch[hidden]).max() <= 1


def test_poisson_takes_no_colour_from_transparent_neighbours():
    pixels = np.full((SIDE, SIDE, 4), (255, 0, 255, 0), np.uint8)
    pixels[:, 32:] = 120, 120, 120, 255
    grey = np.full((16, 16, 3), 50, np.uint8)
    _, patch = Composer(photo_from_pixels(pixels), marked(), Frame(0, 0, SIDE), 16, "poisson").patch(grey)
    assert (patch[HOLE.slices] == (120, 120, 120, 255)).all()


def test_a_frame_that_shows_nothing_visible_is_refused_with_a_sentence():
    photo, mask = cut_out(), marked(Box(4, 4, 8, 8))
    with pytest.raises(MaskError, match="Everything around the mask is transparent") as refused:
        check_frame(photo, mask, Frame(0, 0, 32), 16)
    assert "Make the frame larger" in refused.value.hint
    check_frame(photo, mask, Frame(0, 0, SIDE), 16)


@pytest.mark.parametrize(("dtype", "channels"), KINDS)
def test_keeping_makes_opaque_and_undoing_transparent_again(dtype, channels):
    document = Document(cut_out(dtype, channels))
    opened = document.photo.pixels.copy()
    document.replace_mask("mask", marked())
    box, patch = Composer(document.photo, document.mask, Frame(0, 0, SIDE), 16, "poisson").patch(an_image())
    assert keep_fill(document, box, patch)
    kept = document.photo.pixels.copy()
    assert (kept[HOLE.slices][:, :12, -1] == document.photo.max_value).all()
    assert document.changed_outside_mask() == 0
    document.undo()
    assert np.array_equal(document.photo.pixels, opened)
    document.redo()
    assert np.array_equal(document.photo.pixels, kept)


@pytest.mark.parametrize(("dtype", "channels"), KINDS)
def test_a_project_keeps_what_became_opaque_and_what_was_transparent(tmp_path, dtype, channels):
    document = Document(cut_out(dtype, channels))
    opened = document.photo.pixels.copy()
    document.replace_mask("mask", marked())
    box, patch = Composer(document.photo, document.mask, Frame(0, 0, SIDE), 16, "poisson").patch(an_image())
    keep_fill(document, box, patch)
    state = document.state_later()()
    file = ProjectFile(tmp_path / "cut.wganpaint")
    file.write(Project(find_original(state), state, InpaintConfig()))
    again = Document.from_state(file.read().document)
    assert np.array_equal(again.photo.pixels, document.photo.pixels)
    before = again.photo.pixels.copy()
    for tile, pixels in again.original_patches:
        before[tile.slices] = pixels
    assert np.array_equal(before, opened)
    assert again.changed_outside_mask() == 0


def test_a_project_from_before_is_opened_though_its_frame_shows_nothing_visible(tmp_path):
    """Its search went by hidden colours; what it found can still be looked at and kept, and is visible then."""
    pixels = noise(4)
    pixels[..., -1] = 0
    project = a_project(photo_from_pixels(pixels))
    project.document.photo.pixels[..., -1] = 0  # also where the fill was kept, as it was then
    again = ProjectFile(saved(project, tmp_path / "old.wganpaint")).read()
    assert again.fill is not None
    fill = again.fill.resumed(again.document)
    box, patch = fill.result()
    assert fill.frame_mask.shape == (box.height, box.width)
    assert (patch[fill.frame_mask > 127, -1] == 255).all()
    with pytest.raises(MaskError, match="transparent"):
        check_frame(again.document.photo, again.document.mask.array(), fill.frame, fill.resolution)
