"""The underlined letters of menu entries, by which keys choose in an open menu."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QMenuBar


def keep_mnemonics(menu: QMenu) -> None:
    """Give the entries of a menu their letters whenever it opens, as entries and their words change."""
    menu.aboutToShow.connect(lambda: give_mnemonics(menu))


def give_mnemonics(menu: QMenu | QMenuBar) -> None:
    """Underline one letter in each entry, no letter twice; an entry without a free letter gets none."""
    actions = [action for action in menu.actions() if not action.isSeparator()]
    words = [plain(action.text()) for action in actions]
    for action, text, at in zip(actions, words, _places(words), strict=True):
        first, rest = (text, "") if at is None else (text[:at], text[at:])
        shown = first.replace("&", "&&") + ("" if at is None else "&") + rest.replace("&", "&&")
        if shown != action.text():
            action.setText(shown)


def plain(text: str) -> str:
    """Return the text of an action as it is read: without the mark of its mnemonic."""
    return re.sub("&(.)", r"\1", text)


def _places(words: Sequence[str]) -> list[int | None]:
    """Return where each entry's letter is: the first of its first word, else of another word, else any.

    As many entries as possible get one: where no letter is free, others give theirs up for another (Kuhn's matching).
    """
    choices = [_in_order(text) for text in words]
    owners: dict[str, int] = {}  # entry by letter
    for number, letters in enumerate(choices):
        if letters:
            owners.setdefault(next(iter(letters)), number)

    def place(number: int, tried: set[str]) -> bool:
        free = next((letter for letter in choices[number] if letter not in owners), None)
        if free is not None:
            owners[free] = number
            return True
        for letter in choices[number]:
            if letter not in tried:
                tried.add(letter)
                if place(owners[letter], tried):
                    owners[letter] = number
                    return True
        return False

    first = set(owners.values())
    for number in range(len(words)):
        if number not in first:
            place(number, set())
    letter_of = {number: letter for letter, number in owners.items()}
    return [choices[number][letter_of[number]] if number in letter_of else None for number in range(len(words))]


def _in_order(text: str) -> dict[str, int]:
    """Return the letters of an entry, the best first, and where each stands."""
    found: dict[str, int] = {}
    for pattern in (r"^\W*(\w)", r"\b(\w)", r"([^\W_])"):
        for match in re.finditer(pattern, text):
            found.setdefault(match[1].casefold(), match.start(1))
    return found
