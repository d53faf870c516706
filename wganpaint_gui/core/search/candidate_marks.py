"""What the user has decided about single candidates: which are locked, discarded or promoted, and their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Candidate = tuple[int, int]  # index into the config's methods, and number, both 0-based
Mark = Literal["locked", "discarded", "promoted"]
LONGEST_NAME = 40  # characters


@dataclass(frozen=True)
class Mix:
    """Another candidate whose latent is mixed into that of the selected one."""

    other: Candidate
    share: float  # of the other in the latent, 0..1


@dataclass(frozen=True)
class CandidateMarks:
    """The marks of all candidates of a search; immutable, replaced as a whole.

    locked: a search that continues leaves them as they are. discarded: they are never suggested, and come last.
    promoted: of each method at most one, which comes first and is suggested whatever the measures say.
    """

    locked: frozenset[Candidate] = frozenset()
    discarded: frozenset[Candidate] = frozenset()
    promoted: frozenset[Candidate] = frozenset()
    names: Mapping[Candidate, str] = field(default_factory=lambda: MappingProxyType({}))  # given by the user

    def toggled(self, mark: Mark, candidate: Candidate) -> CandidateMarks:
        """Return the marks with one of a candidate set, or taken away where it was set.

        A candidate that is promoted is no longer discarded, and the other way round.
        """
        one = frozenset({candidate})
        match mark:
            case "locked":
                return replace(self, locked=self.locked ^ one)
            case "discarded":
                return replace(self, discarded=self.discarded ^ one, promoted=self.promoted - one)
            case "promoted":
                others = frozenset(other for other in self.promoted if other[0] != candidate[0])
                now = others if candidate in self.promoted else others | one
                return replace(self, promoted=now, discarded=self.discarded - one)

    def has(self, mark: Mark, candidate: Candidate) -> bool:
        return candidate in {"locked": self.locked, "discarded": self.discarded, "promoted": self.promoted}[mark]

    def named(self, candidate: Candidate, name: str) -> CandidateMarks:
        """Return the marks with a name for a candidate; an empty one restores the name it had at first."""
        names = {**self.names, candidate: " ".join(name.split())[:LONGEST_NAME]}
        return replace(self, names=MappingProxyType({place: name for place, name in names.items() if name}))

    def order(self, method: int, count: int) -> list[int]:
        """Return a method's candidates in the order in which they are shown."""

        def rank(number: int) -> int:
            place = method, number
            return 0 if place in self.promoted else 2 if place in self.discarded else 1

        return sorted(range(count), key=rank)

    def left(self, method: int, count: int) -> list[int]:
        """Return a method's candidates that are not discarded, in the order in which they are shown."""
        return [number for number in self.order(method, count) if (method, number) not in self.discarded]

    def without_discarded(self, losses: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return losses [M, K] with infinity for every candidate that was discarded."""
        result = losses.copy()
        for place in self.discarded:
            result[place] = np.inf
        return result

    def with_promoted(self, suggested: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return suggestions [M] with the promoted candidate in place of another."""
        result = suggested.copy()
        for method, number in self.promoted:
            result[method] = number
        return result

    def promoted_of(self, method: int) -> int | None:
        """Return the promoted candidate of a method."""
        return next((number for of, number in self.promoted if of == method), None)


UNMARKED = CandidateMarks()
