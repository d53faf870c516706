"""The header of a safetensors file: 8 bytes little-endian length, then JSON, then the data of the tensors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.file_names import is_project
from wganpaint_gui.core.json_reader import read_json

_MAX_HEADER_BYTES = 100_000_000  # the format's own limit
_PICKLE_SUFFIXES = {".pt", ".pth", ".pkl", ".pickle", ".ckpt"}
_PICKLE_OR_ZIP = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")
_ALIGNMENT = 8  # bytes, of the data behind the header


def read_metadata(path: Path) -> dict[str, str]:
    """Read the metadata of a safetensors file, a model or not. Raises ModelError where it is not such a file."""
    try:
        with open(path, "rb") as file:
            metadata = read_header_json(file, path).get("__metadata__", {})
    except OSError as error:
        raise _no_model(path) from error
    return dict(metadata) if isinstance(metadata, dict) else {}


def read_header_json(file: BinaryIO, path: Path) -> dict[str, Any]:
    """Read the JSON header of a safetensors file; moves the position in `file`.

    Raises ModelError where it is not such a file, is a pickle or a project, or is cut short.
    """
    start = file.read(9)
    length = int.from_bytes(start[:8], "little")
    # The brace is tested first: a safetensors length may begin with the same bytes as a pickle.
    if len(start) < 9 or start[8:] != b"{" or not 2 <= length <= _MAX_HEADER_BYTES:
        if is_project(path):
            raise ModelError(f"{path} is a project, not a model.", "Choose a .safetensors model file.")
        if start.startswith(_PICKLE_OR_ZIP) or path.suffix.lower() in _PICKLE_SUFFIXES:
            raise ModelError(
                f"{path} is a pickle, which could run code when it is opened; this program never opens one.",
                "Convert the model to safetensors first.",
            )
        raise _no_model(path)
    try:
        header = read_json(b"{" + file.read(length - 1))
        data_bytes = max((_data_end(entry) for name, entry in header.items() if name != "__metadata__"), default=0)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise _no_model(path) from error
    file_bytes = file.seek(0, 2)
    if file_bytes != 8 + length + data_bytes:
        raise ModelError(
            f"The model file {path} is damaged: it holds {file_bytes:,} bytes, its header announces "
            f"{8 + length + data_bytes:,}.",
            "Get the file again.",
        )
    return dict(header)


def _data_end(entry: dict[str, Any]) -> int:
    """Return where a tensor's bytes end, counted from the end of the header. Raises ValueError for an invalid shape."""
    if not all(isinstance(side, int) and side >= 0 for side in entry["shape"]):
        raise ValueError("a shape holds whole numbers")
    return int(entry["data_offsets"][1])


def _no_model(path: Path) -> ModelError:
    return ModelError(f"{path} is not a model: it is not a safetensors file.", "Choose a .safetensors model file.")


def header_bytes(header: Mapping[str, object]) -> bytes:
    """Return the beginning of a file with this header: its length, and the JSON, padded to align the data."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    text += b" " * (-len(text) % _ALIGNMENT)
    return len(text).to_bytes(8, "little") + text
