"""The mixture of holes that the later stages of training draw from."""

from __future__ import annotations

from dataclasses import dataclass

from wganpaint_gui.core.checks import number, require


@dataclass(frozen=True, kw_only=True)
class HoleMixture:
    """Shares and sizes of the kinds of holes; what the shares leave are one or two rectangles inside the image.

    Sides and distances are shares of the resolution. The defaults are those of the search-aware stage: squares of 12 to
    36 pixels of 64, rectangles of 10 to 40.
    """

    random_holes: float = 0.25  # share of the masks: random pixels
    centre_holes: float = 0.2  # share of the masks: a square near the centre
    border_holes: float = 0.0  # share of the masks: a rectangle around any point, cut off at the border
    least_missing: float = 0.3  # share of the pixels, where they are random
    most_missing: float = 0.9
    least_square: float = 12 / 64
    most_square: float = 36 / 64
    off_centre: float = 4 / 64  # up to so far up or down, and left or right
    least_side: float = 10 / 64
    most_side: float = 40 / 64
    second_rectangle: float = 0.5  # share of the masks with rectangles that have two
    least_border: float = 20 / 64  # sides of the rectangles that the border cuts off, as they are before that
    most_border: float = 56 / 64

    def check_holes(self) -> None:
        """Check that no hole covers nothing or everything, even at the lowest resolution. Raises SettingsError."""
        for name in ("random_holes", "centre_holes", "border_holes", "second_rectangle"):
            number(name, getattr(self, name), low=0.0, high=1.0)
        shares = self.random_holes + self.centre_holes + self.border_holes
        require(shares <= 1, "The shares of the masks add up to more than 1.")
        number("off_centre", self.off_centre, low=0.0, high=0.5)
        for low, high, least, most in (
            ("least_missing", "most_missing", 0.01, 0.99),
            ("least_square", "most_square", 1 / 32, 0.95),
            ("least_side", "most_side", 1 / 32, 0.95),
            ("least_border", "most_border", 1 / 32, 0.95),
        ):
            number(high, getattr(self, high), low=least, high=most)
            number(low, getattr(self, low), low=least, high=getattr(self, high))
