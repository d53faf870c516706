"""What shapes and clicks select, checked against slow and plain computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tests.core.documents import keep_fill
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.region import NOWHERE, Region, ellipse, joined, polygon, rectangle, selected, similar
from wganpaint_gui.core.geometry import EMPTY_BOX, Box
from wganpaint_gui.core.mask import Brush, hole, stamp_segment
from wganpaint_gui.core.photo.photo import photo_from_pixels

HEIGHT, WIDTH = 70, 90
PHOTO = Box(0, 0, WIDTH, HEIGHT)
AROUND = st.tuples(st.floats(-40, WIDTH + 40), st.floats(-40, HEIGHT + 40))  # points in and around the photo
MASKS = arrays(np.uint8, (13, 17), elements=st.integers(0, 255), fill=st.just(0))
BOXES = st.builds(Box, st.integers(-30, 80), st.integers(-30, 60), st.integers(0, 60), st.integers(0, 60))


def pixels_of(region: Region, height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.bool_]:
    """[height, width], True in the region."""
    found = np.zeros((height, width), bool)
    found[region.box.slices] = region.inside
    return found


def alike(pixels: NDArray[np.generic], x: int, y: int, tolerance: int, *, contiguous: bool) -> Region:
    return selected(similar(pixels, pixels[y, x], tolerance), x, y, contiguous=contiguous)


def edge_distances(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """[HEIGHT, WIDTH]: each pixel centre's distance to the closed outline."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    at = columns + 1j * rows
    nearest = np.full(at.shape, np.inf)
    for here, there in zip(points, points[1:] + points[:1], strict=True):
        start, way = complex(*here), complex(*there) - complex(*here)
        along = np.clip(((at - start) * way.conjugate()).real / (abs(way) ** 2 or 1), 0, 1)
        nearest = np.minimum(nearest, abs(at - start - along * way))
    return nearest


@given(BOXES)
def test_a_rectangle_is_the_part_of_its_box_in_the_photo(box):
    expected = np.zeros((HEIGHT, WIDTH), bool)
    expected[max(0, box.y) : max(0, box.bottom), max(0, box.x) : max(0, box.right)] = True
    assert np.array_equal(pixels_of(rectangle(box, PHOTO)), expected)


@given(BOXES)
def test_an_ellipse_holds_the_pixels_whose_centres_lie_in_it(box):
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    if box.empty:
        assert ellipse(box, PHOTO).box == EMPTY_BOX
        return
    across = (columns - box.x - box.width / 2) / (box.width / 2)
    down = (rows - box.y - box.height / 2) / (box.height / 2)
    far = across**2 + down**2
    certain = abs(far - 1) > 1e-9
    assert np.array_equal(pixels_of(ellipse(box, PHOTO))[certain], (far < 1)[certain])


@given(st.lists(AROUND, min_size=3, max_size=3))
def test_a_polygon_holds_what_its_outline_encloses(points):
    from skimage.measure import points_in_poly

    centres = np.stack(np.mgrid[:WIDTH, :HEIGHT], axis=-1).reshape(-1, 2) + 0.5
    inside = points_in_poly(centres, np.array(points)).reshape(WIDTH, HEIGHT).T
    certain = edge_distances(points) > 1.5  # the pixels of the outline itself belong to the polygon
    assert np.array_equal(pixels_of(polygon(points, PHOTO))[certain], inside[certain])


@pytest.mark.parametrize("points", [[], [(1, 1)], [(1, 1), (9, 9)]])
def test_a_polygon_of_fewer_than_three_corners_encloses_nothing(points):
    assert polygon(points, PHOTO) is NOWHERE


def test_joined_pixels_stay_inside_a_closed_outline():
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    for start, end in (((20, 20), (60, 20)), ((60, 20), (40, 55)), ((40, 55), (20, 20))):
        stamp_segment(mask, start, end, Brush(1))
    region = joined(mask, 40, 30)
    assert pixels_of(region)[30, 40]
    assert Box(20, 20, 41, 36).contains(region.box)


