"""The report says in numbers, names and sentences what is right and wrong with the pictures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.dataset import DataReport
from wganpaint_gui.core.dataset.data_report import Fault, Verdicts, make_report

GOOD = DataReport(Path("faces"), 31_112, 31_112, (), (), (), (), 0)

digests = st.sampled_from("abcdef")
verdicts = st.builds(
    lambda faults, copied: Verdicts(
        faults, {digest: "a" for digest in copied if digest not in faults and digest != "a"}
    ),
    st.dictionaries(st.sampled_from("bcdef"), st.sampled_from(Fault)),
    st.sets(digests),
)


def test_good_pictures_need_one_sentence():
    assert GOOD.sentences() == ["31,112 of 31,112 pictures can be used."]
    assert GOOD.problem() is None


def test_every_fault_has_its_sentence_with_up_to_three_names():
    report = replace(
        GOOD,
        usable=31_100,
        duplicates=(("b.png", "a.png"), ("c.png", "a.png")),
        unreadable=("torn.jpg",),
        too_small=tuple(f"{n}.gif" for n in range(1005)),
        without_face=("tree.png", "sea.png", "sky.png"),
        skipped=2,
    )
    assert report.sentences() == [
        "31,100 of 31,112 pictures can be used.",
        "2 are copies of others and count once: b.png (like a.png), c.png (like a.png).",
        "1 cannot be read: torn.jpg.",
        "1,005 are too small: 0.gif, 1.gif, 2.gif and 1,002 more.",
        "3 show no face: tree.png, sea.png, sky.png.",
        "2 other files are not pictures this program can read.",
    ]


@given(st.lists(st.none() | digests, max_size=20), verdicts)
def test_every_picture_counts_exactly_once(contents, verdicts):
    pictures = [(f"{number}.png", digest) for number, digest in enumerate(contents)]
    report = make_report(Path("some"), pictures, 0, verdicts, "whole")
    named = [*report.unreadable, *report.too_small, *report.without_face, *(name for name, _ in report.duplicates)]
    assert report.found == len(pictures) == report.usable + len(named)
    assert len(set(named)) == len(named)
    for name, original in report.duplicates:
        assert original not in named
        assert int(original.split(".")[0]) < int(name.split(".")[0])


@given(st.lists(st.none() | digests, max_size=20), verdicts)
def test_a_report_comes_back_from_json(contents, verdicts):
    pictures = [(f"{number}.png", digest) for number, digest in enumerate(contents)]
    report = make_report(Path("some"), pictures, 3, verdicts, "faces")
    assert DataReport.from_json(json.loads(json.dumps(report.to_json()))) == report


@given(st.lists(st.none() | digests, min_size=1, max_size=6), verdicts)
def test_too_few_images_are_always_explained(contents, verdicts):
    pictures = [(f"{number}.png", digest) for number, digest in enumerate(contents)]
    report = make_report(Path("some"), pictures, 0, verdicts, "whole")
    problem = report.problem()
    assert (problem is None) == (report.usable >= 2)
    if problem is not None:
        assert "some" in problem.message
        assert problem.message.endswith(".")
        assert problem.hint.endswith(".")
