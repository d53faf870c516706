"""The table of the experiment: means and standard errors, as statistics has them."""

from __future__ import annotations

import csv
import io
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.measure.evaluation import ORIGINAL, Row, rows_csv, summarise, table_csv, table_text


def row(image: str = "a.png", method: str = "yeh", psnr: float | None = 20.0, score: float = 1.5) -> Row:
    return Row(image, "center", method, 3, psnr, 0.75, 0.125, score, 7, -12.5)


def original(image: str = "a.png") -> Row:
    return Row(image, "center", ORIGINAL, 3, None, None, None, 2.5)


@given(values=st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_means_and_standard_errors_are_those_of_statistics(values: list[float]):
    (summary,) = summarise([row(f"{n}", psnr=value) for n, value in enumerate(values)], {"yeh": 1.5})
    mean = summary.measures["psnr"]
    assert mean is not None
    assert mean.value == pytest.approx(fmean(values), abs=1e-9)
    assert mean.error == pytest.approx(stdev(values) / len(values) ** 0.5, abs=1e-9)
    assert (summary.images, summary.seconds) == (len(values), 1.5)


def test_a_single_image_has_no_standard_error():
    (summary,) = summarise([row()], {})
    assert summary.flat()["psnr"] == 20
    assert summary.flat()["psnr_se"] is None
    assert summary.seconds is None


def test_methods_keep_their_order_and_originals_have_only_a_score():
    table = summarise([original("a"), original("b"), row("a", "critic"), row("b", "critic"), row("a")], {})
    assert [summary.method for summary in table] == [ORIGINAL, "critic", "yeh"]
    assert table[0].measures["psnr"] is None
    assert table[0].flat()["critic_score"] == 2.5


def test_what_makes_no_sense_is_an_empty_cell():
    rows = list(csv.DictReader(io.StringIO(rows_csv([original(), row(image='with "quotes", and comma.png')]))))
    assert rows[0]["psnr"] == rows[0]["loss"] == ""
    assert rows[1]["image"] == 'with "quotes", and comma.png'
    assert float(rows[1]["loss"]) == -12.5
    table = list(csv.DictReader(io.StringIO(table_csv(summarise([original(), row()], {"yeh": 2.0})))))
    assert [line["seconds"] for line in table] == ["", "2.0"]
    assert list(table[0])[:5] == ["corruption", "method", "images", "psnr", "psnr_se"]


def test_people_read_a_line_a_method():
    text = table_text(summarise([original("a"), original("b"), row("a"), row("b", psnr=22.0)], {"yeh": 61.0}))
    head, first, second = text.splitlines()
    assert head.split()[:2] == ["corruption", "method"]
    assert first.split() == ["center", "original", "2.50", "±", "0.00"]
    assert "21.00 ± 1.00" in second
    assert second.endswith("61.0")
