"""Measures of quality: the distance between two sets of images, and that of a fill from the original."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

SMALLEST_LEVEL = 16  # pixels a side of the pyramid's coarsest level
PATCH = 7  # pixels a side
PATCHES = 64  # an image and level
PROJECTIONS = 256
MAX_PSNR = 100.0  # dB; for identical images, so that means stay finite
_TINY = 1e-8  # avoids a division by zero for a set of one flat colour


def sliced_wasserstein(one: Tensor, other: Tensor, *, seed: int = 0) -> float:
    """Return the distance between two sets of images, times 1000, mean over their pyramids' levels; LOWER is better.

    one, other: [N, 3, R, R] in [-1, 1]; of the larger set the first images count, as many as the smaller one has.
    Laplacian pyramids down to 16x16; at random places of each level 7x7 patches of all channels, each set normalised to
    mean 0 and standard deviation 1 a channel; the mean absolute difference of the sorted projections on random
    directions. Source: Karras et al. 2018 (PGGAN), section 5 and their code, with 64 patches an image for 128 and 256
    directions for 512, so that 200 images of 64x64 take less than 2 s on one core. Fewer images give larger values:
    compare only what was measured with equally many. Both sets are looked at in the same places, which makes it
    symmetric and zero for equal sets. Depends on the images and the seed alone; torch's own random numbers are not
    touched. Raises ValueError for an empty set.
    """
    count = min(len(one), len(other))
    if count == 0:
        raise ValueError("a set without images has no distance from anything")
    source = torch.Generator().manual_seed(seed)
    distances = []
    with torch.no_grad():
        levels = zip(laplacian_pyramid(one[:count].float()), laplacian_pyramid(other[:count].float()), strict=True)
        for level, level_of_other in levels:
            places = _places(count, level.shape[-1], source)
            directions = F.normalize(torch.randn(3 * PATCH**2, PROJECTIONS, generator=source), dim=0).to(level.device)
            sorted_one, sorted_other = (
                _sorted(directions.T @ _descriptors(images, places).T) for images in (level, level_of_other)
            )
            distances.append((sorted_one - sorted_other).abs().mean())
    return 1000 * float(torch.stack(distances).mean())


def laplacian_pyramid(images: Tensor) -> list[Tensor]:
    """Return the detail that each halving to 16x16 removes, the finest first, then the rest. images: [N, 3, R, R]."""
    levels = []
    while images.shape[-1] > SMALLEST_LEVEL:
        smaller = _blurred(images)[..., ::2, ::2]
        spread = torch.zeros_like(images)
        spread[..., ::2, ::2] = 4 * smaller  # three of four pixels are empty
        levels.append(images - _blurred(spread))
        images = smaller
    return [*levels, images]


def psnr(fills: Tensor, images: Tensor, known: Tensor) -> Tensor:
    """Return the peak signal-to-noise ratio inside the hole in dB, [N]; HIGHER is better, at most MAX_PSNR.

    10 * log10(4 / mean squared difference over missing pixels and channels): values in [-1, 1] are 2 from peak to peak.
    fills, images: [N, 3, R, R]. known: [N or 1, 1, R, R] bool, True = keep.
    """
    error = _hole_mean((fills - images) ** 2, known)
    return (10 * torch.log10(4 / error.clamp(min=1e-30))).clamp(max=MAX_PSNR)


def l1(fills: Tensor, images: Tensor, known: Tensor) -> Tensor:
    """Return the mean absolute difference over missing pixels and channels, 0..2, [N]; LOWER is better. See `psnr`."""
    return _hole_mean((fills - images).abs(), known)


def ssim(composites: Tensor, images: Tensor, known: Tensor) -> Tensor:
    """Return the structural similarity, -1..1, [N]; HIGHER is better. Shapes as in `psnr`; R is at least 7.

    composites: the fills with the known pixels around them, which the 7x7 windows at the hole's edge reach into. The
    map of scikit-image's structural_similarity (uniform window, a range of 2), averaged over missing pixels and
    channels. Source: Wang et al. 2004.
    """
    from skimage.metrics import structural_similarity

    maps = []
    for composite, image in zip(composites.cpu().numpy(), images.cpu().numpy(), strict=True):
        _, similarity = structural_similarity(  # type: ignore[no-untyped-call]
            composite, image, channel_axis=0, data_range=2.0, full=True
        )
        maps.append(torch.from_numpy(similarity))
    return _hole_mean(torch.stack(maps).float().to(images.device), known)


def _hole_mean(values: Tensor, known: Tensor) -> Tensor:
    """Return the mean over missing pixels and channels, [N]; NaN where nothing is missing. values: [N, 3, R, R]."""
    missing = (~known).expand_as(values)
    return torch.where(missing, values, 0.0).sum((1, 2, 3)) / missing.sum((1, 2, 3))


def _blurred(images: Tensor) -> Tensor:
    """Apply a binomial 5x5 filter, one direction after the other; mirrored at the border without repeating it."""
    for dim in (2, 3):  # sums of shifted copies: several times as fast as a convolution with a single channel
        padded = F.pad(images, (0, 0, 2, 2) if dim == 2 else (2, 2, 0, 0), mode="reflect")
        shifted = padded.unfold(dim, images.shape[dim], 1).movedim(dim, 0).movedim(-1, dim + 1)
        images = (shifted[0] + shifted[4] + 4 * (shifted[1] + shifted[3]) + 6 * shifted[2]) / 16
    return images


def _places(count: int, side: int, source: torch.Generator) -> Tensor:
    """Draw rows and columns of the patches' first pixels, [2, count, PATCHES]."""
    return torch.randint(0, side - PATCH + 1, (2, count, PATCHES), generator=source)


def _descriptors(images: Tensor, places: Tensor) -> Tensor:
    """Return the patches of a level, each channel normalised over all of them: [N * PATCHES, 3 * PATCH * PATCH]."""
    device = images.device
    places, offsets = places.to(device), torch.arange(PATCH, device=device)
    rows = places[0, :, :, None, None, None] + offsets[:, None]
    columns = places[1, :, :, None, None, None] + offsets
    image = torch.arange(len(images), device=device)[:, None, None, None, None]
    channel = torch.arange(3, device=device)[:, None, None]
    patches = images[image, channel, rows, columns].flatten(0, 1)  # [N * PATCHES, 3, PATCH, PATCH]
    mean = patches.mean((0, 2, 3), keepdim=True)
    deviation = patches.std((0, 2, 3), correction=0, keepdim=True).clamp(min=_TINY)
    return ((patches - mean) / deviation).flatten(1)


def _sorted(values: Tensor) -> Tensor:
    """Sort each row of [D, N] in ascending order."""
    if values.device.type == "cpu":  # numpy's vectorised sort takes a fifth of the time of torch's
        return torch.from_numpy(np.sort(values.numpy(), axis=1))
    return values.sort(dim=1).values
