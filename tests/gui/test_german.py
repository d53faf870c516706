"""The interface in German: the translation is complete, and nothing of the window stays English or is cut."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QTabBar

from tests.conftest import ROOT
from wganpaint_gui.core.training.measured_speed import TimeEstimate
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.commands.actions import SPECS
from wganpaint_gui.gui.look.mnemonics import plain
from wganpaint_gui.gui.look.number_text import loss_text
from wganpaint_gui.gui.look.translation import install_translators, language, tr
from wganpaint_gui.gui.settings.preferences import Preferences, save_preferences
from wganpaint_gui.gui.training.setup.setup_view import estimate_text
from wganpaint_gui.gui.widgets import PanelScroll, ValueSlider
from wganpaint_gui.gui.window.main_window import MainWindow
from wganpaint_gui.gui.window.status_bar import StatusBar

TS = ROOT / "resources" / "translations" / "wganpaint_de.ts"
PLACEHOLDER = re.compile(r"\{\w+(?::[^}]*)?\}|%n")
# Words that are the same in both languages.
SAME = {"Pause", "Ellipse", "Lasso", "Polygon", "Magenta", "Cyan", "System", "Training"}

Message = tuple[str, str, tuple[str, ...]]  # source, comment and translations: two where the number of things decides


def messages_of(file: Path) -> list[Message]:
    found = []
    for message in ElementTree.parse(file).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
        found.append((message.findtext("source", ""), message.findtext("comment", ""), forms))
    return found


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The interface speaks German until the test ends."""
    before = QLocale()
    install_translators(qapp, "de")
    yield
    install_translators(qapp, "en")
    QLocale.setDefault(before)


@pytest.fixture
def window(german: None, qtbot: object) -> Iterator[MainWindow]:
    save_preferences(Preferences(language="de"))
    make_application()
    window = MainWindow(load_engine=False)
    window.resize(1024, 700)
    window.show()
    QApplication.processEvents()
    yield window
    window.close()
    window.deleteLater()


