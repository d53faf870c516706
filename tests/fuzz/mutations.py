"""Damage to files as disks, networks and other programs cause it, and a little malice; the same for the same number."""

from __future__ import annotations

import re

import numpy as np

_EDGES = (0, 1, 0x7F, 0x80, 0xFF)


def mutated(data: bytes, number: int) -> bytes:
    """Damage a file in one to four places."""
    source = np.random.default_rng(number)
    for _ in range(int(source.integers(1, 5))):
        if not data:
            return data
        data = _WAYS[int(source.integers(len(_WAYS)))](data, source)
    return data


def _place(data: bytes, source: np.random.Generator) -> int:
    """Choose a place; half the time near the start, where headers are."""
    return int(source.integers(min(len(data), 400) if source.random() < 0.5 else len(data)))


def _flip(data: bytes, source: np.random.Generator) -> bytes:
    at = _place(data, source)
    return data[:at] + bytes([data[at] ^ 1 << int(source.integers(8))]) + data[at + 1 :]


def _edge(data: bytes, source: np.random.Generator) -> bytes:
    at, count = _place(data, source), int(source.choice([1, 2, 4, 8]))
    return data[:at] + bytes([_EDGES[int(source.integers(len(_EDGES)))]]) * count + data[at + count :]


def _cut(data: bytes, source: np.random.Generator) -> bytes:
    return data[: _place(data, source)]


def _drop(data: bytes, source: np.random.Generator) -> bytes:
    at, count = _place(data, source), int(source.integers(1, 200))
    return data[:at] + data[at + count :]


def _repeat(data: bytes, source: np.random.Generator) -> bytes:
    at, count = _place(data, source), int(source.integers(1, 200))
    return data[: at + count] + data[at:]


def _swap(data: bytes, source: np.random.Generator) -> bytes:
    one, other, count = _place(data, source), _place(data, source), int(source.integers(1, 64))
    copied = data[one : one + count]
    return data[:other] + copied + data[other + len(copied) :]


def _number(data: bytes, source: np.random.Generator) -> bytes:
    """Replace a number that is written in digits, as in JSON."""
    found = list(re.finditer(rb"-?\d+(\.\d+)?", data[:20_000]))
    if not found:
        return _flip(data, source)
    one = found[int(source.integers(len(found)))]
    value = (b"-1", b"0", b"1e999", b"NaN", b"9" * 40, b"null", b'"x"', b"[[[[]]]]", b"0.5")[int(source.integers(9))]
    return data[: one.start()] + value + data[one.end() :]


_WAYS = (_flip, _edge, _cut, _drop, _repeat, _swap, _number)
