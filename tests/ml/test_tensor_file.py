"""Files written tensor by tensor are what the library reads, and what it would have written."""

from __future__ import annotations

import io
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.ml.tensor_file import write_tensors

TYPES = (torch.float64, torch.float32, torch.float16, torch.int64, torch.uint8, torch.bool)
SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


def written(tensors: dict[str, torch.Tensor], metadata: dict[str, str]) -> bytes:
    file = io.BytesIO()
    write_tensors(file, tensors, metadata)
    return file.getvalue()


NAMES = st.text(min_size=1).filter(lambda name: name != "__metadata__")
KINDS = st.dictionaries(NAMES, st.tuples(SHAPES, st.sampled_from(TYPES)), max_size=6)


@given(KINDS, st.dictionaries(st.text(), st.text(), max_size=3))
def test_the_library_reads_back_every_tensor(kinds: dict[str, tuple[tuple[int, ...], torch.dtype]], metadata: dict):
    source = torch.Generator().manual_seed(0)
    tensors = {name: (torch.rand(shape, generator=source) * 200).to(kind) for name, (shape, kind) in kinds.items()}
    found = safetensors.torch.load(written(tensors, metadata))
    assert found.keys() == tensors.keys()
    for name, value in tensors.items():
        assert found[name].dtype == value.dtype
        assert found[name].shape == value.shape
        assert torch.equal(found[name], value)


def test_metadata_and_layout_survive(tmp_path: Path):
    """Of a tensor that is not contiguous, as channels-last weights are."""
    weights = torch.rand(3, 5, 4, 4).contiguous(memory_format=torch.channels_last)
    path = tmp_path / "file.safetensors"
    with path.open("wb") as file:
        write_tensors(file, {"w": weights, "odd": torch.arange(3, dtype=torch.uint8)}, {"card": "größer"})
    with safetensors.safe_open(path, "pt") as file:
        assert file.metadata() == {"card": "größer"}
        assert torch.equal(file.get_tensor("w"), weights)
