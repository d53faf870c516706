"""What the user calls a candidate, in the language of the interface."""

from __future__ import annotations

from wganpaint_gui.core.search.candidate_marks import Candidate
from wganpaint_gui.core.search.composed_fill import ComposedFill
from wganpaint_gui.core.search.settings import SHORT_METHOD_NAMES
from wganpaint_gui.gui.look.translation import tr


def candidate_name(fill: ComposedFill, candidate: Candidate) -> str:
    """Return the user's own name of a candidate, or else its method and number: "Contextual 2"."""
    return fill.marks.names.get(candidate) or first_name(fill, candidate)


def first_name(fill: ComposedFill, candidate: Candidate) -> str:
    """Return the name that a candidate has until the user gives it another."""
    method, number = candidate
    return f"{tr(SHORT_METHOD_NAMES[fill.config.methods[method]])} {number + 1}"
