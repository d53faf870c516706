"""Every control has a name for screen readers, and shows when it has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.gui.conftest import MOUTH, Editor
from wganpaint_gui.gui.look import theme

pytestmark = pytest.mark.usefixtures("without_engine")

_ROLE = QAccessible.Role
CONTROLS = {
    *(_ROLE.Button, _ROLE.ButtonMenu, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.ComboBox, _ROLE.EditableText),
    *(_ROLE.Slider, _ROLE.SpinBox, _ROLE.List, _ROLE.Tree, _ROLE.Table, _ROLE.PageTab, _ROLE.MenuItem),
    *(_ROLE.ProgressBar, _ROLE.Graphic, _ROLE.Canvas),
}
DIALOGS = (
    *("help_shortcuts", "about", "log", "edit_shortcuts", "preferences", "mask_grow_by"),
    *("fill_folder", "export_quality"),
)


def below(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield one
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None:
            yield from below(child)


def nameless(widget: QWidget) -> list[str]:
    """Controls in the accessibility tree of a window without a name, and widgets Tab leads to without one."""
    found = []
    for one in below(QAccessible.queryAccessibleInterface(widget)):
        thing = one.object()
        tabbed = isinstance(thing, QWidget) and bool(thing.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if (one.role() in CONTROLS or tabbed) and not one.text(QAccessible.Text.Name).strip():
            found.append(f"{type(thing).__name__} {thing.objectName() if thing is not None else ''}")
    return found


def masked(editor: Editor) -> None:
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    editor.paint(*MOUTH)


def test_every_control_of_the_window_and_its_pages_has_a_name(editor: Editor):
    masked(editor)
    assert nameless(editor.window) == []
    for page in ("train", "evaluate"):
        editor.act(page)
        assert nameless(editor.window) == [], page
    editor.window.training.compare_runs()
    assert nameless(editor.window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(editor: Editor, name: str):
    masked(editor)
    before = set(editor.window.findChildren(QDialog))
    editor.act(name)
    editor.wait(lambda: bool(set(editor.window.findChildren(QDialog)) - before))
    (dialog,) = set(editor.window.findChildren(QDialog)) - before
    assert nameless(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_control_that_has_the_keyboard_shows_it_and_stays_in_its_place(
    editor: Editor, qapp: QApplication, mode: str, visible_controls: Callable[[QWidget], list[QWidget]]
):
    window = editor.window
    window.activateWindow()
    theme.apply_theme(qapp, mode)
    controls = visible_controls(window.fill_panel) + visible_controls(window.tool_options)
    assert len(controls) > 10
    for control in controls:
        window.canvas.setFocus()
        without, place = control.grab().toImage(), control.geometry()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert control.grab().toImage() != without, control.accessibleName()
        assert control.geometry() == place, control.accessibleName()


@pytest.fixture
def visible_controls() -> Callable[[QWidget], list[QWidget]]:
    def find(parent: QWidget) -> list[QWidget]:
        children = parent.findChildren(QWidget)
        tabbed = [one for one in children if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]
        return [one for one in tabbed if one.isVisible() and one.isEnabled()]

    return find