def actions_in(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        if isinstance(inner := action.menu(), QMenu):
            yield from actions_in(inner)
        if not action.isSeparator():
            yield action


@pytest.mark.skipif(shutil.which("pyside6-lupdate") is None, reason="pyside6-lupdate is not on the path")
def test_every_text_of_the_source_is_translated_and_no_other(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("translations", ROOT / ".ci" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    translations = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(translations)
    updated = tmp_path / TS.name
    shutil.copy(TS, updated)
    translations.update(updated)
    advice = "run python .ci/translations.py, translate what is new, and run it again"
    assert 'type="' not in updated.read_text("utf-8"), advice
    assert messages_of(updated) == messages_of(TS), advice


def texts_in_f_strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the literals that are translated or marked inside of f-strings."""
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "QT_TR_NOOP"):
            yield from (text for text in call.args[:1] if isinstance(text, ast.Constant))


def test_no_text_is_translated_inside_an_f_string_where_lupdate_does_not_look() -> None:
    for file in (ROOT / "wganpaint_gui" / "gui").rglob("*.py"):
        found = [
            f"{file}:{text.lineno}: {text.value}" for text in texts_in_f_strings(ast.parse(file.read_text("utf-8")))
        ]
        assert found == []


def translated_in(node: ast.AST, *, later: bool = False) -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls of tr, and whether each is made later than at import."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
        yield node, later
    for child in ast.iter_child_nodes(node):
        yield from translated_in(child, later=later or isinstance(node, ast.FunctionDef | ast.Lambda))


def test_no_text_is_translated_with_its_values_or_before_there_is_a_language() -> None:
    for file in (ROOT / "wganpaint_gui" / "gui").rglob("*.py"):
        source = file.read_text("utf-8")
        for call, later in translated_in(ast.parse(source)) if "tr(" in source else ():
            assert later, f"{file}:{call.lineno}: mark it with QT_TR_NOOP"
            assert not isinstance(call.args[0], ast.JoinedStr), f"{file}:{call.lineno}: use format"


def test_every_translation_keeps_the_placeholders_of_its_source() -> None:
    for source, _, forms in messages_of(TS):
        wanted = set(PLACEHOLDER.findall(source))
        for form in forms:
            found = set(PLACEHOLDER.findall(form))
            allowed = [wanted] if form == forms[-1] else [wanted, wanted - {"%n"}]  # "the fill" needs no number
            assert found in allowed, source


def test_the_program_loads_what_is_in_the_translation(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(TS.with_suffix(".qm")))
    for source, comment, forms in messages_of(TS):
        counts = (-1,) if len(forms) == 1 else (1, 2)
        found = [translator.translate("", source, comment or None, count) for count in counts]
        assert found == list(forms), "run python .ci/translations.py"


def test_numbers_and_the_words_beside_them_are_german(german: None) -> None:
    assert language() == "de"
    assert [tr("%n photo(s) filled", "", count) for count in (1, 1204)] == ["1 Foto gefüllt", "1.204 Fotos gefüllt"]
    assert loss_text(-3.14) == "−3,14"
    bar, hardness = StatusBar(), ValueSlider("", 0, 100, "", unit="%")
    bar.show_device("CPU, 2 threads")
    bar.show_zoom(1)
    texts = {label.text() for label in bar.findChildren(QLabel)}
    assert {"CPU, 2 Threads", "100\u202f%"} <= texts
    hardness.set_value(40)
    assert hardness.field.text() == "40\u202f%"


def test_in_english_a_noun_follows_its_number(qapp: QApplication) -> None:
    assert [tr("%n photo(s) filled", "", count) for count in (0, 1, 1204)] == [
        "0 photos filled",
        "1 photo filled",
        "1,204 photos filled",
    ]


def test_no_entry_of_the_menus_is_english_and_no_letter_serves_twice(window: MainWindow) -> None:
    texts = {plain(spec.text) for spec in SPECS.values()} | {spec.submenu for spec in SPECS.values()}
    for top in window.menuBar().actions():
        menu = top.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        shown = [plain(action.text()) for action in actions_in(menu)]
        assert not [text for text in shown if text in texts - SAME and not text.startswith("×")]
        letters = [re.findall("&(.)", action.text().replace("&&", "")) for action in menu.actions()]
        used = [found[0].casefold() for found in letters if found]
        assert len(used) == len(set(used))


@pytest.mark.parametrize("known", ["all", "none", "generator"])
def test_the_time_of_a_training_run_fits_below_its_button(window: MainWindow, known: str) -> None:
    window.training.open()
    setup = window.training.page.setup
    QApplication.processEvents()
    config = setup.settings.config()
    unknown = {"all": (), "none": config.stages, "generator": config.stages[1:]}[known]
    setup.note.setText(estimate_text(TimeEstimate(10_900, unknown), config))
    assert setup.note.heightForWidth(setup.note.width()) <= setup.note.height()


@pytest.mark.parametrize("page", ["photo", "training", "run", "evaluation"])
def test_nothing_is_cut_in_a_small_window(window: MainWindow, page: str) -> None:
    if page != "photo":
        (window.evaluation if page == "evaluation" else window.training).open()
    if page == "run":
        window.training.page.show_run()
    for panel in range(window.side_panels.count()):
        window.side_panels.setCurrentIndex(panel)
        QApplication.processEvents()
        assert_nothing_cut(window)


def assert_nothing_cut(window: MainWindow) -> None:
    assert window.size().width() == 1024
    assert window.size().height() == 700
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.text():
            needed = button.fontMetrics().horizontalAdvance(button.text()) + 8
            assert button.width() >= needed, button.text()
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    for scroll in window.findChildren(PanelScroll):  # which never scroll sideways
        if scroll.isVisible():
            assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width(), scroll.widget()
    for bar in window.findChildren(QTabBar):
        if bar.isVisible():
            assert all(bar.tabRect(number).right() <= bar.width() for number in range(bar.count()))
