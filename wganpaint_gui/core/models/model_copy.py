"""Copies of model files under another name: only the card changes, every tensor stays as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import BinaryIO

from wganpaint_gui.core.system.atomic import atomic_write

from .model_card import METADATA_KEY, read_card
from .safetensors_header import header_bytes


def copy_model(source: Path, target: Path, *, name: str, overwrite: bool) -> None:
    """Copy a model file; the card of the copy says `name`.

    Raises ModelError where `source` is not a model, SaveError where the copy fails or, without `overwrite`, `target` is
    there already.
    """
    read_card(source)  # refuses what is not a model
    with source.open("rb") as reader:
        header = _renamed(reader, name)
        atomic_write(target, lambda writer: _write(writer, header, reader), overwrite=overwrite)


def _renamed(reader: BinaryIO, name: str) -> bytes:
    """Read the header of a model file and return it with another name in its card; leaves `reader` at the data."""
    header = json.loads(reader.read(int.from_bytes(reader.read(8), "little")))
    card = json.loads(header["__metadata__"][METADATA_KEY])
    header["__metadata__"][METADATA_KEY] = json.dumps({**card, "name": name}, ensure_ascii=False)
    return header_bytes(header)


def _write(writer: BinaryIO, header: bytes, tensors: BinaryIO) -> None:
    """Write header and tensors. Offsets count from the header's end, so a longer header changes none of them."""
    writer.write(header)
    shutil.copyfileobj(tensors, writer)
