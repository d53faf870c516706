"""Parse the command line: the commands and their help."""

from __future__ import annotations

import argparse
import difflib
import gc
import os
from collections.abc import Sequence
from pathlib import Path

from wganpaint_gui import __version__
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.system.program import program_name
from wganpaint_gui.core.system.program_log import COMMAND_LOG, EDITOR_LOG
from wganpaint_gui.core.system.system_libraries import library_error

from . import bench, evaluate, models, samples, selftest, train
from .console import FAILED, UNUSABLE, print_error, print_warning
from .fill import inpaint

COMMANDS = ("gui", "inpaint", "train", "evaluate", "samples", "models", "selftest", "bench")

_EXAMPLES = (
    ("", "open the editor"),
    ("portrait.png", "open the editor with a photo, or a project"),
    ("inpaint portrait.png --mask mouth.png -o filled.png", "fill the white pixels of mouth.png"),
    (
        "inpaint photos/*.jpg --mask masks/ -o filled/ --method both --json",
        "fill many photos with both methods, masks paired by name",
    ),
    ("train photos/ --out runs/portraits", "train a model on your own pictures"),
    ("evaluate runs/portraits held-out.zip --out evaluation", "measure a model on images it was not trained on"),
    ("selftest", "check that this installation works"),
)
_COLUMN = 46  # of the explanation of an example

_EPILOG = """\
exit codes:
  0    success
  1    some or all of the work failed: one line per failure on stderr, the rest is done
  2    invalid arguments or input: nothing was written
  130  interrupted: finished files are kept

`%(prog)s COMMAND --help` explains a command. To open a photo named like a command, write ./inpaint.
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; `run` of the result is the command's function. Raises SystemExit as argparse does.

    Arguments that do not begin with a command or an option are photos for the editor.
    """
    arguments = list(argv)
    if not arguments or arguments[0] == "--":
        arguments.insert(0, "gui")
    elif arguments[0] not in COMMANDS and not arguments[0].startswith("-"):
        _refuse_mistyped(arguments[0])
        arguments.insert(0, "gui")
    return _build().parse_args(arguments)


def _refuse_mistyped(word: str) -> None:
    """Exit with an error if the word is neither a command nor a file: a script would wait for the editor for ever.

    A word with a suffix or a folder is a photo; the editor reports what is wrong with it.
    """
    path = Path(word)
    if path.name != word or path.suffix or os.path.lexists(path):
        return
    name, near = program_name(), difflib.get_close_matches(word.lower(), COMMANDS, n=1)
    hint = f"Did you mean `{name} {near[0]}`?" if near else f"`{name} --help` lists the commands."
    print_error(PhotoError(f"No command or photo named {word}.", hint), in_box=True)
    raise SystemExit(UNUSABLE)


def _build() -> argparse.ArgumentParser:
    name = program_name()
    parser = argparse.ArgumentParser(
        prog=name,
        usage="%(prog)s [PHOTO ...]\n       %(prog)s COMMAND ...",
        description="Fill parts of a photo using a Wasserstein GAN. Without a command, opens the editor.",
        epilog=f"{_examples(name)}\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(log=COMMAND_LOG, in_box=False)
    parser.add_argument("--version", action="version", version=f"wganpaint {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog=name)
    editor = commands.add_parser("gui", help="open the editor (the default)", description="Open the editor.")
    editor.add_argument("photos", nargs="*", type=Path, metavar="PHOTO", help="photos, or one project, to open")
    editor.set_defaults(run=_open_editor, log=EDITOR_LOG, in_box=True)
    for module in (inpaint, train, evaluate, samples, models, selftest, bench):
        module.add_parser(commands)
    return parser


def _examples(name: str) -> str:
    lines = ["examples:"]
    for arguments, what in _EXAMPLES:
        line = f"  {name} {arguments}".rstrip()
        lines += [f"{line:<{_COLUMN}}{what}"] if len(line) < _COLUMN else [line, f"{'':{_COLUMN}}{what}"]
    return "\n".join(lines)


def _open_editor(arguments: argparse.Namespace) -> int:
    gc.disable()  # imports leave nothing to collect, and looking takes a thirtieth of the start
    try:
        from wganpaint_gui.gui.app import run_editor
    except ImportError as error:  # a minimal Linux container lacks libEGL and others
        print_error(error, in_box=arguments.in_box)
        if library_error(error) is None:
            print_warning("The editor needs Qt and the system's graphics libraries. They are listed in the README.")
        return FAILED
    finally:
        gc.enable()
    return run_editor(arguments.photos)
