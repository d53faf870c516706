"""Any error in one sentence; only what the program does not expect is logged and reported."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.system.explain import explain

SHORT = "There is not enough memory. Close other programs, or use a smaller photo."
UNLOADED = "There is not enough memory to load what this needs. Close other programs."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PhotoError("a.png is empty.", "Choose another."), "a.png is empty. Choose another."),
        (MemoryError(), SHORT),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."), SHORT),
        (RuntimeError("alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 9 bytes"), SHORT),  # of OpenCV
        (RuntimeError("can't start new thread"), SHORT),
        (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), SHORT),
        (ImportError("libtorch_cpu.so: failed to map segment from shared object"), UNLOADED),
    ],
)
def test_an_expected_error_is_a_sentence_without_a_report(own_home: Path, error: Exception, sentence: str):
    explanation = explain(error)
    assert (explanation.sentence, explanation.expected, explanation.report) == (sentence, True, None)
    assert not list(own_home.glob("log/crash-*"))


def test_a_library_that_is_missing_is_named_with_its_package(own_home: Path):
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    explanation = explain(error)
    assert explanation.expected
    assert "libEGL.so.1" in explanation.sentence
    assert "sudo apt install" in explanation.sentence


def test_an_unexpected_error_is_logged_and_names_its_report(own_home: Path, caplog: pytest.LogCaptureFixture):
    explanation = explain(ValueError("two\nlines"))
    (record,) = caplog.records
    caplog.clear()
    (report,) = own_home.glob("log/crash-*.txt")
    assert explanation.report == report
    assert explanation.sentence == f"Unexpected error: ValueError: two lines. A report was written to {report}."
    assert record.exc_info is not None


def test_what_a_long_error_says_is_cut(own_home: Path, caplog: pytest.LogCaptureFixture):
    sentence = explain(ValueError(np.arange(5000).tolist())).sentence
    caplog.clear()
    assert len(sentence.split(" A report")[0]) < 340
