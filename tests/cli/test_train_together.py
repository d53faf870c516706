"""Several processes that train one model, started by torchrun, over Gloo."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.ml.training_runs import write_pictures
from wganpaint_gui.core.run_folder import RunFolder
from wganpaint_gui.core.training_log import read_log
from wganpaint_gui.ml.checkpoint import read_checkpoint

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Gloo between processes of one machine, POSIX signals")
OPTIONS = ("--resolution", "32", "--width", "4", "--batch-size", "8", "--held-out", "6", "--device", "cpu")

# What the command runs, with a look into every process at the end: its weights, and which files it wrote.
_RUN = """
import os, sys
from pathlib import Path
import numpy as np
from wganpaint_gui.cli import main
from wganpaint_gui.ml import training

rank, out = os.environ["RANK"], Path(sys.argv[1])
networks = []  # and not the training: what it wraps them in has to go before Python ends
init = training.Training.__init__
def remember(self, *arguments, **options):
    init(self, *arguments, **options)
    networks[:] = self._gan.generator, self._gan.critic, self._gan.average
training.Training.__init__ = remember

kill_at = int(sys.argv[2])
record = training.Training._record
def die(self, stage, before, rows):
    if rank == "1" and kill_at and self.progress.generator_updates >= kill_at:
        os.kill(os.getpid(), 9)
    return record(self, stage, before, rows)
training.Training._record = die

from wganpaint_gui.ml import run_files
write = run_files.write_checkpoint
def write_checkpoint(path, *arguments):
    (out / f"wrote-{rank}").write_text(path.name)
    write(path, *arguments)
run_files.write_checkpoint = write_checkpoint

code = main(sys.argv[3:])
if code == 0:
    values = [value.detach().numpy().ravel() for network in networks for value in network.parameters()]
    np.save(out / f"weights-{rank}.npy", np.concatenate(values))
sys.exit(code)
"""


def torchrun(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--standalone",
        "--nproc-per-node",
        "2",
        script,
        *arguments,
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True, timeout=240)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "together.py"
    path.write_text(_RUN)
    return path


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("together") / "pictures")


def test_all_ranks_end_with_equal_weights_and_the_first_alone_writes(script: Path, pictures: Path, tmp_path: Path):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 12, "--tick-updates", 6, "--aware-updates", 4)
    ran = torchrun(script, tmp_path, 0, "train", pictures, "--out", run, *options)
    assert ran.returncode == 0, ran.stderr
    one, other = (np.load(tmp_path / f"weights-{rank}.npy") for rank in (0, 1))
    assert len(one) > 1000
    assert (tmp_path / "wrote-0").exists()
    assert not (tmp_path / "wrote-1").exists()
    assert (one == other).all()
    log = read_log(run / "metrics.jsonl")
    assert log.gan.updates.tolist() == list(range(1, 13))  # once each: rank 0 alone writes
    assert log.aware.updates.tolist() == list(range(1, 5))
    assert ran.stderr.count("pictures can be used") == 1
    assert ran.stdout.splitlines() == [str(run / "model.safetensors")]


def test_a_rank_that_dies_ends_the_run_with_a_checkpoint_that_goes_on(script: Path, pictures: Path, tmp_path: Path):
    run = tmp_path / "run"
    options = (*OPTIONS, "--generator-updates", 40, "--tick-updates", 100)
    ran = torchrun(script, tmp_path, 9, "train", pictures, "--out", run, *options)
    assert ran.returncode != 0
    said = [line for line in ran.stderr.splitlines() if line.startswith("wganpaint:")]
    assert any("Another process of this training has ended" in line and "--resume" in line for line in said), ran.stderr
    _, progress = read_checkpoint(RunFolder(run).numbered_checkpoints()[0].path)
    assert progress.generator_updates >= 8
    assert signal.SIGKILL.name in ran.stderr or "-9" in ran.stderr
    again = torchrun(script, tmp_path, 0, "train", pictures, "--out", run, "--resume", "--device", "cpu")
    assert again.returncode == 0, again.stderr
    assert read_log(run / "metrics.jsonl").gan.updates.tolist() == list(range(1, 41))
