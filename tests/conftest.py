"""Shared fixtures: no screen, no settings of the developer's own, no threads left behind."""

from __future__ import annotations

import gc
import itertools
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Property tests measure truth, not time: a busy machine must not fail them.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # tests quote the interface, in English whatever the system's language
# As wganpaint_gui.__main__ sets them, with its reasons.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if "PYTEST_XDIST_WORKER" in os.environ:  # one process a core: with more threads they would wait for each other
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# A shell starts what runs in its background with Ctrl-C ignored, and so would every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_finish() -> None:
    """Spare the garbage collector the libraries and the tests: they stay to the end."""
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run named files in this process, where the start of others would take longer than the tests."""
    return 0 if any(".py" in argument for argument in config.args) else None


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name folders that are not there yet; `mktemp` would look through all that are."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs and added models of a test go to a folder of its own."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("WGANPAINT_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """A test that leaves a thread running fails: the next test would meet it."""
    before = set(threading.enumerate())
    yield
    assert not [thread.name for thread in ended_threads(before) if thread.is_alive()]


def ended_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """The threads that a test has started, once each has ended or five seconds have passed."""
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    return left


@pytest.fixture
def quick_framing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fit frames to the model in a few steps, where it does not matter how well: each frame takes seconds."""
    monkeypatch.setattr("wganpaint_gui.ml.search.frame_refinement.TRIAL_STEPS", 2)


@pytest.fixture
def quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run take little time for its samples and its model, where it does not matter how good they are."""
    monkeypatch.setattr("wganpaint_gui.ml.training.examiner.FILL_STEPS", 3)
    monkeypatch.setattr("wganpaint_gui.ml.training.gan.ESTIMATES", 2)


@pytest.fixture
def quick_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the narrower of the shipped models as the default one, where it does not matter which: it takes a third."""
    monkeypatch.setattr("wganpaint_gui.core.models.installed.DEFAULT_MODEL", "faces-64-paper")


@pytest.fixture
def batches_tried_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find the batch that fits in this process, where a test has replaced what needs the memory."""
    from wganpaint_gui.ml.training import training_memory

    monkeypatch.setattr(training_memory, "fits_apart", training_memory.fits_here)


@pytest.fixture
def sample_photo_path() -> Path:
    """The astronaut portrait, 512x512, public domain."""
    return ROOT / "resources" / "sample-portrait.png"
