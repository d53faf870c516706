"""Run a command of this checkout in an environment of its own: python3 .ci/start.py [COMMAND ...]

The command is `wganpaint` unless another is named, for example `pytest`. The first call creates the folder .venv and
installs the checkout there, with its tests; a call after a change of pyproject.toml installs what is new.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "installed"  # the Python and the pyproject.toml of the last complete installation


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036, nothing has checked it before
        sys.exit("WganPaint needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = f"{sys.version}\n{settings}"
    if not STAMP.is_file() or STAMP.read_text("utf-8") != wanted:
        install(settings)
        STAMP.write_text(wanted, "utf-8")
    name, *arguments = sys.argv[1:] or ["wganpaint"]
    command = [shutil.which(name, path=str(SCRIPTS)) or sys.exit(f"No command {name} in {SCRIPTS}."), *arguments]
    os.environ["PATH"] = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    if os.name == "nt":  # there exec would not wait for the command, and the command alone handles Ctrl-C
        signal.signal(signal.SIGINT, lambda *_: None)
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def install(settings: str) -> None:
    import tomllib  # not there before 3.11

    print(f"Installing into {VENV}. This takes a few minutes, once.", file=sys.stderr)
    own_pip = find_spec("ensurepip") is not None  # Debian and Ubuntu have it in python3-venv
    if not own_pip and not find_spec("pip"):
        sys.exit("This Python has no pip. On Debian and Ubuntu: sudo apt install python3-venv")
    venv.create(VENV, with_pip=own_pip, symlinks=os.name != "nt")
    pip = [str(SCRIPTS / "python"), "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", str(VENV)]
    torch = [one for one in tomllib.loads(settings)["project"]["dependencies"] if one.startswith("torch")]
    if torch and sys.platform == "linux" and not shutil.which("nvidia-smi"):
        # PyPI's torch for Linux brings several GB of CUDA. If this index cannot be reached, it is what comes next.
        index = ["--index-url", "https://download.pytorch.org/whl/cpu", "--timeout", "10", "--retries", "1"]
        subprocess.call([*pip, "install", *torch, *index], stdout=sys.stderr)
    if subprocess.call([*pip, "install", "pip", "-e", f"{ROOT}[test]"], stdout=sys.stderr):
        sys.exit("The installation failed, see above. The same command tries again.")


if __name__ == "__main__":
    main()
