"""The transform between photo and screen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui.canvas.view import MAX_ZOOM, View

few = settings(max_examples=50, deadline=None)
sizes = st.integers(1, 9000)
windows = st.tuples(st.integers(50, 4000), st.integers(50, 3000))
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
parts = st.floats(0, 1)


@st.composite
def views(draw: st.DrawFn) -> View:
    """A fitted view, zoomed and panned somewhere."""
    window, ratio = draw(windows), draw(ratios)
    view = View((draw(sizes), draw(sizes)), window, ratio).fitted()
    x, y = draw(parts) * window[0] / ratio, draw(parts) * window[1] / ratio
    zoom = draw(st.one_of(st.floats(0.02, 64.0), st.sampled_from([1.0, 2.0, 8.0])))
    return view.zoomed(zoom, x, y).panned(draw(st.floats(-500, 500)), draw(st.floats(-500, 500)))


@few
@given(views(), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_a_screen_point_goes_to_the_photo_and_back(view: View, x: float, y: float) -> None:
    assert view.to_screen(*view.to_photo(x, y)) == pytest.approx((x, y), abs=1e-6)


@few
@given(views(), st.floats(0.02, 64.0), parts, parts)
def test_zooming_keeps_the_photo_point_under_the_mouse(view: View, zoom: float, across: float, down: float) -> None:
    at = (across * view.viewport[0] / view.ratio, down * view.viewport[1] / view.ratio)
    point = view.to_photo(*at)
    after = view.zoomed(zoom, *at)
    # Where the photo is smaller than the window, or its edge would leave, the limits win.
    for axis in (0, 1):
        free = point[axis] * after.zoom * -1 + at[axis] * view.ratio
        if after.origin[axis] == pytest.approx(free, abs=1e-6):
            # Whole zooms are drawn on whole device pixels, which costs half a one.
            assert after.to_screen(*point)[axis] == pytest.approx(at[axis], abs=0.5 / view.ratio + 1e-6)
        else:
            length, space = after.photo[axis] * after.zoom, after.viewport[axis]
            slack = max(0.0, min(0.4 * space, length - space))
            assert length <= space or not space - length - slack <= free <= slack


@few
@given(views())
def test_the_photo_is_centred_where_it_is_smaller_and_never_out_of_reach(view: View) -> None:
    for axis in (0, 1):
        start, length, space = view.origin[axis], view.photo[axis] * view.zoom, view.viewport[axis]
        if length <= space:
            assert start + length / 2 == pytest.approx(space / 2)
        else:
            assert start <= 0.4 * space + 1e-6
            assert start + length >= 0.6 * space - 1e-6


@pytest.mark.parametrize("window", [(700, 900), (1900, 1100), (1001, 799)])
def test_resizing_keeps_the_centre_and_the_zoom(window: tuple[int, int]) -> None:
    view = View((6000, 4000), (1000, 800)).fitted().zoomed(1.3, 400, 200).panned(-30, 17)
    after = view.resized(window, 1.0)
    assert after.zoom == view.zoom
    assert after.to_photo(window[0] / 2, window[1] / 2) == pytest.approx(view.to_photo(500, 400))


def test_on_a_sharper_screen_a_photo_keeps_its_apparent_size() -> None:
    view = View((6000, 4000), (1000, 800)).fitted().zoomed(1.5, 400, 200)
    after = view.resized((2000, 1600), 2.0)
    assert after.zoom == 3.0
    assert after.to_photo(400, 200) == pytest.approx(view.to_photo(400, 200), abs=1)


@few
@given(views(), windows, ratios)
def test_a_fitted_photo_stays_whole_and_fitted(view: View, window: tuple[int, int], ratio: float) -> None:
    fitted = view.fitted().resized(window, ratio)
    assert fitted.fits
    left, top = fitted.origin
    assert left >= 0
    assert top >= 0
    assert fitted.photo_box(Box(0, 0, *fitted.viewport)) == Box(0, 0, *view.photo)


@few
@given(views(), st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 500), st.integers(1, 500))
def test_the_device_box_holds_every_device_pixel_that_shows_a_photo_box(
    view: View, x: int, y: int, width: int, height: int
) -> None:
    box = view.device_box(Box(x, y, width, height))
    assert Box(0, 0, *view.viewport).contains(box)
    found = []
    for axis, start, length in ((0, x, width), (1, y, height)):
        photo = (np.arange(view.viewport[axis]) + 0.5 - view.device_origin[axis]) / view.zoom
        found.append(np.flatnonzero((photo >= start) & (photo < start + length)))
    columns, rows = found
    if len(columns) and len(rows):
        assert box.x <= columns[0]
        assert columns[-1] < box.right
        assert box.y <= rows[0]
        assert rows[-1] < box.bottom


@few
@given(views(), parts, parts, st.integers(1, 400), st.floats(0.1, 1.0))
def test_a_part_that_is_brought_close_is_whole_and_takes_its_share(
    view: View, across: float, down: float, size: int, share: float
) -> None:
    width, height = view.photo
    box = Box(int(across * (width - 1)), int(down * (height - 1)), size, size).intersect(Box(0, 0, *view.photo))
    after = view.showing(box, share)
    assert not after.fits
    assert after.zoom <= MAX_ZOOM
    taken = max(box.width * after.zoom / after.viewport[0], box.height * after.zoom / after.viewport[1])
    assert taken == pytest.approx(share) or (after.zoom == MAX_ZOOM and taken < share)
    # The photo's edge is pulled in no further than its limit, so a part at the edge may lie beside the middle.
    left, top = after.to_screen(box.x, box.y)
    right, bottom = after.to_screen(box.right, box.bottom)
    ratio = after.ratio
    assert left >= -1 / ratio - 1e-6
    assert top >= -1 / ratio - 1e-6
    assert right <= (after.viewport[0] + 1) / ratio + 1e-6
    assert bottom <= (after.viewport[1] + 1) / ratio + 1e-6


def test_zoom_stays_within_its_limits() -> None:
    view = View((6000, 4000), (1280, 800)).fitted()
    assert view.zoomed(1000, 0, 0).zoom == MAX_ZOOM
    assert view.zoomed(0.0001, 0, 0).zoom == 0.02


def test_a_photo_too_large_for_the_smallest_zoom_can_still_be_fitted() -> None:
    view = View((90_000, 10_000), (1000, 800)).fitted()
    assert view.zoom < 0.02
    assert view.zoomed(0.0001, 0, 0).zoom == view.zoom


def test_the_wheel_stops_at_100_percent_on_the_way() -> None:
    view = View((6000, 4000), (1280, 800)).zoomed(0.95, 10, 10)
    assert view.scaled(1.2, 10, 10).zoom == 1.0
    assert view.scaled(1.2, 10, 10).scaled(1.01, 10, 10).zoom == pytest.approx(1.01)


def test_keys_climb_through_round_zooms_and_back() -> None:
    view = View((6000, 4000), (1280, 800)).fitted()
    seen = []
    while view.zoom < MAX_ZOOM:
        view = view.zoomed(view.next_stop(+1), 0, 0)
        seen.append(view.zoom)
    assert 1.0 in seen
    assert seen == sorted(seen)
    while view.zoom > 0.02:
        view = view.zoomed(view.next_stop(-1), 0, 0)
    assert view.next_stop(-1) == 0.02


def test_at_whole_zooms_the_photo_stands_on_whole_device_pixels() -> None:
    view = View((301, 401), (1281, 801), 2.0).zoomed(1.0, 3.3, 7.7)
    assert all(part == int(part) for part in view.device_origin)
