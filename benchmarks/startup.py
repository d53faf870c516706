"""How long from process start until the window shows the photo, and that torch is not there yet.

Starts the editor afresh several times; prints seconds, median and worst.
Use: python benchmarks/startup.py [--program dist/wganpaint/wganpaint] [--json FILE]
With --program the standalone program is measured, as a person starts it, by the time in its log.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from wganpaint_gui.core.system.paths import resource

PROBE = """
import gc, os, sys, time
gc.disable()  # as the command line does while it imports the editor
def since_start():
    with open("/proc/self/stat") as file:
        ticks = int(file.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/uptime") as file:
        return float(file.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
from wganpaint_gui.gui.app import make_application
from wganpaint_gui.gui.window.main_window import MainWindow
app = make_application()
window = MainWindow(load_engine=False)
window.show()
def shown():
    print(since_start(), "torch" in sys.modules, flush=True)
    app.quit()
window.photo_shown.connect(shown)
window.open_sample()
app.exec()
window.close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--program", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    program: Path | None = options.program
    seconds = [_program_seconds(program) if program else _checkout_seconds() for _ in range(options.runs + 1)]
    warm = seconds[1:]  # the first start fills the file cache
    result = {"median_s": statistics.median(warm), "worst_s": max(warm), "first_s": seconds[0], "runs": len(warm)}
    print(f"Process start to photo on screen, {options.program or 'the checkout, torch not imported'}:")
    print(f"  median {result['median_s']:.2f} s, worst {result['worst_s']:.2f} s (target under 1.0 s)")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


def _checkout_seconds() -> float:
    answer = subprocess.run(
        [sys.executable, "-c", PROBE], env=_environment(), capture_output=True, text=True, check=True
    )
    seconds, torch_there = answer.stdout.split()
    assert torch_there == "False", "torch was imported on the way to the window"
    return float(seconds)


def _program_seconds(program: Path) -> float:
    """From starting the program to the line of its log that says a photo is on the screen."""
    from wganpaint_gui.gui.app import PHOTO_SHOWN

    with tempfile.TemporaryDirectory() as home:
        environment = {**_environment(), "WGANPAINT_HOME": home}
        log = Path(home) / "log" / "wganpaint.log"
        began = datetime.now()
        process = subprocess.Popen([program, resource("sample-portrait.png")], env=environment)
        try:
            while True:
                lines = log.read_text("utf-8").splitlines() if log.exists() else []
                shown = [line for line in lines if line.endswith(PHOTO_SHOWN)]
                if shown:
                    at = datetime.strptime(" ".join(shown[0].split()[:2]), "%Y-%m-%d %H:%M:%S,%f")
                    return (at - began).total_seconds()
                assert process.poll() is None, "the program ended"
                time.sleep(0.02)
        finally:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


if __name__ == "__main__":
    main()
