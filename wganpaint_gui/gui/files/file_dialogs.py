"""File dialogs: none blocks the window, and none overwrites a file without asking."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from wganpaint_gui.core.edit.mask_changes import Fit
from wganpaint_gui.core.file_names import PROJECT_SUFFIX
from wganpaint_gui.core.photo.photo_folder import PHOTO_SUFFIXES
from wganpaint_gui.core.photo.photo_writer import FORMATS, format_of
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.settings.qsettings import window_settings


def _patterns(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


_ALL_FILES = QT_TR_NOOP("All files") + " (*)"
OPEN_FILTER = ";;".join(
    (
        QT_TR_NOOP("Photos and projects") + f" ({_patterns((*PHOTO_SUFFIXES, PROJECT_SUFFIX))})",
        QT_TR_NOOP("Projects") + f" (*{PROJECT_SUFFIX})",
        _ALL_FILES,
    )
)
MASK_FILTER = ";;".join(
    (
        QT_TR_NOOP("Masks") + f" ({' '.join(_patterns(kind.suffixes) for kind in FORMATS if kind.lossless)})",
        _ALL_FILES,
    )
)
_LOSSLESS, _LOSSY = QT_TR_NOOP("lossless"), QT_TR_NOOP("lossy")
SAVE_FILTERS = {
    f"{kind.name}, {_LOSSLESS if kind.lossless else _LOSSY} ({_patterns(kind.suffixes)})": kind.suffixes[0]
    for kind in FORMATS
}  # by name filter: the suffix that is added to a name without one
SAVE_MASK_FILTERS = {"PNG (*.png)": ".png"}
SAVE_PROJECT_FILTERS = {QT_TR_NOOP("WganPaint project") + f" (*{PROJECT_SUFFIX})": PROJECT_SUFFIX}


def in_our_language(name_filter: str) -> str:
    """Translate name filters: the words before the patterns of each, between commas."""
    shown = []
    for one in name_filter.split(";;"):
        words, bracket, patterns = one.partition(" (")
        shown.append(", ".join(tr(word) for word in words.split(", ")) + bracket + patterns)
    return ";;".join(shown)


def begin_where_left(dialog: QFileDialog, kind: str) -> None:
    """Open the dialog in the folder where the last one of its kind was closed, accepted or not, also after a restart.

    kind: our own key, such as "models". The dialog keeps its folder if it is the first one, or if that one is gone.
    """
    key = f"folders/{kind}"
    folder = str(window_settings().value(key, ""))
    if folder and os.path.isdir(folder):
        dialog.setDirectory(folder)

    def remember(answer: int) -> None:
        chosen = dialog.selectedFiles() if answer == QFileDialog.DialogCode.Accepted else []
        left = str(Path(chosen[0]).parent) if chosen else dialog.directory().absolutePath()
        window_settings().setValue(key, left)

    dialog.finished.connect(remember)


def ask_for_file(
    window: QWidget,
    title: str,
    folder: str,
    name_filter: str,
    chosen: Callable[[Path], object],
    *,
    kind: str | None = None,
) -> None:
    """Call chosen(path) with an existing file. kind: see `begin_where_left`; None always begins in `folder`."""
    dialog = QFileDialog(window, title, folder, in_our_language(name_filter))
    dialog.setObjectName("openDialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, kind, chosen)


def ask_for_folder(window: QWidget, title: str, chosen: Callable[[Path], object], *, kind: str) -> None:
    """Call chosen(path) with an existing folder. kind: see `begin_where_left`."""
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
    """Call chosen(path, overwrite). suffixes: by name filter, to be added to a name that ends in none of them."""
    suffixes = {in_our_language(name): suffix for name, suffix in suffixes.items()}
    dialog = QFileDialog(window, title, str(proposal.parent), ";;".join(suffixes))
    dialog.setObjectName("saveDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.selectFile(proposal.name)
    dialog.selectNameFilter(next(name for name, suffix in suffixes.items() if suffix == _usual_suffix(proposal)))

    def named(name: str) -> None:
        path = Path(name)
        if _usual_suffix(path) in suffixes.values():
            # The dialog has already asked about this name.
            chosen(path, os.path.exists(path))
            return
        # Not QFileDialog.setDefaultSuffix: some systems' dialogs ask about overwriting before the suffix is added.
        path = path.with_name(path.name + suffixes.get(dialog.selectedNameFilter(), next(iter(suffixes.values()))))
        if os.path.exists(path):
            ask_to_replace(window, path, lambda: chosen(path, True))
        else:
            chosen(path, False)

    dialog.fileSelected.connect(named)
    dialog.open()


def _usual_suffix(path: Path) -> str:
    """Return the usual suffix of a file's format: .jpg for photo.JPEG."""
    kind = format_of(path)
    return path.suffix.lower() if kind is None else kind.suffixes[0]


