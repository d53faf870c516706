"""What tests of documents start from."""

from __future__ import annotations

import pytest

from wganpaint_gui.core.document import Document
from wganpaint_gui.core.photo import photo_from_pixels

from .documents import a_photo


@pytest.fixture
def document() -> Document:
    return Document(photo_from_pixels(a_photo()))
