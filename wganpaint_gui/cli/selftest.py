"""`wganpaint selftest`: prove that an installation can do the program's job."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.config import METHODS, InpaintConfig
from ..core.errors import WganPaintError
from ..core.models import find_model
from ..core.paths import resource
from .report import DONE, FAILED, complain, say

if TYPE_CHECKING:
    from .loading import LoadedModel
    from .results import Finished

STEPS = 10


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "selftest",
        help="prove that this installation works",
        description="Open the window off screen, load the default model, fill the sample photo with both methods, save "
        "and read it again. Prints each step and OK; exit code 1 and the step's name where one fails.",
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="wganpaint-") as folder:
        test = _SelfTest(Path(folder))
        for name, step in (
            ("open the window off screen", test.open_window),
            ("load the default model", test.load_model),
            (f"fill the sample photo with both methods, {STEPS} steps, and save it", test.fill),
            ("read the saved photos again", test.read_again),
            ("nothing changed outside the mask", test.compare),
        ):
            started = time.monotonic()
            try:
                step()
            except Exception as error:
                complain(error)
                say(f"wganpaint: the self test failed at this step: {name}")
                return FAILED
            print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)
    print("OK")
    return DONE


class _SelfTest:
    """The steps in their order; each needs what the ones before it left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._photo = resource("sample-portrait.png")
        self._loaded: LoadedModel
        self._finished: Finished

    def open_window(self) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt reads it when it is imported
        from ..gui.app import open_for_selftest

        if not open_for_selftest(self._photo):
            raise WganPaintError("The window did not show the sample photo.")

    def load_model(self) -> None:
        from .loading import LoadedModel

        self._loaded = LoadedModel.load(find_model(), "auto")

    def fill(self) -> None:
        from .filling import fill_item, prepare_item
        from .work import plan_work

        config = InpaintConfig(steps=STEPS, candidates=1)
        (item,) = plan_work([self._photo], str(resource("sample-mask.png")), str(self._folder / "filled.png"), METHODS)
        ready = prepare_item(item, "auto", self._loaded.model.resolution, config.seed, force=False)
        self._finished = fill_item(ready, self._loaded, config, label="self test")
        for error in self._finished.errors:
            raise error

    def read_again(self) -> None:
        from ..core.photo import load_photo

        original = load_photo(self._photo)
        for result in self._finished.results:
            if (load_photo(result.output).pixels == original.pixels).all():
                raise WganPaintError(f"The fill of {result.method} did not reach the saved photo.")

    def compare(self) -> None:
        for result in self._finished.results:
            if result.changed_outside_mask:
                raise WganPaintError(f"{result.method} changed {result.changed_outside_mask} pixels outside the mask.")