def ask_to_replace(window: QWidget, path: Path, replace: Callable[[], object]) -> None:
    """Call `replace` if the user agrees to overwrite the file."""
    text = tr("{name} already exists. Replace it?").format(name=path.name)
    _ask(window, "replaceBox", tr("Replace file"), text, tr("Replace"), replace)


def ask_to_use_as_mask(window: QWidget, doubt: str, use: Callable[[], object]) -> None:
    """Call `use` if the user wants a file that looks like a photo as the mask. doubt: why it looks like one."""
    _ask(
        window,
        "maskBox",
        tr("Load mask"),
        tr("{doubt} Use it as the mask?").format(doubt=doubt),
        tr("Use as mask"),
        use,
    )


def ask_how_to_fit(
    window: QWidget, mask: tuple[int, int], photo: tuple[int, int], chosen: Callable[[Fit], object]
) -> None:
    """Ask what to do with a mask of another size than the photo's, both (width, height): scale, centre, or cancel."""
    box = QMessageBox(
        QMessageBox.Icon.Question,
        tr("Mask of another size"),
        tr("The mask has {mask} pixels, the photo {photo}.").format(
            mask="\u00a0×\u00a0".join(map(grouped, mask)), photo="\u00a0×\u00a0".join(map(grouped, photo))
        ),
        QMessageBox.StandardButton.Cancel,
        window,
    )
    box.setObjectName("fitBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    told = tr("Scale it to the photo, or centre it at its own size; what lies over the photo's edges is cut off.")
    if mask[0] * photo[1] != mask[1] * photo[0]:
        told += " " + tr("Scaling stretches it, as the proportions differ.")
    box.setInformativeText(told)
    scale = box.addButton(tr("Scale"), QMessageBox.ButtonRole.AcceptRole)
    centre = box.addButton(tr("Centre"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(scale)

    def answered() -> None:
        if box.clickedButton() is scale:
            chosen("scale")
        elif box.clickedButton() is centre:
            chosen("centre")

    box.finished.connect(answered)
    box.open()


def _ask(window: QWidget, name: str, title: str, text: str, agree: str, act: Callable[[], object]) -> None:
    """Ask a question with two answers, agree and Cancel, and call `act` after the first."""
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, buttons, window)
    box.setObjectName(name)
    box.button(QMessageBox.StandardButton.Yes).setText(agree)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.finished.connect(lambda answer: act() if answer == QMessageBox.StandardButton.Yes else None)
    box.open()


def ask_about_changed(
    window: QWidget, path: Path, save_as: Callable[[], object], replace: Callable[[], object]
) -> None:
    """Ask what to do if another program has changed the project: keep both (save_as), replace the file, or cancel."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        tr("Project changed"),
        tr("Another program has changed {name} since you opened or saved it here.").format(name=path.name),
        QMessageBox.StandardButton.Cancel,
        window,
    )
    box.setObjectName("changedBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(tr("Save your version under another name to keep both, or replace the file."))
    other_name = box.addButton(tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
    over = box.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(other_name)

    def answered() -> None:
        if box.clickedButton() is other_name:
            save_as()
        elif box.clickedButton() is over:
            replace()

    box.finished.connect(answered)
    box.open()
