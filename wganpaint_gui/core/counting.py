"""Numbers of things in sentences."""


def counted(number: int, thing: str) -> str:
    """Return a number with its noun, in the singular or plural: "1 pixel", "0 pixels", "1,204 pixels"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