@given(MASKS, st.integers(0, 16), st.integers(0, 12))
def test_joined_pixels_meet_along_edges_on_the_same_side(mask, x, y):
    from skimage.measure import label

    regions = label(hole(mask).astype(int) + 1, connectivity=1)
    assert np.array_equal(pixels_of(joined(mask, x, y), *mask.shape), regions == regions[y, x])


@pytest.mark.parametrize(("x", "y"), [(-1, 3), (3, HEIGHT)])
def test_outside_the_photo_there_is_nothing_to_select(x, y):
    assert joined(np.zeros((HEIGHT, WIDTH), np.uint8), x, y) is NOWHERE
    document = Document(photo_from_pixels(np.zeros((HEIGHT, WIDTH, 3), np.uint8)))
    assert document.alike_later(x, y, 9, contiguous=True)() is NOWHERE


@given(
    arrays(np.uint8, (9, 11, 3), elements=st.integers(0, 60)),
    st.integers(0, 10),
    st.integers(0, 8),
    st.integers(0, 70),
    st.booleans(),
)
def test_the_wand_takes_what_differs_by_at_most_its_tolerance(pixels, x, y, tolerance, contiguous):
    from skimage.measure import label

    similar = (abs(pixels.astype(int) - pixels[y, x]) <= tolerance).all(axis=2)
    if contiguous:
        regions = label(similar, connectivity=1)
        similar = regions == regions[y, x]
    assert np.array_equal(pixels_of(alike(pixels, x, y, tolerance, contiguous=contiguous), 9, 11), similar)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_the_wand_measures_16_bits_by_the_same_tolerance(channels):
    levels = np.zeros((2, 5, channels), np.uint8)
    levels[0, :, 0] = (100, 120, 132, 133, 90)  # the first and the last differ by 32 and 10 from the third, ...
    wide = levels.astype(np.uint16) * 257
    for pixels in (levels, wide):
        taken = alike(pixels, 2, 0, 32, contiguous=False)
        assert pixels_of(taken, 2, 5).tolist() == [[True, True, True, True, False], [False] * 5]


def test_the_wand_tells_transparent_pixels_from_opaque_ones():
    pixels = np.full((3, 4, 4), 255, np.uint8)
    pixels[:, :2, 3] = 0
    assert pixels_of(alike(pixels, 0, 0, 20, contiguous=True), 3, 4)[0].tolist() == [True, True, False, False]


def test_the_wand_sees_the_photo_of_the_moment_of_the_click():
    pixels = np.full((HEIGHT, WIDTH, 3), 100, np.uint8)
    pixels[:, 50:] = 200
    document = Document(photo_from_pixels(pixels))
    find = document.alike_later(10, 10, 5, contiguous=False)
    with document.edit_mask("hole") as edit:
        edit.rectangle(Box(0, 0, 60, 40), 255)
    keep_fill(document, Box(0, 0, 60, 40), np.full((40, 60, 3), 200, np.uint8))
    assert np.array_equal(pixels_of(find()), np.arange(WIDTH)[None, :].repeat(HEIGHT, axis=0) < 50)


@given(BOXES, st.sampled_from(["add", "subtract", "intersect"]))
def test_a_region_is_added_subtracted_or_all_that_is_kept(box, how):
    document = Document(photo_from_pixels(np.zeros((HEIGHT, WIDTH, 3), np.uint8)))
    with document.edit_mask("first") as edit:
        edit.combine(rectangle(Box(10, 10, 40, 40), PHOTO), "add")
    before = hole(document.mask)
    region = ellipse(box, PHOTO)
    with document.edit_mask("ellipse") as edit:
        edit.combine(region, how)
    new = pixels_of(region)
    expected = {"add": before | new, "subtract": before & ~new, "intersect": before & new if new.any() else before}
    assert np.array_equal(hole(document.mask), expected[how])
    if document.history.undo_name == "ellipse":
        document.undo()
    assert np.array_equal(hole(document.mask), before)
