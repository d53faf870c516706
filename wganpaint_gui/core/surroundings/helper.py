"""A process of its own for calls that can crash or never end: whatever happens there, this program goes on."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

LIMIT = 60.0  # seconds a call; the largest takes about one on an idle processor
_GLANCE = 0.05  # seconds between two looks at the process

Work = Callable[..., NDArray[Any]]


class HelperError(Exception):
    """A call crashed, failed, took too long or could not be started; the text says which, as the end of a sentence."""


class Helper:
    """Starts a process with the first call and after each crash; use it as a context manager, which ends it."""

    def __init__(self, limit: float = LIMIT) -> None:
        """limit: seconds a call."""
        self._limit = limit
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def call(self, work: Work, *arrays: NDArray[Any]) -> Generator[None, None, NDArray[Any]]:
        """Yield while the process works, then return work(*arrays); closing the generator ends the process.

        work: a function of a module that imports little. Raises HelperError where it could not be started, crashed,
        failed or took too long.
        """
        try:
            pipe = self._started()
        except (OSError, RuntimeError) as error:
            raise HelperError("could not be started") from error
        ended, until = False, time.monotonic() + self._limit
        try:
            pipe.send((work, arrays))
            while not pipe.poll(_GLANCE):
                if time.monotonic() > until:
                    raise HelperError("took too long")
                yield
            answer = pipe.recv()
            ended = True
        except (EOFError, OSError) as error:
            raise HelperError("crashed") from error
        finally:
            if not ended:
                self._end()
        if isinstance(answer, str):
            raise HelperError(f"failed ({answer})")
        result: NDArray[Any] = answer
        return result

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None

    def _started(self) -> Connection:
        if self._pipe is None:
            import multiprocessing  # not above: the window opens faster without

            # A copy of this process would have its threads' locks, but not its threads.
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), name="wganpaint-helper", daemon=True)
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
            finally:
                theirs.close()  # or the end of the process would not be noticed
            self._pipe, self._process = ours, process
        return self._pipe

    def _end(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def __enter__(self) -> Helper:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()


def _serve(pipe: Connection) -> None:
    """Answer one call after another, until the other process closes the pipe or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the other process decides
    with suppress(EOFError, OSError):
        while True:
            work, arrays = pipe.recv()
            try:
                answer = work(*arrays)
            except Exception as error:
                answer = str(error).strip() or type(error).__name__
            pipe.send(answer)
