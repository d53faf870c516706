"""What is saved is of the moment Save was pressed, whatever the person does while it is written."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.documents import deferred_copies, keep_fill
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.mask_io import load_mask, save_mask
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_photo

HEIGHT, WIDTH = 520, 600  # nine tiles
Deed = Callable[[Document], object]


def keeping(box: Box, value: int) -> Deed:
    def keep(document: Document) -> None:
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(box, 255)
        keep_fill(document, box, document.photo.pixels[box.slices] ^ value)

    return keep


def painting(x: float, y: float, diameter: float) -> Deed:
    def paint(document: Document) -> None:
        with document.edit_mask("brush stroke") as edit:
            edit.segment((x, y), (y, x), Brush(diameter))

    return paint


boxes = st.builds(
    lambda x, y, width, height: Box(x, y, width, height).intersect(Box(0, 0, WIDTH, HEIGHT)),
    *(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.integers(1, WIDTH), st.integers(1, HEIGHT)),
)
deeds = st.one_of(
    st.builds(keeping, boxes, st.integers(1, 255)),
    st.builds(painting, st.floats(0, WIDTH), st.floats(0, HEIGHT), st.floats(1, 200)),
    st.sampled_from([Document.undo, Document.redo]),
)


@settings(max_examples=60, deadline=None)
@given(before=st.lists(deeds, max_size=4), meanwhile=st.lists(deeds, min_size=1, max_size=6))
def test_photo_and_mask_are_saved_as_they_were_when_that_was_asked_for(before: list[Deed], meanwhile: list[Deed]):
    noise = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    document = Document(photo_from_pixels(noise))
    for deed in before:
        deed(document)
    pixels, mask = document.photo.pixels.copy(), document.mask.copy()
    with TemporaryDirectory() as name, ThreadPoolExecutor(1) as worker:
        photo_path, mask_path = Path(name) / "photo.bmp", Path(name) / "mask.png"
        take_photo, snapshot = document.photo_later(), document.snapshot()
        written = worker.submit(lambda: save_photo(take_photo(), photo_path))
        also_written = worker.submit(lambda: save_mask(snapshot.array(), mask_path, overwrite=False))
        for deed in meanwhile:
            deed(document)
        written.result()
        also_written.result()
        assert np.array_equal(load_photo(photo_path).pixels, pixels)
        assert np.array_equal(load_mask(mask_path, (WIDTH, HEIGHT)), mask)


def test_a_photo_there_was_no_memory_for_is_not_waited_for():
    class Full(np.ndarray):
        def copy(self, order: str = "C") -> np.ndarray:
            raise MemoryError

    document = Document(photo_from_pixels(np.zeros((HEIGHT, WIDTH, 3), np.uint8)))
    document.photo.pixels = document.photo.pixels.view(Full)
    take_photo = document.photo_later()
    with pytest.raises(MemoryError):
        take_photo()
    del take_photo
    document.photo.pixels = document.photo.pixels.view(np.ndarray)
    keeping(Box(0, 0, 300, 300), 9)(document)
    assert not deferred_copies(), "nothing is saved for it"
