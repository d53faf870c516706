"""What an autosave says about its document beside the project; imported at every start, so it imports nothing large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class WorkNote:
    """Where a document belongs, and what of it is in no file."""

    photo: str = ""  # path of the photo; "": from the clipboard
    project: str = ""  # path of the project it is saved in; "": none
    digest: str = ""  # hexadecimal, of that file as this program read or wrote it last
    kept: bool = False  # fills in the photo that are in no photo file
    found: int = 0  # fills that are neither kept nor discarded
    masked: bool = False  # a mask that is in no file

    @property
    def name(self) -> str:
        """The name a person knows the document by."""
        return self.file.name if self.file is not None else "Pasted photo"

    @property
    def file(self) -> Path | None:
        """What a person opens to see this document; None for a pasted photo."""
        path = self.project or self.photo
        return Path(path) if path else None
