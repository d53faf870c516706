"""What the editor's log tells of a session: enough for a crash report, and nothing of the photos but their names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.gui.conftest import FACE, MOUTH, Editor
from tests.gui.file_helpers import settle
from tests.gui.training_helpers import Trainer, write_pictures
from wganpaint_gui.core.system.program_log import EDITOR_LOG, session_log
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.ml.device import describe, pick_device


@pytest.fixture
def logged(editor: Editor) -> Iterator[Editor]:
    """An editor whose log is written, as it is for a person."""
    with session_log(EDITOR_LOG):
        yield editor


def said(home: Path) -> list[str]:
    """The records of this process, without time, level and module; the line that says what runs comes first.

    Autosaves come when they come.
    """
    lines = (home / "log" / EDITOR_LOG).read_text("utf-8").splitlines()
    assert all(f"[{os.getpid()}] " in line for line in lines)
    records = [re.sub(r"^.*? (INFO|WARNING) [\w.]+: ", "", line) for line in lines][1:]
    return [record for record in records if " is autosaved, " not in record]


def test_the_log_tells_of_a_fill_from_the_model_to_the_file(
    logged: Editor, own_home: Path, tmp_path: Path, sample_photo_path: Path
):
    photo = tmp_path / "portrait.png"
    photo.write_bytes(sample_photo_path.read_bytes())
    logged.ready_to_fill(steps=3)
    logged.open(photo)
    logged.paint(*MOUTH)
    logged.document.set_frames([FACE])
    logged.wait_for_state(FillState.READY)
    logged.act("run")
    logged.wait_for_state(FillState.FINISHED)
    logged.act("more_steps")
    logged.wait_for_state(FillState.RUNNING)
    logged.act("stop")
    logged.wait_for_state(FillState.FINISHED)
    logged.act("keep")
    logged.wait_for_state(FillState.NO_MASK)
    logged.act("save")
    settle(logged)
    methods = "methods yeh, critic, candidates 2"
    wanted = [
        rf"The model faces-64-paper is loaded on .+, torch {re.escape(torch.__version__)}",
        rf"A search starts: {methods}, steps 3 after 0, refine 0, frame 92 px, photo 512 × 512 px",
        r"A search ends: done after 3 steps",
        rf"A search starts: {methods}, steps \d+ after 3, refine 0, frame 92 px, photo 512 × 512 px",
        r"A search ends: stopped after \d+ steps",
        r"A fill is kept: \d+ × \d+ px",
        r"portrait-filled\.png is saved: PNG, \d+\.\d s",
    ]
    records = said(own_home)
    assert len(records) == len(wanted), records
    assert all(re.fullmatch(pattern, record) for pattern, record in zip(wanted, records, strict=True)), records
    assert str(tmp_path) not in (own_home / "log" / EDITOR_LOG).read_text("utf-8")


def test_the_log_tells_how_training_went(logged: Editor, own_home: Path, tmp_path: Path):
    trainer = Trainer(logged)
    trainer.start(write_pictures(tmp_path / "colours"))
    trainer.controller.pause()
    trainer.wait_for_state(TrainingState.PAUSED)
    trainer.controller.resume()
    trainer.wait_for_state(TrainingState.RUNNING)
    trainer.controller.stop()
    trainer.wait_for_state(TrainingState.ENDED)
    records = [record for record in said(own_home) if record.startswith("Training")]
    # Not by how many threads: each thread of the program has a number of its own for that.
    computes = rf"Training computes on {re.escape(describe(pick_device()).split(',')[0])}.*"
    wanted = [
        r"Training starts: preset gp, 32 px, width 16",
        computes,
        r"Training ends to pause: done after \d+ updates",
        r"Training resumes: preset gp, 32 px, width 16",
        computes,
        r"Training ends for good: done after \d+ updates",
    ]
    assert len(records) == len(wanted), records
    assert all(re.fullmatch(pattern, record) for pattern, record in zip(wanted, records, strict=True)), records
