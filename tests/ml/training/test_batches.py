"""Batches: every image once a pass, in an order that seed and pass decide, and exactly as it is stored."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.ml.tiny_gan import CPU, random_images
from wganpaint_gui.core.errors import DeviceError, SettingsError
from wganpaint_gui.ml.search.images import to_uint8
from wganpaint_gui.ml.training.batches import Batches, StoredImages, draw_latents, to_float


def numbered(count: int) -> NDArray[np.uint8]:
    """Images whose every pixel is their number."""
    return np.broadcast_to(np.arange(count, dtype=np.uint8)[:, None, None, None], (count, 2, 2, 3)).copy()


def make(count: int = 24, batch: int = 8, *, seed: int = 0, rank: int = 0, ranks: int = 1) -> Batches:
    return Batches(numbered(count), batch, CPU, seed=seed, flip=False, rank=rank, ranks=ranks)


def drawn(batches: Batches, times: int) -> list[list[int]]:
    """The numbers of the images of so many batches."""
    noise, found = torch.Generator(), []
    for _ in range(times):
        batches.prepare()
        found.append(to_uint8(batches.draw(noise))[:, 0, 0, 0].tolist())
    return found


def test_every_image_is_drawn_exactly_once_a_pass() -> None:
    batches = make(24, 8)
    for _ in range(4):
        assert sorted(np.concatenate(drawn(batches, 3))) == list(range(24))


@given(st.integers(1, 30), st.integers(1, 12))
def test_no_image_is_drawn_twice_before_every_other_could_be_drawn_once(count: int, batch: int) -> None:
    batches = make(count, batch)
    repeats = -(-batch // count)  # of a set smaller than a batch, in one
    for _ in range(2):
        shown = np.bincount(np.concatenate(drawn(batches, count * repeats // batch)), minlength=count)
        assert shown.max() <= repeats
        assert shown.sum() == count * repeats // batch * batch


def test_a_set_smaller_than_a_batch_fills_it_with_each_image_at_least_once() -> None:
    (batch,) = drawn(make(5, 13), 1)
    assert len(batch) == 13
    assert set(np.bincount(batch).tolist()) <= {2, 3}


def test_the_order_differs_from_pass_to_pass() -> None:
    batches = make(24, 24)
    orders = drawn(batches, 5)
    assert len({tuple(order) for order in orders}) == 5


def test_the_order_differs_from_seed_to_seed() -> None:
    orders = [drawn(make(24, 24, seed=seed), 1)[0] for seed in range(5)]
    assert len({tuple(order) for order in orders}) == 5


def test_no_two_seeds_share_an_order_one_pass_later() -> None:
    one, other = drawn(make(24, 24, seed=3), 3), drawn(make(24, 24, seed=4), 3)
    assert not any(order in other for order in one)


def test_the_same_seed_draws_the_same() -> None:
    assert drawn(make(seed=7), 10) == drawn(make(seed=7), 10)


@given(st.integers(0, 12), st.integers(0, 7), st.sampled_from([(24, 8), (22, 8), (5, 8)]))
def test_going_back_goes_on_with_exactly_the_same_batches(back: int, before: int, shape: tuple[int, int]) -> None:
    whole = drawn(make(*shape), 16)
    batches = make(*shape)
    drawn(batches, before)
    batches.rewind(back)
    assert drawn(batches, 4) == whole[back : back + 4]
    assert batches.drawn == back + 4


@pytest.mark.parametrize("ranks", [2, 4])
@pytest.mark.parametrize("count", [24, 22, 5])
def test_ranks_draw_disjoint_parts_of_the_same_batches(ranks: int, count: int) -> None:
    alone = drawn(make(count, 8), 9)
    parts = [drawn(make(count, 8, rank=rank, ranks=ranks), 9) for rank in range(ranks)]
    assert [[number for part in parts for number in part[i]] for i in range(9)] == alone


def test_a_batch_that_ranks_cannot_share_evenly_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"batch of 8 .* 3 processes\. Choose a multiple of 3"):
        make(24, 8, ranks=3)


def test_a_gpu_without_room_for_the_images_is_an_error_that_says_how_large_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*shape: object, **options: object) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(torch, "empty", full)
    images = np.broadcast_to(np.uint8(0), (200_000, 128, 128, 3))
    with pytest.raises(DeviceError, match=r"memory on meta for 200,000 images \(9\.2 GiB\)\. Use fewer pictures"):
        Batches(images, 8, torch.device("meta"), seed=0, flip=False)


def test_images_are_drawn_exactly_as_they_are_stored() -> None:
    images = random_images(6)
    batches = Batches(images, 6, CPU, seed=0, flip=False)
    batches.prepare()
    found = batches.draw(torch.Generator()).numpy()
    exact = images.astype(np.float32).transpose(0, 3, 1, 2) / np.float32(127.5) - np.float32(1)
    order = [next(i for i in range(6) if np.array_equal(one, exact[i])) for one in found]
    assert sorted(order) == list(range(6))


def test_all_256_values_lie_on_minus_one_to_one_and_come_back() -> None:
    values = torch.arange(256, dtype=torch.uint8).view(1, 16, 16, 1).expand(1, 16, 16, 3)
    made = to_float(values)
    assert (made.min().item(), made.max().item()) == (-1, 1)
    assert torch.equal(to_uint8(made), values)


def test_batches_are_laid_out_channels_last() -> None:
    batches = Batches(random_images(), 8, CPU, seed=0, flip=True)
    batches.prepare()
    assert batches.draw(torch.Generator()).is_contiguous(memory_format=torch.channels_last)


def test_about_half_of_the_images_are_mirrored_and_nothing_else_happens_to_them() -> None:
    images = random_images(1)
    batches = Batches(images, 400, CPU, seed=0, flip=True)
    batches.prepare()
    found = to_uint8(batches.draw(torch.Generator().manual_seed(1))).numpy()
    mirrored = [np.array_equal(one, images[0, :, ::-1]) for one in found]
    assert all(turned or np.array_equal(one, images[0]) for turned, one in zip(mirrored, found, strict=True))
    assert 150 < sum(mirrored) < 250


def test_images_are_read_from_a_file_that_nobody_may_write_to(tmp_path: Path) -> None:
    np.save(tmp_path / "images.npy", numbered(24))
    images = np.load(tmp_path / "images.npy", mmap_mode="r")
    batches = Batches(images, 8, CPU, seed=0, flip=False)
    assert drawn(batches, 3) == drawn(make(), 3)


def test_on_a_gpu_the_images_lie_there_and_on_a_cpu_they_stay_in_their_file() -> None:
    meta = torch.device("meta")  # stands for any that is no CPU
    moved = StoredImages(numbered(24), meta)
    assert moved.take(torch.tensor([3, 1], device=meta)).device == meta
    images = numbered(24)
    kept = StoredImages(images, CPU)
    images[3] = 255
    assert kept.take(torch.tensor([3]))[0, 0, 0, 0] == 1
    assert (kept.count, kept.resolution) == (24, 2)


def test_latents_fill_their_support_evenly() -> None:
    z = draw_latents(2000, 5, torch.Generator().manual_seed(0))
    assert z.shape == (2000, 5)
    shares, _ = np.histogram(z.numpy(), bins=4, range=(-1, 1))
    assert shares.sum() == z.numel()
    np.testing.assert_allclose(shares / z.numel(), 0.25, atol=0.02)
