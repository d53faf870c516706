"""What tests of documents start from."""

from __future__ import annotations

import pytest

from tests.core.documents import a_photo
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.photo.photo import photo_from_pixels


@pytest.fixture
def document() -> Document:
    return Document(photo_from_pixels(a_photo()))
