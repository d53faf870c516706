"""Train the aligner, which moves a frame onto a face, and write it to resources/aligner.safetensors.

python benchmarks/train_aligner.py FACES.zip [--held-out 1000] [--out FILE]
python benchmarks/train_aligner.py FACES.zip --start FILE --updates 2000 --rate 1e-3 --wide 0.35      to go on from it

FACES.zip holds square pictures of faces with the eyes near (0.30, 0.30) and (0.70, 0.30) and the mouth near y = 0.70;
the last --held-out ones are not trained on. Each is set into another picture, small or large, moved, grown and turned,
with random holes; the network learns to say by how much, and whether there is a face at all. What is shown of a face
has an outline of its own, so that the edges of its picture tell nothing. It takes minutes of one core.
"""

from __future__ import annotations

import argparse
import copy
import math
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from skimage import data
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  # the field's name

from wganpaint_gui.core.photo.faces.aligner import CONTEXT, KERNELS, SIDE, UNITS
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.core.training.hole_mixture import HoleMixture
from wganpaint_gui.ml.measure.held_out import read_held_out
from wganpaint_gui.ml.training.holes import draw_batch

BATCH = 128
WIDTHS = (16, 32, 64)  # channels after each convolution
HIDDEN = 64
WARM_UP, LAST_SHARE = 100, 0.02  # Adam's rate rises for so many updates, then falls to a share
AVERAGE = 0.005  # share of the newest weights in their moving average
CERTAINTY_WEIGHT = 0.25
WIDE, NARROW = (0.17, 0.17, 0.28, 20.0), (0.04, 0.04, 0.07, 6.0)  # spread of errors: of a detector, of a last step
MOST = (0.5, 0.5, 0.7, 50.0)
NO_FACE, FAR_OFF = 0.22, 0.5  # share of a batch without a face, and of these, of a face that is far off
POOL = 8000  # backgrounds and holes, each drawn once and used turned and mirrored
# The pictures that auto_frame.py and known_region.py measure with are not among them, nor are faces.
PICTURES = ("coins", "page", "text", "moon", "immunohistochemistry", "retina", "horse", "cell", "colorwheel")
HOLES = HoleMixture(random_holes=0.2, centre_holes=0.2, border_holes=0.25, most_missing=0.7, least_side=0.06)
WHOLE = 0.35  # share of the squares without a hole


