"""Autosaves: project files that also say where their work belongs, what of it is unsaved, and how it looks."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.checks import whole
from wganpaint_gui.core.edit.document import DocumentState
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.mask import hole

from .project import Project, plain_name
from .project_file import ProjectFile
from .project_json import DamageError
from .project_reader import read_beside
from .work_note import WorkNote

NOTE, PREVIEW = "autosave.json", "preview.png"
_PREVIEW_SIDE = 320  # pixels, the longer one
_MOST_FOUND = 1_000_000


def write_autosave(file: ProjectFile, project: Project, note: WorkNote, tint: tuple[int, int, int]) -> None:
    """Write the project with its note and a picture of it. tint: RGB of the mask. Raises SaveError."""
    picture = BytesIO()
    Image.fromarray(preview(project.document, tint)).save(picture, "PNG")
    file.write(project, {NOTE: json.dumps(asdict(note)).encode(), PREVIEW: picture.getbuffer()})


def read_note(path: Path) -> tuple[WorkNote, bytes]:
    """Return the note of an autosave and its picture, a PNG; reads nothing else. Raises ProjectError."""
    return read_beside(path, (NOTE, PREVIEW), lambda members: (_note(read_json(members[0])), members[1]))


def autosave_name(note: WorkNote) -> str:
    """Return a file name that a person recognises."""
    return plain_name(Path(note.name).stem)


def preview(document: DocumentState, tint: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Return the photo as it is now, small, [h, w, 3] RGB, with its mask tinted."""
    photo = document.photo
    step = max(1, max(photo.height, photo.width) // (2 * _PREVIEW_SIDE))  # pixels; less is averaged below
    small = photo.replaced(np.ascontiguousarray(photo.pixels[::step, ::step]))
    rgb = small.rgb8(small.box).copy()
    masked = hole(document.mask.array()[::step, ::step])
    rgb[masked] = (rgb[masked] // 2 + np.array(tint, np.uint8) // 2).astype(np.uint8)
    image = Image.fromarray(rgb)
    image.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE))
    return np.asarray(image)


def _note(values: Any) -> WorkNote:
    note = WorkNote(**values)
    for name in ("photo", "project", "digest"):
        if not isinstance(getattr(note, name), str):
            raise DamageError(f"its note has no valid {name}")
    for name in ("kept", "masked"):
        if not isinstance(getattr(note, name), bool):
            raise DamageError(f"its note does not say what is {name}")
    bytes.fromhex(note.digest)
    whole("the number of fills found", note.found, 0, _MOST_FOUND)
    return note
