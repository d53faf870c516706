"""Fills the run view for current and past runs; curves are computed and grids read in the background."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.measure.picture_grid import cut_grid
from wganpaint_gui.core.training.run_folder import Numbered, RunFolder
from wganpaint_gui.core.training.training_config import STAGES, TrainingConfig
from wganpaint_gui.core.training.training_log import TrainingLog, read_log
from wganpaint_gui.gui.look.translation import grouped, tr
from wganpaint_gui.gui.training.training_controller import TrainingController
from wganpaint_gui.gui.work.background import Background

from .curve_lines import CurveLines, curve_lines
from .run_view import RunView

log = logging.getLogger(__name__)

CURVE_MS = 1000  # between two computations of the median, which takes long and changes little
COLUMNS = 400  # points that can be distinguished across the curve
NOTICE_SECONDS = 15  # that a notice stays unless repeated


class RunPresenter(QObject):
    """Shows a run. Signals: sampled(pictures [N, R, R, 3] or None), newest of the current run; failed(error)."""

    sampled = Signal(object)
    failed = Signal(object)

    def __init__(
        self, view: RunView, controller: TrainingController, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder: RunFolder | None = None  # of the run shown
        self._view, self._controller, self._background = view, controller, background
        self._config = TrainingConfig()
        self._past = TrainingLog()
        self._busy = False
        self._noticed = 0.0  # time.monotonic() of the last notice
        self._rest = QTimer(self, singleShot=True, interval=CURVE_MS)
        self._rest.timeout.connect(self._request_lines)
        view.stage_chosen.connect(self.refresh)
        view.grids.grid_wanted.connect(self._read_grid)
        controller.progressed.connect(self._on_progressed)
        controller.ticked.connect(self._on_ticked)

    @property
    def is_live(self) -> bool:
        """Whether the current run is shown."""
        current = self._controller.folder
        return current is not None and self.folder is not None and current.path == self.folder.path

    @property
    def log(self) -> TrainingLog:
        return self._controller.log if self.is_live else self._past

    def show(self, folder: RunFolder, config: TrainingConfig) -> None:
        """Show a run with all its progress so far."""
        self.folder, self._config, self._past = folder, config, TrainingLog()
        self._view.begin(folder.name, config)
        if not self.is_live:
            self._background.submit(
                lambda: read_log(folder.metrics_file), lambda log: self._on_read(folder, log), self.failed.emit
            )
        self._list_grids()
        self.refresh()

    def say(self, notice: str, tone: str = "fair") -> None:
        """Show a notice of the current run, if that is shown."""
        if self.is_live:
            self._noticed = time.monotonic()
            self._view.say(notice, tone)

    @Slot()
    def refresh(self) -> None:
        """Show the present progress of the run."""
        if self.folder is None:
            return
        self._view.show_stage_log(self.log.stage(self._view.stage))
        if not self._busy and not self._rest.isActive():
            self._request_lines()

    def _on_read(self, folder: RunFolder, log: TrainingLog) -> None:
        if folder is self.folder:
            self._past = log
            for stage in STAGES:
                if len(log.stage(stage)):
                    self._view.follow(stage)
            self.refresh()

    @Slot()
    def _on_progressed(self) -> None:
        if not self.is_live:
            return
        step = self._controller.step
        if step is not None and self._controller.state.is_live:
            self._view.show_step(step)
        if self._noticed and time.monotonic() - self._noticed > NOTICE_SECONDS:
            self._noticed = 0.0
            self._view.say("")
        if self._view.isVisible():
            self.refresh()

    # -- curves --------------------------------------------------------------------------------------------------

    @Slot()
    def _request_lines(self) -> None:
        log, folder, stage = self.log.stage(self._view.stage), self.folder, self._view.stage
        if self._busy:
            return
        self._busy = True

        def done(lines: CurveLines) -> None:
            self._busy = False
            if folder is self.folder and stage == self._view.stage:
                self._view.show_lines(lines)
            if len(self.log.stage(self._view.stage)) != len(log) or stage != self._view.stage or folder != self.folder:
                self._rest.start()

        def failed(error: BaseException) -> None:
            self._busy = False
            self.failed.emit(error)

        self._background.submit(lambda: curve_lines(log, COLUMNS), done, failed)

    # -- sample grids --------------------------------------------------------------------------------------------

    @Slot()
    def _on_ticked(self) -> None:
        if self.is_live:
            self._list_grids()
        current, request = self._controller.folder, self._controller.request
        if current is not None and request is not None:
            side = request.config.network.resolution
            self._background.submit(lambda: _newest_samples(current, side), self.sampled.emit, self.failed.emit)

    def _list_grids(self) -> None:
        folder = self.folder
        assert folder is not None
        config = self._config

        def done(grids: list[Numbered]) -> None:
            if folder is self.folder:
                self._view.grids.set_grids(grids)
                if not grids:
                    self._view.grids.images.show_message(
                        tr("The first samples appear at update {number}.").format(number=grouped(config.tick_updates))
                    )

        self._background.submit(folder.grids, done, self.failed.emit)

    @Slot(object)
    def _read_grid(self, grid: Numbered) -> None:
        side = self._config.network.resolution

        def done(pictures: NDArray[np.uint8] | None) -> None:
            if pictures is not None:
                self._view.grids.show_grid(grid, pictures)

        self._background.submit(lambda: read_grid(grid.path, side), done, self.failed.emit)


def read_grid(path: Path, side: int) -> NDArray[np.uint8] | None:
    """Read the pictures of a sample grid: [N, side, side, 3], without the black rest of its last row.

    Returns None if it cannot be read, because runs can be deleted or damaged while they are shown.
    """
    try:
        with Image.open(path) as image:
            pictures = cut_grid(np.asarray(image.convert("RGB")), side)
    except (OSError, ValueError) as error:
        log.info("%s cannot be read: %s", path, error)
        return None
    filled = np.flatnonzero(pictures.any(axis=(1, 2, 3)))
    return pictures[: filled[-1] + 1] if len(filled) else pictures


def _newest_samples(folder: RunFolder, side: int) -> NDArray[np.uint8] | None:
    plain = [grid for grid in folder.grids() if grid.stage == "gan"]
    return read_grid(plain[-1].path, side) if plain else None
