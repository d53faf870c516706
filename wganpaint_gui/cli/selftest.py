"""`wganpaint selftest`: check that an installation works."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.models.installed import find_model
from wganpaint_gui.core.search.settings import FILL_METHODS, REFINED_METHOD, SURROUNDINGS, InpaintConfig, Start
from wganpaint_gui.core.system.paths import resource

from .console import DONE, FAILED, print_error, print_warning

if TYPE_CHECKING:
    from wganpaint_gui.ml.batch.filled_photo import FilledPhoto
    from wganpaint_gui.ml.batch.loaded_model import LoadedModel

STEPS, REFINE = 10, 5


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "selftest",
        help="check that this installation works",
        description="Open the window off screen, load the default model, fill the sample photo by all methods, "
        "refine the fill, save it and read it again; train a tiny network and resume it from its checkpoint. Prints "
        "each step and OK. If a step fails, prints its name and exits with code 1. Your settings, models and caches "
        "are not changed.",
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    from .selftest_training import MORE, UPDATES, TrainingTest

    # Windows deletes no file that is open, and images that were trained on stay mapped for a while.
    with tempfile.TemporaryDirectory(prefix="wganpaint-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        test, training = _SelfTest(folder), TrainingTest(folder / "training")
        for name, step in (
            ("open the window off screen", test.open_window),
            ("load the default model", test.load_model),
            (f"fill the sample photo by all methods, {STEPS} steps, {REFINE} of refinement, and save it", test.fill),
            ("read the saved photos again", test.read_again),
            ("nothing changed outside the mask", test.compare),
            (f"train a tiny network for {UPDATES} updates and save it", training.train),
            (f"resume it from its checkpoint to update {MORE}, and train an encoder", training.resume),
        ):
            started = time.monotonic()
            try:
                with _separate_settings(folder / "home"):
                    step()
            except Exception as error:
                print_error(error)
                print_warning(f"Self-test failed: {name}")
                return FAILED
            print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)
    print("OK")
    return DONE


@contextmanager
def _separate_settings(folder: Path) -> Iterator[None]:
    """Keep settings, models and caches in a folder of their own, so that the user's are neither read nor changed."""
    before = os.environ.get("WGANPAINT_HOME")
    os.environ["WGANPAINT_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["WGANPAINT_HOME"]
        else:
            os.environ["WGANPAINT_HOME"] = before


class _SelfTest:
    """Runs the steps; each needs the results of those before it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._photo = resource("sample-portrait.png")
        self._loaded: LoadedModel
        self._filled: FilledPhoto

    def open_window(self) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt reads it when it is imported
        from wganpaint_gui.gui.app import open_for_selftest

        if not open_for_selftest(self._photo):
            raise WganPaintError("The window did not show the sample photo.")

    def load_model(self) -> None:
        from .loading import load

        self._loaded = load(find_model(), "auto")

    def fill(self) -> None:
        from wganpaint_gui.ml.batch.fill_photos import Searching, fill_photos
        from wganpaint_gui.ml.batch.fill_request import plan_requests

        card = self._loaded.model.card
        start: Start = "guess" if card.has_encoder else "random"
        config = InpaintConfig(start=start, steps=STEPS, refine=REFINE, candidates=1)
        mask, output = resource("sample-mask.png"), self._folder / "filled.png"
        requests = plan_requests([self._photo], str(mask), str(output), FILL_METHODS)
        *_, last = fill_photos(requests, Searching(card, config, lambda: self._loaded), warn=print_warning)
        assert last.outcome is not None
        if last.outcome.error is not None:
            raise last.outcome.error
        assert last.outcome.filled is not None
        self._filled = last.outcome.filled
        for error in self._filled.errors:
            raise error
        taken = {result.method: result.refined_steps for result in self._filled.results}
        if taken[REFINED_METHOD] != (REFINE,):
            raise WganPaintError(f"The refinement ended after {taken[REFINED_METHOD][0]} of {REFINE} steps.")
        ways = {result.method: result.ways for result in self._filled.results}[SURROUNDINGS]
        if "patches" not in ways:  # OpenCV's module is missing, or its process did not start
            raise WganPaintError(f"The surroundings were filled by {' and '.join(ways)}, not with patches.")

    def read_again(self) -> None:
        from wganpaint_gui.core.photo.photo import load_photo

        original = load_photo(self._photo)
        for result in self._filled.results:
            if (load_photo(result.output).pixels == original.pixels).all():
                raise WganPaintError(f"The saved photo does not contain the fill of {result.method}.")

    def compare(self) -> None:
        for result in self._filled.results:
            if result.changed_outside_mask:
                changed = counted(result.changed_outside_mask, "pixel")
                raise WganPaintError(f"{result.method} changed {changed} outside the mask.")
