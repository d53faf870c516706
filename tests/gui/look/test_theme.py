"""The look: readable in light and dark, and changed while the program runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import DARK, LIGHT, RUN_LINES_ON_DARK, RUN_LINES_ON_LIGHT, Colours
from wganpaint_gui.gui.look.stylesheet import stylesheet
from wganpaint_gui.gui.training.comparison.comparison_plot import MOST_RUNS

BOTH = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply_theme(qapp, "light")


def contrast(first: str, second: str) -> float:
    """WCAG 2.2: relative luminances, 1..21."""

    def luminance(colour: str) -> float:
        parts = [value / 255 for value in QColor(colour).toTuple()[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize("ink", ["text", "muted", "yeh_ink", "critic_ink", "good", "fair", "bad"])
@pytest.mark.parametrize("ground", ["window", "panel", "raised"])
def test_text_can_be_read_on_every_ground(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["primary", "primary_hover", "primary_pressed"])
def test_the_primary_button_can_be_read(colours: Colours, ground: str) -> None:
    assert contrast(colours.on_primary, getattr(colours, ground)) >= 4.5


@BOTH
def test_buttons_and_what_is_switched_on_can_be_read(colours: Colours) -> None:
    for ground in (colours.control, colours.hover, colours.pressed, colours.field):
        assert contrast(colours.text, ground) >= 4.5
    assert contrast(colours.muted, colours.control) >= 4.5


@BOTH
def test_what_is_chosen_stands_out_from_every_ground(colours: Colours) -> None:
    for ground in (colours.window, colours.panel, colours.raised, colours.field):
        assert contrast(colours.selection, ground) >= 3
    for bar in (colours.yeh_line, colours.critic_line, colours.surroundings_line):
        for ground in (colours.panel, colours.raised):
            assert contrast(bar, ground) >= 3


@BOTH
def test_lines_of_data_stand_out_from_their_ground(colours: Colours) -> None:
    for line in (colours.yeh_line, colours.critic_line, colours.surroundings_line, colours.refined_line, colours.level):
        assert contrast(line, colours.plot) >= 3


def test_compared_runs_stand_out_from_the_plot_and_from_the_list() -> None:
    for colours, lines in ((DARK, RUN_LINES_ON_DARK), (LIGHT, RUN_LINES_ON_LIGHT)):
        assert len(set(lines)) == MOST_RUNS
        for line in lines:
            assert min(contrast(line, colours.plot), contrast(line, colours.panel)) >= 3, line


def test_the_theme_changes_while_the_program_runs(app: QApplication) -> None:
    theme.apply_theme(app, theme.Mode.DARK)
    assert theme.is_dark()
    assert theme.colours() is DARK
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    theme.apply_theme(app, "light")
    assert not theme.is_dark()
    assert app.styleSheet() == stylesheet(LIGHT)


def test_a_shown_label_follows_the_theme(app: QApplication, qtbot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    for mode, colours in (("dark", DARK), ("light", LIGHT)):
        theme.apply_theme(app, mode)
        assert label.palette().color(QPalette.ColorRole.WindowText).name() == colours.text


def test_a_button_keeps_its_size_in_every_theme(app: QApplication, qtbot) -> None:
    button = QPushButton("Keep")
    qtbot.addWidget(button)
    sizes = set()
    for mode in ("dark", "light"):
        theme.apply_theme(app, mode)
        sizes.add(button.sizeHint().toTuple())
    assert len(sizes) == 1


def test_an_unknown_mode_is_refused(app: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply_theme(app, "sepia")


def test_tabular_figures_have_one_width(app: QApplication) -> None:
    metrics = QFontMetrics(theme.tabular(QFont("Inter")))
    assert len({metrics.horizontalAdvance(digit * 6) for digit in "0123456789"}) == 1
