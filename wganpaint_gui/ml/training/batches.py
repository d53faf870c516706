"""Batches of training images and latents; neither host nor device waits for the other."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.checks import require
from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory

_CHUNK = 4096  # images copied to a GPU at once
_EPOCH_STRIDE = 1_000_003  # between the seeds of two runs, so that their orders have nothing in common


class StoredImages:
    """Images to train on: as uint8 in the memory of a GPU, or for a CPU in their memory-mapped file."""

    def __init__(self, images: NDArray[np.uint8], device: torch.device) -> None:
        """images: [N, R, R, 3]. Raises DeviceError where a GPU has no room for them."""
        self.count, self.resolution = images.shape[:2]
        self._images = images
        self._on_device = None if device.type == "cpu" else _on_device(images, device)

    def take(self, rows: Tensor) -> Tensor:
        """Return images [n, 3, R, R] in [-1, 1] without waiting for the device. rows: [n] int64, on the device."""
        found = torch.from_numpy(self._images[rows.numpy()]) if self._on_device is None else self._on_device[rows]
        return to_float(found)


class Batches:
    """Draws real images in a new order each pass over the data; `drawn` alone determines which come next."""

    def __init__(
        self,
        images: NDArray[np.uint8],
        batch_size: int,
        device: torch.device,
        *,
        seed: int,
        flip: bool,
        rank: int = 0,
        ranks: int = 1,
    ) -> None:
        """images: [N, R, R, 3]. batch_size: of all ranks together; this one draws batch_size / ranks a time.

        Raises SettingsError where it cannot be divided evenly among the ranks: images that no rank saw would be
        counted. Raises DeviceError where a GPU has no room for the images.
        """
        require(
            batch_size % ranks == 0,
            f"A batch of {batch_size} cannot be divided evenly among {ranks} processes.",
            f"Choose a multiple of {ranks}.",
        )
        self.drawn = 0  # batches so far
        self.size = batch_size // ranks
        self.images = StoredImages(images, device)
        self._device, self._seed, self._flip = device, seed, flip
        self._whole, self._first = self.size * ranks, self.size * rank
        count = self.images.count
        self._repeats = -(-self._whole // count)  # a set smaller than a batch is shown several times in one
        self._per_pass = count * self._repeats // self._whole
        self._order = torch.zeros(count * self._repeats, dtype=torch.int64, device=device)
        self._cursor = torch.zeros((), dtype=torch.int64, device=device)
        self._steps = torch.arange(self.size, device=device)
        self._pass = -1
        self._moved = True  # the cursor is not where the next batch is

    def prepare(self) -> None:
        """Make the next `draw` the next batch; on the host, and not part of a captured graph."""
        number, offset = divmod(self.drawn, self._per_pass)
        if number != self._pass:
            self._pass = number
            source = torch.Generator().manual_seed(self._seed * _EPOCH_STRIDE + number)
            order = [torch.randperm(self.images.count, generator=source) for _ in range(self._repeats)]
            self._order.copy_(torch.cat(order))
        if offset == 0 or self._moved:  # else the last draw has advanced it, on the device
            self._cursor.fill_(offset * self._whole + self._first)
        self._moved = False
        self.drawn += 1

    def rewind(self, drawn: int) -> None:
        """Continue as after `drawn` batches."""
        self.drawn, self._pass, self._moved = drawn, -1, True

    def draw(self, noise: torch.Generator) -> Tensor:
        """Return the batch that `prepare` chose: [size, 3, R, R] in [-1, 1], channels last."""
        rows = self._order[self._cursor + self._steps]
        self._cursor.add_(self._whole)
        images = self.images.take(rows)
        if self._flip:
            mirrored = torch.rand(self.size, 1, 1, 1, device=self._device, generator=noise) < 0.5
            images = torch.where(mirrored, images.flip(3), images)
        return images.contiguous(memory_format=torch.channels_last)


def draw_latents(count: int, size: int, noise: torch.Generator) -> Tensor:
    """Return latents [count, size], uniform on [-1, 1], on the device of `noise`."""
    return torch.rand(count, size, device=noise.device, generator=noise) * 2 - 1


def to_float(images: Tensor) -> Tensor:
    """Convert uint8 [n, R, R, 3] to [n, 3, R, R] in [-1, 1]."""
    return images.permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def _on_device(images: NDArray[np.uint8], device: torch.device) -> Tensor:
    """Copy the images to the device in pieces: all at once would take the memory twice."""
    try:
        result = torch.empty(images.shape, dtype=torch.uint8, device=device)
    except RuntimeError as error:
        if not is_out_of_memory(error):
            raise
        raise DeviceError(
            f"There is not enough memory on {device} for {len(images):,} images ({images.nbytes / 2**30:.1f} GiB).",
            "Use fewer pictures or a lower resolution, or train on another device.",
        ) from error
    for first in range(0, len(images), _CHUNK):
        piece = np.array(images[first : first + _CHUNK])  # a copy: torch does not take read-only memory
        result[first : first + _CHUNK] = torch.from_numpy(piece)
    return result
