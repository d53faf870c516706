"""A subscription that moves from one document to the next."""

from __future__ import annotations

from tests.gui.canvas_mouse import plain_photo
from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui.work.open_document import DocumentSubscription


def document() -> Document:
    return Document(plain_photo(40, 30, (1, 2, 3)))


def edit(document: Document) -> None:
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(Box(0, 0, 4, 4), 255)


def test_only_the_document_given_last_is_followed():
    heard: list[Change] = []
    first, second = document(), document()
    subscription = DocumentSubscription(heard.append)
    subscription.follow(first)
    edit(first)
    assert heard
    heard.clear()
    subscription.follow(second)
    edit(first)
    assert not heard
    edit(second)
    assert heard


def test_following_no_document_ends_the_subscription():
    heard: list[Change] = []
    only = document()
    subscription = DocumentSubscription(heard.append)
    subscription.follow(None)
    subscription.follow(only)
    subscription.follow(None)
    edit(only)
    assert not heard


def test_a_document_followed_again_reports_each_change_once():
    heard: list[Change] = []
    only = document()
    subscription = DocumentSubscription(heard.append)
    subscription.follow(only)
    subscription.follow(only)
    only.set_frames(())
    edit(only)
    alone: list[Change] = []
    other = document()
    other.subscribe(alone.append)
    edit(other)
    assert heard == alone
