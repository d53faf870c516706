"""Foreign text in our own sentences: short, on one line, and harmless to a terminal."""

from __future__ import annotations

import unicodedata

LONGEST_QUOTE = 80  # characters
# Control characters, invisible ones that turn the direction of text, and breaks of lines and paragraphs.
_RAW = {"Cc", "Cf", "Zl", "Zp"}


def quoted(value: object) -> str:
    """Quote a refused value in a message, as Python writes it, in at most LONGEST_QUOTE characters."""
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 2]} …"


def printable(text: str) -> str:
    """Replace every character that a terminal could obey by its escape, such as \\x1b; line breaks and tabs too.

    Lone halves of characters, which stand for undecodable bytes of a file name, are left to the stream.
    """
    if text.isprintable():
        return text
    return "".join(_escape(char) if unicodedata.category(char) in _RAW else char for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
