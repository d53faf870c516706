"""Augmentation against plain loops in numpy, and its gradient against differences."""

from __future__ import annotations

import numpy as np
import torch

from wganpaint_gui.ml.training.augment import augment


def source(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def photos(count: int, side: int = 16, seed: int = 9) -> torch.Tensor:
    return torch.rand(count, 3, side, side, generator=source(seed), dtype=torch.float64) * 2 - 1


def plain(image: np.ndarray, colour: np.ndarray, shift: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Zhao et al. 2020, one image [3, R, R] at a time; each argument is uniform on [0, 1)."""
    side = image.shape[1]
    image = image + (colour[0] - 0.5)
    grey = image.mean(axis=0)
    image = grey + (image - grey) * 2 * colour[1]
    image = image.mean() + (image - image.mean()) * (0.5 + colour[2])
    most = side // 8
    right, down = (int(np.floor(value * (2 * most + 1))) - most for value in shift)
    result = np.zeros_like(image)
    for y in range(side):
        for x in range(side):
            inside = 0 <= y + down < side and 0 <= x + right < side
            cut = abs(y + 0.5 - centre[0] * side) < side / 4 and abs(x + 0.5 - centre[1] * side) < side / 4
            if inside and not cut:
                result[:, y, x] = image[:, y + down, x + right]
    return result


def test_every_image_is_changed_as_the_paper_says() -> None:
    images, noise = photos(12), source(3)
    colour, shift, centre = (torch.rand(12, count, generator=noise).double().numpy() for count in (3, 2, 2))
    expected = [plain(images[i].numpy(), colour[i], shift[i], centre[i]) for i in range(12)]
    np.testing.assert_allclose(augment(images, source(3)).numpy(), np.stack(expected), atol=1e-6)


def test_each_image_of_a_batch_has_its_own_changes() -> None:
    changed = augment(photos(1).expand(10, -1, -1, -1), source())
    different = [not torch.equal(changed[i], changed[j]) for i in range(10) for j in range(i)]
    assert all(different)


def test_no_image_stays_as_it_is() -> None:
    images = photos(50)
    changed = augment(images, source())
    assert ((changed - images).abs().amax((1, 2, 3)) > 0.1).all()


def test_a_grey_image_stays_flat_but_for_what_comes_in_from_outside() -> None:
    changed = augment(torch.zeros(20, 3, 16, 16), source())
    for image in changed:
        assert len(image.unique()) <= 2  # the brightness, and the grey of shift and cutout


def test_the_cutout_leaves_at_least_three_quarters_less_the_shift() -> None:
    changed = augment(photos(40), source())
    grey = (changed == 0).all(1).double().mean((1, 2))
    assert (grey >= 1 / 16 - 1e-9).all()  # a quarter of the square, where it hangs over a corner
    assert (grey <= 1 / 4 + 2 * (1 / 8)).all()


def test_the_same_generator_state_makes_the_same_changes_and_moves_on() -> None:
    images, noise = photos(4), source(5)
    first, second = augment(images, noise), augment(images, noise)
    assert torch.equal(first, augment(images, source(5)))
    assert not torch.equal(first, second)


def test_shape_and_type_stay() -> None:
    images = photos(3).float()
    changed = augment(images, source())
    assert (changed.shape, changed.dtype) == (images.shape, torch.float32)


def test_the_gradient_is_that_of_differences() -> None:
    images = photos(2, side=8).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: augment(x, source(1)), images)


def test_gradient_reaches_every_image() -> None:
    images = photos(8).requires_grad_()
    augment(images, source()).square().sum().backward()
    assert images.grad is not None
    assert (images.grad.abs().sum((1, 2, 3)) > 0).all()
