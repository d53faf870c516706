"""The language of the interface: English in the source, other languages from resources/translations."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTranslator

from wganpaint_gui.core.system.paths import resource

TRANSLATED = ("de",)  # codes of the languages that resources/translations has, besides English


def tr(text: str, comment: str = "", count: int | None = None) -> str:
    """Return a text of the interface in the language of the interface.

    text: English, a literal, so that pyside6-lupdate finds it, without values: tr("Open {name}").format(name=name).
    comment: tells apart two uses of one text that need different translations. count: the number that %n stands for,
    with thousands separated; "(s)" after a noun is an s for all numbers but one: tr("%n photo(s)", "", 2): "2 photos".

    Texts of tables that are built at import are marked by QT_TR_NOOP, and translated where they are shown.
    """
    if count is None:
        return QCoreApplication.translate("", text, comment)
    shown = QCoreApplication.translate("", text, comment, count)
    if count >= 1000:
        shown = shown.replace(str(count), grouped(count), 1)
    return re.sub(r"(?<=\w)\(s\)", "" if count == 1 else "s", shown)


def QT_TR_NOOP(text: str) -> str:
    """Mark a text for pyside6-lupdate where it cannot be translated yet; Qt's own function is not typed."""
    return text


def capitalised(text: str) -> str:
    """Return a text with its first letter in upper case, the others as they are."""
    return text[:1].upper() + text[1:]


def local_number(formatted: str) -> str:
    """Return a number as the interface's language writes it: "1,204.5" is "1.204,5" in German."""
    return formatted.translate(_SWAPPED) if language() == "de" else formatted


def percent_sign() -> str:
    """Return what stands after a number of percent: German puts a narrow space, which does not break, before it."""
    return "\u202f%" if language() == "de" else "%"


def grouped(number: int) -> str:
    """Return a whole number with its thousands separated: "1,204"."""
    return local_number(f"{number:,}")


def share_text(done: int, total: int) -> str:
    """Format progress: "1,200 of 5,000"."""
    return tr("{done} of {total}").format(done=grouped(done), total=grouped(total))


def local_time(time: datetime) -> str:
    """Return a day and time of day: "2 Nov 2026, 14:05"."""
    if language() == "en":
        return f"{time.day} {time:%b %Y, %H:%M}"
    return QLocale(language()).toString(QDateTime.fromSecsSinceEpoch(round(time.timestamp())), "d. MMM yyyy, HH:mm")


_SWAPPED = str.maketrans(",.", ".,")
_shown = "en"
_installed: list[QTranslator] = []  # Qt does not own them


def language() -> str:
    """Return the code of the interface's language: "en" or one of TRANSLATED."""
    return _shown


def install_translators(app: QCoreApplication, chosen: str) -> None:
    """Show everything that is made from now on in a language: "system", "en" or one of TRANSLATED.

    Qt's own words, such as those of its dialogs' buttons, change too. A language without a translation shows English.
    """
    global _shown
    while _installed:
        app.removeTranslator(_installed.pop())
    _shown = _of_system() if chosen == "system" else chosen
    if _shown == "en":
        return
    QLocale.setDefault(QLocale(_shown))
    folders = (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), str(resource("translations")))
    for name, folder in zip((f"qtbase_{_shown}", f"wganpaint_{_shown}"), folders, strict=True):
        translator = QTranslator()
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)


def _of_system() -> str:
    """Return the first of the user's languages that there is."""
    codes = (name.replace("_", "-").partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in codes if code in ("en", *TRANSLATED)), "en")
