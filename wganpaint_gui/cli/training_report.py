"""Report a training run on a terminal, or as JSON lines."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from tqdm import tqdm

from wganpaint_gui.core.system.program import program_name

from .console import print_json, print_status

if TYPE_CHECKING:
    from wganpaint_gui.core.training.training_log import Tick, TrainingStep
    from wganpaint_gui.ml.training.session import SessionStep

_TASKS = {
    "looking": "looking at files",
    "decoding": "decoding pictures",
    "gan": "training",
    "aware": "aware critic",
    "encoder": "encoder",
}
Bar: TypeAlias = "tqdm[Any]"


class TrainingReport:
    """Shows a progress bar for each task on a terminal, a line for each tick, and every notice once."""

    def __init__(self, *, silent: bool, as_json: bool) -> None:
        """silent: report nothing (another process does). as_json: print ticks as JSON on stdout, not as text."""
        self.last: TrainingStep | None = None
        self._silent, self._as_json = silent, as_json
        self._bar: Bar | None = None
        self._task = ""
        self._notice = ""

    def __enter__(self) -> TrainingReport:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_bar()

    def show(self, step: SessionStep) -> None:
        from wganpaint_gui.core.dataset import DataProgress, DataReport

        if isinstance(step, DataReport):
            if not self._silent:
                for sentence in step.sentences():
                    self._say(sentence)
        elif isinstance(step, DataProgress):
            if not self._silent:
                self._advance(step.task, step.done, step.total)
        else:
            self.last = step
            if not self._silent:
                self._show_training(step)

    def _show_training(self, step: TrainingStep) -> None:
        self._advance(step.stage, step.update, step.total)
        if self._bar is not None:
            self._bar.set_postfix_str(f"{step.images_per_second:.0f} images/s", refresh=False)
        if step.tick is not None:
            if self._as_json:
                print_json(asdict(step.tick))
            else:
                self._say(_words(step.tick))
        if step.note:
            self._say(step.note)
        if step.notice and step.notice != self._notice:
            self._say(f"{program_name()}: {step.notice}")
        self._notice = step.notice or self._notice

    def _advance(self, task: str, done: int, total: int) -> None:
        if task != self._task:
            self._close_bar()
            self._task = task
            self._bar = tqdm(total=total or None, initial=done, desc=_TASKS[task], disable=None, file=sys.stderr)
        assert self._bar is not None
        if total and self._bar.total != total:
            self._bar.total = total
        self._bar.update(done - self._bar.n)

    def _say(self, text: str) -> None:
        """Print a line above the bar."""
        if self._bar is None or self._bar.disable:
            print_status(text)
        else:
            self._bar.write(text, file=sys.stderr)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _words(tick: Tick) -> str:
    from wganpaint_gui.core.training.training_config import STAGE_NAMES

    parts = [f"{STAGE_NAMES[tick.stage]} update {tick.update:,}".strip()]  # each stage counts from 1 again
    if tick.critic_gap is not None:
        parts.append(f"critic gap {tick.critic_gap:+.3f}")
    if tick.swd is not None:
        parts.append(f"SWD {tick.swd:.1f} (lower is better)")
    if tick.fill_psnr is not None:
        what = "first guesses" if tick.stage == "encoder" else "critic-only fills"
        parts.append(f"{what} {tick.fill_psnr:.1f} dB")
    return f"{', '.join(parts)}; {tick.samples}"
