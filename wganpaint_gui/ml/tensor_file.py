"""Writes safetensors files tensor by tensor, and checksums them; the library reads them.

The library's own writer copies everything into one piece while it holds Python's lock: 70 ms for a small checkpoint, in
which the window freezes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import BinaryIO

import torch
from torch import Tensor

from wganpaint_gui.core.models.safetensors_header import header_bytes

# The format's names of types: https://github.com/huggingface/safetensors, "Format".
_NAMES = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.int64: "I64",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}


def write_tensors(file: BinaryIO, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    """Write a safetensors file; tensors are copied to the CPU one at a time. Raises KeyError for other types."""
    # Wide types first: then every tensor begins at a multiple of its element's size.
    ordered = sorted(tensors.items(), key=lambda item: (-item[1].element_size(), item[0]))
    header: dict[str, object] = {"__metadata__": metadata}
    end = 0
    for name, value in ordered:
        start, end = end, end + value.numel() * value.element_size()
        header[name] = {"dtype": _NAMES[value.dtype], "shape": list(value.shape), "data_offsets": [start, end]}
    file.write(header_bytes(header))
    for _, value in ordered:
        file.write(_bytes(value))


def checksum(tensors: Mapping[str, Tensor]) -> str:
    """Return the SHA-256 of all names and values, in the order of the names, in hexadecimal digits."""
    digest = hashlib.sha256()
    for name, value in sorted(tensors.items()):
        digest.update(name.encode())
        digest.update(_bytes(value))
    return digest.hexdigest()


def _bytes(value: Tensor) -> memoryview:
    return value.detach().cpu().contiguous().view(-1).view(torch.uint8).numpy().data  # numpy lacks some types
