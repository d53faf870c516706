"""The aligner: a small network that moves, sizes and turns a square until it frames the face in it.

A cascade of corrections, each from what the square shows: Dollár et al. 2010, cascaded pose regression, with one
convolutional network in place of ferns. It sees known pixels only. `benchmarks/train_aligner.py` trains it; its weights
and what is known of them: resources/aligner.md.
"""

from __future__ import annotations

import math
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.system.paths import resource

Squares = NDArray[np.float64]  # [n, 4]: the middle x and y in pixels, logarithm of the side in pixels, angle in degrees
Values = NDArray[np.float32]

SIDE = 32  # pixels of what the network sees
CONTEXT = 1.25  # sides of the square that it sees
UNITS = (0.15, 0.15, 0.25, 20.0)  # of what it answers: right and down in sides, logarithm of the side, degrees
KERNELS = (5, 3, 3)  # pixels a side, of its convolutions; each halves the size
_STEPS = 4  # corrections, after which squares hardly move
_AROUND, _STEPS_AROUND = 16, 2  # squares that start around a face, see `settle`, and their corrections
_SPREAD = np.array([0.06, 0.06, 0.1, 7.0])  # how far around it
_APART = np.array([0.03, 0.03, 0.05, 3.0])  # how far they usually end from each other
_MOST_STEP = np.array([0.4, 0.4, 0.5, 40.0])  # in the same units as an answer; it was trained with errors up to these
_LEAST_KNOWN = 0.25  # of what lies under a pixel; below, it is unknown
_SMALLEST_COPY = 2 * SIDE


class Aligner:
    """Aligns squares with the faces of one image."""

    def __init__(self, image: NDArray[np.uint8], known: NDArray[np.bool_]) -> None:
        """image: [h, w, 3] sRGB. known: [h, w]; what is not known has no effect."""
        import cv2

        colours = np.where(known[..., None], image / np.float32(127.5) - 1, np.float32(0))
        self._copies = [np.dstack([colours, known.astype(np.float32)])]  # each half as large as the one before
        while min(self._copies[-1].shape[:2]) >= 2 * _SMALLEST_COPY:
            height, width = (side // 2 for side in self._copies[-1].shape[:2])
            whole = self._copies[-1][: 2 * height, : 2 * width]
            self._copies.append(np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)))

    def align(self, squares: Squares) -> tuple[Squares, NDArray[np.float64]]:
        """Return the squares as they frame the faces near them, and how certain it is that each holds one.

        Certainty is the logarithm of the odds, by the training's share of faces; 0 is as likely as not.
        """
        certain = np.zeros(len(squares))
        for _ in range(_STEPS if len(squares) else 0):
            squares, certain = self._corrected(squares, _answers(self._seen(squares)))
        return squares, certain

    def settle(self, square: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
        """Return where squares that start around an aligned one end, [4], and how certain it is that it holds a face.

        Each is seen mirrored, too. Their mean is nearer the face than one of them, and that they end together tells a
        face from a pattern: twice their spread counts against certainty.
        """
        starts = np.random.default_rng(0).normal(size=(_AROUND, 4)) * _SPREAD  # the same for every face
        squares = moved(np.repeat(square[None], _AROUND, axis=0), starts)
        for _ in range(_STEPS_AROUND):
            seen = self._seen(squares)
            mirrored = _answers(np.ascontiguousarray(seen[:, :, ::-1])) * (-1, 1, 1, -1, 1)
            squares, certain = self._corrected(squares, (_answers(seen) + mirrored) / 2)
        side = math.exp(squares[:, 2].mean())
        apart = squares.std(axis=0) / (_APART * (side, side, 1, 1))
        return squares.mean(axis=0), float(certain.mean() - 2 * np.linalg.norm(apart))

    def _corrected(self, squares: Squares, answers: NDArray[np.float64]) -> tuple[Squares, NDArray[np.float64]]:
        return moved(squares, np.clip(answers[:, :4] * UNITS, -_MOST_STEP, _MOST_STEP)), answers[:, 4]

    def _seen(self, squares: Squares) -> Values:
        """Return what the network sees of squares, [n, SIDE, SIDE, 4]: colours, 0 where unknown; 1 = known, else -1."""
        seen = np.stack([self._sampled(square) for square in squares])
        share = seen[..., 3:]
        known = share >= _LEAST_KNOWN
        colours = np.where(known, seen[..., :3] / np.maximum(share, _LEAST_KNOWN), 0)
        return np.concatenate([colours, known * 2.0 - 1], axis=3, dtype=np.float32)

    def _sampled(self, square: NDArray[np.float64]) -> Values:
        """Return the known colours under a square times how much of each is known, and that share: [SIDE, SIDE, 4]."""
        import cv2

        x, y, log_side, angle = square
        scale = math.exp(log_side) * CONTEXT / SIDE  # pixels of the image that one of these is wide
        halvings = min(max(0, round(math.log2(scale))), len(self._copies) - 1)
        size = 2.0**halvings
        turn = math.radians(angle)
        back = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]) * (scale / size)
        corner = np.array([x, y]) / size - 0.5 - back @ ((SIDE - 1) / 2, (SIDE - 1) / 2)
        sampled = cv2.warpAffine(
            self._copies[halvings],
            np.column_stack([back, corner]),
            (SIDE, SIDE),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,  # beyond the image nothing is known
        )
        return np.asarray(sampled, np.float32)


def moved(squares: Squares, by: Squares) -> Squares:
    """Return squares moved right and down in their own directions and sides, grown by a logarithm, and turned."""
    turn, side = np.radians(squares[:, 3]), np.exp(squares[:, 2])
    cos, sin = np.cos(turn) * side, np.sin(turn) * side
    right, down = by[:, 0], by[:, 1]
    x, y = squares[:, 0] + right * cos - down * sin, squares[:, 1] + right * sin + down * cos
    return np.column_stack([x, y, squares[:, 2] + by[:, 2], squares[:, 3] + by[:, 3]])


def _answers(x: Values) -> NDArray[np.float64]:
    """Return the network's answers, [n, 5]: the correction in UNITS, and the certainty. x: [n, SIDE, SIDE, 4]."""
    weights = _weights()
    for number, kernel in enumerate(KERNELS, 1):
        margin = kernel // 2
        x = np.pad(x, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
        parts = np.lib.stride_tricks.sliding_window_view(x, (kernel, kernel), (1, 2))[:, ::2, ::2]  # [n, h, w, C, k, k]
        x = _layer(parts.reshape(*parts.shape[:3], -1), weights, f"conv{number}")
    x = _layer(x.reshape(len(x), -1), weights, "hidden")
    return (x @ weights["answer.weight"] + weights["answer.bias"]).astype(np.float64)


def _layer(x: Values, weights: dict[str, Values], name: str) -> Values:
    return cast(Values, np.maximum(x @ weights[f"{name}.weight"] + weights[f"{name}.bias"], 0))


@cache
def _weights() -> dict[str, Values]:
    """Read the weights, inputs by outputs; of a convolution the inputs are channel, row, column."""
    from safetensors.numpy import load_file

    stored = load_file(resource("aligner.safetensors"))
    return {name: values.astype(np.float32) for name, values in stored.items()}
