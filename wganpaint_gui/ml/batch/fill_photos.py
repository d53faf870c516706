"""Fill many photos one after another; one that fails never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.search.settings import InpaintConfig

from .fill_photo import Warn, fill_photo, prepare_photo
from .fill_request import FillRequest
from .filled_photo import FilledPhoto
from .frame_filler import FillStep
from .loaded_model import LoadedModel


@dataclass(frozen=True)
class Searching:
    """What photos are searched with."""

    card: ModelCard
    config: InpaintConfig
    load: Callable[[], LoadedModel]  # called once, when the first photo is about to be searched


@dataclass(frozen=True)
class PhotoOutcome:
    """What became of one photo: `filled`, which may hold errors of single files, or else `error`."""

    request: FillRequest
    filled: FilledPhoto | None = None
    error: Exception | None = None
    usable: bool = True  # False: the error is in what was given, and the fill was not begun

    @property
    def errors(self) -> tuple[Exception, ...]:
        """Return all that went wrong."""
        if self.filled is not None:
            return self.filled.errors
        return () if self.error is None else (self.error,)


@dataclass(frozen=True)
class BatchStep:
    """Reports where the work is."""

    index: int  # of the photo, 0-based
    request: FillRequest
    step: FillStep | None = None  # None while it is read and its frames are found
    outcome: PhotoOutcome | None = None  # once the photo is done


def fill_photos(
    requests: Sequence[FillRequest],
    searching: Searching | None,
    *,
    frame: str | Frame = "auto",
    seed: int = 0,
    force: bool = False,
    warn: Warn,
    replace_hint: str = "",
    read: Callable[[Path], Photo] = load_photo,
) -> Iterator[BatchStep]:
    """Fill photos in turn, see `prepare_photo` and `fill_photo`; yields at least two steps per photo.

    searching: None where only the surroundings fill. seed: of the corruptions of the paper. Closing the generator stops
    it: finished photos are kept, and of the one in work nothing is written.
    """
    card, config = (None, None) if searching is None else (searching.card, searching.config)
    loaded: LoadedModel | None = None
    for index, request in enumerate(requests):
        yield BatchStep(index, request)
        try:
            prepared = prepare_photo(
                request, frame, card, seed, force=force, warn=warn, replace_hint=replace_hint, read=read
            )
        except Exception as error:
            yield BatchStep(index, request, outcome=_failed(request, error, usable=False))
            continue
        if searching is not None:
            loaded = loaded or searching.load()
        steps = fill_photo(prepared, loaded, config, warn)
        filled: FilledPhoto | None = None
        while filled is None:
            try:
                step = next(steps)
            except StopIteration as ended:
                filled = ended.value
            except Exception as error:
                yield BatchStep(index, request, outcome=_failed(request, error))
                break
            else:
                yield BatchStep(index, request, step)
        else:
            yield BatchStep(index, request, outcome=PhotoOutcome(request, filled))


def _failed(request: FillRequest, error: Exception, *, usable: bool = True) -> PhotoOutcome:
    """Describe a failure; an unexpected one says nothing about what was given."""
    return PhotoOutcome(request, error=error, usable=usable or not isinstance(error, WganPaintError))
