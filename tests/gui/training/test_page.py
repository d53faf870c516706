"""The training page takes the place of the photo and gives it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer

without_engine = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def trainer(editor: Editor) -> Trainer:
    return Trainer(editor)


@without_engine
def test_the_page_takes_the_photos_place_and_gives_it_back(trainer: Trainer):
    trainer.window.open_sample()
    trainer.editor.wait(lambda: trainer.window.document is not None)
    trainer.editor.act("train")
    assert trainer.page.isVisible()
    assert not trainer.window.canvas.isVisible()
    trainer.click(trainer.page.back)
    assert trainer.window.canvas.isVisible()
    assert trainer.window.canvas.hasFocus() or not trainer.window.isActiveWindow()


def test_a_fill_that_is_not_seen_is_not_decided(trainer: Trainer):
    editor = trainer.editor
    editor.ready_to_fill(steps=3)
    editor.act("run")
    editor.wait_for_state(editor.controller.state.FINISHED)
    editor.act("train")
    assert not trainer.window.actions_by_id["keep"].isEnabled()
    assert not trainer.window.actions_by_id["discard"].isEnabled()
    trainer.click(trainer.page.back)
    assert trainer.window.actions_by_id["keep"].isEnabled()


@without_engine
def test_opening_a_photo_shows_it(trainer: Trainer, sample_photo_path: Path):
    trainer.editor.act("train")
    trainer.editor.open(sample_photo_path)
    assert trainer.window.canvas.isVisible()


@without_engine
def test_messages_are_seen_over_the_page(trainer: Trainer):
    trainer.editor.act("train")
    trainer.window.messages.show_message("Something is said.")
    assert trainer.window.messages.isVisible()
