"""The texts of the training page fit into a small window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.gui.conftest import Editor
from tests.gui.training_helpers import Trainer, write_pictures
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.widgets import ElidedLabel, KeyButton, SegmentedControl

NOTICE = "The critic does not tell held-out images from generated ones: it cannot guide a search before it does."


def cut_texts(root: QWidget) -> list[str]:
    """Texts of visible labels and buttons that have too little room; elided labels show the rest in a tooltip."""
    QApplication.processEvents()  # lay everything out
    cut = []
    for label in root.findChildren(QLabel):
        if label.text() and not label.visibleRegion().isEmpty() and not isinstance(label, ElidedLabel):
            room = label.visibleRegion().boundingRect()
            if label.wordWrap():
                fits = label.heightForWidth(room.width()) <= label.height()
            else:
                fits = theme.text_width(label.font(), label.text()) - 2 <= room.width()
            cut += [] if fits else [label.text()]
    for button in root.findChildren(QPushButton):
        if button.isVisible() and not isinstance(button, KeyButton):
            segment = isinstance(button.parent(), SegmentedControl)
            font, edges = (theme.heading(button.font()), 8) if segment else (button.font(), 24)  # bold once chosen
            cut += [button.text()] if theme.text_width(font, button.text()) - 2 > button.width() - edges else []
    return cut


def test_no_text_of_the_training_page_is_cut_in_a_small_window(editor: Editor, tmp_path: Path):
    editor.window.resize(1024, 700)
    trainer = Trainer(editor)
    editor.act("train")
    assert not cut_texts(trainer.page)
    trainer.set_up(write_pictures(tmp_path / "colours"))
    assert not cut_texts(trainer.page)
    trainer.page.show_run()
    trainer.page.run.say(NOTICE)
    editor.wait(lambda: trainer.page.run.notice.isVisible())
    assert not cut_texts(trainer.page)
