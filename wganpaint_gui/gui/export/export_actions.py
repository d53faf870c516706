"""The actions under File that write something else than the photo itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.filled_region import filled_region, part_to_compare
from wganpaint_gui.core.errors import SaveError, UsageError
from wganpaint_gui.core.file_names import is_same_file
from wganpaint_gui.core.photo.lossy_preview import LossyPreview, lossy_preview
from wganpaint_gui.core.photo.photo import save_photo
from wganpaint_gui.core.photo.photo_source import Watch
from wganpaint_gui.core.search.composed_fill import StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.gui.files.file_dialogs import ask_for_name
from wganpaint_gui.gui.files.mask_files import OpenPhoto
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.newest_task import NewestTask

from .export_task import ExportTasks

if TYPE_CHECKING:
    from wganpaint_gui.ml.batch.backdrop import Backdrop
    from wganpaint_gui.ml.batch.frame_filler import MethodFill
    from wganpaint_gui.ml.search.fill import Fill

    from .fill_folder_actions import FillFolderActions

_REGION_FILTERS = {"PNG (*.png)": ".png"}
_QUALITY_FILTERS = {"JPEG (*.jpg *.jpeg)": ".jpg", "WebP (*.webp)": ".webp"}
_FILM_FILTERS = {QT_TR_NOOP("Animated WebP (*.webp)"): ".webp", QT_TR_NOOP("Animated GIF (*.gif)"): ".gif"}


class ExportActions(QObject):
    """Asks for a name and writes; creates what an action needs when it is first used: no start waits for it."""

    def __init__(
        self,
        window: QWidget,
        controller: FillController,
        file: OpenPhoto,
        messages: MessageBar,
        settings: Callable[[], InpaintConfig],
    ) -> None:
        """settings: of the next search, as the model in use can use them."""
        super().__init__(window)
        self._window, self._controller, self._file, self._settings = window, controller, file, settings
        self._messages = messages
        self._tasks = ExportTasks(messages, self)
        self._folder: FillFolderActions | None = None

    def handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "fill_folder": lambda: self.folder.open(),
            "export_region": lambda: self._export_region("region", cropped=False),
            "export_cropped": lambda: self._export_region("cropped", cropped=True),
            "export_quality": self._export_quality,
            "export_film": self._export_film,
        }

    @property
    def folder(self) -> FillFolderActions:
        if self._folder is None:
            from .fill_folder_actions import FillFolderActions

            self._folder = FillFolderActions(self._window, self._controller.engine, self._settings)
        return self._folder

    def _export_region(self, mark: str, *, cropped: bool) -> None:
        title = tr("Export the filled region, cropped") if cropped else tr("Export the filled region")
        ask_for_name(
            self._window,
            title,
            self._proposal(mark, ".png"),
            _REGION_FILTERS,
            lambda path, overwrite: self.write_region(path, cropped=cropped, overwrite=overwrite),
        )

    def write_region(self, path: Path, *, cropped: bool, overwrite: bool) -> None:
        """Write what was filled alone, see `filled_region`."""
        document = self._file.document
        if document is None or self._refuses(path):
            return
        take = document.state_later()

        def work(_watch: Watch) -> None:
            save_photo(filled_region(take(), cropped=cropped), path, overwrite=overwrite)

        self._write(path, work)

    def _export_quality(self) -> None:
        """Ask for format and quality, with a preview that follows them; then for a name."""
        document = self._file.document
        if document is None:
            return
        from .quality_dialog import SIDE, QualityDialog

        dialog, previews = QualityDialog(self._window), NewestTask(self._tasks.background, self._window)
        take = lru_cache(document.state_later())  # called in one thread only

        def preview() -> None:
            suffix, quality = dialog.suffix, round(dialog.quality.value)

            def work() -> LossyPreview:
                state = take()
                part = part_to_compare(state, SIDE.width(), SIDE.height())
                return lossy_preview(state.photo, suffix, quality, part)

            previews.submit(work, dialog.show_preview)

        def named(path: Path, overwrite: bool) -> None:
            quality = round(dialog.quality.value)
            dialog.accept()

            def work(_watch: Watch) -> None:
                save_photo(take().photo, path, overwrite=overwrite, quality=quality)

            self._write(path, work)

        def ask() -> None:
            filters = {name: suffix for name, suffix in _QUALITY_FILTERS.items() if suffix == dialog.suffix}
            ask_for_name(dialog, tr("Export with quality"), self._proposal("export", dialog.suffix), filters, named)

        previews.failed.connect(lambda error: dialog.show_problem(explain(error).sentence))
        dialog.finished.connect(previews.drop)
        dialog.finished.connect(previews.deleteLater)
        dialog.changed.connect(preview)
        dialog.save_requested.connect(ask)
        dialog.open()
        preview()

    def _export_film(self) -> None:
        document, fill = self._file.document, self._controller.fill
        if document is None or fill is None:
            return
        if isinstance(fill, StoredFill):
            problem = tr("The steps of this search are not in the project, so there is no film of them.")
            self._messages.show_error(UsageError(problem, tr("Fill again to get one.")))
            return
        shown = self._controller.shown_candidate

        def write(path: Path, overwrite: bool) -> None:
            from wganpaint_gui.ml.batch.backdrop import backdrop
            from wganpaint_gui.ml.batch.film import write_animation

            if self._refuses(path):
                return
            take = document.photo_later()

            def work(watch: Watch) -> None:
                seen = backdrop(take(), fill.frame)
                found = [_of_method(fill, index, shown, seen) for index in range(len(fill.config.methods))]
                write_animation(path, [found], overwrite=overwrite, watch=watch)

            self._write(path, work)

        ask_for_name(self._window, tr("Export the film"), self._proposal("search", ".webp"), _FILM_FILTERS, write)

    def _write(self, path: Path, work: Callable[[Watch], None]) -> None:
        if not self._refuses(path):
            self._tasks.run(path.name, work, tr("Exported as {name}.").format(name=path.name))

    def _refuses(self, path: Path) -> bool:
        """Say so where the file is the open photo's, before its pixels are copied for it."""
        if self._file.path is None or not is_same_file(path, self._file.path):
            return False
        problem = tr("{path} is the photo that is open; an export must not replace it.").format(path=path)
        self._messages.show_error(SaveError(problem, tr("Choose another name.")))
        return True

    def _proposal(self, mark: str, suffix: str) -> Path:
        file = self._file
        return Path(file.folder or Path.home()) / f"{file.path.stem if file.path else 'photo'}-{mark}{suffix}"

    def close(self) -> None:
        """Stop for good; returns at once."""
        self._tasks.close()
        if self._folder is not None:
            self._folder.close()

    def wait(self, deadline: float) -> bool:
        """Block until all has ended, after `close`; False if time.monotonic() reaches `deadline` first."""
        ended = self._folder is None or self._folder.wait(deadline)
        return self._tasks.wait(deadline) and ended


def _of_method(fill: Fill, index: int, shown: int | None, seen: Backdrop) -> MethodFill:
    """Return what a film shows of one method: the candidate that is shown on the photo, or else the suggested one."""
    from wganpaint_gui.ml.batch.frame_filler import MethodFill

    return MethodFill(fill, index, seen, shown if index == fill.selection.method else None)
