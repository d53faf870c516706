"""The engine: a model loaded after the window has opened, exchanged, and kept when another cannot be read."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PATIENCE, Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.settings.preferences import Preferences, save_preferences
from wganpaint_gui.gui.window.main_window import MainWindow
from wganpaint_gui.gui.work.background import NICENESS
from wganpaint_gui.gui.work.engine import Engine
from wganpaint_gui.ml.model_file import new_model, save_model


def test_the_window_and_its_photo_are_there_before_torch():
    program = """
import sys
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.window.main_window import MainWindow
app = make_application()
window = MainWindow(load_engine=False)
window.show()
window.photo_shown.connect(app.quit)
window.open_sample()
app.exec()
late = {"torch", "pyqtgraph", "scipy", "skimage", "cv2", "email"} & set(sys.modules)
window.close()
sys.exit(f"imported on the way: {late}" if late else 0)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_the_engine_stands_back_only_once_torch_is_imported(qtbot: QtBot, quick_model: None) -> None:
    """Its import holds the GIL: at low priority on a busy machine it made the window wait for seconds."""

    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    engine, found = Engine(), list[int]()
    engine.background.submit(priority, found.append, lambda _: None)
    engine.load(None, "cpu")
    engine.background.submit(priority, found.append, lambda _: None)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=PATIENCE)
    assert found == [priority(), max(NICENESS, priority())]
    engine.background.close()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("text.safetensors", b"I am no model", "text.safetensors"),
        ("pickle.pt", pickle.dumps({"generator": 1}), "pickle"),
        ("gone.safetensors", None, "gone.safetensors"),
    ],
)
def test_a_file_that_is_no_model_is_refused_and_the_one_in_use_stays(
    editor: Editor, tmp_path: Path, name: str, content: bytes | None, said: str
):
    editor.ready_to_fill()
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    in_use = editor.window.engine.model
    editor.window.models.use(path)
    editor.wait(lambda: said in shown_message(editor.window.messages))
    assert editor.window.engine.model is in_use
    assert editor.window.engine.card is not None
    assert editor.controller.state is FillState.READY
    assert editor.window.models.remembered == (None, "auto"), "what cannot be loaded is not remembered"


def test_another_model_is_used_by_the_next_fill(editor: Editor, tmp_path: Path):
    editor.ready_to_fill(steps=2)
    before = editor.window.engine.model
    other = tmp_path / "other.safetensors"
    network = NetworkConfig(resolution=32, width=4, latent_size=8, critic_norm="none")
    save_model(new_model(ModelCard("other", network)), other)
    editor.window.models.use(other)
    editor.wait(lambda: editor.window.engine.model is not before and not editor.window.engine.loading)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    assert editor.controller.fill is not None
    assert editor.controller.fill.search.best.latents.shape[-1] == 8


def test_a_device_that_is_not_there_is_said_so(editor: Editor):
    editor.ready_to_fill()
    editor.window.fill_panel.settings.device_changed.emit("cuda:99")
    editor.wait(lambda: "cuda" in shown_message(editor.window.messages))
    assert editor.window.engine.model is not None


def test_a_remembered_model_that_is_gone_is_replaced_by_the_shipped_one(qtbot, tmp_path: Path):
    save_preferences(Preferences(model=str(tmp_path / "gone.safetensors"), recent=("x.png",)))
    make_application()
    window = MainWindow()
    window.show()
    window.open_sample()
    qtbot.waitUntil(lambda: window.engine.model is not None, timeout=PATIENCE)
    assert "gone.safetensors" in shown_message(window.messages)
    assert window.models.remembered == (None, "auto")
    window.close()