class Network(nn.Module):
    """Convolutions that halve the size, one hidden layer, five answers."""

    def __init__(self) -> None:
        super().__init__()
        channels = (4, *WIDTHS)
        for number, kernel in enumerate(KERNELS, 1):
            inputs, outputs = channels[number - 1 : number + 1]
            self.add_module(f"conv{number}", nn.Conv2d(inputs, outputs, kernel, 2, kernel // 2, bias=False))
            self.add_module(f"norm{number}", nn.BatchNorm2d(outputs))
        cells = (SIDE // 2 ** len(KERNELS)) ** 2
        self.hidden, self.answer = nn.Linear(cells * WIDTHS[-1], HIDDEN), nn.Linear(HIDDEN, 5)

    def forward(self, x: Tensor) -> Tensor:
        """Return [n, 5]: the correction in UNITS, and the certainty. x: [n, 4, SIDE, SIDE]."""
        for number in range(1, len(KERNELS) + 1):
            x = F.relu(self.get_submodule(f"norm{number}")(self.get_submodule(f"conv{number}")(x)))
        return torch.as_tensor(self.answer(F.relu(self.hidden(x.flatten(1)))))


class Examples:
    """Draws squares with faces in them, and what is wrong with each square."""

    def __init__(self, faces: NDArray[np.uint8], seed: int, pool: int) -> None:
        """faces: [N, 32, 32, 3]."""
        self._faces = torch.from_numpy(faces.transpose(0, 3, 1, 2).copy())
        self._random, self._source = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
        pictures = [_picture(name) for name in PICTURES]
        self._backgrounds = torch.stack([self._background(pictures) for _ in range(pool)])
        self._known = draw_batch(pool, SIDE, HOLES, self._source)
        middles = ((torch.arange(SIDE) + 0.5) / SIDE - 0.5) * CONTEXT
        self._down, self._right = torch.meshgrid(middles, middles, indexing="ij")

    def batch(self, count: int, wide: float) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the network sees [n, 4, SIDE, SIDE], the corrections [n, 4], and whether there is a face [n].

        wide: share of the large errors.
        """
        errors, face, far = self._errors(count, wide)
        right, down, growth, turn = (errors[:, at, None, None] for at in range(4))
        cos, sin, shrunk = torch.cos(torch.deg2rad(turn)), torch.sin(torch.deg2rad(turn)), torch.exp(-growth)
        x, y = self._right - right, self._down - down
        across, below = (x * cos + y * sin) * shrunk, (y * cos - x * sin) * shrunk  # in sides of the face's frame
        mirrored = torch.where(self._uniform(count, 1, 1) < 0.5, -1.0, 1.0)
        pictures = self._faces[torch.randint(len(self._faces), (count,), generator=self._source)] / 127.5 - 1
        grid = 2 * torch.stack([across * mirrored, below], 3)
        faces = F.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)
        share = torch.where((face | far)[:, None, None], self._outlines(across, below, far), 0.0)[:, None]
        around = self._turned(self._backgrounds, count)
        image = self._spoilt(around * (1 - share) + self._coloured(faces) * share)
        known = self._turned(self._known, count) | (self._uniform(count, 1, 1, 1) < WHOLE)
        seen = torch.cat([torch.where(known, image, 0.0), known * 2.0 - 1], 1)
        return seen.contiguous(memory_format=torch.channels_last), errors, face

    def _errors(self, count: int, wide: float) -> tuple[Tensor, Tensor, Tensor]:
        """Draw errors [n, 4], whether a square holds a face, and whether it holds none because one is far off."""
        spread = torch.where(self._uniform(count, 1) < wide, torch.tensor(WIDE), torch.tensor(NARROW))
        most = torch.tensor(MOST)
        errors = torch.clamp(self._normal(count, 4) * spread, -most, most)
        face = self._uniform(count) >= NO_FACE
        far = ~face & (self._uniform(count) < FAR_OFF)
        how, sign = torch.randint(3, (count,), generator=self._source), torch.sign(self._normal(count))
        direction, distance = 2 * math.pi * self._uniform(count), 0.7 + 0.3 * self._uniform(count)
        off = errors.clone()
        off[:, 0] = torch.where(how == 0, distance * torch.cos(direction), off[:, 0])
        off[:, 1] = torch.where(how == 0, distance * torch.sin(direction), off[:, 1])
        off[:, 2] = torch.where(how == 1, sign * (0.95 + 0.5 * self._uniform(count)), off[:, 2])
        off[:, 3] = torch.where(how == 2, sign * (75 + 105 * self._uniform(count)), off[:, 3])
        return torch.where(far[:, None], off, errors), face, far

    def _outlines(self, across: Tensor, below: Tensor, far: Tensor) -> Tensor:
        """Draw how much of each pixel is the face's picture, [n, h, w]: a soft rectangle or ellipse, off the middle.

        A third keep the mirror image that continues the picture, unless a face far off would be mirrored back.
        """
        count = len(across)
        left, right, top, bottom = (0.36 + 0.26 * self._uniform(count, 1, 1) for _ in range(4))
        turn = torch.deg2rad(25 * self._normal(count, 1, 1))
        u, v = across * torch.cos(turn) - below * torch.sin(turn), across * torch.sin(turn) + below * torch.cos(turn)
        u, v = u / torch.where(u > 0, right, left), v / torch.where(v > 0, bottom, top)
        power = torch.where(self._uniform(count, 1, 1) < 0.5, 2.0, 8.0)
        distance = (u.abs() ** power + v.abs() ** power) ** (1 / power)
        soft = 0.03 + 0.32 * self._uniform(count, 1, 1)
        whole = (self._uniform(count, 1, 1) < 0.3) & ~far[:, None, None]
        return torch.where(whole, 1.0, ((1 - distance) / soft + 0.5).clamp(0, 1))

    def _coloured(self, faces: Tensor) -> Tensor:
        """Change light and colour; some become grey."""
        count = len(faces)
        gain = 1 + 0.25 * self._normal(count, 1, 1, 1) + 0.06 * self._normal(count, 3, 1, 1)
        faces = faces * gain + 0.15 * self._normal(count, 1, 1, 1) + 0.05 * self._normal(count, 3, 1, 1)
        return torch.where(self._uniform(count, 1, 1, 1) < 0.15, faces.mean(1, keepdim=True), faces)

    def _spoilt(self, image: Tensor) -> Tensor:
        """Blur half of the images, and add noise to half."""
        count = len(image)
        blurred = F.avg_pool2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), 3, 1)
        share = self._uniform(count, 1, 1, 1) * (self._uniform(count, 1, 1, 1) < 0.5)
        noise = 0.06 * self._uniform(count, 1, 1, 1) * (self._uniform(count, 1, 1, 1) < 0.5)
        return (image + share * (blurred - image) + noise * self._normal(*image.shape)).clamp(-1, 1)

    def _turned(self, pool: Tensor, count: int) -> Tensor:
        drawn = pool[torch.randint(len(pool), (count,), generator=self._source)]
        drawn = torch.where(self._uniform(count, 1, 1, 1) < 0.5, drawn.flip(3), drawn)
        return torch.where(self._uniform(count, 1, 1, 1) < 0.5, drawn.transpose(2, 3), drawn)

    def _background(self, pictures: list[Tensor]) -> Tensor:
        """Draw a part of a picture, clouds, an enlarged part of a face or a gradient: [3, SIDE, SIDE] in [-1, 1]."""
        kind = self._random.random()
        if kind < 0.45:
            picture = pictures[self._random.integers(len(pictures))]
            part = _part(picture, self._random.uniform(24, min(300, *picture.shape[1:])), self._random)
            part = part[torch.from_numpy(self._random.permutation(3))] if self._random.random() < 0.4 else part
        elif kind < 0.7:
            part = torch.from_numpy(self._random.uniform(20, 235, (3, 1, 1)))
            for cells in (2, 4, 8, 16, 32):
                height = self._random.uniform(0, 60) * (2 / cells) ** self._random.uniform(0, 1)
                part = part + _resized(torch.from_numpy(self._random.normal(size=(3, cells, cells)))) * height
        elif kind < 0.85:
            face = self._faces[self._random.integers(len(self._faces))].double()
            part = _part(face, self._random.uniform(3, 12), self._random)
        else:
            ends = torch.from_numpy(self._random.uniform(0, 255, (3, 2)))
            line = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * torch.linspace(0, 1, SIDE)
            part = line[:, None].expand(3, SIDE, SIDE)
        return (part.clamp(0, 255) / 127.5 - 1).float()

    def _uniform(self, *shape: int) -> Tensor:
        return torch.rand(*shape, generator=self._source)

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self._source)


def _picture(name: str) -> Tensor:
    """Return one of scikit-image's pictures, [3, h, w] in 0..255."""
    picture = np.asarray(getattr(data, name)())
    picture = picture * np.uint8(255) if picture.dtype == bool else picture
    picture = np.repeat(picture[..., None], 3, 2) if picture.ndim == 2 else picture[..., :3]
    return torch.from_numpy(picture.transpose(2, 0, 1).astype(np.float64))


def _part(picture: Tensor, side: float, random: np.random.Generator) -> Tensor:
    size = int(side)
    y, x = (int(random.integers(0, extent - size + 1)) for extent in picture.shape[1:])
    return _resized(picture[:, y : y + size, x : x + size])


def _resized(picture: Tensor) -> Tensor:
    """Return [3, SIDE, SIDE]."""
    return F.interpolate(picture[None], size=(SIDE, SIDE), mode="bilinear", antialias=True, align_corners=False)[0]


def train(
    network: Network, faces: NDArray[np.uint8], held_out: NDArray[np.uint8], updates: int, rate: float, wide: float
) -> Network:
    """Train; prints the median errors on the held-out faces now and then. Returns the average of the weights."""
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=1e-3)
    examples, checks = Examples(faces, 1 if network.training else 3, POOL), Examples(held_out, 2, POOL // 8)
    units = torch.tensor(UNITS)
    for update in range(1, updates + 1):
        falling = LAST_SHARE + (1 - LAST_SHARE) * (1 + math.cos(math.pi * update / updates)) / 2
        optimiser.param_groups[0]["lr"] = rate * min(1, update / WARM_UP) * falling
        seen, errors, face = examples.batch(BATCH, wide)
        answers = network(seen)
        loss = F.smooth_l1_loss(answers[face, :4], (errors / units)[face], beta=0.1)
        loss = loss + CERTAINTY_WEIGHT * F.binary_cross_entropy_with_logits(answers[:, 4], face.float())
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        with torch.no_grad():
            for mean, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
                mean.lerp_(new, max(AVERAGE, 1 / update)) if mean.is_floating_point() else mean.copy_(new)
        if update % 250 == 0 or update == updates:
            print(f"{update}: loss {loss.item():.3f}; {_checked(average, checks)}", flush=True)
    return average


@torch.no_grad()
def _checked(network: Network, examples: Examples) -> str:
    found = []
    for wide in (1.0, 0.0):
        seen, errors, face = examples.batch(512, wide)
        answers = network(seen)
        off = (answers[:, :4] * torch.tensor(UNITS) - errors)[face].abs().median(0).values
        right = ((answers[:, 4] > 0) == face).float().mean()
        found.append(" ".join(f"{one:.3f}" for one in off) + f", faces told {100 * float(right):.0f} %")
    return "median errors, wide: " + "; narrow: ".join(found)


def stored(network: Network) -> dict[str, NDArray[np.float16]]:
    """Return the weights as `core.photo.faces.aligner` reads them: batch norm folded in, inputs by outputs."""
    weights: dict[str, Tensor] = {}
    for number in range(1, len(KERNELS) + 1):
        norm, kernel = network.get_submodule(f"norm{number}"), network.get_parameter(f"conv{number}.weight")
        assert isinstance(norm, nn.BatchNorm2d)
        assert norm.running_mean is not None
        assert norm.running_var is not None
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        weights[f"conv{number}.weight"] = (kernel * scale[:, None, None, None]).flatten(1).T
        weights[f"conv{number}.bias"] = norm.bias - norm.running_mean * scale
    hidden = network.hidden.weight.view(HIDDEN, WIDTHS[-1], -1).transpose(1, 2).flatten(1)  # channels last
    weights |= {"hidden.weight": hidden.T, "hidden.bias": network.hidden.bias}
    weights |= {"answer.weight": network.answer.weight.T, "answer.bias": network.answer.bias}
    return {name: np.ascontiguousarray(value.detach().numpy(), np.float16) for name, value in weights.items()}


def restored(weights: dict[str, NDArray[np.float16]]) -> Network:
    """Return the network of stored weights; its batch norm is folded in, so that it must stay in eval mode."""
    network = Network().eval()
    with torch.no_grad():
        for number in range(1, len(KERNELS) + 1):
            kernel, bias = (torch.from_numpy(weights[f"conv{number}.{part}"]).float() for part in ("weight", "bias"))
            network.get_parameter(f"conv{number}.weight").copy_(
                kernel.T.view_as(network.get_parameter(f"conv{number}.weight"))
            )
            network.get_parameter(f"norm{number}.bias").copy_(bias)
        hidden = torch.from_numpy(weights["hidden.weight"]).float().T.view(HIDDEN, -1, WIDTHS[-1])
        network.hidden.weight.copy_(hidden.transpose(1, 2).flatten(1))
        network.hidden.bias.copy_(torch.from_numpy(weights["hidden.bias"]))
        network.answer.weight.copy_(torch.from_numpy(weights["answer.weight"]).T)
        network.answer.bias.copy_(torch.from_numpy(weights["answer.bias"]))
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path)
    parser.add_argument("--updates", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=2e-3, help="of Adam, at first")
    parser.add_argument("--wide", type=float, default=0.55, help="share of the large errors")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--held-out", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=resource("aligner.safetensors"))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    faces = read_held_out(arguments.zip, 10**9, 32, 0).pixels
    held_out = faces[-arguments.held_out :]
    torch.manual_seed(0)
    network = Network() if arguments.start is None else restored(load_file(arguments.start))
    faces = faces[: -arguments.held_out]
    network = train(network, faces, held_out, arguments.updates, arguments.rate, arguments.wide)
    save_file(stored(network), arguments.out)


if __name__ == "__main__":
    main()
