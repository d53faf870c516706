"""Model > Evaluate: the same results as the command line's, in the background, stopped and gone on with."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.gui.conftest import Editor
from wganpaint_gui.cli import main
from wganpaint_gui.core.measure.evaluation import TABLE_HEAD
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.core.search import settings
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import evaluations
from wganpaint_gui.gui.evaluation.evaluation_job import KEPT, forget_old
from wganpaint_gui.gui.evaluation.evaluation_page import EvaluationPage
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow

SIDE = 32
METHODS = ["original", "yeh", "yeh-refined", "yeh-blended", "critic", "critic-blended"]
PLAIN = ["telea", "navier-stokes", "biharmonic"]


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights in a small shape: quick, and any results will do where they are only compared."""
    from wganpaint_gui.ml.model_file import new_model, save_model

    path = tmp_path_factory.mktemp("models") / "tiny.safetensors"
    network = NetworkConfig(resolution=SIDE, width=2, latent_size=8, critic_norm="none")
    save_model(new_model(ModelCard(name="tiny", network=network)), path)
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "held out"
    folder.mkdir()
    for n in range(3):
        pixels = np.random.default_rng(n).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{n}.png")
    return folder


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both ways of evaluating take few steps by default: how good the fills are does not matter here."""
    monkeypatch.setitem(settings.DEFAULT_STEPS, "random", 3)


@pytest.fixture
def page(editor: Editor, model_file: Path, few_steps: None) -> EvaluationPage:
    """The page, opened from the menu, for the small model."""
    editor.window.models.use(model_file)
    editor.wait(lambda: editor.window.engine.model_name == "tiny" and not editor.window.engine.loading)
    editor.act("evaluate")
    return editor.window.evaluation.page


def click(button: QAbstractButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(page: EvaluationPage, pictures: Path, *corruptions: str) -> None:
    for key, box in page.removed.items():
        box.setChecked(key in corruptions)
    page.choose_source(pictures)


def finished(window: MainWindow) -> bool:
    return window.evaluation.result is not None and not window.evaluation.is_running


def without_seconds(table: Path) -> list[dict[str, Any]]:
    lines = json.loads(table.read_text())["table"]
    return [{name: value for name, value in line.items() if name != "seconds"} for line in lines]


def test_the_results_are_those_of_the_command_line(
    editor: Editor, page: EvaluationPage, pictures: Path, model_file: Path, tmp_path: Path
) -> None:
    window = editor.window
    assert not page.start.isEnabled()
    choose(page, pictures, "center")
    click(page.start)
    assert window.model_panel.evaluation_strip.isVisible()
    editor.wait(lambda: finished(window) and page.results.isVisible())
    shown = [page.results.table.item(row, 1).text() for row in range(page.results.table.rowCount())]
    assert shown == METHODS + PLAIN
    assert page.results.table.columnCount() == len(TABLE_HEAD)
    QTest.mouseClick(page.results.views.button("figure-4.png"), Qt.MouseButton.LeftButton)
    assert not page.results.figure.image.isNull()
    window.evaluation.save_in(tmp_path)
    saved = tmp_path / "evaluation-tiny"
    editor.wait(lambda: window.evaluation._background.pending == 0)
    out = tmp_path / "out"
    assert main(["evaluate", str(model_file), str(pictures), "--out", str(out), "--corruption", "center"]) == 0
    assert sorted(path.name for path in saved.iterdir()) == sorted(path.name for path in out.iterdir())
    mine, theirs = (without_seconds(folder / "table.json") for folder in (saved, out))
    assert [line["method"] for line in mine] == [line["method"] for line in theirs]
    for line, same in zip(mine, theirs, strict=True):  # up to rounding: the window leaves one core to itself
        for name, value in line.items():
            assert value == (pytest.approx(same[name], rel=1e-4, abs=1e-5) if isinstance(value, float) else same[name])
    figures = [np.asarray(Image.open(folder / "figure-4.png").convert("RGB"), int) for folder in (saved, out)]
    assert np.abs(figures[0] - figures[1]).max() <= 1


def test_a_stopped_evaluation_continues_where_it_stopped(editor: Editor, page: EvaluationPage, pictures: Path) -> None:
    window = editor.window
    choose(page, pictures, "center", "center32")
    click(page.start)
    editor.wait(lambda: any(evaluations().glob("*/center.json")))
    first = next(evaluations().glob("*/center.json"))
    before = first.read_bytes()
    click(page.start)  # it says Stop now
    editor.wait(lambda: not window.evaluation.is_running)
    click(page.start)
    editor.wait(lambda: finished(window) and page.results.isVisible())
    assert first.read_bytes() == before
    assert page.results.table.rowCount() == 2 * len(METHODS + PLAIN)


def test_an_evaluation_waits_while_a_search_runs(editor: Editor, page: EvaluationPage, pictures: Path) -> None:
    window = editor.window
    window.evaluation.give_way(fill_running=True)
    choose(page, pictures, "center")
    click(page.start)
    assert page.words.text() == "Waiting for fill"
    window.fill_controller.state_changed.emit(FillState.FINISHED)
    editor.wait(lambda: finished(window))


def test_pictures_that_cannot_be_used_are_said(editor: Editor, page: EvaluationPage, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    choose(page, empty, "center")
    click(page.start)
    editor.wait(lambda: not editor.window.evaluation.is_running)
    assert "There are no pictures in" in page.words.text()
    assert page.start.isEnabled()


def test_pictures_that_vanish_after_they_were_chosen_are_said(
    editor: Editor, page: EvaluationPage, pictures: Path
) -> None:
    choose(page, pictures, "center")
    shutil.rmtree(pictures)
    click(page.start)
    editor.wait(lambda: not editor.window.evaluation.is_running)
    assert "held out" in page.words.text()


def test_saving_twice_overwrites_nothing(editor: Editor, page: EvaluationPage, pictures: Path, tmp_path: Path) -> None:
    window = editor.window
    choose(page, pictures, "center")
    click(page.start)
    editor.wait(lambda: finished(window))
    for _ in range(2):
        window.evaluation.save_in(tmp_path)
    editor.wait(lambda: (tmp_path / "evaluation-tiny-2" / "table.csv").exists())
    assert (tmp_path / "evaluation-tiny" / "table.csv").exists()


def test_escape_returns_to_the_photo(editor: Editor, page: EvaluationPage) -> None:
    assert editor.window.central_stack.shows_page
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not editor.window.central_stack.shows_page


def test_old_results_are_forgotten_except_those_another_window_works_on(tmp_path: Path) -> None:
    folders = [tmp_path / f"{n}" for n in range(KEPT + 2)]
    for n, folder in enumerate(folders):
        folder.mkdir()
        os.utime(folder, (n + 1, n + 1))
    with FileLock(folders[0].with_suffix(".lock")) as lock:
        assert lock.acquire()
        forget_old(folders[-1])
        assert [folder.is_dir() for folder in folders] == [True, False] + [True] * KEPT
    forget_old(folders[-1])
    assert [folder.is_dir() for folder in folders] == [False, False] + [True] * KEPT
