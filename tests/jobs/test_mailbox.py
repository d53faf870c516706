"""The mailbox never makes its reader wade through old items."""

from __future__ import annotations

import threading

from wganpaint_gui.jobs.mailbox import Mailbox


def test_the_newest_item_wins():
    mailbox = Mailbox[int]()
    for item in range(5):
        mailbox.put(item)
    assert mailbox.take() == 4
    assert mailbox.take() is None


def test_the_reader_is_woken_only_for_an_empty_slot():
    mailbox = Mailbox[str]()
    assert mailbox.empty
    assert mailbox.put("first")
    assert not mailbox.put("second")
    assert not mailbox.empty
    mailbox.take()
    assert mailbox.put("third")


def test_none_is_an_item_like_any_other():
    mailbox = Mailbox[None]()
    mailbox.put(None)
    assert not mailbox.empty
    assert not mailbox.put(None)


def test_between_threads_each_wake_up_is_answered_once_and_the_last_item_arrives():
    mailbox = Mailbox[int]()
    wake = threading.Semaphore(0)
    taken: list[int | None] = []
    last = 2000

    def read() -> None:
        while not taken or taken[-1] != last:
            wake.acquire()
            taken.append(mailbox.take())

    reader = threading.Thread(target=read)
    reader.start()
    for item in range(last + 1):
        if mailbox.put(item):
            wake.release()
    reader.join(timeout=10)
    assert not reader.is_alive()
    assert None not in taken  # no wake-up without an item
    assert taken == sorted(taken)
