"""Which decoded pictures become images: each image once."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from .data_report import Fault, Verdicts


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Sieve:
    """Takes decoded pictures in the order of their digests, and remembers why some give no image."""

    def __init__(self) -> None:
        self._views: dict[bytes, str] = {}  # digest of an image: digest of the picture it first came from
        self.faults: dict[str, Fault] = {}
        self.copies: dict[str, str] = {}

    def take(self, digest: str, decoded: NDArray[np.uint8] | Fault) -> NDArray[np.uint8] | None:
        """Return the image [R, R, 3] where there is one and it is new, else None."""
        if isinstance(decoded, Fault):
            self.faults[digest] = decoded
            return None
        first = self._views.setdefault(bytes.fromhex(digest_of(decoded.tobytes())), digest)
        if first != digest:
            self.copies[digest] = first
            return None
        return decoded

    @property
    def images(self) -> int:
        return len(self._views)

    @property
    def verdicts(self) -> Verdicts:
        return Verdicts(self.faults, self.copies)
