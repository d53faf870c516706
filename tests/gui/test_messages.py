"""The message bar: what it says, how it looks, and that nothing of an older message stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.shown import shown_message
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.gui import messages
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import DARK, LIGHT
from wganpaint_gui.gui.messages import HEIGHT, MessageBar, MessageStrip, with_names_only
from wganpaint_gui.gui.widgets import in_column

LONG = "What the model sees is unlike the pictures it knows, so the fill may not fit. " * 3


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "dark")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 500)
    widget.show()
    yield widget
    theme.apply_theme(app, "light")


@pytest.fixture
def bar(window: QWidget) -> MessageBar:
    bar = MessageBar(window)
    in_column((QWidget(window), 1), MessageStrip(bar, window), of=window, spacing=0)
    QApplication.processEvents()
    return bar


def shown_buttons(bar: MessageBar) -> list[QPushButton]:
    return [button for button in bar.findChildren(QPushButton) if button.isVisible()]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/home/me/a.png is not an image.", "a.png is not an image."),
        ("/a.png is empty.", "a.png is empty."),
        ("/home/my own photos/Party 2.png is empty.", "Party 2.png is empty."),
        ('Cannot write "/home/me/a.png".', 'Cannot write "a.png".'),
        ("'/tmp/x y/z.jpg' and '/tmp/q.jpg' differ.", "'z.jpg' and 'q.jpg' differ."),
        ("/tmp/a.png and /tmp/b c/d.png differ.", "a.png and d.png differ."),
        ("/tmp/a.png is no photo and/or damaged.", "a.png is no photo and/or damaged."),
        (r"C:\Users\Me Too\a.png is empty.", "a.png is empty."),
        (r"\\server\share\a.png is empty.", "a.png is empty."),
        ("C:/photos/a.png is empty.", "a.png is empty."),
        ("/home/me/photos/ is a folder.", "photos/ is a folder."),
        ("The file (/tmp/v1.2/a.tiff) is empty.", "The file (a.tiff) is empty."),
        ("It makes 14 steps/s before / after.", "It makes 14 steps/s before / after."),
        ("See https://example.org/help/x.html.", "See https://example.org/help/x.html."),
        ("photos/a.png is empty.", "photos/a.png is empty."),
    ],
)
def test_files_are_called_by_their_names(said: str, shown: str) -> None:
    assert with_names_only(said) == shown


def test_a_real_error_names_the_file_and_its_tooltip_the_path(bar: MessageBar, tmp_path: Path) -> None:
    folder = tmp_path / "my photos (old)"
    folder.mkdir()
    path = folder / "no image.png"
    path.write_text("words")
    with pytest.raises(PhotoError) as caught:
        load_photo(path)
    bar.show_error(caught.value)
    assert shown_message(bar).startswith("no image.png")
    assert str(folder) not in shown_message(bar)
    assert str(path) in bar.findChild(QLabel, "messageText").toolTip()
    bar.show_message("Saved.")
    assert bar.findChild(QLabel, "messageText").toolTip() == ""


def test_a_name_that_looks_like_html_is_shown_as_it_is(bar: MessageBar) -> None:
    bar.show_message("<b>x</b>.png is empty.")
    assert shown_message(bar) == "<b>x</b>.png is empty."
    assert bar.findChild(QLabel, "messageText").textFormat() == Qt.TextFormat.PlainText


def test_the_bar_is_as_high_as_its_words_need(bar: MessageBar, window: QWidget, qtbot: QtBot) -> None:
    bar.show_message("Saved.")
    QApplication.processEvents()
    assert bar.height() == HEIGHT
    window.resize(420, 500)
    bar.show_message(LONG, "warning")
    qtbot.waitUntil(lambda: bar.height() > HEIGHT)
    label = bar.findChild(QLabel, "messageText")
    assert label.height() >= label.heightForWidth(label.width())
    bar.show_message("Saved.")
    qtbot.waitUntil(lambda: bar.height() == HEIGHT)


def test_a_message_moves_nothing_and_a_hint_has_its_place_in_between(bar: MessageBar) -> None:
    strip = bar.parentWidget()
    assert isinstance(strip, MessageStrip)
    hint = strip.findChild(QLabel, "hint")
    strip.show_hint("Paint over the area to fill.")
    QApplication.processEvents()
    place = strip.geometry()
    for text in ("Saved.", "The known-region fit is poor. It often helps to move the frame so that a face fills it."):
        bar.show_message(text, "warning", [("Grow the frame", int)])
        QApplication.processEvents()
        assert (strip.geometry(), hint.isVisible()) == (place, False)
    bar.hide()
    QApplication.processEvents()
    assert (strip.geometry(), hint.isVisible(), hint.text()) == (place, True, "Paint over the area to fill.")


def test_everything_in_the_bar_stands_on_one_line(bar: MessageBar) -> None:
    bar.show_message("1,204 masked pixels lie outside the frame.", "warning", [("Grow", int), ("Fill", int)])
    QApplication.processEvents()
    parts = [*shown_buttons(bar), bar.findChild(QToolButton), *bar.findChildren(QLabel)]
    assert len(parts) == 5
    assert all(abs(part.geometry().center().y() - bar.rect().center().y()) <= 1 for part in parts)


def test_the_first_choice_is_the_likely_one_and_older_ones_are_gone_at_once(bar: MessageBar) -> None:
    bar.show_message("One?", "warning", [("Yes", int), ("No", int)])
    bar.show_message("Two?", "warning", [("Grow", int), ("Leave", int)])
    assert [button.text() for button in shown_buttons(bar)] == ["Grow", "Leave"]
    assert [bool(button.property("primary")) for button in shown_buttons(bar)] == [True, False]
    bar.show_message("Three.")
    assert not shown_buttons(bar)


def test_a_choice_is_done_once_and_closes_the_bar(bar: MessageBar) -> None:
    done: list[str] = []
    bar.show_message("One?", "warning", [("Yes", lambda: done.append("yes")), ("No", lambda: done.append("no"))])
    shown_buttons(bar)[1].click()
    assert done == ["no"]
    assert bar.isHidden()
    assert shown_message(bar) == ""


def test_only_information_goes_away_by_itself(window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "INFO_SECONDS", 0)
    bar, witness = MessageBar(window), MessageBar(window)
    for severity, choices, leaves in (
        ("info", [], True),
        ("info", [("Undo", int)], False),
        ("warning", [], False),
        ("error", [], False),
    ):
        bar.show_message("Words.", severity, choices)
        witness.show_message("Said later, so it goes later.")
        qtbot.waitUntil(witness.isHidden)
        assert bar.isHidden() == leaves


def test_an_error_comes_back_after_information_until_it_is_closed(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "INFO_SECONDS", 0)
    bar = MessageBar(window)
    bar.show_message("The disk is full.", "error")
    for told in ("Saved.", "Opened."):
        bar.show_message(told)
        assert shown_message(bar) == told
    qtbot.waitUntil(lambda: shown_message(bar) == "The disk is full.")
    bar.findChild(QToolButton).click()
    assert bar.isHidden()
    bar.show_message("Saved.")
    qtbot.waitUntil(bar.isHidden)


def test_a_hidden_error_stays_hidden_when_the_information_over_it_would_have_gone(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "INFO_SECONDS", 0)
    bar, witness = MessageBar(window), MessageBar(window)
    bar.show_message("The photo before is damaged.", "error")
    bar.show_message("Saved.")
    bar.forget_photo()
    witness.show_message("Said later, so it goes later.")
    qtbot.waitUntil(witness.isHidden)
    assert shown_message(bar) == ""


def test_an_error_comes_back_where_the_information_over_it_is_withdrawn_or_the_photo_left(bar: MessageBar) -> None:
    bar.show_message("The disk is full.", "error")
    bar.show_message("Saving…")
    bar.withdraw("Saving…")
    assert shown_message(bar) == "The disk is full."
    bar.show_message("Saved.")
    bar.turn_to_page()
    assert shown_message(bar) == ""
    bar.turn_to_photo()
    assert shown_message(bar) == "The disk is full."


def sign_colour(bar: MessageBar) -> str:
    image: QImage = bar.findChild(QLabel, "messageIcon").pixmap().toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(colours, key=QColor.alpha).name()


def test_the_sign_has_the_colour_of_its_severity_in_either_theme(bar: MessageBar, qapp: QApplication) -> None:
    for mode, colours in (("dark", DARK), ("light", LIGHT)):
        theme.apply_theme(qapp, mode)
        for severity, colour in (("info", colours.muted), ("warning", colours.fair), ("error", colours.bad)):
            bar.show_message("Words.", severity)
            assert sign_colour(bar) == colour
    theme.apply_theme(qapp, "dark")
    assert sign_colour(bar) == DARK.bad


def test_what_is_said_of_the_photo_waits_there_while_a_page_is_shown(bar: MessageBar) -> None:
    bar.show_message("Of the photo.", "warning")
    bar.turn_to_page()
    assert shown_message(bar) == ""
    bar.show_message("Of the page.", "warning")
    bar.show_message("Of the photo, later.", "warning", of_photo=True)
    assert shown_message(bar) == "Of the page."
    bar.hide()
    bar.turn_to_photo()
    assert shown_message(bar) == "Of the photo, later."


def test_what_is_said_on_the_page_is_not_lost_on_the_way_back(bar: MessageBar) -> None:
    bar.show_message("Of the photo.", "warning")
    bar.turn_to_page()
    bar.show_message("Of the page.", "warning")
    bar.turn_to_photo()
    assert shown_message(bar) == "Of the page."
    bar.turn_to_page()
    assert shown_message(bar) == "Of the page."


def test_another_photo_takes_what_was_said_of_the_one_before_away(bar: MessageBar) -> None:
    bar.show_message("Of the photo.", "warning")
    bar.turn_to_page()
    bar.forget_photo()
    bar.turn_to_photo()
    assert shown_message(bar) == ""


def test_what_is_true_no_more_goes_also_while_it_waits_and_nothing_else(bar: MessageBar) -> None:
    bar.show_message("Of the fill.", "warning")
    bar.withdraw("Of something else.")
    assert shown_message(bar) == "Of the fill."
    bar.turn_to_page()
    bar.withdraw("Of the fill.")
    bar.turn_to_photo()
    assert shown_message(bar) == ""
    bar.show_message("Of the fill.", "warning")
    bar.withdraw("Of the fill.")
    assert shown_message(bar) == ""


def test_offers_come_one_after_another_until_each_is_answered(bar: MessageBar, qtbot) -> None:
    bar.show_until_answered("A crash?", "warning", [("Report", int)])
    bar.show_until_answered("Go on?", "info", [("Yes", int), ("Not now", int)])
    assert shown_message(bar) == "A crash?"
    bar.show_message("A poor fit.", "warning", of_photo=True)
    assert shown_message(bar) == "A poor fit."
    bar.withdraw("A poor fit.")
    qtbot.waitUntil(lambda: shown_message(bar) == "A crash?")
    shown_buttons(bar)[0].click()
    qtbot.waitUntil(lambda: shown_message(bar) == "Go on?")
    bar.turn_to_page()
    assert shown_message(bar) == "Go on?"
    shown_buttons(bar)[1].click()
    bar.turn_to_photo()
    QApplication.processEvents()
    assert shown_message(bar) == ""


def test_an_offer_that_was_answered_elsewhere_does_not_come_back(bar: MessageBar) -> None:
    bar.show_until_answered("Go on?", "info", [("Yes", int)])
    bar.show_message("Something else.", "warning")
    bar.withdraw("Go on?")
    assert shown_message(bar) == "Something else."
    bar.hide()
    QApplication.processEvents()
    assert shown_message(bar) == ""
