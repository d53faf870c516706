"""Asking for files: none of these dialogs blocks the window, and none overwrites anything unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from wganpaint_gui.core.file_names import PROJECT_SUFFIX
from wganpaint_gui.core.photo.write import FORMATS, WRITABLE_SUFFIXES, format_of
from wganpaint_gui.gui.settings.qsettings import window_settings


def _patterns(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


OPEN_FILTER = ";;".join(
    (
        f"Photos and projects ({_patterns((*WRITABLE_SUFFIXES, PROJECT_SUFFIX))})",
        f"Projects (*{PROJECT_SUFFIX})",
        "All files (*)",
    )
)
MASK_FILTER = f"Masks ({' '.join(_patterns(kind.suffixes) for kind in FORMATS if kind.lossless)});;All files (*)"
SAVE_FILTERS = {
    f"{kind.name}, {'lossless' if kind.lossless else 'lossy'} ({_patterns(kind.suffixes)})": kind.suffixes[0]
    for kind in FORMATS
}  # the suffix that a name without one gets
SAVE_MASK_FILTERS = {"PNG (*.png)": ".png"}
SAVE_PROJECT_FILTERS = {f"WganPaint project (*{PROJECT_SUFFIX})": PROJECT_SUFFIX}


def begin_where_left(dialog: QFileDialog, kind: str) -> None:
    """Show the folder in which the last dialog of this kind was left, with a choice or without; also after a new start.

    kind: a word of ours, such as "models". The first of a kind begins where it would, as does one whose folder is gone.
    """
    key = f"folders/{kind}"
    folder = str(window_settings().value(key, ""))
    if folder and Path(folder).is_dir():
        dialog.setDirectory(folder)

    def keep(answer: int) -> None:
        chosen = dialog.selectedFiles() if answer == QFileDialog.DialogCode.Accepted else []
        left = str(Path(chosen[0]).parent) if chosen else dialog.directory().absolutePath()
        window_settings().setValue(key, left)

    dialog.finished.connect(keep)


def ask_for_file(
    window: QWidget,
    title: str,
    folder: str,
    name_filter: str,
    chosen: Callable[[Path], object],
    *,
    kind: str | None = None,
) -> None:
    """Call chosen(path) with a file that is there. kind: see `begin_where_left`; None begins in `folder` every time."""
    dialog = QFileDialog(window, title, folder, name_filter)
    dialog.setObjectName("openDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, kind, chosen)


def ask_for_folder(window: QWidget, title: str, chosen: Callable[[Path], object], *, kind: str) -> None:
    """Call chosen(path) with a folder that is there. kind: see `begin_where_left`."""
    dialog = QFileDialog(window, title)
    dialog.setObjectName("folderDialog")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, kind, chosen)


def _open(dialog: QFileDialog, kind: str | None, chosen: Callable[[Path], object]) -> None:
    if kind is not None:
        begin_where_left(dialog, kind)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()


def ask_for_name(
    window: QWidget, title: str, proposal: Path, suffixes: dict[str, str], chosen: Callable[[Path, bool], object]
) -> None:
    """Call chosen(path, overwrite). suffixes: by name filter, what a name that ends in none of them gets."""
    dialog = QFileDialog(window, title, str(proposal.parent), ";;".join(suffixes))
    dialog.setObjectName("saveDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.selectFile(proposal.name)
    dialog.selectNameFilter(next(name for name, suffix in suffixes.items() if suffix == _usual_suffix(proposal)))

    def named(name: str) -> None:
        path = Path(name)
        if _usual_suffix(path) in suffixes.values():
            # The dialog has asked about this very name.
            chosen(path, path.exists())
            return
        # Not QFileDialog.setDefaultSuffix: the dialogs of some systems ask before the suffix is added.
        path = path.with_name(path.name + suffixes.get(dialog.selectedNameFilter(), next(iter(suffixes.values()))))
        if path.exists():
            ask_to_replace(window, path, lambda: chosen(path, True))
        else:
            chosen(path, False)

    dialog.fileSelected.connect(named)
    dialog.open()


def _usual_suffix(path: Path) -> str:
    """What files of this format mostly end in: .jpg for photo.JPEG."""
    kind = format_of(path)
    return path.suffix.lower() if kind is None else kind.suffixes[0]


def ask_to_replace(window: QWidget, path: Path, replace: Callable[[], object]) -> None:
    """Call `replace` where the person agrees to lose what stands there."""
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
    text = f"{path.name} exists already. Replace it?"
    box = QMessageBox(QMessageBox.Icon.Warning, "Replace a file", text, buttons, window)
    box.setObjectName("replaceBox")
    box.button(QMessageBox.StandardButton.Yes).setText("Replace")
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda answer: replace() if answer == QMessageBox.StandardButton.Yes else None)
    box.open()


def ask_about_changed(
    window: QWidget, path: Path, save_as: Callable[[], object], replace: Callable[[], object]
) -> None:
    """Another program has saved the file that was to be saved: keep both (save_as), replace the other's, or neither."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        "Project changed",
        f"{path.name} was changed by another program since you opened or saved it here.",
        QMessageBox.StandardButton.Cancel,
        window,
    )
    box.setObjectName("changedBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText("Save yours under another name to keep both, or replace what is there now?")
    other_name = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
    over = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(other_name)

    def answered() -> None:
        if box.clickedButton() is other_name:
            save_as()
        elif box.clickedButton() is over:
            replace()

    box.finished.connect(answered)
    box.open()
